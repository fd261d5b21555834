/** Lists the licence of every package that production runs, read from the lockfile and the packages themselves. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf, shippedPlaces } from './shipped.mjs';

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
 * The packages that production runs: name, version, licence.
 * @returns {Promise<{ name: string, version: string, licence: string }[]>}
 */
export async function licences() {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return (await shippedPlaces(root))
    .map((place) => ({
      name: nameOf(place),
      version: packages[place].version,
      licence: packages[place].license ?? licenceIn(place),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
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
  const all = await licences();
  for (const { name, version, licence } of all) console.log(`${licence}\t${name}@${version}`);
  const open = all.filter(({ licence }) => !isPermissive(licence));
  console.log(
    `${all.length} packages, ${open.length} to look at: ${open.map(({ name }) => name).join(', ') || 'none'}`,
  );
}
