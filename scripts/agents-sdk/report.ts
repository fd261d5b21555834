/** The report of `npm run check:agents-sdk`, from the outcomes of the tests and the messages of the compiler. */

export interface Outcome {
  /** The test file. */
  readonly group: string;
  readonly title: string;
  readonly cpuMs: number;
  /** Why the test failed; absent when it passed. */
  readonly error?: string;
}

/** The tests on one SDK, in one process. */
export interface SdkRun {
  readonly outcomes: readonly Outcome[];
  /** The SDK packages that the process loaded. */
  readonly packages: readonly string[];
}

/** What one SDK costs before any turn. */
export interface SdkCost {
  readonly loadMs: number;
  readonly packageCount: number;
  readonly megabytes: number;
}

export interface TypeErrors {
  /** Names that the product imports and the successor does not export. */
  readonly missing: readonly string[];
  readonly byRoom: ReadonlyMap<string, number>;
}

const FAILURES_SHOWN = 3;
const ERROR_LINES_SHOWN = 6;

/** True when there were tests, none failed, and none of them ran on the old SDK. */
export function isPassed({ outcomes, packages }: SdkRun): boolean {
  return outcomes.length > 0 && outcomes.every(({ error }) => error === undefined) && !runsOnOld(packages);
}

function runsOnOld(packages: readonly string[]): boolean {
  return packages.length === 0 || packages.some((name) => /^bot(builder|framework)/.test(name));
}

/** For each conversation file and each other test file: how many passed, and the first failures. */
export function outcomeLines({ outcomes, packages }: SdkRun): readonly string[] {
  const files = grouped(outcomes);
  const failed = outcomes.filter(({ error }) => error !== undefined).length;
  return [
    ...[...files].flatMap(([file, own]) => fileLines(file, own)),
    `${outcomes.length - failed} passed, ${failed} failed, on ${packages.join(', ')}`,
    ...(runsOnOld(packages) ? ['These packages are not the successor: the outcome says nothing.'] : []),
  ];
}

function grouped(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  const files = new Map<string, Outcome[]>();
  for (const one of outcomes) files.set(fileOf(one), [...(files.get(fileOf(one)) ?? []), one]);
  return files;
}

/** The title of a conversation begins with the name of its file. */
function fileOf({ group, title }: Outcome): string {
  const named = /^([\w-]+\.yaml): /.exec(title)?.[1];
  if (named === undefined) return group;
  return group.startsWith('corpus') ? `corpus/${named}` : named;
}

function fileLines(file: string, outcomes: readonly Outcome[]): readonly string[] {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const shown = failed.slice(0, FAILURES_SHOWN).flatMap(({ title, error = '' }) => {
    const lines = error.split('\n').filter((line) => line.trim() !== '');
    return [`    ✗ ${title}`, ...lines.slice(0, ERROR_LINES_SHOWN).map((line) => `      ${line}`)];
  });
  const more = failed.length - FAILURES_SHOWN;
  return [
    `  ${file}: ${outcomes.length - failed.length} passed, ${failed.length} failed`,
    ...shown,
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

/** Reads the compiler's messages. Paths begin at the root of the repository. */
export function typeErrors(messages: string): TypeErrors {
  const missing = new Set<string>();
  const byRoom = new Map<string, number>();
  for (const [, file = '', text = ''] of messages.matchAll(
    /^([^\s(][^(]*)\(\d+,\d+\): error TS\d+: (.*)$/gm,
  )) {
    const room = file.split('/').slice(0, 2).join('/');
    byRoom.set(room, (byRoom.get(room) ?? 0) + 1);
    const name = /has no exported member (?:named )?'(\w+)'/.exec(text)?.[1];
    if (name !== undefined) missing.add(name);
  }
  return { missing: [...missing].sort(), byRoom };
}

export function typeErrorLines({ missing, byRoom }: TypeErrors): readonly string[] {
  const rooms = [...byRoom].sort(([, a], [, b]) => b - a).map(([room, count]) => `${room} ${count}`);
  const all = [...byRoom.values()].reduce((sum, count) => sum + count, 0);
  return [
    `${missing.length} names that the product imports and the successor lacks: ${missing.join(', ')}`,
    `${all} type errors without any change of the product: ${rooms.join(', ')}`,
  ];
}

/** The successor's share of processor time, where both SDKs passed; then loading and size. */
export function comparisonLines(old: SdkRun & SdkCost, next: SdkRun & SdkCost): readonly string[] {
  const times = new Map(old.outcomes.filter(isFine).map((one) => [`${fileOf(one)} ${one.title}`, one.cpuMs]));
  const both = next.outcomes.filter((one) => isFine(one) && times.has(`${fileOf(one)} ${one.title}`));
  const before = both.reduce((sum, one) => sum + (times.get(`${fileOf(one)} ${one.title}`) ?? 0), 0);
  const after = both.reduce((sum, one) => sum + one.cpuMs, 0);
  const failed = old.outcomes.length - old.outcomes.filter(isFine).length;
  return [
    `botbuilder: ${old.outcomes.length - failed} passed, ${failed} failed`,
    `Successor compared with botbuilder, processor time of the same ${both.length} tests: ${ratio(after, before)}`,
    `Processor time to load: ${ratio(next.loadMs, old.loadMs)}`,
    `Packages: ${next.packageCount} in place of ${old.packageCount}; ${next.megabytes} MB in place of ${old.megabytes} MB`,
  ];
}

const isFine = ({ error }: Outcome): boolean => error === undefined;
const ratio = (next: number, old: number): string =>
  old === 0 ? 'unknown' : `${(next / old).toFixed(2)} times`;
