/** What a desk has learned: phrases of kinds of issue and aliases of offers. Only a person adds or removes them. */
import type { Directory } from '../../directory/types.js';
import type { DirectoryStore, KeptDirectory, PhraseStore } from '../../ports.js';
import type { Issue } from '../../terms.js';
import { addAlias, ALIAS_SOURCE, removeAlias } from '../directory/alias.js';

/** Words, and what they shall mean. */
export type Teaching =
  | { readonly about: 'issue'; readonly words: string; readonly issue: Issue }
  | { readonly about: 'offer'; readonly words: string; readonly offerId: string };

/** One learned item. `actor` and `at` are absent when the record is no longer kept. */
export type Learned = Teaching & {
  /** Short, so that a person can type it. */
  readonly id: string;
  readonly actor?: string;
  readonly at?: number;
};

export interface LearnDeps {
  readonly phrases: PhraseStore;
  readonly directory: DirectoryStore & Pick<KeptDirectory, 'audit'>;
}

/** Who acts, and when in milliseconds since the epoch. */
export interface By {
  readonly actor: string;
  readonly now: number;
}

export type Taught =
  { readonly kind: 'learned'; readonly id: string } | { readonly kind: 'known' | 'no-offer' | 'bad-words' };

const MAX_PHRASE = 300;

/** Adds one phrase or alias. */
export async function teach(
  deps: LearnDeps,
  directory: Directory,
  teaching: Teaching,
  by: By,
): Promise<Taught> {
  const words = teaching.words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  if (words.length > MAX_PHRASE || !/[\p{L}\p{N}]{2}/u.test(words)) return { kind: 'bad-words' };
  if (teaching.about === 'offer') {
    const done = await addAlias(deps.directory, directory, {
      offerId: teaching.offerId,
      alias: words,
      ...by,
    });
    if (done.kind === 'bad-alias') return { kind: 'bad-words' };
    return done.kind === 'added'
      ? { kind: 'learned', id: idOf({ ...teaching, words }) }
      : { kind: done.kind };
  }
  const { issue } = teaching;
  const known = (await deps.phrases.list()).some((one) => one.phrase === words && one.issue === issue);
  if (known) return { kind: 'known' };
  await deps.phrases.add(words, { issue, actor: by.actor, at: by.now });
  return { kind: 'learned', id: idOf({ ...teaching, words }) };
}

/** Everything in use, newest first. */
export async function listLearned({ phrases, directory }: LearnDeps): Promise<readonly Learned[]> {
  const taught = (await phrases.list()).map(({ phrase, ...rest }): Learned => {
    const teaching = { about: 'issue', words: phrase, issue: rest.issue } as const;
    return { ...teaching, id: idOf(teaching), actor: rest.actor, at: rest.at };
  });
  return [...taught, ...(await aliases(directory))].sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
}

/** Takes one learned item back. Undefined when there is no such item, or several ids begin with these letters. */
export async function forgetLearned(deps: LearnDeps, id: string, by: By): Promise<Learned | undefined> {
  const [found, ...more] = (await listLearned(deps)).filter((one) => id !== '' && one.id.startsWith(id));
  if (!found || more.length > 0) return undefined;
  const done =
    found.about === 'issue'
      ? await deps.phrases.remove(found.words, { actor: by.actor, at: by.now })
      : await removeAlias(deps.directory, { offerId: found.offerId, alias: found.words, ...by });
  return done ? found : undefined;
}

/** Changes of one offer to look through for the person who added a name. */
const MOST_CHANGES = 100;

async function aliases(directory: LearnDeps['directory']): Promise<readonly Learned[]> {
  const rows = [...(await directory.rowsOf(ALIAS_SOURCE)).values()];
  const found = await Promise.all(
    rows.map(async (row) => {
      if (row.kind !== 'offer') return [];
      const changes = await directory.audit({ key: row.key, limit: MOST_CHANGES });
      return row.offer.aliases.map((words): Learned => {
        const teaching = { about: 'offer', words, offerId: row.offer.id } as const;
        const first = changes.find(
          ({ source, before, after }) =>
            source === ALIAS_SOURCE && hasAlias(after, words) && !hasAlias(before, words),
        );
        return { ...teaching, id: idOf(teaching), ...(first && { actor: first.actor, at: first.at }) };
      });
    }),
  );
  return found.flat();
}

type Row = Awaited<ReturnType<KeptDirectory['audit']>>[number]['after'];

function hasAlias(row: Row, words: string): boolean {
  return row?.kind === 'offer' && row.offer.aliases.includes(words);
}

/** Eight letters from the content: the same in every process, without a table of ids. */
function idOf(teaching: Teaching): string {
  const text =
    teaching.about === 'issue' ? `issue\n${teaching.words}` : `${teaching.offerId}\n${teaching.words}`;
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}
