import assert from 'node:assert/strict';
import { askInSlices } from '../../../../core/directory/search/ask-in-slices.js';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { OfferIndex } from '../../../../core/directory/search/types.js';
import { allAtOnce, type Slices } from '../../../../core/time-slices.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';
import { freshState } from '../../../../dialogs/question/route-state.js';
import { understandFirst } from '../../../../dialogs/question/understand.js';
import { generatedDirectory } from '../../../bench/understanding/catalog.js';

const directory = generatedDirectory(2_000);
const index = buildOfferIndex(directory);
const names = [...directory.offers.values()].filter((_, at) => at % 97 === 0).map(({ name }) => name);
const misspelt = names.map((name) => name.replace(/[aeiou]/u, 'x'));
const TEXTS: readonly string[] = [
  'thanks',
  'the invoice for backup is wrong',
  `${names[0]} does not start`,
  `${misspelt[1]} does not start`,
  `${names[2]} and ${names[3]} are billed twice`,
  `not ${names[4]}, I mean ${names[5]}`,
  misspelt.join(' '),
  names.join(' and '),
  `${'we have a question. '.repeat(120)} ${names[6]} crashes`,
];

function counted<T>(slices: Slices<T>): { readonly result: T; readonly slices: number } {
  for (let count = 1; ; count += 1) {
    const next = slices.next();
    if (next.done) return { result: next.value, slices: count };
  }
}

describe('a look-up in slices', () => {
  it('finds what the same look-up finds at once', () => {
    const other = buildOfferIndex(directory);
    for (const text of TEXTS) {
      assert.deepEqual(allAtOnce(index.slices.inSentence(text)), other.inSentence(text), text);
      assert.deepEqual(allAtOnce(index.slices.find(text)), other.find(text), text);
      assert.deepEqual(allAtOnce(index.slices.search(text, 5)), other.search(text, 5), text);
    }
  });

  it('pauses after each misspelt word and each stretch of the sentence', () => {
    const { slices } = counted(buildOfferIndex(directory).slices.inSentence(misspelt.slice(0, 8).join(' ')));
    assert.ok(slices > 16, `${slices} slices`);
  });

  it('keeps two look-ups apart that take turns', () => {
    const [one, other] = [buildOfferIndex(directory), buildOfferIndex(directory)];
    const running = TEXTS.map((text) => one.slices.inSentence(text));
    const results = new Map<number, unknown>();
    while (results.size < running.length)
      running.forEach((slices, at) => {
        const next = results.has(at) ? undefined : slices.next();
        if (next?.done) results.set(at, next.value);
      });
    TEXTS.forEach((text, at) => assert.deepEqual(results.get(at), other.inSentence(text), text));
  });
});

describe('work that looks offers up', () => {
  const classifier = createIssueClassifier();
  const read = (text: string) => (known: OfferIndex) =>
    understandFirst(freshState('a', 'b'), text, {
      view: { directory, index: known },
      classifier,
      asker: 'customer',
    });

  it('has the same result in slices', () => {
    for (const text of TEXTS)
      assert.deepEqual(allAtOnce(askInSlices(index, read(text))), read(text)(index), text);
  });

  it('begins again after each new look-up, and does no look-up twice', () => {
    const asked: string[] = [];
    const spy: OfferIndex = {
      ...index,
      slices: {
        ...index.slices,
        find: (text) => {
          asked.push(text);
          return index.slices.find(text);
        },
      },
    };
    let begun = 0;
    const result = allAtOnce(
      askInSlices(spy, (known) => {
        begun += 1;
        return [known.find('one'), known.find('two'), known.find('one')].length;
      }),
    );
    assert.equal(result, 3);
    assert.equal(begun, 3);
    assert.deepEqual(asked, ['one', 'two']);
  });

  it('fails with the error of the work', () => {
    const broken = () => allAtOnce(askInSlices(index, () => assert.fail('broken work')));
    assert.throws(broken, /broken work/);
  });
});
