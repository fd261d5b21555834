/** Every package is locked with its checksum, from a registry, without scripts, under a known licence. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../bot/runtime/root-dir.js';
import type { BundleScript } from './helpers/bundle.js';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly link?: boolean;
}
const root = findRootDir();
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>;
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
/** Packages with an install script. `.npmrc` stops these scripts, and the product works without them. */
const WITH_SCRIPTS = [
  'botbuilder-dialogs',
  'dtrace-provider',
  '@photostructure/sqlite',
  'esbuild',
  'fsevents',
  'tree-sitter-bicep',
];

describe('the supply chain', function () {
  it('locks every package with its checksum', () => {
    const without = packages.filter(([, one]) => !one.link && !(one.integrity ?? '').startsWith('sha512-'));
    assert.deepEqual(
      without.map(([place]) => place),
      [],
    );
  });

  it('locks no package to a folder, a repository or an unencrypted address', () => {
    const elsewhere = packages.filter(([, one]) => !/^https:\/\/.+\.tgz$/.test(one.resolved ?? ''));
    assert.deepEqual(
      elsewhere.map(([place]) => place).filter((place) => lock.packages[place]?.resolved !== undefined),
      [],
    );
  });

  it('runs no install script, and lists every package that has one', () => {
    assert.match(readFileSync(path.join(root, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
    const wishing = packages
      .filter(([, one]) => one.hasInstallScript)
      .map(([place]) => place.replace(/^.*node_modules\//, ''));
    assert.deepEqual(
      [...new Set(wishing)].filter((name) => !WITH_SCRIPTS.includes(name)),
      [],
    );
  });

  it('locks exactly the versions that package.json pins', () => {
    for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
  });

  it('has only permissive licences in production', async () => {
    const script = (await import(path.join(root, 'scripts/licences.mjs'))) as {
      isPermissive(licence: string): boolean;
      licences(): Promise<readonly { name: string; licence: string }[]>;
    };
    const all = await script.licences();
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.filter(({ licence }) => !script.isPermissive(licence)),
      [],
    );
  });

  it('lists what production runs as a CycloneDX bill of materials: the bundle and the packages beside it', async () => {
    const script = (await import(path.join(root, 'scripts/sbom.mjs'))) as {
      bill(): Promise<{ bomFormat: string; components: { name: string; group?: string }[] }>;
    };
    const bill = await script.bill();
    assert.equal(bill.bomFormat, 'CycloneDX');
    const names = new Set(bill.components.map((one) => one.name));
    for (const name of ['restify', 'botbuilder', '@photostructure/sqlite']) assert.ok(names.has(name), name);
    assert.ok(!names.has('mocha') && !names.has('typescript'));
  });

  it('installs in production only packages that are not in the bundle, and explains both kinds', async () => {
    const { bundleServer, ENTRY_POINTS } = (await import(
      path.join(root, 'scripts/bundle.mjs')
    )) as BundleScript;
    const places = await bundleServer({ root, outdir: 'dist', entryPoints: ENTRY_POINTS, write: false });
    const isBundled = (name: string) => places.includes(`node_modules/${name}`);
    const { dependencies, devDependencies } = manifest;
    assert.deepEqual(Object.keys(dependencies).filter(isBundled), []);
    assert.deepEqual(explainedUnder('In the bundle'), Object.keys(devDependencies).filter(isBundled).sort());
    assert.deepEqual(explainedUnder('Beside the bundle'), Object.keys(dependencies).sort());
  });
});

/** The packages of the table under a heading of docs/dependencies.md. */
function explainedUnder(heading: string): readonly string[] {
  const text = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8');
  const part = text.split(/^## /m).find((one) => one.startsWith(heading)) ?? '';
  return [...part.matchAll(/^\| ([^|]+) \|/gm)]
    .flatMap((row) => (row[1] ?? '').split(',').map((name) => name.trim()))
    .filter((name) => name !== 'package' && !/^-+$/.test(name))
    .sort();
}
