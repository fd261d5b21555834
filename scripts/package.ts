/** `npm run package -- ENV [--store]`: builds the Teams app package of an environment into build/, after checking it. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage, zipPackage } from './app-package/build.js';
import { checkPackage } from './app-package/check.js';
import { environmentNames } from './app-package/environment.js';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [environment, ...flags] = process.argv.slice(2);
const known = environmentNames(root);
if (!environment || !known.includes(environment)) {
  console.error(`Usage: npm run package -- ENV [--store]. Known environments: ${known.join(', ')}.`);
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
const made = buildPackage({ root, environment, unfurlsLinks: !flags.includes('--store'), own: process.env });
const faults = checkPackage(made, version);
if (faults.length > 0) {
  console.error(
    [`The package for ${environment} was not built:`, ...faults.map((fault) => `- ${fault}`)].join('\n'),
  );
  process.exit(1);
}
const folder = path.join(root, 'build');
mkdirSync(folder, { recursive: true });
const file = path.join(folder, `offer-desk.${environment}.zip`);
writeFileSync(file, zipPackage(made));
console.log(`${path.relative(root, file)}: ${Object.keys(made.files).join(', ')}`);
