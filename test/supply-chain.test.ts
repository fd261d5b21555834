/** Every installed package is locked with its checksum, from a registry, without scripts, under a known licence. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../bot/runtime/root-dir.js';

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
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
/** Packages with an install script. `.npmrc` stops these scripts, and the product works without them. */
const WITH_SCRIPTS = [
  'botbuilder-dialogs',
  'dtrace-provider',
  '@photostructure/sqlite',
  'esbuild',
  'fsevents',
];

describe('the supply chain', function () {
  this.timeout(60_000);

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
    const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    for (const [name, version] of Object.entries({ ...own.dependencies, ...own.devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
      assert.equal(lock.packages[`node_modules/${name}`]?.version, version, name);
    }
  });

  it('has only permissive licences in production', async () => {
    const script = (await import(path.join(root, 'scripts/licences.mjs'))) as {
      isPermissive(licence: string): boolean;
      licences(): { name: string; licence: string }[];
    };
    const all = script.licences();
    assert.ok(all.length > 100);
    assert.deepEqual(
      all.filter(({ licence }) => !script.isPermissive(licence)),
      [],
    );
  });

  it('lists its packages as a CycloneDX bill of materials', () => {
    const command = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'];
    const text = execFileSync('npm', command, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const bill = JSON.parse(text) as { bomFormat: string; components: { name: string }[] };
    assert.equal(bill.bomFormat, 'CycloneDX');
    const names = new Set(bill.components.map((one) => one.name));
    assert.ok(names.has('restify') && !names.has('mocha'));
  });
});
