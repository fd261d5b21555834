/** Compiles the product, unchanged, against the successor's types. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { NEW_SDK, packagesDir } from './packages.js';

const SDK = 'sdk.d.ts';
const OLD_NAMES = ['botbuilder', 'botbuilder-core', 'botbuilder-dialogs/*', 'botframework-connector'];

/** The compiler's messages. Every import of the old SDK leads to all exports of the successor. */
export function compileOnSuccessor(root: string): string {
  const dir = packagesDir(root);
  const up = path.relative(dir, root);
  const own = { 'adaptivecards/src/schema': [path.join(up, 'types/adaptivecards-schema.d.ts')] };
  const config = {
    extends: path.join(up, 'tsconfig.json'),
    compilerOptions: {
      paths: { ...own, ...Object.fromEntries(OLD_NAMES.map((name) => [name, [`./${SDK}`]])) },
    },
    include: [path.join(up, 'bot/index.ts'), path.join(up, 'bot/cli.ts')],
    exclude: [],
  };
  writeFileSync(path.join(dir, SDK), NEW_SDK.map((name) => `export * from '${name}';\n`).join(''));
  writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify(config));
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', dir], { cwd: root, encoding: 'utf8' }).stdout;
}
