/** Which offer or publisher somebody names when they follow, silence or report an outage. */
import type { OutageTopic } from '../../cards/kit/action-table.js';
import { foldWords } from '../../locales/commands.js';
import { meansEverything } from './outage-words.js';
import type { DirectoryView } from '../shared/services.js';

/** The one that is meant, or the offers that might be: several of that name, or the nearest to it. */
export type Named =
  | { readonly kind: 'topic'; readonly topic: OutageTopic }
  | { readonly kind: 'several' | 'none'; readonly offerIds: readonly string[] };

const MOST = 5;

/** The offer or publisher of this name, or all that is sold. */
export function topicNamed(name: string, { directory, index }: DirectoryView): Named {
  const wanted = foldWords(name);
  if (wanted === '') return { kind: 'none', offerIds: [] };
  if (meansEverything(name)) return { kind: 'topic', topic: { kind: 'everything' } };
  for (const { id, name: called } of directory.publishers.values()) {
    if (foldWords(called) === wanted || id === wanted)
      return { kind: 'topic', topic: { kind: 'publisher', id } };
  }
  const match = index.find(name);
  switch (match.kind) {
    case 'one':
      return { kind: 'topic', topic: { kind: 'offer', id: match.hit.offerId } };
    case 'several':
    case 'publishers':
      return { kind: 'several', offerIds: match.hits.slice(0, MOST).map((hit) => hit.offerId) };
    case 'none':
      return { kind: 'none', offerIds: match.nearest.slice(0, MOST).map((hit) => hit.offerId) };
  }
}

/** What to tell somebody whose name was not clear, where nothing can be chosen; as a locale key. */
export function unclear({ kind }: Exclude<Named, { kind: 'topic' }>): string {
  return kind === 'several' ? 'several-names' : 'unknown-offer';
}
