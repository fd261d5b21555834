/** The bot's own examples always work: each sentence that a card, a page, the app's menu or a document shows gets its answer. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exampleOffers } from '../../dialogs/question/examples.js';
import { type Asker, LANGUAGE_TRAITS, LANGUAGES, type Language } from '../../core/terms.js';
import { languageFor } from '../../locales/language.js';
import { rawText, textIn } from '../../locales/text.js';
import { ROOT } from '../helpers/chromium.js';
import { startDesk, textOf, Visitor, type Desk } from '../helpers/desk.js';
import { kindOfCard } from '../helpers/seen-card.js';

type Reader = Exclude<Asker, 'publisher'>;
const READERS: readonly Reader[] = ['customer', 'partner'];

/** Cards that mean that the bot did not understand its own example. */
const LOST = /^(unknown-offer|not-understood|not-numbered|nearest-kinds|empty|too-long|publishers)$/;
const LOST_WORDS = /I do not know|not found|No (product|offer)|not sure what you mean/;
/** Words in quotation marks that are no sentence for the bot: names, titles and Microsoft's terms. */
const NOT_SAID = /^(tell|note|notice\.hand|answer|why|figure|own-steps|error)\.|\{/;

const ENGLISH = rawText('en');
/** The words in quotation marks that the English sentence tells the reader to write. */
const TOLD = /[Ww]rite[^“.]*“([^”]+)”|, or “([^”]+)”/g;
/** Quotation marks of all languages: “ ” „ “ « » 「 」 and straight ones. */
const QUOTED = /[“„]([^“”„]+)[“”]|«\s*([^«»]+?)\s*»|「([^「」]+)」|"([^"]+)"/g;
const inMarks = (sentence: string, marks: RegExp): readonly string[] =>
  [...sentence.matchAll(marks)].map(([, ...found]) => found.find((one) => one !== undefined) ?? '');

/** A part of a sentence that a Chinese sentence quotes on its own. */
const IS_PART = /^[從从] 重大$/;
/** The labels of buttons, which a sentence tells the reader to choose. */
const labelsOf = (language: Language): ReadonlySet<string> =>
  new Set(
    Object.entries(rawText(language)).flatMap(([key, said]) => (/(?:^|\.)button\./.test(key) ? said : [])),
  );

/** The words that a sentence of the language tells the reader to write: those in quotation marks where English has some. */
function quotedWords(language: Language): readonly (readonly [key: string, words: string])[] {
  return Object.entries(rawText(language))
    .filter(([key]) => !NOT_SAID.test(key) && /[Ww]rite/.test(ENGLISH[key] ?? ''))
    .map(([key, sentence]) => [key, inMarks(sentence, language === 'en' ? TOLD : QUOTED)] as const)
    .filter(([key]) => inMarks(ENGLISH[key] ?? '', TOLD).length > 0)
    .flatMap(([key, found]) => found.map((words) => [key, words] as const))
    .filter(([, words]) => !words.includes('{') && !labelsOf(language).has(words) && !IS_PART.test(words));
}

const MANIFEST = JSON.parse(readFileSync(path.join(ROOT, 'appPackage', 'manifest.json'), 'utf8')) as {
  localizationInfo: { additionalLanguages: readonly { languageTag: string; file: string }[] };
};

/** The commands of the app's menu in Teams. */
function menuCommands(language: Language): readonly string[] {
  const { additionalLanguages } = MANIFEST.localizationInfo;
  const own = additionalLanguages.find(({ languageTag }) => languageFor(languageTag) === language);
  const file = language === 'en' ? 'en.json' : (own?.file ?? '');
  const texts = JSON.parse(readFileSync(path.join(ROOT, 'appPackage', file), 'utf8')) as Record<
    string,
    string
  >;
  return Object.entries(texts).flatMap(([key, text]) =>
    /^bots.*commands\[\d+\]\.title$/.test(key) ? text : [],
  );
}

/** Words that need an open hand-over, staff, a place in Teams, or an administrator. */
const STAFF_KEYS =
  /^(admin|case|help\.(admin|cases|insights|outages)|insights|outage|page\.demo|reports|wrong)/;
const ELSEWHERE = /^(handover|extension)\./;

interface Documented {
  readonly file: string;
  readonly said: string;
  readonly by: readonly Reader[];
  /** The kind of the answer's card, or words of the answer. */
  readonly gets: RegExp;
}

const BILLING = 'billing problem with Contoso Backup for Azure';
const shown = (file: string, said: string, by: Reader | readonly Reader[], gets: RegExp): Documented => ({
  file,
  said,
  by: [by].flat(),
  gets,
});
/** What the documents tell a reader to write, and what the reader gets. */
const DOCUMENTED: readonly Documented[] = [
  shown('README.md', BILLING, READERS, /^answer$/),
  shown('docs/day-one.md', BILLING, READERS, /^answer$/),
  shown('docs/day-one.md', 'admin', 'partner', /^Manage the directory/m),
  shown('docs/widget.md', 'Who do I ask about my bill?', 'customer', /^answer$/),
  ...['talk to someone', 'agent', 'human'].map((said) => shown('docs/widget.md', said, 'customer', /^desk$/)),
  shown('docs/roles.md', 'talk to someone', 'customer', /^desk$/),
  shown('docs/outages.md', 'outages', 'partner', /Outages/),
];
/** Words that the reader completes, or that only a chat of Teams takes: the journeys of outages and hand-overs write those. */
const NOT_ALONE = ['billing problem with', 'outages follow Contoso Backup from major', 'hand over here'];

const wordsOfDoc = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8').replace(/\s+/g, ' ');

/** The words that the document tells a reader to write to the bot, in italics, quotation marks or code. */
function toldIn(file: string): readonly string[] {
  const told = /\b(?:[Tt]ry|[Aa]sk|[Ww]rites?|you can also write) (?:\*([^*]+)\*|"([^"]+)"|`([^`]+)`)/g;
  return [...wordsOfDoc(file).matchAll(told)].map(
    ([, ...found]) => found.find((one) => one !== undefined) ?? '',
  );
}

describe('the examples that the bot shows', function () {
  this.timeout(180_000);
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk?.close());

  /** Why the sentence does not work; undefined when it does. */
  const failure = async (who: Reader, language: Language, said: string): Promise<string | undefined> => {
    const visitor = await Visitor.join(desk.url, who, LANGUAGE_TRAITS[language].locale);
    const reply = (await visitor.say(said)).at(-1)!;
    const kind = kindOfCard(reply, language);
    const isLost = LOST.test(kind) || LOST_WORDS.test(textOf(reply));
    return isLost ? `${who}, “${said}”: ${textOf(reply).slice(0, 160)}` : undefined;
  };
  const failures = async (who: Reader, language: Language, all: readonly string[]) => {
    const found = await Promise.all([...new Set(all)].map((said) => failure(who, language, said)));
    return found.filter((one) => one !== undefined);
  };

  for (const language of LANGUAGES)
    for (const who of READERS) {
      it(`on the cards are answered to a ${who} in ${language}`, async () => {
        const offers = exampleOffers(desk.app.directory.view().directory);
        assert.ok(offers.length > 1);
        const say = textIn(language, who);
        const sentences = offers.flatMap((offer) =>
          ['1', '2', '3'].map((at) => say(`guide.example.${who}.${at}`, { offer })),
        );
        const own = [say('guide.example.any'), say('start.bill'), ...offers];
        assert.deepEqual(await failures(who, language, [...sentences, ...own]), []);
      });

      it(`in quotation marks are understood from a ${who} in ${language}`, async () => {
        const words = quotedWords(language).filter(
          ([key]) => !ELSEWHERE.test(key) && (who === 'partner' || !STAFF_KEYS.test(key)),
        );
        assert.ok(words.length > 0, 'the scan finds the words');
        const said = words.map(([, one]) => one);
        assert.deepEqual(await failures(who, language, said), []);
      });
    }

  it('stand in the documents as this test has them', () => {
    for (const { file, said } of DOCUMENTED) assert.ok(wordsOfDoc(file).includes(said), `${file}: ${said}`);
    const files = [...new Set(DOCUMENTED.map(({ file }) => file))];
    const told = files.flatMap((file) => toldIn(file).map((said) => ({ file, said })));
    assert.ok(told.length >= 5, 'the scan finds the words');
    const unasked = told.filter(
      ({ file, said }) =>
        !NOT_ALONE.includes(said) && !DOCUMENTED.some((one) => one.file === file && one.said === said),
    );
    assert.deepEqual(unasked, []);
  });

  it('in the documents get the answer that the documents promise', async () => {
    for (const { said, by, gets } of DOCUMENTED)
      for (const who of by) {
        const visitor = await Visitor.join(desk.url, who, 'en-US');
        const reply = (await visitor.say(said)).at(-1)!;
        const kind = kindOfCard(reply, 'en');
        assert.ok(
          gets.test(kind) || gets.test(textOf(reply)),
          `${who}, “${said}”: ${kind}, ${textOf(reply)}`,
        );
      }
  });

  for (const language of LANGUAGES)
    it(`in the app’s menu are understood from staff in ${language}`, async () => {
      const commands = menuCommands(language);
      assert.ok(commands.length >= 6);
      assert.deepEqual(await failures('partner', language, commands), []);
    });
});
