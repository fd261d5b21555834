/** `npm run sbom`: prints the bill of materials (CycloneDX) of what production runs. npm alone does not know what is in the bundle. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf, shippedPlaces } from './shipped.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The bill as an object. */
export async function bill() {
  const listed = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (listed.status !== 0) throw new Error(listed.stderr);
  const all = JSON.parse(listed.stdout);
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const places = await shippedPlaces(root);
  const shipped = new Set(places.map((place) => `${nameOf(place)}@${packages[place].version}`));
  const components = all.components
    .filter((one) => shipped.has(`${one.name}@${one.version}`))
    .map(asRequired);
  const kept = new Set([all.metadata.component, ...components].map((one) => one['bom-ref']));
  const dependencies = all.dependencies
    .filter(({ ref }) => kept.has(ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn.filter((ref) => kept.has(ref)) }));
  return { ...all, components, dependencies };
}

/** For npm the packages in the bundle are for development. For the bill they are part of the product. */
function asRequired({ properties = [], ...one }) {
  const others = properties.filter(({ name }) => name !== 'cdx:npm:package:development');
  return { ...one, scope: 'required', properties: others };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  console.log(JSON.stringify(await bill(), undefined, 2));
