/** Merges the rows of all sources into the one directory for answers, field by field, by explicit precedence. */
import { allAtOnce, sliceEach, type Slices } from '../time-slices.js';
import { CONTACT_KINDS, LANGUAGES, type Language } from '../terms.js';
import { otherNames } from '../text.js';
import { isAdminSource, isCorrectionOnly, ownCorrection, withoutLapsed } from './correction.js';
import { matchPublishers, type PublisherMatches } from './match-publishers.js';
import { nameFromPublisherId } from './publisher-name.js';
import { compareClaims, compareText, type Claim } from './precedence.js';
import {
  LINK_KINDS,
  type Contact,
  type Directory,
  type DirectoryRow,
  type Links,
  type Offer,
  type OfferTexts,
  type Plan,
  type Publisher,
} from './types.js';

/** The rows of one source. */
export interface SourceRows {
  readonly source: string;
  readonly rows: Iterable<DirectoryRow>;
}

/** Every source's claims, by id, the winner of each first. */
export interface Claims {
  readonly offers: ReadonlyMap<string, readonly Claim<Offer>[]>;
  readonly publishers: ReadonlyMap<string, readonly Claim<Publisher>[]>;
}

/**
 * The merged directory of all sources. The order of sources and rows does not matter, and the publisher of every offer
 * is in it. Publishers known by name only are joined as `matchPublishers` says.
 */
export function mergeDirectory(version: number, sources: readonly SourceRows[]): Directory {
  return allAtOnce(mergeSlices(version, sources));
}

/** Like `mergeDirectory`, in steps. */
function* mergeSlices(version: number, sources: readonly SourceRows[]): Slices<Directory> {
  return (yield* mergedSlices(version, sources)).directory;
}

/** A directory with the data that `patchSlices` needs to update it. */
export interface Merged {
  readonly directory: Directory;
  readonly publishers: Claims['publishers'];
  readonly matches: PublisherMatches;
}

/** Like `mergeSlices`, with the data that `patchSlices` needs. */
export function* mergedSlices(version: number, sources: readonly SourceRows[]): Slices<Merged> {
  const claims = yield* claimSlices(sources);
  const matches = matchPublishers(claims.publishers);
  const offers = new Map<string, Offer>();
  yield* sliceEach(sortedKeys(claims.offers), (id) => {
    const offer = offerOf(claims.offers.get(id) ?? [], matches);
    if (offer) offers.set(id, offer);
  });
  const publishers = yield* publisherSlices(claims.publishers, matches, offers);
  return { directory: { version, offers, publishers }, publishers: claims.publishers, matches };
}

/** Leaves out corrections of an offer that no source has any more: a correction waits until a source has the offer. */
export function offerOf(claims: readonly Claim<Offer>[], matches: PublisherMatches): Offer | undefined {
  return isKnown(claims) ? withPublisher(mergeOffer(claims), matches) : undefined;
}

/** Every publisher that a source knows, and at least the id of every other publisher with an offer. */
export function* publisherSlices(
  claims: Claims['publishers'],
  matches: PublisherMatches,
  offers: ReadonlyMap<string, Offer>,
): Slices<Map<string, Publisher>> {
  const publishers = new Map<string, Publisher>();
  yield* sliceEach(sortedKeys(claims), (id) => {
    const own = publisherClaims({ publishers: claims }, matches, id);
    if (!matches.joins.has(id) && isKnown(own)) publishers.set(id, mergePublisher(own));
  });
  yield* sliceEach(offers.values(), ({ publisherId }) => {
    if (!publishers.has(publisherId)) publishers.set(publisherId, bare(publisherId));
  });
  return publishers;
}

/** Sorts every source's rows into claims by id, the winner first. */
export function collectClaims(sources: readonly SourceRows[]): Claims {
  return allAtOnce(claimSlices(sources));
}

function* claimSlices(sources: readonly SourceRows[]): Slices<Claims> {
  const offers = new Map<string, Claim<Offer>[]>();
  const publishers = new Map<string, Claim<Publisher>[]>();
  for (const { source, rows } of sources) {
    yield* sliceEach(rows, (row) => {
      if (row.kind === 'offer') push(offers, row.offer.id, { source, value: row.offer });
      else push(publishers, row.publisher.id, { source, value: row.publisher });
    });
  }
  for (const map of [offers, publishers]) {
    yield* sliceEach<readonly unknown[]>(map.values(), (list) => {
      if (list.length > 1) (list as Claim<Offer | Publisher>[]).sort(byPrecedence);
    });
  }
  return { offers, publishers };
}

/** A publisher's own claims, then those of the named-only publishers that are the same company. */
export function publisherClaims(
  claims: Pick<Claims, 'publishers'>,
  matches: PublisherMatches,
  id: string,
): readonly Claim<Publisher>[] {
  const own = claims.publishers.get(id) ?? [];
  const named = matches.lends.get(id);
  if (!named) return own;
  const lent = named.flatMap((other) => claims.publishers.get(other) ?? []);
  return [...own, ...lent.map((claim) => ({ ...claim, byName: true })).sort(byPrecedence)];
}

/** One offer from its claims: each field comes from the first claim that has it. */
export function mergeOffer(claims: readonly Claim<Offer>[]): Offer {
  const first = claims.find(({ value }) => !isCorrectionOnly(value))?.value;
  if (!first) throw new RangeError('an offer needs at least one claim that names it');
  if (claims.length === 1) return first;
  const give = <K extends keyof Offer>(field: K) => givingClaim(claims, field).value[field];
  const own = sourcesOwn(claims);
  const corrected = ownCorrection(claims, own);
  return compact({
    ...first,
    ...own,
    ...corrected,
    aliases: unionOf(claims, corrected?.name),
    summary: give('summary'),
    inLanguages: mergeTexts(claims),
    supportTier: give('supportTier'),
    supportName: give('supportName'),
    hosting: give('hosting'),
    categories: give('categories'),
    plans: mergePlans(claims),
    links: mergeLinks(claims),
    contacts: mergeContacts(claims),
    verifiedOn: give('verifiedOn'),
  });
}

/** The sources' values of the offer itself, before administrators' corrections. */
export function sourcesOwn(claims: readonly Claim<Offer>[]): Pick<Offer, 'name' | 'withdrawn'> {
  const named = claims.filter(({ value }) => !isCorrectionOnly(value));
  const first = named[0]?.value;
  const name = first?.name ?? '';
  if (isAdmin(named)) return { name, withdrawn: first?.withdrawn ?? false };
  return { name, withdrawn: named.some((claim) => claim.value.withdrawn) };
}

/** One publisher from its claims. The names in other claims become aliases. */
export function mergePublisher(claims: readonly Claim<Publisher>[]): Publisher {
  const first = claims.find(({ value }) => !isCorrectionOnly(value))?.value;
  if (!first) throw new RangeError('a publisher needs at least one claim that names it');
  if (claims.length === 1) return first;
  return compact({
    ...first,
    aliases: unionOf(claims),
    links: mergeLinks(claims),
    contacts: mergeContacts(claims),
    verifiedOn: claims.find((claim) => claim.value.verifiedOn)?.value.verifiedOn,
  });
}

/** The claim that gives a field of an offer: the first with the field, else the first. */
export function givingClaim(claims: readonly Claim<Offer>[], field: keyof Offer): Claim<Offer> {
  const giving = claims.find((claim) => isGiven(claim.value[field])) ?? claims[0];
  if (!giving) throw new RangeError('an offer needs at least one claim');
  return giving;
}

/**
 * The claim that gives a kind of contact, as a whole: never one source's name with another's address. Its date is the
 * contact's own date, if it has one.
 */
export function contactClaim<T extends Offer | Publisher>(
  claims: readonly Claim<T>[],
  kind: Contact['kind'],
): { readonly claim: Claim<T>; readonly contact: Contact } | undefined {
  const given = claims.flatMap((claim) =>
    claim.value.contacts.filter((contact) => contact.kind === kind).map((contact) => ({ claim, contact })),
  );
  const keyOf = ({ claim, contact }: (typeof given)[number]) => ({
    source: claim.source,
    byName: claim.byName,
    date: contact.verifiedOn ?? claim.value.verifiedOn,
  });
  return withoutLapsed(given.sort((a, b) => compareClaims(keyOf(a), keyOf(b))))[0];
}

function mergeContacts(claims: readonly Claim<Offer | Publisher>[]): Contact[] {
  return CONTACT_KINDS.flatMap((kind) => {
    const contact = contactClaim(claims, kind)?.contact;
    return contact ? [withoutMark(contact)] : [];
  });
}

function mergeLinks(claims: readonly Claim<Offer | Publisher>[]): Links {
  const links: Partial<Record<(typeof LINK_KINDS)[number], string>> = {};
  for (const kind of LINK_KINDS) {
    const url = claims.find((claim) => claim.value.links[kind])?.value.links[kind];
    if (url) links[kind] = url;
  }
  return links;
}

/** Each text in each language comes from the first claim that has it. */
function mergeTexts(claims: readonly Claim<Offer>[]): Offer['inLanguages'] {
  const given = claims.flatMap(({ value }) => value.inLanguages ?? []);
  if (given.length <= 1) return given[0];
  const merged: Partial<Record<Language, OfferTexts>> = {};
  for (const language of LANGUAGES) {
    const texts = given.flatMap((one) => one[language] ?? []);
    if (texts.length > 0) merged[language] = Object.assign({}, ...texts.toReversed()) as OfferTexts;
  }
  return merged;
}

function mergePlans(claims: readonly Claim<Offer>[]): Plan[] {
  const plans = new Map<string, Plan>();
  for (const plan of claims.flatMap((claim) => claim.value.plans)) {
    const known = plans.get(plan.id);
    plans.set(plan.id, known ? compact({ ...plan, ...known }) : plan);
  }
  return [...plans.values()];
}

/** Every other name, including the sources' names when administrators gave another. */
function unionOf(claims: readonly Claim<Offer | Publisher>[], corrected?: string): string[] {
  const first = claims.find(({ value }) => !isCorrectionOnly(value));
  const names = claims.flatMap((claim) => [claim.value.name, ...claim.value.aliases]);
  return otherNames(names, [corrected ?? first?.value.name]);
}

/** `unknown`, `none` and empty values do not count, so that a source without the data never hides one with it. */
function isGiven(value: Offer[keyof Offer]): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== '' && value !== 'unknown' && value !== 'none';
}

/** Leaves out the mark of the corrected values, which only the merge needs. */
function withoutMark({ corrects: _corrects, ...contact }: Contact): Contact {
  return contact;
}

function isKnown(claims: readonly Claim<Offer | Publisher>[]): boolean {
  return claims.some(({ value }) => !isCorrectionOnly(value));
}

function withPublisher(offer: Offer, matches: PublisherMatches): Offer {
  const joined = matches.joins.get(offer.publisherId);
  return joined ? { ...offer, publisherId: joined } : offer;
}

function bare(id: string): Publisher {
  return { id, name: nameFromPublisherId(id), aliases: [], links: {}, contacts: [] };
}

function isAdmin(claims: readonly Claim<Offer>[]): boolean {
  return claims[0] !== undefined && isAdminSource(claims[0].source);
}

/** The winner first. */
export function byPrecedence(a: Claim<Offer | Publisher>, b: Claim<Offer | Publisher>): number {
  return compareClaims({ ...a, date: a.value.verifiedOn }, { ...b, date: b.value.verifiedOn });
}

function sortedKeys(map: ReadonlyMap<string, unknown>): string[] {
  return [...map.keys()].sort(compareText);
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
