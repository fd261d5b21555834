/** The words that a card repeats as the query: the person's own, or the names that they named outright. */
import type { Directory } from '../../core/directory/types.js';

/** At most 80 characters. */
export function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text;
}

/** The names of these offers as a query, for words that name them outright. */
export function namesAsked(offerIds: readonly string[], { offers }: Directory): string {
  return shorten(offerIds.map((id) => offers.get(id)?.name ?? id).join(' · '));
}
