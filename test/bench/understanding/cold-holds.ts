/** Measures the first long text of a process: `npm run bench -- understanding cold`. Each text gets a process of its own. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { warmReading } from '../../../bot/app/warm-up.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import type { UnderstandingContext } from '../../../dialogs/question/understand.js';
import { generatedDirectory } from './catalog.js';
import { AIM_MS, cost, hardTexts, longestSlice, longestStep } from './holds.js';

const OFFERS = 100_000;
const TEXT = 'OFFER_DESK_COLD_TEXT';

/** Prints the longest step for the first text of a process, after the reading that the server does when it starts. */
export async function printColdHolds(): Promise<void> {
  console.log(`the longest step of the first text of a process, in processor time (at most ${AIM_MS} ms):`);
  const run = promisify(execFile);
  for (const name of Object.keys(hardTexts(generatedDirectory(2_000)))) {
    const env = { ...process.env, [TEXT]: name };
    const { stdout } = await run(
      process.execPath,
      ['--expose-gc', ...process.execArgv, fileURLToPath(import.meta.url)],
      {
        env,
      },
    );
    console.log(`  ${stdout.trim()}`);
  }
}

function measure(name: string): void {
  const directory = generatedDirectory(OFFERS);
  const known: UnderstandingContext = {
    view: { directory, index: buildOfferIndex(directory) },
    classifier: createIssueClassifier(),
    asker: 'customer',
  };
  const text = hardTexts(directory)[name] ?? '';
  let warm = 0;
  const whole = cost(() => {
    warm = longestSlice(warmReading(known));
  });
  // Building the index leaves garbage, which a running server has collected long before.
  globalThis.gc?.();
  const { ms, step } = longestStep(text, known);
  const start = `start: ${whole.toFixed(0)} ms, longest step ${warm.toFixed(0)} ms`;
  console.log(`${name.padEnd(36)} ${ms.toFixed(0).padStart(4)} ms  ${step.padEnd(8)} (${start})`);
}

const asked = process.env[TEXT];
if (asked !== undefined) measure(asked);
