/** An administrator corrects one contact of an offer or publisher. */
import { ADMIN_SOURCE, contactMark, correctedRow } from '../../directory/correction.js';
import { cleanName } from '../../directory/parse/text.js';
import { readEmail, readHours, readPhone, readUrl, type ReadValue } from '../../directory/parse/values.js';
import type {
  Contact,
  DeadReason,
  Directory,
  DirectoryRow,
  Offer,
  Publisher,
} from '../../directory/types.js';
import type { DirectoryStore } from '../../ports.js';
import type { ContactKind } from '../../terms.js';
import { retryOnConflict } from '../retry-on-conflict.js';

export const CORRECTED_FIELDS = ['name', 'email', 'phone', 'url', 'upn', 'hours'] as const;
export type CorrectedField = (typeof CORRECTED_FIELDS)[number];

export interface Correction {
  /** `offer:<id>` or `publisher:<id>` */
  readonly key: string;
  readonly kind: ContactKind;
  /** The new value of each field; an empty text clears the field, an absent one leaves it. */
  readonly fields: Readonly<Partial<Record<CorrectedField, string>>>;
  /** Marks the contact dead; a correction without this field makes it usable again. */
  readonly dead?: DeadReason;
  /** `contactMark` of the contact that the administrator saw; a different contact now is a conflict. */
  readonly expected?: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type Corrected =
  | { readonly kind: 'corrected'; readonly contact: Contact; readonly version: number }
  | { readonly kind: 'same'; readonly contact: Contact }
  /** Another administrator or a source was first: the present contact. */
  | { readonly kind: 'conflict'; readonly current: Contact | undefined }
  | { readonly kind: 'bad'; readonly fields: readonly CorrectedField[] }
  /** A contact needs a way to reach somebody. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'unknown' };

/** Corrects a contact. Everything else stays with the sources; the correction ends when the source says something else. */
export async function correctContact(store: DirectoryStore, correction: Correction): Promise<Corrected> {
  let seen = correction.expected;
  return retryOnConflict(async () => {
    const directory = await store.load();
    const owner = ownerOf(directory, correction.key);
    if (!owner) return { kind: 'unknown' };
    const present = contactsOf(owner).find((one) => one.kind === correction.kind);
    // Without a mark, the contact at the first attempt counts as the one that the administrator saw.
    seen ??= contactMark(present);
    const read = readFields(correction, present);
    if (seen !== contactMark(present)) return overtakenBy(present, read, correction);
    if (read.kind !== 'contact') return read;
    const own = (await store.rowsOf(ADMIN_SOURCE)).get(correction.key);
    const contact = { ...read.contact, corrects: markUnder(own, present, correction.kind) };
    if (present && contactMark(present) === contactMark(contact) && present.verifiedOn === contact.verifiedOn)
      return { kind: 'same', contact: present };
    const upserts = [correctedRow(own, owner, contact)];
    const { actor, now: at } = correction;
    const change = { source: ADMIN_SOURCE, actor, at, upserts, removals: [], ifVersion: directory.version };
    return { kind: 'corrected', contact: read.contact, version: await store.commit(change) };
  });
}

/**
 * Two people who write the same values, or one who clicks twice, have no conflict. A change without fields only
 * confirms.
 */
function overtakenBy(
  present: Contact | undefined,
  read: ReturnType<typeof readFields>,
  { fields }: Correction,
): Corrected {
  const same =
    present !== undefined &&
    read.kind === 'contact' &&
    Object.keys(fields).length > 0 &&
    contactMark(read.contact) === contactMark(present);
  return same ? { kind: 'same', contact: present } : { kind: 'conflict', current: present };
}

/** A second correction still covers the source's original values, unless the first correction is over. */
function markUnder(own: DirectoryRow | undefined, present: Contact | undefined, kind: ContactKind): string {
  const first = own && contactsOf(own).find((one) => one.kind === kind);
  const inForce = first?.corrects !== undefined && contactMark(first) === contactMark(present);
  return inForce && first.corrects !== undefined ? first.corrects : contactMark(present);
}

function readFields(
  { kind, fields, dead, now }: Correction,
  present: Contact | undefined,
):
  | { readonly kind: 'contact'; readonly contact: Contact }
  | Extract<Corrected, { kind: 'bad' | 'unreachable' }> {
  const today = new Date(now).toISOString().slice(0, 10);
  const values: Partial<Record<CorrectedField, string>> = {};
  const bad: CorrectedField[] = [];
  for (const field of CORRECTED_FIELDS) {
    const given = fields[field]?.trim();
    const value =
      given === '' ? undefined : given === undefined ? present?.[field] : readNew(field, given, present);
    if (value === BAD) bad.push(field);
    else if (value !== undefined) values[field] = value;
  }
  if (bad.length > 0) return { kind: 'bad', fields: bad };
  const { email, phone, url, upn } = values;
  if ((email ?? phone ?? url ?? upn) === undefined) return { kind: 'unreachable' };
  const state =
    dead === undefined ? { verifiedOn: today } : { ...dated(present), deadSince: today, deadReason: dead };
  return { kind: 'contact', contact: { kind, ...values, ...state } };
}

/** A value from a source is not checked again when the administrator leaves it unchanged. */
function readNew(field: CorrectedField, given: string, present: Contact | undefined): string | typeof BAD {
  return given === present?.[field] ? given : READ[field](given);
}

/** A dead mark does not verify the contact. */
function dated(present: Contact | undefined): Pick<Contact, 'verifiedOn'> {
  return present?.verifiedOn === undefined ? {} : { verifiedOn: present.verifiedOn };
}

const BAD = Symbol('bad');
const MAX_NAME = 200;

/** A value that needed a repair may be a mistake: the administrator has to correct it. */
const formed = (read: (raw: string) => ReadValue<string>) => (raw: string) => {
  const value = read(raw);
  return value.ok ? value.value : BAD;
};
const READ: Readonly<Record<CorrectedField, (raw: string) => string | typeof BAD>> = {
  name: (raw) => {
    const { text } = cleanName(raw);
    return text === '' || text.length > MAX_NAME ? BAD : text;
  },
  email: formed(readEmail),
  upn: formed(readEmail),
  phone: formed(readPhone),
  url: formed(readUrl),
  hours: formed(readHours),
};

type Owner =
  | { readonly kind: 'offer'; readonly offer: Offer }
  | { readonly kind: 'publisher'; readonly publisher: Publisher };

function ownerOf({ offers, publishers }: Directory, key: string): Owner | undefined {
  const [kind, id = ''] = key.split(/:(.*)/s);
  const offer = kind === 'offer' ? offers.get(id) : undefined;
  const publisher = kind === 'publisher' ? publishers.get(id) : undefined;
  if (offer) return { kind: 'offer', offer };
  return publisher && { kind: 'publisher', publisher };
}

function contactsOf(owner: Owner): readonly Contact[] {
  return owner.kind === 'offer' ? owner.offer.contacts : owner.publisher.contacts;
}
