/** Reads sentences as people write them: most are answered with the right kind, few are asked back, hardly any is wrong. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { LANGUAGES } from '../../../core/terms.js';
import { readPhrases } from '../../../scripts/understanding/corpus.js';
import {
  knownFile,
  readAll,
  readSentences,
  sentencesFile,
  sharesOf,
  type WrittenSentence,
} from '../../helpers/written-sentences.js';

const phrases = new Set(readPhrases().map(({ text }) => text.toLowerCase()));
const trained = (all: readonly WrittenSentence[]) =>
  all.filter(({ text }) => phrases.has(text.toLowerCase())).map(({ text }) => text);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

describe('sentences as people write them', () => {
  const all = readSentences(join(import.meta.dirname, 'fresh-sentences.txt'));
  const outcomes = readAll(all);

  it('are none of the training phrases', () => {
    assert.deepEqual(trained(all), []);
  });

  it('are mostly answered with the right kind, and seldom with a wrong one', () => {
    const { right, asked, wrong } = sharesOf(outcomes);
    const shown = `right ${percent(right)}, asked ${percent(asked)}, wrong ${percent(wrong)}`;
    assert.ok(all.length >= 600, `only ${all.length}`);
    assert.ok(right >= 0.89, shown);
    assert.ok(wrong <= 0.035, shown);
  });

  it('have the right kind among the five that the bot would ask back with', () => {
    const lost = outcomes.filter(({ near }) => !near);
    assert.ok(lost.length <= 0.02 * all.length, lost.map(({ sentence }) => sentence.text).join('\n'));
  });
});

describe('sentences in each language', () => {
  for (const language of LANGUAGES)
    it(`are answered right or asked back in ${language}`, () => {
      for (const file of [sentencesFile(language), knownFile(language)]) {
        if (file === undefined) continue;
        const own = readSentences(file);
        assert.ok(own.length >= 56, `only ${own.length}`);
        assert.deepEqual(trained(own), []);
        const { asked, rightAmongAnswered } = sharesOf(readAll(own));
        const shown = `right among answered ${percent(rightAmongAnswered)}, asked back ${percent(asked)}`;
        assert.ok(rightAmongAnswered >= 0.85 && asked <= 0.25, `${file}: ${shown}`);
      }
    });
});
