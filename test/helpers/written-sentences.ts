/** Sentences as people write them, each with its right kinds of issue, and what the bot makes of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildOfferIndex } from '../../core/directory/search/search.js';
import { understandSentence } from '../../core/services/answers/understand-sentence.js';
import { ASKERS, isIssue, kindOf, type Asker, type IssueKind, type Language } from '../../core/terms.js';
import { createIssueClassifier } from '../../core/understanding/classifier.js';
import { questionIn } from '../../core/understanding/pasted.js';
import { sampleDirectory } from '../bench/understanding/catalog.js';

export interface WrittenSentence {
  readonly asker: Asker;
  readonly text: string;
  readonly kinds: readonly IssueKind[];
}

const FOLDER = join(import.meta.dirname, '../core/understanding/sentences');

/**
 * The sentences of one language: by people who have not read the training phrases. They measure the reader, so no phrase is
 * written for their misses.
 */
export const sentencesFile = (language: Language): string => join(FOLDER, `${language}.txt`);

/** Earlier sentences, whose misses led to new phrases; undefined for a language that has none. */
export const knownFile = (language: Language): string | undefined => {
  const file = join(FOLDER, 'known', `${language}.txt`);
  return existsSync(file) ? file : undefined;
};

/**
 * Reads a file of sentences. `== kind asker` begins a family; `topic|` before a sentence names another issue, and ` | kind`
 * after it a second right one. Throws on an unknown issue.
 */
export function readSentences(file: string): readonly WrittenSentence[] {
  const kindNamed = (name: string): IssueKind => {
    if (!isIssue(name)) throw new Error(`no issue ${name} in ${file}`);
    return kindOf(name);
  };
  let family = '';
  let asker: Asker = 'customer';
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const heading = /^== (\S+) (\S+)$/u.exec(line);
      if (heading) {
        family = heading[1] ?? '';
        asker = ASKERS.find((one) => one === heading[2]) ?? 'customer';
      }
      if (heading || line.startsWith('#') || line === '') return [];
      const [said = '', second] = line.split(' | ');
      const topic = /^([a-z.-]+)\|/u.exec(said)?.[1];
      const names = [topic ?? family, ...(second === undefined ? [] : [second])];
      return [
        {
          asker,
          text: topic === undefined ? said : said.slice(topic.length + 1),
          kinds: names.map(kindNamed),
        },
      ];
    });
}

/** What became of one sentence. `near`: the right kind is among those that the bot would ask back with. */
export interface ReadOutcome {
  readonly sentence: WrittenSentence;
  readonly outcome: 'right' | 'asked' | 'wrong';
  readonly guess?: string;
  readonly near: boolean;
}

/** Reads sentences against the sample directory, each as the first one of a conversation. */
export function readAll(sentences: readonly WrittenSentence[]): readonly ReadOutcome[] {
  const known = { index: buildOfferIndex(sampleDirectory()), classifier: createIssueClassifier() };
  return sentences.map((sentence) => {
    const { read } = understandSentence(questionIn(sentence.text), sentence.asker, known);
    const { decision, ranked } = read;
    const guess = 'guess' in read ? read.guess.kind : undefined;
    const isRight = sentence.kinds.some((kind) => kind === guess);
    const near = sentence.kinds.some((kind) => ranked.some((one) => one.kind === kind));
    return {
      sentence,
      outcome: decision === 'asked' ? 'asked' : isRight ? 'right' : 'wrong',
      ...(guess !== undefined && { guess }),
      near,
    };
  });
}

/** Shares of sentences from 0 to 1. */
export interface ReadShares {
  readonly asked: number;
  readonly right: number;
  readonly wrong: number;
  /** Right ones among those that were answered. */
  readonly rightAmongAnswered: number;
}

export function sharesOf(outcomes: readonly ReadOutcome[]): ReadShares {
  const count = (what: ReadOutcome['outcome']) => outcomes.filter(({ outcome }) => outcome === what).length;
  const answered = count('right') + count('wrong');
  return {
    asked: count('asked') / outcomes.length,
    right: count('right') / outcomes.length,
    wrong: count('wrong') / outcomes.length,
    rightAmongAnswered: answered === 0 ? 0 : count('right') / answered,
  };
}
