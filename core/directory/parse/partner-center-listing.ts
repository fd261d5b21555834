/** Converts a listing of the Partner Center ingestion API v1, which lists its contacts with a type each. */
import { objectOf, type Column, type Fields, type Shaped } from './columns.js';

const PREFIX: ReadonlyMap<string, 'support' | 'engineering' | 'csp'> = new Map([
  ['customersupport', 'support'],
  ['engineering', 'engineering'],
  ['channelmanager', 'csp'],
]);
const URL_COLUMN = { support: 'support_url', engineering: 'engineering_url', csp: 'csp_url' } as const;
const KNOWN = new Set(
  (
    'resourceType id $schema @odata.etag title summary shortDescription description gettingStartedInstructions ' +
    'keywords languageCode publisherName publisherId offerId listingContacts listingUris'
  ).split(' '),
);

/** Converts a v1 listing to the flat form. A `ChannelManager` is the CSP program contact. */
export function partnerCenterDraft(fields: Fields): Shaped {
  const draft: Partial<Record<Column, unknown>> = {
    kind: 'offer',
    offer_id: fields.offerId,
    offer_name: fields.title,
    publisher_id: fields.publisherId,
    publisher_name: fields.publisherName,
    summary: fields.summary ?? fields.shortDescription,
    support_tier: 'publisher',
  };
  const unknown = Object.keys(fields).filter((name) => !KNOWN.has(name));
  for (const link of listOf(fields.listingUris)) {
    const column = linkColumn(`${textOf(link.type)} ${textOf(link.subtype)} ${textOf(link.displayText)}`);
    if (column) draft[column] ??= link.uri;
  }
  for (const contact of listOf(fields.listingContacts)) addContact(contact, draft, unknown);
  return { draft, unknown };
}

function addContact(contact: Fields, draft: Partial<Record<Column, unknown>>, unknown: string[]): void {
  const prefix = PREFIX.get(textOf(contact.type).toLowerCase());
  if (!prefix || draft[`${prefix}_name`] !== undefined || draft[`${prefix}_email`] !== undefined) {
    unknown.push(`listingContacts.${textOf(contact.type)}`);
    return;
  }
  for (const field of ['name', 'email', 'phone'] as const) draft[`${prefix}_${field}`] = contact[field];
  if (contact.uri !== undefined) draft[URL_COLUMN[prefix]] = contact.uri;
}

function linkColumn(words: string): Column | undefined {
  if (/privacy/i.test(words)) return 'privacy_url';
  if (/support/i.test(words)) return 'support_url';
  if (/terms|eula/i.test(words)) return 'terms_url';
  if (/collateral|sales/i.test(words)) return 'collateral_url';
  if (/csp|marketing/i.test(words)) return 'marketing_url';
  if (/status/i.test(words)) return 'status_url';
  return /doc|guide|manual|help/i.test(words) ? 'documentation_url' : undefined;
}

const listOf = (value: unknown) => (Array.isArray(value) ? value.map(objectOf) : []);
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
