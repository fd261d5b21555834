/** `npm run validate [-- ENV…]`: checks the Teams app package of every environment, without a network. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from './app-package/build.js';
import { checkPackage } from './app-package/check.js';
import { environmentNames, EXAMPLE_IDS } from './app-package/environment.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const asked = process.argv.slice(2);
let wrong = 0;
for (const environment of asked.length > 0 ? asked : environmentNames(root)) {
  for (const unfurlsLinks of [true, false]) {
    const made = buildPackage({ root, environment, unfurlsLinks, own: process.env, examples: EXAMPLE_IDS });
    const faults = checkPackage(made, version);
    wrong += faults.length;
    const name = `${environment} (${unfurlsLinks ? 'organisation' : 'store'})`;
    console.log(
      faults.length === 0
        ? `ok  ${name}`
        : [`NO  ${name}`, ...faults.map((fault) => `    ${fault}`)].join('\n'),
    );
  }
}
process.exit(wrong === 0 ? 0 : 1);
