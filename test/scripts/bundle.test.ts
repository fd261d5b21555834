/** The bundle: packages load at their first use, and a stand-in behaves like its package. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BundleScript } from '../helpers/bundle.js';
import { ROOT } from '../helpers/chromium.js';

/** Asks the packages as compiled TypeScript does, and tells which of their files are loaded before and after. */
const PROGRAM = `
  const axios = require('axios');
  const csv = require('csv');
  const templating = require('adaptivecards-templating');
  const loaded = () => Object.keys(require('node:module')._cache).map((file) => file.replace(/.*later./, ''));
  const importDefault = (found) => (found && found.__esModule ? found : { default: found });
  const axiosImport = importDefault(axios);
  const before = loaded();
  console.log(JSON.stringify({
    before,
    created: typeof axiosImport.default.create({ timeout: 1 }).get,
    afterAxios: loaded(),
    keys: Object.keys(csv).sort(),
    has: ['parse' in csv, 'nothing' in csv],
    isEsModule: templating.__esModule,
    expanded: new templating.Template({ text: '\${name}' }).expand({ $root: { name: 'Contoso' } }),
    called: typeof axios({ url: 'data:,', adapter: async (config) => ({ config }) }).then,
  }));`;

/** Reads a conversation file, for which our own code loads a CommonJS package with `import`. */
const TALK = `
  import { readConversations } from '../bot/simulate/conversation-file.js';
  console.log(JSON.stringify(await readConversations('- name: a')));`;

describe('the bundle', function () {
  let work: string;
  let places: readonly string[];
  let script: BundleScript;
  before(async () => {
    work = mkdtempSync(path.join(ROOT, 'build-bench-'));
    script = (await import(path.join(ROOT, 'scripts/bundle.mjs'))) as BundleScript;
    writeFileSync(path.join(work, 'program.cjs'), PROGRAM);
    writeFileSync(path.join(work, 'talk.ts'), TALK);
    places = await script.bundleServer({
      root: ROOT,
      outdir: path.join(work, 'out'),
      entryPoints: { program: path.join(work, 'program.cjs'), talk: path.join(work, 'talk.ts') },
    });
  });
  after(() => rmSync(work, { recursive: true, force: true }));

  it('loads a package at its first use, and then behaves like the package', () => {
    const printed = execFileSync(process.execPath, [path.join(work, 'out/program.js')], { encoding: 'utf8' });
    const told = JSON.parse(printed) as Record<string, unknown> & { afterAxios: string[] };
    assert.deepEqual(told.before, []);
    assert.equal(told.created, 'function');
    assert.ok(told.afterAxios.some((file) => /^axios-[\d.]+\.cjs$/.test(file)));
    assert.ok(!told.afterAxios.some((file) => file.startsWith('csv')));
    assert.deepEqual(told.keys, ['generate', 'parse', 'stringify', 'transform']);
    assert.deepEqual(told.has, [true, false]);
    assert.equal(told.isEsModule, true);
    assert.deepEqual(told.expanded, { text: 'Contoso' });
    assert.equal(told.called, 'function');
  });

  it('contains packages that our own code imports at their first use', () => {
    const printed = execFileSync(process.execPath, [path.join(work, 'out/talk.js')], { encoding: 'utf8' });
    assert.match(printed, /line 1: conversation 1 “a”: who: is missing/);
  });

  it('names each bundled package by its place in package-lock.json', () => {
    for (const name of ['axios', 'csv', 'adaptivecards-templating', 'adaptive-expressions'])
      assert.ok(places.includes(`node_modules/${name}`), name);
  });
});
