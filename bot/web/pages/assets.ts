/** The files of a page: a fixed list that is read once, so that a request's path never reaches the file system. */
import path from 'node:path';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { Request, Response } from 'restify';
import type { HttpKit } from '../../runtime/http-kit.js';
import { gzipSync } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};
const ONE_YEAR = 'public, max-age=31536000, immutable';
/**
 * The browser asks again each time and gets 304 while the file is unchanged, so that old and new versions of the page
 * never mix.
 */
const REVALIDATE = 'no-cache';

export interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly cache: string;
  /** By content coding; `identity` always exists. A function reads the file at each request. */
  readonly bytes: Readonly<Record<string, Buffer | (() => Buffer)>>;
}

/**
 * Reads a file, or only its precompressed forms where it has some: browsers take these, so memory does not keep the 4 MB of
 * Web Chat without compression. `immutable`: the address has the version.
 */
export function readAsset(file: string, options: { readonly immutable: boolean }): Asset {
  const compressed = options.immutable ? { br: beside(file, '.br'), gzip: beside(file, '.gz') } : {};
  const codings = Object.entries(compressed).filter((one): one is [string, Buffer] => one[1] !== undefined);
  const plain = (): Buffer => readFileSync(file);
  const kept = codings[0]?.[1] ?? plain();
  const identity = codings.length > 0 ? plain : kept;
  return {
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    etag: `"${createHash('sha256').update(kept).digest('base64url').slice(0, 22)}"`,
    cache: options.immutable ? ONE_YEAR : REVALIDATE,
    bytes: { ...Object.fromEntries(codings), identity },
  };
}

function bytesOf({ bytes }: Asset, coding: string): Buffer {
  const kept = bytes[coding] ?? Buffer.alloc(0);
  return typeof kept === 'function' ? kept() : kept;
}

function beside(file: string, suffix: string): Buffer | undefined {
  try {
    return readFileSync(file + suffix);
  } catch {
    return undefined;
  }
}

/** The best coding that the client accepts: Brotli, then gzip. Skips a coding with weight 0. */
export function codingFor(acceptEncoding: string | undefined, available: readonly string[]): string {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name = '', ...rest] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return [name, !rest.some((weight) => /^q=0(\.0+)?$/.test(weight))] as const;
    }),
  );
  return ['br', 'gzip'].find((coding) => available.includes(coding) && accepted.get(coding)) ?? 'identity';
}

/**
 * Serves an asset at one address, for GET and HEAD. A function chooses the asset for each request. `more` overrides the
 * headers that every answer has.
 */
export function serveAsset(
  kit: HttpKit,
  address: string,
  asset: Asset | (() => Asset),
  more: Readonly<Record<string, string>> = {},
): void {
  const work = (req: Request, res: Response): void =>
    send(req, res, typeof asset === 'function' ? asset() : asset, more);
  kit.server.get(address, kit.handle(work));
  kit.server.head(address, kit.handle(work));
}

function send(req: Request, res: Response, asset: Asset, more: Readonly<Record<string, string>>): void {
  const coding = codingFor(req.headers['accept-encoding'], Object.keys(asset.bytes));
  const headers: Record<string, string> = {
    ...more,
    'Cache-Control': asset.cache,
    ETag: asset.etag,
    Vary: 'Accept-Encoding',
  };
  if (req.headers['if-none-match'] === asset.etag) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  const body = bytesOf(asset, coding);
  if (coding !== 'identity') headers['Content-Encoding'] = coding;
  res.writeHead(200, { ...headers, 'Content-Type': asset.type, 'Content-Length': String(body.length) });
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** The path of the files that the browser checks each time, with 304 for unchanged files. */
export const ASSETS = '/assets';

/** Serves the files of `widget/`. Returns the path of this version, whose files never change. */
export function serveWidgetFiles(kit: HttpKit, dir: string): string {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => /^[\w-]+\/[\w-]+\.(js|css|svg)$/.test(file))
    .sort();
  const version = `${ASSETS}/v-${digest(dir, files)}`;
  for (const file of files) {
    const asset = readAsset(path.join(dir, file), { immutable: false });
    const gzip = gzipSync(bytesOf(asset, 'identity'), { level: 9 });
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
