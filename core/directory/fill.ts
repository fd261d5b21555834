/** Counts how many offers have each field, so that an operator sees a column that is empty. */
import { CONTACT_KINDS, LANGUAGES, type ContactKind } from '../terms.js';
import { LINK_KINDS, type Contact, type DirectoryRow, type Offer, type Publisher } from './types.js';

export interface FieldFill {
  /** For example `customer-support.email`, `links.status`, `summary`. */
  readonly field: string;
  readonly filled: number;
  readonly of: number;
  /** The first value. */
  readonly example?: string;
}

const WAYS = ['name', 'email', 'phone', 'url', 'upn', 'hours', 'verifiedOn'] as const;

const SLICE = 250;

/** The fill of each field over the offers of a file, in slices. A contact of the publisher counts for its offers. */
export function* fillSteps(rows: Iterable<DirectoryRow>): Generator<undefined, readonly FieldFill[]> {
  const offers: Offer[] = [];
  const publishers = new Map<string, Publisher>();
  for (const row of rows) {
    if (row.kind === 'offer') offers.push(row.offer);
    else publishers.set(row.publisher.id, row.publisher);
  }
  const counts = new Map<string, { filled: number; example?: string }>();
  for (const field of FIELDS) counts.set(field, { filled: 0 });
  for (const [at, offer] of offers.entries()) {
    if (at % SLICE === SLICE - 1) yield;
    for (const [field, value] of valuesOf(offer, publishers.get(offer.publisherId))) {
      const count = counts.get(field);
      if (!count || value === undefined || value === '') continue;
      count.filled += 1;
      count.example ??= value;
    }
  }
  return [...counts].map(([field, count]) => ({ field, of: offers.length, ...count }));
}

const FIELDS: readonly string[] = [
  'name',
  'publisher name',
  'aliases',
  'summary',
  ...LANGUAGES.flatMap((language) => [`name (${language})`, `summary (${language})`]),
  'support tier',
  'hosting',
  'categories',
  'plans',
  ...CONTACT_KINDS.flatMap((kind) => WAYS.map((way) => `${kind}.${way}`)),
  ...LINK_KINDS.map((kind) => `links.${kind}`),
];

function* valuesOf(
  offer: Offer,
  publisher: Publisher | undefined,
): Generator<readonly [string, string | undefined]> {
  yield ['name', offer.name];
  yield ['publisher name', publisher?.name];
  yield ['aliases', offer.aliases[0]];
  yield ['summary', offer.summary];
  for (const language of offer.inLanguages ? LANGUAGES : []) {
    const texts = offer.inLanguages?.[language];
    yield [`name (${language})`, texts?.name];
    yield [`summary (${language})`, texts?.summary];
  }
  yield ['support tier', offer.supportTier === 'none' ? undefined : offer.supportTier];
  yield ['hosting', offer.hosting === 'unknown' ? undefined : offer.hosting];
  yield ['categories', offer.categories[0]];
  yield ['plans', offer.plans[0]?.name];
  for (const kind of CONTACT_KINDS) {
    const contact = contactOf(offer.contacts, kind) ?? contactOf(publisher?.contacts ?? [], kind);
    for (const way of WAYS) yield [`${kind}.${way}`, contact?.[way]];
  }
  for (const kind of LINK_KINDS) yield [`links.${kind}`, offer.links[kind] ?? publisher?.links[kind]];
}

function contactOf(contacts: readonly Contact[], kind: ContactKind): Contact | undefined {
  return contacts.find((contact) => contact.kind === kind);
}
