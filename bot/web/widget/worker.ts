/** The service worker of the chat page: the file with the list of this version's files written in. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpKit } from '../../runtime/http-kit.js';
import { serveAsset } from '../pages/assets.js';
import type { PageFiles } from '../pages/routes.js';
import { frameFiles, type Worker } from './frame-page.js';

/** Its folder is what it may keep pages of. */
const ADDRESS = '/widget/worker.js';
/** It fetches the files it keeps, and nothing else. */
const POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/** Serves it. Undefined without Web Chat: half a page is not worth keeping. */
export function serveWorker(kit: HttpKit, rootDir: string, files: PageFiles): Worker | undefined {
  if (files.webChat === undefined) return undefined;
  const source = readFileSync(path.join(rootDir, 'widget', 'worker', 'worker.js'), 'utf8');
  const kept = [...frameFiles(files), files.webChat];
  const cache = `offer-desk.${hash(source + kept.join()).slice(0, 16)}`;
  const script = source.replace(
    "KEPT = { cache: '', files: [] }",
    () => `KEPT = ${JSON.stringify({ cache, files: kept })}`,
  );
  const identity = Buffer.from(script);
  const asset = {
    type: 'text/javascript; charset=utf-8',
    etag: `"${hash(script).slice(0, 22)}"`,
    cache: 'no-cache',
    bytes: { gzip: gzipSync(identity, { level: 9 }), identity },
  };
  serveAsset(kit, ADDRESS, asset, { 'Content-Security-Policy': POLICY });
  return { url: ADDRESS, cache };
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
