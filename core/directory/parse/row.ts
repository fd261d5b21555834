/** Parses one row of the flat form into an offer or a publisher. */
import { HOSTINGS, SUPPORT_TIERS, type Language } from '../../terms.js';
import { normalisePublisherName } from '../publisher-name.js';
import type { InLanguages, Offer, OfferTexts, Publisher } from '../types.js';
import {
  choiceCell,
  dateCell,
  flagCell,
  isUsable,
  listCell,
  MOST,
  nameCell,
  summaryCell,
  type Cells,
} from './cells.js';
import { LANGUAGE_COLUMNS } from './columns.js';
import { given, parseContacts, parseLinks } from './contacts.js';
import { offerIdCell, publisherIdCell } from './ids.js';
import { plansCell } from './plans.js';
import { memoized } from './text.js';

/** Whose contacts a row of an offer contains: the offer's, its publisher's (so those of all its offers), or both. */
const SCOPES = ['offer', 'publisher', 'both'] as const;

/** What the row of an offer says about the publisher. */
export interface PublisherMention {
  readonly id: string;
  readonly name?: string;
  /** A name to use when no row of the file gives one. */
  readonly fallbackName?: string;
  readonly aliases: readonly string[];
  readonly contacts: Publisher['contacts'];
  readonly links: Publisher['links'];
}

/** A parsed row. A bad row has its key and its publisher's key if they could be read, so that the directory keeps what it has for them. */
export type ParsedRow =
  | {
      readonly kind: 'offer';
      readonly key: string;
      readonly offer: Offer;
      readonly mention: PublisherMention;
    }
  | { readonly kind: 'publisher'; readonly key: string; readonly publisher: Publisher }
  | { readonly kind: 'remove'; readonly key: string }
  | { readonly kind: 'bad'; readonly key?: string; readonly publisherKey?: string };

/**
 * Parses one row and adds its problems to `cells`. A row with an error is `bad`.
 * @param today ISO date; a later verification date is an error.
 */
export function parseRow(cells: Cells, today: string): ParsedRow {
  const publisherName = nameCell(cells, 'publisher_name');
  const publisherId = publisherIdCell(cells, publisherName);
  const isOffer = kindOfRow(cells) === 'offer';
  const id = isOffer ? offerIdCell(cells, publisherId) : publisherId;
  if (publisherId === undefined) cells.note('error', 'publisher_id', 'missing', '');
  if (isOffer && id === undefined && isUsable(cells)) noteMissingId(cells);
  const publisherKey = publisherId === undefined ? undefined : `publisher:${publisherId}`;
  const key = id === undefined ? undefined : isOffer ? `offer:${id}` : `publisher:${id}`;
  const bad: ParsedRow = { kind: 'bad', ...given({ key, publisherKey }) };
  if (id === undefined || publisherId === undefined || key === undefined) return bad;
  if (flagCell(cells, 'remove') && isUsable(cells)) return { kind: 'remove', key };
  const row = isOffer
    ? parseOffer(cells, today, id, { id: publisherId, name: publisherName })
    : parsePublisher(cells, today, publisherId, publisherName);
  return isUsable(cells) ? row : bad;
}

/** Reports the missing name too, because ids can be made from names. */
function noteMissingId(cells: Cells): void {
  cells.note('error', 'offer_id', 'missing', '');
  if (nameCell(cells, 'offer_name') === undefined) cells.note('error', 'offer_name', 'missing', '');
}

function kindOfRow(cells: Cells): 'offer' | 'publisher' {
  const { draft } = cells;
  const kind = choiceCell(cells, 'kind', ['offer', 'publisher']);
  return kind ?? (isEmpty(draft.offer_id) && isEmpty(draft.offer_name) ? 'publisher' : 'offer');
}

function parseOffer(
  cells: Cells,
  today: string,
  id: string,
  publisher: { readonly id: string; readonly name: string | undefined },
): ParsedRow {
  const name = nameCell(cells, 'offer_name');
  if (name === undefined && isUsable(cells)) cells.note('error', 'offer_name', 'missing', '');
  const verifiedOn = dateCell(cells, 'verified_on', today);
  const contacts = parseContacts(cells, today, verifiedOn);
  const links = parseLinks(cells);
  const scope = choiceCell(cells, 'contact_scope', SCOPES) ?? 'offer';
  const supportTier = choiceCell(cells, 'support_tier', SUPPORT_TIERS) ?? 'none';
  const shared = scope !== 'offer' && supportTier === 'publisher';
  const mention = mentionOf(cells, publisher, supportTier, shared ? { contacts, links } : undefined);
  const offer: Offer = {
    id,
    publisherId: publisher.id,
    name: name ?? '',
    aliases: aliasesOf(cells, 'aliases', [name, publisher.name]),
    ...given({ summary: summaryCell(cells, 'summary'), inLanguages: textsOf(cells) }),
    supportTier,
    ...given({ supportName: nameCell(cells, 'supported_by') }),
    hosting: choiceCell(cells, 'hosting', HOSTINGS) ?? 'unknown',
    categories: listCell(cells, 'categories', MOST.categories),
    plans: plansCell(cells),
    links,
    contacts: scope === 'publisher' && shared ? [] : contacts,
    ...given({ verifiedOn }),
    withdrawn: flagCell(cells, 'withdrawn') ?? false,
  };
  return { kind: 'offer', key: `offer:${id}`, offer, mention };
}

/** The texts in other languages; undefined when the row has none, which most rows do not. */
function textsOf(cells: Cells): InLanguages<OfferTexts> | undefined {
  const { draft } = cells;
  let found: Partial<Record<Language, OfferTexts>> | undefined;
  for (const { language, name, summary } of LANGUAGE_COLUMNS) {
    if (draft[name] === undefined && draft[summary] === undefined) continue;
    const texts = given({ name: nameCell(cells, name), summary: summaryCell(cells, summary) });
    if (Object.keys(texts).length > 0) found = { ...found, [language]: texts };
  }
  return found;
}

/**
 * Takes contacts and support names for the publisher only from offers that the publisher supports. When Microsoft or a
 * community supports the offer, they are not the publisher's.
 */
function mentionOf(
  cells: Cells,
  publisher: { readonly id: string; readonly name: string | undefined },
  supportTier: Offer['supportTier'],
  shared: Pick<Offer, 'contacts' | 'links'> | undefined,
): PublisherMention {
  const support = shared?.links.support;
  const fallbackName = nameCell(cells, 'publisher_name_fallback');
  return {
    id: publisher.id,
    ...given({ name: publisher.name, fallbackName: supportTier === 'publisher' ? fallbackName : undefined }),
    aliases: aliasesOf(cells, 'publisher_aliases', [publisher.name]),
    contacts: shared?.contacts ?? [],
    links: support === undefined ? {} : { support },
  };
}

function parsePublisher(cells: Cells, today: string, id: string, name: string | undefined): ParsedRow {
  if (name === undefined && isUsable(cells)) cells.note('error', 'publisher_name', 'missing', '');
  const verifiedOn = dateCell(cells, 'verified_on', today);
  const publisher: Publisher = {
    id,
    name: name ?? '',
    aliases: aliasesOf(cells, 'publisher_aliases', [name]),
    links: parseLinks(cells),
    contacts: parseContacts(cells, today, verifiedOn),
    ...given({ verifiedOn }),
  };
  return { kind: 'publisher', key: `publisher:${id}`, publisher };
}

/** Many rows have the same publisher. */
const companyOf = memoized(normalisePublisherName);

/** Leaves out aliases that repeat the name, or the publisher's name, which would match all its offers. */
function aliasesOf(
  cells: Cells,
  field: 'aliases' | 'publisher_aliases',
  names: readonly (string | undefined)[],
): readonly string[] {
  const aliases = listCell(cells, field, MOST.aliases);
  if (aliases.length === 0) return aliases;
  const [own, publisher] = names;
  const company = publisher === undefined ? undefined : companyOf(publisher);
  return aliases.filter(
    (alias) => alias.toLowerCase() !== own?.toLowerCase() && normalisePublisherName(alias) !== company,
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
