/** The browser's files: each under a plain address that is asked again, and under one of this version that is kept for a year. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpKit } from '../../runtime/http-kit.js';
import { readAsset, serveAsset } from './assets.js';

/** Where the files are asked again each time; answered 304 while unchanged. */
export const ASSETS = '/assets';

/** Serves the files of `widget/`. Returns the path of this version, under which they never change. */
export function serveWidgetFiles(kit: HttpKit, dir: string): string {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /^[\w-]+\/[\w-]+\.(js|css|svg)$/.test(file))
    .sort();
  const version = `${ASSETS}/v-${digest(dir, files)}`;
  for (const file of files) {
    const asset = readAsset(path.join(dir, file), { immutable: false });
    const gzip = gzipSync(asset.bytes.identity ?? Buffer.alloc(0), { level: 9 });
    const packed = { ...asset, bytes: { gzip, ...asset.bytes } };
    serveAsset(kit, `${ASSETS}/${file}`, packed);
    serveAsset(kit, `${version}/${file}`, { ...packed, cache: 'public, max-age=31536000, immutable' });
  }
  return version;
}

function digest(dir: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(path.join(dir, file)));
  return hash.digest('base64url').slice(0, 16);
}
