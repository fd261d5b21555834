/** Answers "why this address?": which source each field of an offer or publisher came from, and by which rule. */
import { CONTACT_KINDS, LANGUAGES } from '../terms.js';
import { ADMIN_SOURCE, isAdminSource, isCorrectionOnly, ownCorrection } from './correction.js';
import { matchPublishers } from './match-publishers.js';
import {
  collectClaims,
  contactClaim,
  givingClaim,
  publisherClaims,
  sourcesOwn,
  type SourceRows,
} from './merge.js';
import { sourceRank, type Claim } from './precedence.js';
import { LINK_KINDS, type Contact, type Offer, type Publisher } from './types.js';

/** Why a claim won: the only one, a better rank, a later date, the source's name, an equal name, a correction. */
export type OriginRule =
  | 'only-source'
  | 'rank'
  | 'date'
  | 'source-name'
  | 'same-company'
  /** An administrator corrected what the sources say. */
  | 'correction'
  /** An administrator corrected it, and the source has changed since. */
  | 'lapsed';

export interface Origin {
  /** `name`, `links.support`, `contacts.customer-support`, … */
  readonly field: string;
  readonly source: string;
  /** ISO date the winning row or contact was verified, when known. */
  readonly date?: string;
  readonly rule: OriginRule;
}

/** The origin of each field of an offer; empty when no source knows the offer. */
export function originsOfOffer(sources: readonly SourceRows[], offerId: string): readonly Origin[] {
  const claims = collectClaims(sources).offers.get(offerId) ?? [];
  if (!claims.some(({ value }) => !isCorrectionOnly(value))) return [];
  const plain = (['name', 'supportTier', 'supportName', 'hosting', 'summary', 'categories'] as const).map(
    (field) => originOf(field, givingClaim(claims, field), claims),
  );
  const corrected = Object.keys(ownCorrection(claims, sourcesOwn(claims)) ?? {}).map((field): Origin => ({
    field,
    source: ADMIN_SOURCE,
    rule: 'correction',
  }));
  const ofSources = plain.filter(({ field }) => !corrected.some((one) => one.field === field));
  return [...corrected, ...ofSources, ...textOrigins(claims), ...sharedOrigins(claims)];
}

/** The origin of each text in another language. */
function textOrigins(claims: readonly Claim<Offer>[]): Origin[] {
  return LANGUAGES.flatMap((language) =>
    (['name', 'summary'] as const).flatMap((text) => {
      const giving = claims.filter(({ value }) => value.inLanguages?.[language]?.[text] !== undefined);
      return giving[0] ? [originOf(`inLanguages.${language}.${text}`, giving[0], giving)] : [];
    }),
  );
}

/** The origin of each contact and link of a publisher; empty when no source knows it. */
export function originsOfPublisher(sources: readonly SourceRows[], publisherId: string): readonly Origin[] {
  const all = collectClaims(sources);
  const claims = publisherClaims(all, matchPublishers(all.publishers), publisherId);
  const first = claims.find(({ value }) => !isCorrectionOnly(value));
  return first ? [originOf('name', first, claims), ...sharedOrigins(claims)] : [];
}

function sharedOrigins<T extends Offer | Publisher>(claims: readonly Claim<T>[]): Origin[] {
  const links = LINK_KINDS.flatMap((kind) => {
    const giving = claims.filter((claim) => claim.value.links[kind]);
    return giving[0] ? [originOf(`links.${kind}`, giving[0], giving)] : [];
  });
  const contacts = CONTACT_KINDS.flatMap((kind) => {
    const found = contactClaim(claims, kind);
    const giving = claims.filter((claim) => contactIn(claim, kind));
    if (!found) return [];
    const origin = originOf(
      `contacts.${kind}`,
      found.claim,
      giving,
      (claim) => contactIn(claim, kind)?.verifiedOn,
    );
    const lapsed = giving.some((claim) => claim !== found.claim && isAdminSource(claim.source));
    return [lapsed ? { ...origin, rule: 'lapsed' as const } : origin];
  });
  return [...links, ...contacts];
}

type DateOf = (claim: Claim<Offer | Publisher>) => string | undefined;

/** @param ownDate the date of the field itself, which outranks the date of its row. */
function originOf(
  field: string,
  won: Claim<Offer | Publisher>,
  rivals: readonly Claim<Offer | Publisher>[],
  ownDate: DateOf = () => undefined,
): Origin {
  const dateOf: DateOf = (claim) => ownDate(claim) ?? claim.value.verifiedOn;
  const date = dateOf(won);
  const next = rivals.find((claim) => claim !== won && !claim.byName);
  return { field, source: won.source, ...(date ? { date } : {}), rule: ruleBetween(won, next, dateOf) };
}

function ruleBetween(
  won: Claim<Offer | Publisher>,
  next: Claim<Offer | Publisher> | undefined,
  dateOf: DateOf,
): OriginRule {
  if (won.byName) return 'same-company';
  if (!next) return isAdminSource(won.source) ? 'correction' : 'only-source';
  if (isAdminSource(won.source) && !isAdminSource(next.source)) return 'correction';
  if (sourceRank(won.source) !== sourceRank(next.source)) return 'rank';
  return dateOf(won) === dateOf(next) ? 'source-name' : 'date';
}

function contactIn(claim: Claim<Offer | Publisher>, kind: Contact['kind']): Contact | undefined {
  return claim.value.contacts.find((contact) => contact.kind === kind);
}
