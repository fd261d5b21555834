/** Joins the chat page's modules into one file, and writes the list of this version's files into the service worker. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { HttpKit } from '../../runtime/http-kit.js';
import { serveAsset } from '../pages/assets.js';
import type { PageFiles } from '../pages/routes.js';
import { DeskError } from '../../../core/errors.js';
import { frameFiles, type Worker } from './frame-page.js';

/** The service worker may store only pages of its own folder. */
const ADDRESS = '/widget/worker.js';
/** It fetches only the files that it stores. */
const POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/** Serves the service worker. Undefined without Web Chat, because an incomplete page is not worth storing. */
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

const IMPORT = /^import \{([^}]+)\} from '(\.[^']+)';$/gm;
const EXPORT = /^export (async function|function|class|const) (\w+)/gm;

/**
 * The module `entry` with all its imports. Each module is in a separate function, so that their names do not conflict.
 * Throws DeskError `invariant` for forms of import and export that the product's own files do not use.
 */
export function oneFile(dir: string, entry: string): string {
  const names = new Map<string, string>();
  const parts: string[] = [];
  const add = (file: string): string => {
    const known = names.get(file);
    if (known !== undefined) return known;
    const exported: string[] = [];
    const body = readFileSync(path.join(dir, file), 'utf8')
      .replace(IMPORT, (_, what: string, from: string) => {
        const target = add(path.posix.join(path.posix.dirname(file), from));
        return `const {${what.replace(/ as /g, ': ')}} = ${target};`;
      })
      .replace(EXPORT, (_, kind: string, name: string) => {
        exported.push(name);
        return `${kind} ${name}`;
      });
    if (/^(import|export)\b/m.test(body))
      throw new DeskError('invariant', `${file}: this form of import or export cannot be put into one file`);
    const name = `module${String(names.size)}`;
    names.set(file, name);
    parts.push(`const ${name} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`);
    return name;
  };
  add(entry);
  return parts.join('');
}
