/** How long 50,000 offers take from a CSV file to the directory, without a database: read, compare, merge. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as pause } from 'node:timers/promises';
import { openDirectoryFile } from '../../bot/directory/file-source.js';
import { mergeDirectory } from '../../core/directory/merge.js';
import { importRows } from '../../core/services/directory/import-rows.js';
import { memoryDirectoryStore } from '../helpers/memory-directory-store.js';

const OFFERS = 50_000;
const PUBLISHERS = 5_000;

function csv(changed: (at: number) => boolean): string {
  const header =
    'offer_id,offer_name,publisher_id,publisher_name,aliases,summary,support_tier,hosting,support_name,support_email,' +
    'support_phone,support_url,engineering_email,csp_email,privacy_url,plans,verified_on';
  const lines = Array.from({ length: OFFERS }, (_, at) => {
    const publisher = `contoso${String(at % PUBLISHERS)}`;
    const name = `${changed(at) ? 'Renamed' : 'Contoso'} Product ${String(at)}`;
    return (
      `${publisher}.offer-${String(at)},${name},${publisher},"Contoso ${String(at % PUBLISHERS)}, Inc.",CP ${String(at)};Alias ${String(at)},` +
      `Keeps the ${String(at)}th thing in order.,publisher,saas,Help Desk,help@${publisher}.example,+1 425 555 0100,` +
      `https://support.${publisher}.example/,dev@${publisher}.example,csp@${publisher}.example,https://${publisher}.example/privacy,` +
      `basic|Basic|opt-in;pro|Pro,2026-10-01`
    );
  });
  return [header, ...lines, ''].join('\n');
}

/** Prints one line per step. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-bench-'));
  try {
    const files = { first: path.join(folder, 'first.csv'), later: path.join(folder, 'later.csv') };
    writeFileSync(
      files.first,
      csv(() => false),
    );
    writeFileSync(
      files.later,
      csv((at) => at % 100 === 0),
    );
    const directory = memoryDirectoryStore();
    await timed('first import', files.first, directory);
    await timed('the same again', files.first, directory);
    await timed('1 % changed', files.later, directory);
    const rows = [...(await directory.rowsOf('file:bench')).values()];
    const start = performance.now();
    const merged = mergeDirectory(1, [{ source: 'file:bench', rows }]);
    console.log(`merge of ${String(merged.offers.size)} offers: ${ms(start)} ms`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function timed(
  what: string,
  file: string,
  directory: ReturnType<typeof memoryDirectoryStore>,
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  const { rows } = await openDirectoryFile(file, {});
  const report = await importRows(
    { directory, pause: () => pause() },
    { source: 'file:bench', mode: 'full', rows, actor: 'bench', now: Date.parse('2026-11-22') },
  );
  const took = ms(start);
  delay.disable();
  const longest = Math.round(delay.max / 1e6);
  const { adds, changes, unchanged, outcome } = report;
  console.log(
    `${what}: ${took} ms (${outcome.kind}; ${String(adds.length)} added, ${String(changes.length)} changed, ` +
      `${String(unchanged)} unchanged; longest hold of the event loop ${String(longest)} ms; ` +
      `RSS ${String(Math.round(process.memoryUsage().rss / 1_048_576))} MB)`,
  );
}

const ms = (start: number) => String(Math.round(performance.now() - start));
