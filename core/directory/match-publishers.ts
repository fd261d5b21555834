/** Joins publishers that a source knows by name only with the publisher of the same name that has a marketplace id. */
import { compareText, type Claim } from './precedence.js';
import { isNamedOnly, normalisePublisherName } from './publisher-name.js';
import type { Publisher } from './types.js';

export interface PublisherMatches {
  /** Named-only id → the id to which its offers belong now (the first by code order, when several have the name). */
  readonly joins: ReadonlyMap<string, string>;
  /** Publisher id → the named-only ids whose contacts and links also serve it. */
  readonly lends: ReadonlyMap<string, readonly string[]>;
}

/**
 * The rule, in full: a named-only publisher is the same company as a publisher with an id when a name or alias of the
 * one equals a name or alias of the other, both normalised. Nothing fuzzy; two publishers that both have ids are never
 * joined, whatever their names.
 */
export function matchPublishers(
  publishers: ReadonlyMap<string, readonly Claim<Publisher>[]>,
): PublisherMatches {
  const named = [...publishers.keys()].filter(isNamedOnly).sort(compareText);
  const joins = new Map<string, string>();
  const lends = new Map<string, string[]>();
  if (named.length === 0) return { joins, lends };
  const byName = idsByName(publishers);
  for (const id of named) {
    const same = [...new Set(namesOf(publishers.get(id)).flatMap((name) => byName.get(name) ?? []))].sort(
      compareText,
    );
    if (same[0] !== undefined) joins.set(id, same[0]);
    for (const other of same) lends.set(other, [...(lends.get(other) ?? []), id]);
  }
  return { joins, lends };
}

function idsByName(publishers: ReadonlyMap<string, readonly Claim<Publisher>[]>): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const [id, claims] of publishers) {
    if (isNamedOnly(id)) continue;
    for (const name of namesOf(claims)) byName.set(name, [...(byName.get(name) ?? []), id]);
  }
  return byName;
}

function namesOf(claims: readonly Claim<Publisher>[] | undefined): string[] {
  const names = (claims ?? []).flatMap(({ value }) => [value.name, ...value.aliases]);
  return [...new Set(names.map(normalisePublisherName))].filter((name) => name !== '');
}
