/** Expressions that are compiled only for texts with the letters that they need. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { AnyExpression, LazyExpression } from '../../core/lazy-expression.js';
import { alternativesOf, neededLetters } from '../../core/needed-letters.js';
import { CUE_WORDS } from '../../core/services/answers/topic-cue-words.js';
import { fold } from '../../core/text.js';
import { plainWords } from '../../core/understanding/plain-words.js';
import { sourcesOf, type Parts, type WordsByLanguage } from '../../core/word-patterns.js';

describe('the letters that an expression needs', () => {
  const rows: readonly (readonly [string, string[] | undefined])[] = [
    ['invoice', ['invoice']],
    ['(?:invoice|bill)s? is wrong', [' is wrong']],
    ['(?:invoice|bill)s?', ['invoice', 'bill']],
    ['colou?r', ['colo']],
    ['no+', ['no']],
    ['a{0,2}bc', ['bc']],
    ['x{2}y', ['x']],
    ['(?:not )?here', ['here']],
    ['(?:not )?', undefined],
    ['(?!never)now', ['now']],
    ['(?<=was )(?<word>paid)', ['paid']],
    [String.raw`\bwe\b.{0,40}\$\d+`, ['we']],
    [String.raw`[\]x]yes\p{L}`, ['yes']],
    [String.raw`\d+`, undefined],
    ['invoice|', undefined],
    ['壞|broken', ['壞', 'broken']],
    ['(unfinished', undefined],
  ];
  for (const [source, needs] of rows)
    it(`are ${needs?.join(' or ') ?? 'unknown'} for ${source}`, () => {
      assert.deepEqual(neededLetters(source), needs);
    });
});

describe('the alternatives of an expression', () => {
  it('are those outside all groups', () => {
    assert.deepEqual(alternativesOf(String.raw`a(?:b|c)|[|]dd|\|e`), [
      { source: 'a(?:b|c)', needs: ['a'] },
      { source: '[|]dd', needs: ['dd'] },
      { source: String.raw`\|e`, needs: ['|e'] },
    ]);
  });
});

describe('an expression that is compiled late', () => {
  it('is not compiled for a text without its letters', () => {
    assert.equal(new LazyExpression('invoice', 'u').for('the bill'), undefined);
    assert.ok(new LazyExpression('invoice', 'u').for('the invoice'));
  });

  it('ignores the case when its flags say so', () => {
    assert.equal(new LazyExpression('Invoice', 'iu').test('THE INVOICE'), true);
    assert.equal(new LazyExpression('Invoice', 'u').test('the invoice'), false);
  });

  it('fits the same generated texts as the expression itself', () => {
    const word = fc.constantFrom('ab', 'c', 'd?', 'e+', '(?:fg|h)', '(?:i|jk)?', '[lm]', 'n|o', '壞', ' ');
    const source = fc.array(word, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const text = fc.string({ unit: fc.constantFrom(...'abcdefghijklmno壞 '), maxLength: 12 });
    fc.assert(
      fc.property(source, text, (pattern, said) => {
        assert.equal(new AnyExpression([pattern], 'u').test(said), new RegExp(pattern, 'u').test(said));
        const whole = new RegExp(`^(?:${pattern})$`, 'u').test(said);
        assert.equal(new AnyExpression([pattern], 'u', 'whole').test(said), whole);
      }),
      { numRuns: 2_000 },
    );
  });
});

type Group = Readonly<Record<string, WordsByLanguage>>;

function json(name: string): never {
  return JSON.parse(readFileSync(`core/understanding/${name}.json`, 'utf8')) as never;
}

/** Every expression of the product that is compiled late, with its flags. */
function shippedSources(): readonly (readonly [string, string])[] {
  const feedback: { said: Group; parts: Parts } = json('feedback');
  const wishes: { wishes: WordsByLanguage; asks: WordsByLanguage; human: WordsByLanguage } = json('wishes');
  const denial: { denials: WordsByLanguage; parts: Parts } = json('denial');
  const channel: { channels: { said: WordsByLanguage }[]; parts: Parts } = json('purchase-channel');
  const talk: Group = json('small-talk');
  const plain = [
    ...Object.values(feedback.said).flatMap((said) => sourcesOf(said, feedback.parts)),
    ...Object.values(talk).flatMap((said) => sourcesOf(said)),
    ...sourcesOf(wishes.wishes, { human: wishes.human }),
    ...sourcesOf(wishes.asks),
    ...CUE_WORDS.flatMap(({ words }) => Object.values(words).map((one) => fold(one, 4_000))),
  ];
  const anyCase = [
    ...sourcesOf(denial.denials, denial.parts),
    ...channel.channels.flatMap(({ said: { each: _, ...said } }) => sourcesOf(said, channel.parts)),
  ].map((one) => one.replaceAll('{partner}', 'contoso cloud'));
  return [...plain.map((one) => [one, 'u'] as const), ...anyCase.map((one) => [one, 'iu'] as const)];
}

/** Sentences of all languages. */
function sentences(): readonly string[] {
  const folder = 'test/core/understanding/sentences';
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
    one.endsWith('.txt'),
  );
  const lines = files.flatMap((name) => readFileSync(`${folder}/${name}`, 'utf8').split('\n'));
  return lines.filter((line) => line !== '' && !/^(?:#|==)/u.test(line));
}

describe('every shipped expression that is compiled late', () => {
  const said = sentences().flatMap((one) => [fold(one), plainWords(one, 80)]);

  it('refers to no group by its number, because its alternatives are compiled apart', () => {
    assert.deepEqual(
      shippedSources().filter(([source]) => /\\[1-9]/u.test(source)),
      [],
    );
  });

  it('is understood by the reader of sources', () => {
    const read = shippedSources().flatMap(([source]) => alternativesOf(source));
    const known = read.filter(({ needs }) => needs !== undefined);
    assert.ok(known.length > read.length * 0.95, `${known.length} of ${read.length}`);
  });

  it('fits no sentence that lacks its letters', function () {
    const found = shippedSources().flatMap(([source, flags]) =>
      alternativesOf(source).flatMap(({ source: one, needs = [''] }) => {
        const expression = new RegExp(one, flags);
        return said
          .filter((text) => !needs.some((letters) => text.toLowerCase().includes(letters.toLowerCase())))
          .filter((text) => expression.test(text))
          .map((text) => ({ one, needs, text }));
      }),
    );
    assert.deepEqual(found, []);
  });
});
