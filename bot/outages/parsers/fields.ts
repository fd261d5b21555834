/** Reads single fields from a sender's JSON. A missing field, or a field of another type, is absent. */
import { createHash } from 'node:crypto';
import { isOver, type Affected, type OutageEvent, type OutageUpdate } from '../../../core/incident/types.js';
import { htmlToLine, htmlToText } from './html.js';
import { parseUrl } from '../../../core/url.js';

/** A JSON object with unchecked fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Limits for one notice, so that a hostile or broken sender cannot make a card or a row too large. */
export const LIMITS = {
  events: 200,
  updates: 100,
  names: 50,
  name: 200,
  id: 255,
  title: 300,
  url: 2000,
} as const;

/** `value` as an object. Any other value (null, a list, text) gives an object without fields. */
export function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** True for a JSON object that is not a list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list. Skips other elements. A value that is not a list gives none. */
export function rows(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The first of `values` that is non-empty text or a finite number, as trimmed text; `''` when there is none. */
export function text(...values: readonly unknown[]): string {
  for (const value of values) {
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  }
  return '';
}

/** As `text`, but on one clean line, for a title. */
export function line(...values: readonly unknown[]): string {
  return htmlToLine(text(...values), LIMITS.title);
}

/** Folds a word of a sender's enumeration: `Service_Restored` → `servicerestored`. */
export function word(...values: readonly unknown[]): string {
  return text(...values)
    .slice(0, 60)
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

/** The web address of the outage, or null: accepts only http and https without credentials. */
export function webAddress(...values: readonly unknown[]): string | null {
  const given = text(...values);
  if (given === '' || given.length > LIMITS.url) return null;
  const url = parseUrl(given);
  if (!url) return null;
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url.href : null;
}

/** Distinct clean names from nested lists and single values, in order, with a limit. */
export function names(...values: readonly unknown[]): readonly string[] {
  const found = values
    .flat(2)
    .map((value) => htmlToLine(text(value), LIMITS.name))
    .filter((name) => name !== '');
  return [...new Set(found)].slice(0, LIMITS.names);
}

/** The affected things, from the parts that a notice names. */
export function affected(parts: Partial<Affected>): Affected {
  return {
    offers: names(parts.offers),
    publishers: names(parts.publishers),
    components: names(parts.components),
    regions: names(parts.regions),
  };
}

/** Newest first, without empty lines, limited in number and length. */
export function history(updates: readonly OutageUpdate[]): readonly OutageUpdate[] {
  const kept = updates
    .map((update) => ({ ...update, text: htmlToText(update.text) }))
    .filter((update) => update.text !== '' || update.state !== null);
  return kept.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)).slice(0, LIMITS.updates);
}

/** Each update once: a notice that is split by region or service repeats its updates. */
export function distinct(updates: readonly OutageUpdate[]): readonly OutageUpdate[] {
  const byKey = new Map(
    updates.map((update) => [JSON.stringify([update.at, update.state, update.text]), update]),
  );
  return [...byKey.values()];
}

/** The newest of some times; null when none is known. */
export function latest(...times: readonly (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);
}

/** The oldest of some times; null when none is known. */
export function earliest(...times: readonly (number | null)[]): number | null {
  return times.reduce((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null);
}

/**
 * Joins ids to a key that fits into a column. A longer key ends with its hash, so that different keys stay different.
 */
export function keyOf(...parts: readonly (string | number | null)[]): string {
  const key = parts.map((part) => (part === null ? '' : String(part))).join('|');
  return key.length <= LIMITS.id ? key : `${key.slice(0, 200)}#${digest(key)}`;
}

/** A key for a notice without a time and an id: the same content gives the same key. */
export function contentKey(event: OutageEvent): string {
  return keyOf(event.sourceId, digest(JSON.stringify({ ...event, dedupeKey: '' })));
}

function digest(of: string): string {
  return createHash('sha256').update(of).digest('base64url').slice(0, 43);
}

/**
 * Joins notices with the same source id. Affected things and updates add up; the newest notice decides the other
 * fields.
 */
export function mergeRepeated(list: readonly OutageEvent[]): readonly OutageEvent[] {
  const byId = new Map<string, OutageEvent>();
  for (const event of list) {
    const known = byId.get(event.sourceId);
    byId.set(event.sourceId, known ? merge(known, event) : event);
  }
  return [...byId.values()];
}

function merge(a: OutageEvent, b: OutageEvent): OutageEvent {
  const newer = (b.updatedAt ?? 0) > (a.updatedAt ?? 0) ? b : a;
  const both = (pick: (of: Affected) => readonly string[]): readonly string[] =>
    names(pick(a.affected), pick(b.affected));
  return {
    ...newer,
    ...(a.aliases && { aliases: [...new Set([...a.aliases, ...(b.aliases ?? [])])] }),
    startedAt: earliest(a.startedAt, b.startedAt),
    affected: {
      offers: both((of) => of.offers),
      publishers: both((of) => of.publishers),
      components: both((of) => of.components),
      regions: both((of) => of.regions),
    },
    updates: history(distinct([...a.updates, ...b.updates])),
  };
}

/** Makes an event from a notice's fields. Absent fields are unknown. Without a key, the content is the key. */
export function eventFrom(
  given: Omit<Partial<OutageEvent>, 'affected'> &
    Pick<OutageEvent, 'sourceId' | 'title' | 'state'> & { readonly affected?: Partial<Affected> },
): OutageEvent {
  const event: OutageEvent = {
    dedupeKey: '',
    severity: 'minor',
    startedAt: null,
    updatedAt: null,
    url: null,
    owner: null,
    ...given,
    resolvedAt: isOver(given.state) ? (given.resolvedAt ?? null) : null,
    affected: affected(given.affected ?? {}),
    updates: history(given.updates ?? []),
  };
  return event.dedupeKey === '' ? { ...event, dedupeKey: contentKey(event) } : event;
}

/** Reads `offer:contoso.backup` from a list of tags, or `{offer: …}` from an object of labels. */
export function labelled(tags: unknown): Fields {
  if (isFields(tags)) return tags;
  const list = typeof tags === 'string' ? tags.split(',') : Array.isArray(tags) ? tags : [];
  const pairs = list.flatMap((tag: unknown): (readonly [string, string])[] => {
    if (Array.isArray(tag)) return [[text(tag[0]), text(tag[1])]];
    if (isFields(tag)) return [[text(tag.key, tag.name), text(tag.value)]];
    const [, key, value] = /^\s*([^:=]{1,60})[:=](.*)$/s.exec(text(tag)) ?? [];
    return key === undefined || value === undefined ? [] : [[key.trim(), value.trim()]];
  });
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}

/** The things that labels name. Every monitor uses the same labels. */
export function affectedByLabels(...sets: readonly Fields[]): Partial<Affected> {
  const all = (...keys: readonly string[]): readonly string[] =>
    names(sets.map((labels) => text(...keys.map((key) => labels[key]))));
  return {
    offers: all('offer', 'offer_id', 'offerId').map((offer) => offer.toLowerCase()),
    publishers: all('publisher', 'publisher_id', 'publisherId').map((publisher) => publisher.toLowerCase()),
    regions: all('region', 'location'),
  };
}
