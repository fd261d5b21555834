/** Makes one publisher of everything the offers of a file say about it. */
import { compareText } from '../precedence.js';
import { CONTACT_KINDS } from '../../terms.js';
import type { Contact, Publisher } from '../types.js';
import type { PublisherMention } from './rows.js';

/** Counts what rows say, so that the answer does not depend on their order. */
interface Tally {
  readonly names: Map<string, number>;
  readonly fallbackNames: Map<string, number>;
  readonly aliases: Set<string>;
  readonly contacts: Map<string, number>;
  readonly supportLinks: Map<string, number>;
}

export interface Mentions {
  add(mention: PublisherMention): void;
  /** One publisher for each id mentioned. */
  publishers(): readonly Publisher[];
}

/**
 * Gathers mentions. Name, contact of each kind and support page are what most rows say; equal counts go to the first
 * by code order. Other names become aliases; names to fall back on never do.
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
  for (const contact of contacts) more(tally.contacts, JSON.stringify(contact));
  if (links.support !== undefined) more(tally.supportLinks, links.support);
}

function publisherOf(id: string, tally: Tally): Publisher {
  const names = byCount(tally.names);
  const name = names[0] ?? byCount(tally.fallbackNames)[0] ?? id;
  const aliases = new Set([...names, ...[...tally.aliases].sort(compareText)]);
  aliases.delete(name);
  const contacts = byCount(tally.contacts).map((text) => JSON.parse(text) as Contact);
  const support = byCount(tally.supportLinks)[0];
  return {
    id,
    name,
    aliases: [...aliases],
    links: support === undefined ? {} : { support },
    contacts: CONTACT_KINDS.flatMap((kind) => contacts.find((contact) => contact.kind === kind) ?? []),
  };
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([text]) => text);
}

function more(counts: Map<string, number>, text: string): void {
  counts.set(text, (counts.get(text) ?? 0) + 1);
}
