/** The Web Chat bundle under vendor/: which package it comes from, where it is, and whether it is there. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** The package and its files, pinned by the integrity that the registry publishes and by the SHA-256 of each file. */
export const WEB_CHAT = {
  name: 'botframework-webchat',
  version: '4.18.1',
  integrity:
    'sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==',
  files: {
    'webchat.js': '0a68ad0a64fc04d621197da10c3eec0f843e16f7d03f6bcbed29b47517cf9bff',
    'webchat.js.LICENSE.txt': '0e5d49c2257986a71e6394be4e9a8257afdd212b204de2d6d8ed1cbe890badcc',
  },
};

/** The folder of the bundle, whether or not the folder exists yet. */
export function webChatDir(root) {
  return path.join(root, 'vendor', `webchat-${WEB_CHAT.version}`);
}

/**
 * True when all files of the bundle are there. The bytes of the bundle are checked each time. Its compressed forms are made
 * from the bundle and only have to exist.
 * @param {string} dir
 */
export async function hasWebChat(dir) {
  const present = new Set(await readdir(dir).catch(() => []));
  const wanted = [...Object.keys(WEB_CHAT.files), 'webchat.js.gz', 'webchat.js.br'];
  if (!wanted.every((name) => present.has(name))) return false;
  return (await digest('sha256', path.join(dir, 'webchat.js'), 'hex')) === WEB_CHAT.files['webchat.js'];
}

/** Of a file in pieces: the server checks 4 MB at each start and need not hold them. */
export async function digest(algorithm, file, encoding) {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest(encoding);
}
