/** Measures understanding: kinds, parties and calibration on labelled questions, and offers over variations of real names. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { understandLine, type UnderstandDeps } from '../../../bot/cli/understand.js';
import { parseProfile } from '../../../core/directory/parse-profile.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import { ISSUE_KINDS } from '../../../core/terms.js';
import { shippedModel } from '../../../core/understanding/model.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { readQuestions, rightKinds, type Question } from '../../../scripts/understanding/corpus.js';
import { benchDirectory } from './catalog.js';
import { printColdHolds } from './cold-holds.js';
import { printLanguages } from './languages.js';
import { measureSearch } from './search-bench.js';

interface Judged {
  readonly question: Question;
  readonly answered: boolean;
  readonly confidence: number;
  /** How far the first kind is ahead of the second. */
  readonly lead: number;
  readonly kind: string;
  readonly right: boolean;
  readonly party: string;
  readonly partyRight: boolean;
  /** The right kind is among the five that would be offered. */
  readonly offered: boolean;
}

function partyRight(question: Question, party: string): boolean {
  // An alternative names another party that counts as right: "Microsoft", "ISV (…)", "billing/CSP partner".
  return party === question.party || (question.alternative ?? '').includes(party);
}

function judge(question: Question, deps: UnderstandDeps): Judged {
  const out = understandLine(question, deps);
  return {
    question,
    answered: out.decision === 'answered',
    confidence: out.confidence,
    lead: out.confidence - (out.kinds[1]?.confidence ?? 0),
    kind: out.kind,
    right: rightKinds(question).includes(out.kind),
    party: out.party,
    partyRight: partyRight(question, out.party),
    offered: out.kinds.slice(0, 5).some(({ kind }) => rightKinds(question).includes(kind)),
  };
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}

function line(name: string, rows: readonly Judged[]): string {
  const answered = rows.filter((row) => row.answered);
  const wrong = answered.filter((row) => !row.right).length;
  const harmful = answered.filter((row) => !row.right && !row.partyRight).length;
  return [
    name.padEnd(26),
    `n ${String(rows.length).padStart(4)}`,
    `right among answered ${percent(answered.length - wrong, answered.length).padStart(7)}`,
    `asked back ${percent(rows.length - answered.length, rows.length).padStart(7)}`,
    `wrong and confident ${percent(wrong, rows.length).padStart(7)}`,
    `with another party too ${percent(harmful, rows.length).padStart(7)}`,
    `first guess right ${percent(rows.filter((row) => row.right).length, rows.length).padStart(7)}`,
    `among five ${percent(rows.filter((row) => row.offered).length, rows.length).padStart(7)}`,
  ].join('  ');
}

function printKinds(judged: readonly Judged[]): void {
  console.log(line('all', judged));
  const languages = [...new Set(judged.map((row) => row.question.lang))].sort();
  for (const lang of languages)
    console.log(
      line(
        `  ${lang}`,
        judged.filter((row) => row.question.lang === lang),
      ),
    );
  for (const kind of ISSUE_KINDS) {
    const rows = judged.filter((row) => row.question.kind === kind);
    if (rows.length > 0) console.log(line(`  ${kind}`, rows));
  }
}

function printParties(judged: readonly Judged[]): void {
  const answered = judged.filter((row) => row.answered);
  const of = (rows: readonly Judged[]) => percent(rows.filter((row) => row.partyRight).length, rows.length);
  console.log(`responsible party, given the true asker: ${of(answered)} of ${answered.length} answered`);
  for (const asker of [...new Set(judged.map((row) => row.question.asker))].sort()) {
    const rows = answered.filter((row) => row.question.asker === asker);
    console.log(`  ${asker.padEnd(14)} ${of(rows)} of ${rows.length}`);
  }
  const strict = answered.filter((row) => row.party === row.question.party).length;
  console.log(`  without counting a row's alternative: ${percent(strict, answered.length)}`);
}

/** Equal shares of the questions by confidence: what was promised and what came true. */
function printReliability(judged: readonly Judged[]): void {
  const sorted = [...judged]
    .filter((row) => row.kind !== 'other')
    .sort((a, b) => a.confidence - b.confidence);
  const bins = 5;
  console.log('calibration: promised / came true, in five equal bins');
  for (let bin = 0; bin < bins; bin += 1) {
    const rows = sorted.slice((bin * sorted.length) / bins, ((bin + 1) * sorted.length) / bins);
    if (rows.length === 0) continue;
    const promised = (100 * rows.reduce((sum, row) => sum + row.confidence, 0)) / rows.length;
    const true_ = (100 * rows.filter((row) => row.right).length) / rows.length;
    const apart = Math.abs(promised - true_);
    const mark = apart <= 10 ? '' : '  more than 10 apart';
    console.log(
      `  ${promised.toFixed(0).padStart(3)} / ${true_.toFixed(0).padStart(3)}  n ${rows.length}${mark}`,
    );
  }
}

function printSpeed(questions: readonly Question[], deps: UnderstandDeps): void {
  const times = questions.map((question) => {
    const start = performance.now();
    understandLine(question, deps);
    return performance.now() - start;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  console.log(`one sentence, offer and issue: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

const PROFILE = join(import.meta.dirname, '../../../data/partner-profile.json');

function deps(folder: string | undefined): UnderstandDeps {
  const { directory } = benchDirectory(folder);
  const parsed = parseProfile(JSON.parse(readFileSync(PROFILE, 'utf8')));
  if (!parsed.ok) throw new Error('the sample profile does not parse');
  return {
    directory,
    index: buildOfferIndex(directory),
    classifier: createIssueClassifier(),
    profile: parsed.profile,
  };
}

/** What every threshold and lead would give: the table from which `scripts/understanding/settings.json` is chosen. */
function printThresholds(judged: readonly Judged[]): void {
  const shipped = shippedModel();
  console.log(`threshold and lead; the shipped ones are ${shipped.threshold} and ${shipped.lead}`);
  for (const threshold of [0.45, 0.5, 0.55, 0.6])
    for (const lead of [0, 0.2, 0.3, 0.35, 0.4]) {
      const rows = judged.map((row) => ({
        ...row,
        answered: row.kind !== 'other' && row.confidence >= threshold && row.lead >= lead,
      }));
      console.log(line(`  ${threshold}, ${lead}`, rows));
    }
}

function measureQuestions(file: string, world: UnderstandDeps): void {
  const questions = readQuestions(file);
  const judged = questions.map((each) => judge(each, world));
  console.log(`\n${basename(file)}: the model was not trained on them`);
  printKinds(judged);
  printParties(judged);
  printReliability(judged);
  printThresholds(judged);
  printSpeed(questions, world);
}

/**
 * Prints every figure. Questions and offers come from the folder in OFFER_DESK_REAL_DATA. Without the folder only search
 * is measured, on the sample.
 */
export async function run(): Promise<void> {
  if (process.argv.includes('cold')) return printColdHolds();
  if (process.argv.includes('languages')) return printLanguages(process.argv.slice(4));
  const folder = process.env.OFFER_DESK_REAL_DATA;
  for (const name of ['questions.jsonl', 'questions-calibration.jsonl']) {
    const file = folder === undefined ? undefined : join(folder, name);
    if (file !== undefined && existsSync(file)) measureQuestions(file, deps(folder));
    else console.log(`no ${name}: set OFFER_DESK_REAL_DATA to the folder that holds it`);
  }
  await measureSearch(folder);
}
