/** The documents are true: named files and scripts exist, and every dependency is explained. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../bot/runtime/root-dir.js';
import { withTables, WITH_TABLES } from '../scripts/docs.js';
import { envExample, GROUPS } from '../scripts/settings.js';
import { SETTINGS } from '../bot/app/config.js';

const root = findRootDir();
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
interface Manifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Manifest;
const documents = [...listed('.'), ...listed('docs'), ...listed('docs/adr')];

function listed(dir: string): string[] {
  return readdirSync(path.join(root, dir))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(dir, name));
}

/** The titles of the tests in a file. An ellipsis stands for a value that a title contains. */
function titlesIn(file: string): readonly string[] {
  const titles = read(file).matchAll(/^\s*it\(\s*(?:'([^']+)'|`([^`]+)`)/gm);
  return [...titles].map(([, plain, filled = '']) => plain ?? filled.replace(/\$\{[^}]*\}/g, '…'));
}

describe('the documents', () => {
  it('explain every dependency, and no removed dependency', () => {
    const explained = [...read('docs/dependencies.md').matchAll(/^\| ([^|]+) \|/gm)]
      .flatMap((row) => (row[1] ?? '').split(',').map((name) => name.trim()))
      .filter((name) => name !== 'package' && !/^-+$/.test(name));
    const used = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];
    assert.deepEqual(explained.sort(), used.sort());
  });

  it('rely on a package.json that pins every dependency to one version', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    assert.deepEqual(
      versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
      [],
    );
  });

  for (const document of WITH_TABLES)
    it(`show the tables of ${document} as the code generates them (fix: \`npm run docs\`)`, () => {
      assert.equal(read(document), withTables(read(document)));
    });

  it('show each row of the security table with an existing test, or say why there is none', () => {
    const rows = read('docs/security.md')
      .split('\n')
      .filter((line) => /^\| \d+(\.\d+)* /.test(line) || /^\| \d+\.\d+\.\d+[ ,]/.test(line));
    assert.ok(rows.length > 40);
    for (const row of rows) {
      const [requirement, how = '', shown = ''] = row
        .split('|')
        .slice(1)
        .map((cell) => cell.trim());
      const tests = [...shown.matchAll(/`([^`]+)` "([^"]+)"/g)];
      assert.equal(tests.length, shown.split('`').length >> 1, `${requirement} names a file without a test`);
      if (tests.length === 0) assert.match(how, /not applicable: \w|\*\*not met\*\*: \w/, requirement);
      for (const [, file = '', title = ''] of tests)
        assert.ok(titlesIn(file).includes(title), `${requirement}: ${file} has no test "${title}"`);
    }
  });

  it('explain every setting once, with the same words as .env.example (fix: `npm run docs`)', () => {
    const explained = GROUPS.flatMap((group) => Object.keys(group.settings));
    assert.deepEqual(explained.sort(), Object.keys(SETTINGS).sort());
    assert.equal(read('.env.example'), envExample());
  });

  it('match the rule of upgrade.md: no migration removes or renames a table or column', () => {
    const folder = 'bot/store/engine/migrations';
    const files = readdirSync(path.join(root, folder));
    assert.ok(files.length > 10);
    const taking = files.filter((file) =>
      /\.(dropTable|dropColumn|renameTo|renameColumn|alterColumn)\(/.test(read(`${folder}/${file}`)),
    );
    assert.deepEqual(taking, []);
  });

  for (const document of documents) {
    it(`link from ${document} to files that exist`, () => {
      const links = [...read(document).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)].map(
        (link) => link[1] ?? '',
      );
      const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(document), link)));
      assert.deepEqual(missing, []);
    });

    it(`name in ${document} only files that exist`, () => {
      const named = [
        ...read(document).matchAll(
          /`((?:bot|core|cards|dialogs|locales|widget|test|scripts|data|docs)\/[\w./-]+\.\w+)`/g,
        ),
      ];
      const missing = named
        .map((match) => match[1] ?? '')
        .filter((file) => !existsSync(path.join(root, file)));
      assert.deepEqual(missing, []);
    });

    it(`name in ${document} only scripts that exist`, () => {
      const named = [...read(document).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '');
      assert.deepEqual(
        named.filter((name) => !(name in manifest.scripts)),
        [],
      );
    });
  }
});
