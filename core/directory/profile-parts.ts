/** The partner profile in the parts that a person edits: each has flat form fields and a mark of the values seen. */
import { hash53 } from './correction.js';
import { parseHours } from './hours.js';
import { parseProfile } from './parse-profile.js';
import {
  fieldOfPath,
  plainFields,
  withPlainFields,
  type PartFields,
  type PlainPart,
} from './profile-plain-parts.js';
import type { CustomerMaySee, Desk, OfferOverride, PartnerProfile } from './profile.js';

export type { PartFields } from './profile-plain-parts.js';

export const DESK_NAMES = ['billing', 'technical', 'provider'] as const;
export type DeskName = (typeof DESK_NAMES)[number];

export type ProfilePart =
  /** Who answers first, and what customers may see. */
  | { readonly kind: 'policy' }
  | { readonly kind: PlainPart }
  | { readonly kind: 'desk'; readonly desk: DeskName }
  /** The exceptions for one offer, or for all offers of one publisher, by its id. */
  | { readonly kind: 'override'; readonly id: string };

const DESK_FIELDS = ['name', 'email', 'phone', 'url', 'upn', 'hours'] as const;
export const SEE_FIELDS = ['supportEmail', 'supportPhone', 'documentation'] as const;

/** The present fields of a part; undefined when the profile has no such part. An offer without an override has empty ones. */
export function partFields(profile: PartnerProfile, part: ProfilePart): PartFields | undefined {
  switch (part.kind) {
    case 'policy':
      return { tier1: profile.tier1, ...seeFields(profile.customerMaySee) };
    case 'desk': {
      const desk = deskOf(profile, part.desk);
      return desk && Object.fromEntries(DESK_FIELDS.map((field) => [field, desk[field] ?? '']));
    }
    case 'override': {
      const own = Object.hasOwn(profile.overrides, part.id) ? profile.overrides[part.id] : undefined;
      return { tier1: own?.tier1 ?? '', ...seeFields(own?.customerMaySee ?? {}) };
    }
    default:
      return plainFields(profile, part.kind);
  }
}

/** A short mark of a part's values. */
export function partMark(profile: PartnerProfile, part: ProfilePart): string {
  const fields = partFields(profile, part);
  return fields ? hash53(JSON.stringify(Object.entries(fields))) : '-';
}

export type PartChanged =
  | { readonly kind: 'profile'; readonly profile: PartnerProfile }
  /** Names of the fields with an error. */
  | { readonly kind: 'bad'; readonly fields: readonly string[] };

/** The profile with new fields in one part, checked like a profile from a file; hours must also pass `parseHours`. */
export function withPart(profile: PartnerProfile, part: ProfilePart, given: PartFields): PartChanged {
  const present = partFields(profile, part);
  if (!present) return { kind: 'bad', fields: [] };
  const fields = Object.fromEntries(
    Object.keys(present).map((field) => [field, (given[field] ?? '').trim()] as const),
  );
  // Old hours in free text may stay, but new hours need the format.
  const { hours = '' } = fields;
  const badHours = hours !== '' && hours !== present.hours && !parseHours(hours) ? ['hours'] : [];
  const parsed = parseProfile(candidate(profile, part, fields), { anyHours: true });
  const bad = parsed.ok ? [] : parsed.problems.map(({ field }) => fieldOfPath(field));
  const wrong = [...new Set([...bad, ...badHours])];
  return parsed.ok && wrong.length === 0
    ? { kind: 'profile', profile: parsed.profile }
    : { kind: 'bad', fields: wrong };
}

function candidate(profile: PartnerProfile, part: ProfilePart, fields: PartFields): unknown {
  switch (part.kind) {
    case 'policy':
      return { ...profile, tier1: fields.tier1, customerMaySee: seeOf(fields) };
    case 'desk': {
      const desk = given(fields, DESK_FIELDS);
      if (part.desk === 'provider') return { ...profile, provider: { ...profile.provider, desk } };
      return { ...profile, desks: { ...profile.desks, [part.desk]: desk } };
    }
    case 'override': {
      const others = Object.entries(profile.overrides).filter(([id]) => id !== part.id);
      const own = overrideOf(fields);
      return { ...profile, overrides: Object.fromEntries(own ? [...others, [part.id, own]] : others) };
    }
    default:
      return withPlainFields(profile, part.kind, fields);
  }
}

/** Undefined when every field is empty: without exceptions there is no override. */
function overrideOf(fields: PartFields): unknown {
  const see = seeOf(fields);
  const override = {
    ...given(fields, ['tier1']),
    ...(Object.keys(see).length > 0 ? { customerMaySee: see } : {}),
  };
  return Object.keys(override).length > 0 ? override : undefined;
}

function deskOf(profile: PartnerProfile, name: DeskName): Desk | undefined {
  return name === 'provider' ? profile.provider?.desk : profile.desks[name];
}

function seeFields(see: Partial<CustomerMaySee>): PartFields {
  return Object.fromEntries(
    SEE_FIELDS.map((field) => [field, see[field] === undefined ? '' : String(see[field])]),
  );
}

/** Any other word stays text, which the profile check refuses. */
function seeOf(fields: PartFields): Record<string, unknown> {
  const found = given(fields, SEE_FIELDS);
  const word = (text: string) => (text === 'true' ? true : text === 'false' ? false : text);
  return Object.fromEntries(Object.entries(found).map(([field, text]) => [field, word(text)]));
}

function given(fields: PartFields, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : [])));
}

/** Ids with exceptions, in order. */
export function overriddenIds({ overrides }: PartnerProfile): readonly string[] {
  return Object.keys(overrides).sort();
}

/** The content of an override, for a line of a list. */
export function overrideIn({ overrides }: PartnerProfile, id: string): OfferOverride | undefined {
  return Object.hasOwn(overrides, id) ? overrides[id] : undefined;
}
