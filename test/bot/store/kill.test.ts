/** After a kill during a write, the embedded store opens undamaged and has every acknowledged write. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { integrityProblems } from '../../../bot/store/engine/backup.js';
import { openStores } from '../../../bot/store/stores.js';
import { CapturedLog } from '../../helpers/capture-log.js';

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
  this.timeout(30_000 + KILLS * 5000);
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
