/** After a kill, the store opens undamaged, has every acknowledged write, and has no half of an import. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { integrityProblems } from '../../../bot/store/engine/backup.js';
import { openStores } from '../../../bot/store/stores.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { onEveryEngine } from '../../helpers/stores.js';

const KILLS = Number(process.env.OFFER_DESK_KILLS ?? 20);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** The bundle lies in node_modules to find its packages. A bundle starts ten times faster than the sources. */
const WRITER = path.join(ROOT, 'node_modules', '.cache', 'offer-desk', `store-writer-${process.pid}.mjs`);

interface Acknowledged {
  readonly states: number[];
  activity: string;
  version: number;
}

/** Lets a writer run until it has acknowledged something and a random moment has passed, then kills it. */
async function killOneWriter(dataDir: string, first: number, known: Acknowledged): Promise<void> {
  const writer = spawn(process.execPath, [WRITER, dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let failure = '';
  writer.stderr.on('data', (chunk: Buffer) => (failure += chunk.toString()));
  writer.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await Promise.race([once(writer.stdout, 'data'), once(writer, 'close')]);
  setTimeout(() => writer.kill('SIGKILL'), Math.random() * 40);
  if (writer.exitCode === null) await once(writer, 'close');
  assert.equal(failure, '');
  // The kill may have cut the last line.
  for (const line of output.split('\n').slice(0, -1)) {
    const [kind, value = ''] = line.split(' ');
    if (kind === 'state') known.states.push(Number(value));
    else if (kind === 'activity') known.activity = value;
    else if (kind === 'version') known.version = Number(value);
  }
}

describe('an embedded store after a kill of its process', function () {
  this.timeout(300_000 + KILLS * 5000);
  let dataDir: string;
  before(() =>
    build({
      entryPoints: [path.join(ROOT, 'test', 'helpers', 'store-writer.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: WRITER,
      logLevel: 'warning',
    }),
  );
  after(() => rmSync(WRITER, { force: true }));
  beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'offer-desk-kill-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it(`opens undamaged with every acknowledged write, ${KILLS} times`, async () => {
    const known: Acknowledged = { states: [], activity: '', version: 0 };
    for (let kill = 0; kill < KILLS; kill += 1) {
      const first = (known.states.at(-1) ?? 0) + 2;
      const before = known.states.length;
      await killOneWriter(dataDir, first, known);
      const stores = await openStores({ dataDir, now: Date.now, log: new CapturedLog() });
      assert.ok(stores.database.sqlite);
      assert.deepEqual(integrityProblems(stores.database.sqlite), []);
      for (const n of known.states.slice(before)) {
        const read = await stores.botState.read([`state/${n}`]);
        assert.equal(read[`state/${n}`]?.n, n, `state ${n} was acknowledged`);
      }
      const { activities } = await stores.conversations.after('log', 0);
      // The first writer may be killed between its first state and its first activity.
      assert.ok(
        known.activity === '' || activities.some((one) => one.id === known.activity),
        `${known.activity} was acknowledged`,
      );
      assert.ok(
        (await stores.directory.version()) >= known.version,
        `version ${known.version} was acknowledged`,
      );
      await stores.directory.load();
      await stores.close();
    }
    assert.ok(known.states.length >= KILLS, 'every writer wrote before it was killed');
    assert.notEqual(known.activity, '', 'an activity was acknowledged');
  });
});

/** The command line as one file, because it starts faster than the sources. */
const COMMANDS = path.join(ROOT, 'node_modules', '.cache', 'offer-desk', `commands-${process.pid}.mjs`);
const ROWS = 1_500;
/** The bundle reads the languages of the source, because no files are copied beside it. */
const LOCALES = {
  contents: `export const LOCALES_FOLDER = new URL(${JSON.stringify(pathToFileURL(path.join(ROOT, 'locales/')).href)});`,
};
const IMPORT_KILLS = Number(process.env.OFFER_DESK_IMPORT_KILLS ?? 2);

/** Every offer has this number in its name. */
function csvOf(edition: number): string {
  const rows = Array.from(
    { length: ROWS },
    (_, n) => `contoso.o${n},Tool ${n} edition ${edition},contoso,Contoso`,
  );
  return ['offer_id,offer_name,publisher_id,publisher_name', ...rows].join('\n');
}

onEveryEngine('a directory whose import is killed', (_stores, place) => {
  let folder: string;
  before(() =>
    build({
      entryPoints: [path.join(ROOT, 'bot', 'cli', 'main.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outfile: COMMANDS,
      logLevel: 'warning',
      plugins: [
        {
          name: 'locales',
          setup: (bundle) => bundle.onLoad({ filter: /locales\/folder\.ts$/ }, () => LOCALES),
        },
      ],
    }),
  );
  after(() => rmSync(COMMANDS, { force: true }));
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-import-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Starts the command in a separate process, and kills the process some time after it began to write. */
  const importEdition = async (edition: number, killAfterMs?: number) => {
    const file = path.join(folder, `edition-${edition}.csv`);
    writeFileSync(file, csvOf(edition));
    const env = {
      ...process.env,
      OFFER_DESK_DATA_DIR: path.join(folder, 'data'),
      DATABASE_URL: place().databaseUrl ?? '',
    };
    const args = [COMMANDS, 'directory', 'import', file, '--source', 'file:contoso'];
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = once(child, 'close');
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      if (killAfterMs !== undefined && chunk.toString().includes('writing'))
        setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      printed += chunk.toString();
    });
    await ended;
    return { code: child.exitCode, signal: child.signalCode, printed };
  };

  it(`is the old one or the new one, never a part of both, ${IMPORT_KILLS} times`, async () => {
    const first = await importEdition(1);
    assert.equal(first.code, 0, first.printed);
    let [old, killed] = [1, 0];
    for (let edition = 2; edition < 2 + IMPORT_KILLS; edition += 1) {
      const run = await importEdition(edition, (edition - 2) * 60);
      if (run.signal === 'SIGKILL') killed += 1;
      const dataDir = path.join(folder, 'data');
      const { databaseUrl } = place();
      const stores = await openStores({ dataDir, databaseUrl, now: Date.now, log: new CapturedLog() });
      const { offers } = await stores.directory.load();
      await stores.close();
      const mine = [...offers.values()].filter(({ id }) => id.startsWith('contoso.o'));
      const editions = new Set(mine.map(({ name }) => Number(/edition (\d+)$/.exec(name)?.[1])));
      assert.equal(mine.length, ROWS);
      assert.equal(editions.size, 1, `parts of ${[...editions].join(' and ')}`);
      const [found = 0] = editions;
      assert.ok(
        found === old || found === edition,
        `edition ${found} after an import of ${edition} over ${old}`,
      );
      old = found;
    }
    assert.ok(killed > 0, 'a process was killed while it wrote');
    const last = await importEdition(99);
    assert.equal(last.code, 0, 'the next import goes on where the killed one stopped');
  }).timeout(180_000 + IMPORT_KILLS * 60_000);
});
