/** Turns one row of the flat form into an offer or a publisher. */
import { HOSTINGS, SUPPORT_TIERS } from '../../terms.js';
import { normalisePublisherName } from '../publisher-name.js';
import type { Offer, Publisher } from '../types.js';
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
import { given, readContacts, readLinks } from './contacts.js';
import { offerIdCell, publisherIdCell } from './ids.js';
import { plansCell } from './plans.js';
import { remembered } from './remembered.js';

/** Whom the contacts of an offer's row serve: that offer, its publisher (and so all its offers), or both. */
const SCOPES = ['offer', 'publisher', 'both'] as const;

/** What an offer's row says of its publisher. */
export interface PublisherMention {
  readonly id: string;
  readonly name?: string;
  /** A name to fall back on when no row of the file gives one. */
  readonly fallbackName?: string;
  readonly aliases: readonly string[];
  readonly contacts: Publisher['contacts'];
  readonly links: Publisher['links'];
}

/** A row understood. A bad row still says its key and its publisher's, where they could be read: what is known of them stays. */
export type ReadRow =
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
 * Reads one row. What is wrong with it is noted in `cells`; an error makes it `bad`.
 * @param today ISO date; nothing can have been verified later.
 */
export function readRow(cells: Cells, today: string): ReadRow {
  const publisherName = nameCell(cells, 'publisher_name');
  const publisherId = publisherIdCell(cells, publisherName);
  const isOffer = kindOfRow(cells) === 'offer';
  const id = isOffer ? offerIdCell(cells, publisherId) : publisherId;
  if (publisherId === undefined) cells.note('error', 'publisher_id', 'missing', '');
  if (isOffer && id === undefined && isUsable(cells)) noteNameless(cells);
  const publisherKey = publisherId === undefined ? undefined : `publisher:${publisherId}`;
  const key = id === undefined ? undefined : isOffer ? `offer:${id}` : `publisher:${id}`;
  const bad: ReadRow = { kind: 'bad', ...given({ key, publisherKey }) };
  if (id === undefined || publisherId === undefined || key === undefined) return bad;
  if (flagCell(cells, 'remove') && isUsable(cells)) return { kind: 'remove', key };
  const row = isOffer
    ? readOffer(cells, today, id, { id: publisherId, name: publisherName })
    : readPublisher(cells, today, publisherId, publisherName);
  return isUsable(cells) ? row : bad;
}

/** Where ids are made of names, it is the name that the operator has to look for. */
function noteNameless(cells: Cells): void {
  cells.note('error', 'offer_id', 'missing', '');
  if (nameCell(cells, 'offer_name') === undefined) cells.note('error', 'offer_name', 'missing', '');
}

function kindOfRow(cells: Cells): 'offer' | 'publisher' {
  const { draft } = cells;
  const said = choiceCell(cells, 'kind', ['offer', 'publisher']);
  return said ?? (isEmpty(draft.offer_id) && isEmpty(draft.offer_name) ? 'publisher' : 'offer');
}

function readOffer(
  cells: Cells,
  today: string,
  id: string,
  publisher: { readonly id: string; readonly name: string | undefined },
): ReadRow {
  const name = nameCell(cells, 'offer_name');
  if (name === undefined && isUsable(cells)) cells.note('error', 'offer_name', 'missing', '');
  const verifiedOn = dateCell(cells, 'verified_on', today);
  const contacts = readContacts(cells, today, verifiedOn);
  const links = readLinks(cells);
  const scope = choiceCell(cells, 'contact_scope', SCOPES) ?? 'offer';
  const supportTier = choiceCell(cells, 'support_tier', SUPPORT_TIERS) ?? 'none';
  const shared = scope !== 'offer' && supportTier === 'publisher';
  const mention = mentionOf(cells, publisher, supportTier, shared ? { contacts, links } : undefined);
  const offer: Offer = {
    id,
    publisherId: publisher.id,
    name: name ?? '',
    aliases: aliasesOf(cells, 'aliases', [name, publisher.name]),
    ...given({ summary: summaryCell(cells, 'summary') }),
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

/**
 * Only what belongs to an offer the publisher itself supports is the publisher's: of an offer Microsoft or a community
 * supports, neither the contact nor the support name is.
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

function readPublisher(cells: Cells, today: string, id: string, name: string | undefined): ReadRow {
  if (name === undefined && isUsable(cells)) cells.note('error', 'publisher_name', 'missing', '');
  const verifiedOn = dateCell(cells, 'verified_on', today);
  const publisher: Publisher = {
    id,
    name: name ?? '',
    aliases: aliasesOf(cells, 'publisher_aliases', [name]),
    links: readLinks(cells),
    contacts: readContacts(cells, today, verifiedOn),
    ...given({ verifiedOn }),
  };
  return { kind: 'publisher', key: `publisher:${id}`, publisher };
}

/** One publisher stands in many rows. */
const companyOf = remembered(normalisePublisherName);

/** Aliases that are not just the name again, or the publisher's name, which would stand for all its offers. */
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
