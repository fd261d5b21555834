/** The flat form that every imported record is converted to: one offer or publisher per row. */
import { LANGUAGES, type ContactKind, type Language } from '../../terms.js';
import type { LinkKind, OfferTexts } from '../types.js';

const CONTACT_FIELDS = [
  'name',
  'email',
  'phone',
  'upn',
  'verified_on',
  'hours',
  'dead_since',
  'dead_reason',
] as const;
type ContactField = (typeof CONTACT_FIELDS)[number];

/** The first word of the columns of each contact kind, as in `support_email`. */
export const CONTACT_PREFIX = {
  'customer-support': 'support',
  engineering: 'engineering',
  'csp-program': 'csp',
} as const satisfies Record<ContactKind, string>;
type Prefix = (typeof CONTACT_PREFIX)[ContactKind];

/** The column for the web page of each contact kind. `support_url` is the offer's public support page, so the support contact has its own name. */
export const CONTACT_URL_COLUMN = {
  'customer-support': 'support_contact_url',
  engineering: 'engineering_url',
  'csp-program': 'csp_url',
} as const satisfies Record<ContactKind, string>;

/** The column of each link. */
export const LINK_COLUMN = {
  support: 'support_url',
  documentation: 'documentation_url',
  privacy: 'privacy_url',
  terms: 'terms_url',
  collateral: 'collateral_url',
  marketing: 'marketing_url',
  status: 'status_url',
} as const satisfies Record<LinkKind, string>;

const PLAIN = [
  'kind',
  'remove',
  'offer_id',
  'offer_name',
  'aliases',
  'publisher_id',
  'publisher_name',
  'publisher_name_fallback',
  'publisher_aliases',
  'summary',
  'support_tier',
  'supported_by',
  'hosting',
  'categories',
  'plans',
  'contact_scope',
  'verified_on',
  'withdrawn',
] as const;

/** The columns whose text an offer may have in each language. */
export const TRANSLATED = { name: 'offer_name', summary: 'summary' } as const satisfies Record<
  keyof OfferTexts,
  (typeof PLAIN)[number]
>;
type Translated = (typeof TRANSLATED)[keyof OfferTexts];

/** The column of a text in one language, as `offer_name_de`. */
export function languageColumn<C extends Translated>(column: C, language: Language): `${C}_${Language}` {
  return `${column}_${language}`;
}

/** The columns of each language. */
export const LANGUAGE_COLUMNS = LANGUAGES.map((language) => ({
  language,
  name: languageColumn(TRANSLATED.name, language),
  summary: languageColumn(TRANSLATED.summary, language),
}));

export type Column =
  | (typeof PLAIN)[number]
  | `${Translated}_${Language}`
  | `${Prefix}_${ContactField}`
  | (typeof CONTACT_URL_COLUMN)[ContactKind]
  | (typeof LINK_COLUMN)[LinkKind];

const WITHOUT_LANGUAGE: readonly Column[] = [
  ...PLAIN,
  ...Object.values(CONTACT_PREFIX).flatMap((prefix) =>
    CONTACT_FIELDS.map((field) => `${prefix}_${field}` as const),
  ),
  ...Object.values(CONTACT_URL_COLUMN),
  ...Object.values(LINK_COLUMN),
];
/** Every column, the columns with a language last. */
export const COLUMNS: readonly Column[] = [
  ...WITHOUT_LANGUAGE,
  ...LANGUAGE_COLUMNS.flatMap(({ name, summary }) => [name, summary]),
];
/** The columns without a language. `languageHeader` finds the others. */
export const KNOWN_COLUMNS: ReadonlySet<string> = new Set<string>(WITHOUT_LANGUAGE);

/** One row in the flat form. The values are not checked yet. */
export type Draft = Readonly<Partial<Record<Column, unknown>>>;

/** The named fields of one record, in whatever form its source gives them. */
export type Fields = Readonly<Record<string, unknown>>;

/** A record in the flat form, and the names of its fields that have no column. */
export interface Shaped {
  readonly draft: Draft;
  readonly unknown: readonly string[];
  /** Those of `unknown` that end in a language which the product does not have. */
  readonly otherLanguages?: readonly string[];
  /** For flat records: the column that each field was read as. */
  readonly columns?: ReadonlyMap<string, Column>;
}

/** The fields of an object; no fields for anything else. */
export function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** A header in the form of the column names: `Support E-Mail`, `supportEmail` and `SUPPORT_EMAIL` become `support_email`. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/e[\s_-]*mail/g, 'email')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
}

/** The columns of each contact kind, by contact field. */
export const CONTACT_COLUMNS = {
  'customer-support': contactColumns('customer-support'),
  engineering: contactColumns('engineering'),
  'csp-program': contactColumns('csp-program'),
} as const satisfies Record<ContactKind, object>;

function contactColumns(kind: ContactKind) {
  const prefix = CONTACT_PREFIX[kind];
  return {
    name: `${prefix}_name`,
    email: `${prefix}_email`,
    phone: `${prefix}_phone`,
    url: CONTACT_URL_COLUMN[kind],
    upn: `${prefix}_upn`,
    verifiedOn: `${prefix}_verified_on`,
    hours: `${prefix}_hours`,
    deadSince: `${prefix}_dead_since`,
    deadReason: `${prefix}_dead_reason`,
  } as const;
}
