/** Converts the product's own JSON: offers and publishers in the shape that the directory stores. */
import { CONTACT_KINDS, type ContactKind } from '../../terms.js';
import { LINK_KINDS, type LinkKind } from '../types.js';
import {
  CONTACT_PREFIX,
  CONTACT_URL_COLUMN,
  LINK_COLUMN,
  objectOf,
  type Column,
  type Fields,
  type Shaped,
} from './columns.js';
import { TEXTS_FIELD, languageTexts } from './language-texts.js';

const OFFER: Readonly<Record<string, Column>> = {
  id: 'offer_id',
  publisherId: 'publisher_id',
  name: 'offer_name',
  aliases: 'aliases',
  summary: 'summary',
  supportTier: 'support_tier',
  supportName: 'supported_by',
  hosting: 'hosting',
  categories: 'categories',
  plans: 'plans',
  verifiedOn: 'verified_on',
  withdrawn: 'withdrawn',
};
const PUBLISHER: Readonly<Record<string, Column>> = {
  id: 'publisher_id',
  name: 'publisher_name',
  aliases: 'publisher_aliases',
  verifiedOn: 'verified_on',
};

/** Converts an offer or publisher from the product's own JSON to the flat form. */
export function ownDraft(fields: Fields, part?: string): Shaped {
  const isOffer = part ? part === 'offers' : 'publisherId' in fields;
  const columns = isOffer ? OFFER : PUBLISHER;
  const draft: Partial<Record<Column, unknown>> = { kind: isOffer ? 'offer' : 'publisher' };
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    const column = columnIn(columns, name);
    if (column) draft[column] = value;
    else if (name === 'links') addLinks(value, draft, unknown);
    else if (name === 'contacts') addContacts(value, draft, unknown);
    else if (isOffer && name === TEXTS_FIELD) continue;
    else unknown.push(name);
  }
  if (!isOffer) return { draft, unknown };
  const texts = languageTexts(fields[TEXTS_FIELD]);
  return { ...texts, draft: { ...draft, ...texts.draft }, unknown: [...unknown, ...texts.unknown] };
}

/** Looks at own properties only, because a record may have a field called `constructor`. */
function columnIn(columns: Readonly<Record<string, Column>>, name: string): Column | undefined {
  return Object.hasOwn(columns, name) ? columns[name] : undefined;
}

function addLinks(links: unknown, draft: Partial<Record<Column, unknown>>, unknown: string[]): void {
  for (const [kind, url] of Object.entries(objectOf(links))) {
    if ((LINK_KINDS as readonly string[]).includes(kind)) draft[LINK_COLUMN[kind as LinkKind]] = url;
    else unknown.push(`links.${kind}`);
  }
}

function addContacts(contacts: unknown, draft: Partial<Record<Column, unknown>>, unknown: string[]): void {
  const seen = new Set<string>();
  for (const contact of Array.isArray(contacts) ? contacts.map(objectOf) : []) {
    const kind = typeof contact.kind === 'string' ? contact.kind : '';
    if (!(CONTACT_KINDS as readonly string[]).includes(kind) || seen.has(kind))
      unknown.push(`contacts.${kind}`);
    else addContact(kind as ContactKind, contact, draft, unknown);
    seen.add(kind);
  }
}

function addContact(
  kind: ContactKind,
  contact: Fields,
  draft: Partial<Record<Column, unknown>>,
  unknown: string[],
): void {
  const prefix = CONTACT_PREFIX[kind];
  const columns: Readonly<Record<string, Column>> = {
    name: `${prefix}_name`,
    email: `${prefix}_email`,
    phone: `${prefix}_phone`,
    upn: `${prefix}_upn`,
    verifiedOn: `${prefix}_verified_on`,
    hours: `${prefix}_hours`,
    deadSince: `${prefix}_dead_since`,
    deadReason: `${prefix}_dead_reason`,
    url: CONTACT_URL_COLUMN[kind],
  };
  for (const [name, value] of Object.entries(contact)) {
    const column = columnIn(columns, name);
    if (column) draft[column] = value;
    else if (name !== 'kind') unknown.push(`contacts.${kind}.${name}`);
  }
}
