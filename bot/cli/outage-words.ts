/** The words that one sender uses for severities and states, where they differ from the usual ones. */
import { OUTAGE_STATES, SEVERITIES } from '../../core/incident/types.js';
import type { OutageSource } from '../../core/incident/ports.js';
import { foldWord } from '../outages/parsers/words.js';
import type { Done, SourceDeps } from './outage-sources.js';

type WordDeps = Pick<SourceDeps, 'sources' | 'actor' | 'now'>;
type Words = NonNullable<OutageSource['words']>;
const refused = (reason: string): Done => ({ kind: 'refused', reason });

/** What a word may mean. `unknown` is the reading of every word that is not in a table. */
const MEANINGS = {
  severity: SEVERITIES.filter((one) => one !== 'unknown'),
  state: OUTAGE_STATES.filter((one) => one !== 'unknown'),
} as const;
const LISTS = { severity: 'severities', state: 'states' } as const;
type WordKind = keyof typeof LISTS;
const MOST_WORDS = 100;

/** Prints the sender's own words. */
export async function listWords({ sources }: Pick<WordDeps, 'sources'>, id: string): Promise<Done> {
  const source = await sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const { severities = {}, states = {} } = source.words ?? {};
  const lines = [
    ...Object.entries(severities).map(([word, meaning]) => `severity\t${word}\t${meaning}`),
    ...Object.entries(states).map(([word, meaning]) => `state\t${word}\t${meaning}`),
  ];
  return {
    kind: 'done',
    data: { source: id, severities, states },
    lines: lines.length > 0 ? lines : [`Source ${id} has no words of its own; the usual words count.`],
  };
}

/** Sets what a word of the sender means. Letter case, spaces and hyphens make no difference. */
export async function setWord(
  deps: WordDeps,
  id: string,
  { kind, word, meaning }: { readonly kind: string; readonly word: string; readonly meaning: string },
): Promise<Done> {
  if (!isKind(kind)) return refused('A word stands for a severity or a state.');
  const allowed: readonly string[] = MEANINGS[kind];
  if (!allowed.includes(meaning)) return refused(`A ${kind} is ${allowed.join(', ')}.`);
  const folded = foldWord(word);
  if (folded === '') return refused('Give a word with at least one letter or digit.');
  return change(deps, id, kind, (entries) =>
    [...entries.filter(([one]) => one !== folded), [folded, meaning] as const].slice(-MOST_WORDS),
  );
}

/** Removes a word of the sender: its usual meaning counts again. */
export async function removeWord(deps: WordDeps, id: string, kind: string, word: string): Promise<Done> {
  if (!isKind(kind)) return refused('A word stands for a severity or a state.');
  const folded = foldWord(word);
  return change(deps, id, kind, (entries) => entries.filter(([one]) => one !== folded));
}

type Entries = readonly (readonly [word: string, meaning: string])[];

async function change(
  deps: WordDeps,
  id: string,
  kind: WordKind,
  next: (entries: Entries) => Entries,
): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const list = LISTS[kind];
  const entries: Entries = Object.entries(source.words?.[list] ?? {});
  const words = { ...source.words, [list]: Object.fromEntries(next(entries)) as Words[typeof list] };
  await deps.sources.save({ ...source, words }, deps.actor, deps.now());
  return listWords(deps, id);
}

function isKind(kind: string): kind is WordKind {
  return Object.hasOwn(LISTS, kind);
}
