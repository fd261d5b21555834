/** Says each second turn of the corpus to the real bot, and compares the reply with the designed one. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { languageName } from '../../core/terms.js';
import { writtenIn } from '../../core/understanding/written.js';
import { languageFor } from '../../locales/language.js';
import { startDesk, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { differs, kindOfCard } from '../helpers/seen-card.js';

interface Step {
  readonly step: string;
  readonly who: 'customer' | 'partner';
  readonly language?: string;
  /** What was said before, in the same conversation; with the number of cards where there are several. */
  readonly before: readonly (string | { readonly say: string; readonly cards: number })[];
  /** Each sentence with the designed reply, or several replies. */
  readonly turns: Readonly<Record<string, string | readonly string[]>>;
}

const FOLDER = join(import.meta.dirname, 'corpus');
const AT_ONCE = 8;
const FEWEST = 300;

const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
const stepsIn = (file: string) => parse(readFileSync(join(FOLDER, file), 'utf8')) as readonly Step[];

function wrong(replies: readonly Reply[], expected: readonly string[], locale: string): string | undefined {
  const language = languageFor(locale) ?? 'en';
  const seen = replies.map((reply) => kindOfCard(reply, language));
  if (seen.length !== expected.length) return `cards ${seen.join(', ')} in place of ${expected.join(', ')}`;
  return replies.map((reply, at) => differs(reply, expected[at]!, language)).find((why) => why !== undefined);
}

/** The bot would follow the language of this sentence; the corpus compares cards of one language, so the person chooses it. */
function isForeign(text: string, locale: string): boolean {
  const tag = writtenIn(text);
  return tag !== undefined && languageFor(tag) !== (languageFor(locale) ?? 'en');
}

/** Says the sentence in a conversation of its own; why the reply is not the designed one. */
async function failureOf(url: string, step: Step, said: string): Promise<string | undefined> {
  const locale = step.language ?? 'en-US';
  const visitor = await Visitor.join(url, step.who, locale);
  const before = step.before.map((one) => (typeof one === 'string' ? { say: one, cards: 1 } : one));
  if ([...before.map(({ say }) => say), said].some((text) => isForeign(text, locale)))
    await visitor.say(languageName(languageFor(locale) ?? 'en'));
  for (const { say, cards } of before) await visitor.say(say, cards);
  const expected = [step.turns[said]!].flat();
  const why = wrong(await visitor.say(said, expected.length), expected, locale);
  return why === undefined ? undefined : `“${said}”: ${why}`;
}

async function failuresOf(url: string, step: Step): Promise<readonly string[]> {
  const left = Object.keys(step.turns);
  const failures: string[] = [];
  const speak = async () => {
    for (let said = left.shift(); said !== undefined; said = left.shift()) {
      const failure = await failureOf(url, step, said);
      if (failure !== undefined) failures.push(failure);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, speak));
  return failures;
}

describe('second turns', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  it(`are at least ${FEWEST}`, () => {
    const turns = files.flatMap(stepsIn).flatMap((step) => Object.keys(step.turns));
    assert.ok(turns.length >= FEWEST, `only ${turns.length}`);
  });

  for (const file of files)
    for (const step of stepsIn(file))
      it(`${file}: at “${step.step}” every sentence gets the designed reply`, async function () {
        const failures = await failuresOf(desk.url, step);
        assert.deepEqual(failures, [], failures.join('\n'));
      });
});
