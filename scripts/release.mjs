/**
 * `npm run release [-- FOLDER]`: puts what production runs into build/release: built output, browser files, and the few
 * packages that stay outside the bundle. The container and Azure both start this release with `node dist/index.js`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureWebChat } from './webchat.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.resolve(root, process.argv[2] ?? 'build/release');
const COPIED = ['dist', 'widget', 'data', 'package.json', 'package-lock.json', '.npmrc', 'LICENSE', 'NOTICE'];

await import('./build.mjs');
await ensureWebChat({ root, say: (line) => console.log(line) });

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of COPIED) cpSync(path.join(root, name), path.join(target, name), { recursive: true });
cpSync(path.join(root, 'vendor'), path.join(target, 'vendor'), { recursive: true });

const npm = process.env.npm_execpath?.endsWith('.js')
  ? { file: process.execPath, args: [process.env.npm_execpath] }
  : { file: 'npm', args: [] };
const install = spawnSync(npm.file, [...npm.args, 'ci', '--omit=dev', '--prefer-offline'], {
  cwd: target,
  stdio: 'inherit',
  shell: npm.file === 'npm' && process.platform === 'win32',
});
if (install.status !== 0) {
  console.error('npm could not install the production packages. See its message above.');
  process.exit(1);
}
// Nothing loads source maps, type declarations and the C sources of SQLite. They are more than half of the size.
for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && /\.(map|[cm]?ts|[ch])$/.test(entry.name))
    rmSync(path.join(entry.parentPath, entry.name));
}
console.log(`The release is in ${path.relative(root, target)}. Start it there with "node dist/index.js".`);
