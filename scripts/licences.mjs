/** Lists the licence of every package of a production install, read from the lockfile and the packages themselves. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const PERMISSIVE =
  /^(MIT|MIT-0|ISC|0BSD|BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|Unlicense|BlueOak-1\.0\.0|CC0-1\.0|Python-2\.0)\b/;
/** Packages that name their licence only in the licence text that they contain. A person read these texts. */
const READ_IN_TEXT = { 'escape-regexp-component': 'MIT', jspath: 'MIT' };

/** True for licences that only require their text and the authors' names. If a package offers several licences, one of them is enough. */
export function isPermissive(licence) {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => PERMISSIVE.test(one));
}

/**
 * The packages installed in production: name, version, licence.
 * @returns {{ name: string, version: string, licence: string }[]}
 */
export function licences() {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([place, one]) => place !== '' && !one.dev && !one.link)
    .map(([place, one]) => ({
      name: nameOf(place),
      version: one.version,
      licence: one.license ?? licenceIn(place),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

function licenceIn(place) {
  const read = READ_IN_TEXT[nameOf(place)];
  if (read) return read;
  const file = path.join(root, place, 'package.json');
  if (!existsSync(file)) return 'not installed here';
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  const found = license ?? licenses?.[0];
  return (typeof found === 'object' ? found?.type : found) ?? 'none stated';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = licences();
  for (const { name, version, licence } of all) console.log(`${licence}\t${name}@${version}`);
  const open = all.filter(({ licence }) => !isPermissive(licence));
  console.log(
    `${all.length} packages, ${open.length} to look at: ${open.map(({ name }) => name).join(', ') || 'none'}`,
  );
}
