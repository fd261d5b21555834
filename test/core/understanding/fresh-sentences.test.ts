/** Reads sentences as people write them: most are answered with the right kind, few are asked back, hardly any is wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import { understandSentence } from '../../../core/services/answers/understand-sentence.js';
import { ASKERS, isIssue, kindOf, type Asker, type IssueKind } from '../../../core/terms.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { questionIn } from '../../../core/understanding/pasted.js';
import { readPhrases } from '../../../scripts/understanding/corpus.js';
import { sampleDirectory } from '../../bench/understanding/catalog.js';

interface Sentence {
  readonly family: string;
  readonly asker: Asker;
  readonly text: string;
  readonly kinds: readonly IssueKind[];
}

const FILE = join(import.meta.dirname, 'fresh-sentences.txt');

function issueKind(name: string): IssueKind {
  if (!isIssue(name)) throw new Error(`no issue ${name} in ${FILE}`);
  return kindOf(name);
}

function sentences(): readonly Sentence[] {
  let family = '';
  let asker: Asker = 'customer';
  return readFileSync(FILE, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const heading = /^== (\S+) (\S+)$/u.exec(line);
      if (heading) {
        family = line.slice(3);
        asker = ASKERS.find((one) => one === heading[2]) ?? 'customer';
      }
      if (heading || line.startsWith('#') || line === '') return [];
      const [said = '', second] = line.split(' | ');
      const topic = /^([a-z.-]+)\|/u.exec(said)?.[1];
      const names = [topic ?? family.split(' ')[0] ?? '', ...(second === undefined ? [] : [second])];
      const text = topic === undefined ? said : said.slice(topic.length + 1);
      return [{ family, asker, text, kinds: names.map(issueKind) }];
    });
}

const all = sentences();

describe('sentences as people write them', () => {
  const classifier = createIssueClassifier();
  const index = buildOfferIndex(sampleDirectory());
  const read = ({ text, asker }: Sentence) =>
    understandSentence(questionIn(text), asker, { index, classifier }).read;

  it('are none of the training phrases', () => {
    const phrases = new Set(readPhrases().map(({ text }) => text.toLowerCase()));
    assert.deepEqual(
      all.filter(({ text }) => phrases.has(text.toLowerCase())).map(({ text }) => text),
      [],
    );
  });

  it('are mostly answered with the right kind, and seldom with a wrong one', () => {
    const outcomes = all.map((sentence) => {
      const { decision, ...rest } = read(sentence);
      if (decision === 'asked') return 'asked';
      const guess = 'guess' in rest ? rest.guess.kind : undefined;
      return sentence.kinds.some((kind) => kind === guess) ? 'right' : 'wrong';
    });
    const share = (what: string) => outcomes.filter((one) => one === what).length / outcomes.length;
    const shown = `right ${share('right').toFixed(3)}, asked ${share('asked').toFixed(3)}, wrong ${share('wrong').toFixed(3)}`;
    assert.ok(all.length >= 600, `only ${all.length}`);
    assert.ok(share('right') >= 0.89, shown);
    assert.ok(share('wrong') <= 0.035, shown);
  });

  it('have the right kind among the five that the bot would ask back with', () => {
    const lost = all.filter((sentence) => {
      const near = read(sentence).ranked.map(({ kind }) => kind);
      return !sentence.kinds.some((kind) => near.includes(kind));
    });
    assert.ok(lost.length <= 0.02 * all.length, lost.map(({ text }) => text).join('\n'));
  });
});
