/** Builds one publisher from all the data about it in the offers of a file. */
import { CONTACT_KINDS, type ContactKind } from '../../terms.js';
import { otherNames } from '../../text.js';
import { compareText } from '../precedence.js';
import { nameFromPublisherId } from '../publisher-name.js';
import type { Contact, Publisher } from '../types.js';
import type { PublisherMention } from './row.js';

/** Counts what the rows say, so that their order does not matter. */
interface Tally {
  readonly names: Map<string, number>;
  readonly fallbackNames: Map<string, number>;
  readonly aliases: Set<string>;
  readonly contacts: Map<ContactKind, Map<string, number>>;
  readonly supportLinks: Map<string, number>;
}

export interface Mentions {
  add(mention: PublisherMention): void;
  /** One publisher for each mentioned id. */
  publishers(): readonly Publisher[];
}

/**
 * Collects mentions. A publisher gets a contact or a support page when more than half of the rows that have one agree.
 * Without such a majority it gets none, because the contact of one offer is not the contact of another. The name is the
 * most frequent one (for equal counts the first in code order). Other names become aliases; fallback names do not.
 */
export function gatherMentions(): Mentions {
  const byId = new Map<string, Tally>();
  return {
    add: (mention) => {
      const tally = byId.get(mention.id) ?? newTally();
      byId.set(mention.id, tally);
      count(tally, mention);
    },
    publishers: () => [...byId].map(([id, tally]) => publisherOf(id, tally)),
  };
}

function newTally(): Tally {
  return {
    names: new Map(),
    fallbackNames: new Map(),
    aliases: new Set(),
    contacts: new Map(),
    supportLinks: new Map(),
  };
}

function count(tally: Tally, { name, fallbackName, aliases, contacts, links }: PublisherMention): void {
  if (name !== undefined) more(tally.names, name);
  else if (fallbackName !== undefined) more(tally.fallbackNames, fallbackName);
  for (const alias of aliases) tally.aliases.add(alias);
  for (const contact of contacts) {
    const counts = tally.contacts.get(contact.kind) ?? new Map<string, number>();
    tally.contacts.set(contact.kind, counts);
    more(counts, JSON.stringify(contact));
  }
  if (links.support !== undefined) more(tally.supportLinks, links.support);
}

function publisherOf(id: string, tally: Tally): Publisher {
  const names = byCount(tally.names);
  const name = names[0] ?? byCount(tally.fallbackNames).find((one) => one !== id) ?? nameFromPublisherId(id);
  const support = agreed(tally.supportLinks);
  return {
    id,
    name,
    aliases: otherNames([...names, ...[...tally.aliases].sort(compareText)], [name]),
    links: support === undefined ? {} : { support },
    contacts: CONTACT_KINDS.flatMap((kind) => contactOf(tally.contacts.get(kind)) ?? []),
  };
}

function contactOf(counts: ReadonlyMap<string, number> | undefined): Contact | undefined {
  const text = counts && agreed(counts);
  return text === undefined ? undefined : (JSON.parse(text) as Contact);
}

function agreed(counts: ReadonlyMap<string, number>): string | undefined {
  const all = [...counts.values()].reduce((sum, times) => sum + times, 0);
  return [...counts].find(([, times]) => times * 2 > all)?.[0];
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([text]) => text);
}

function more(counts: Map<string, number>, text: string): void {
  counts.set(text, (counts.get(text) ?? 0) + 1);
}
