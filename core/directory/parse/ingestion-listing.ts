/** Converts a `listing` of the Product Ingestion API, alone or inside a product's resource tree. */
import { languageFor } from '../../language-tags.js';
import { TRANSLATED, languageColumn, objectOf, type Column, type Fields, type Shaped } from './columns.js';

type Contact = 'supportContact' | 'engineeringContact' | 'cloudSolutionProviderContact';
const CONTACTS: readonly (readonly [Contact, 'support' | 'engineering' | 'csp'])[] = [
  ['supportContact', 'support'],
  ['engineeringContact', 'engineering'],
  ['cloudSolutionProviderContact', 'csp'],
];
/** The fields of a listing. Those that the directory does not store are ignored without a warning. */
const KNOWN =
  /^(\$schema|id|kind|product|title|description|searchResultSummary|shortDescription|gettingStartedInstructions|searchKeywords|privacyPolicyLink|generalLinks|globalSupportWebsite|governmentSupportWebsite|cloudSolutionProviderMarketingMaterials|(supportContact|engineeringContact|cloudSolutionProviderContact)(\..+)?|languageI[dD]|lifecycleState|publisherId|publisherName|offerId|resourceName|validations)$/;

/** True for a listing, as an object or as a spreadsheet row with dotted names (`supportContact.email`). */
export function isListing(fields: Fields): boolean {
  if (typeof fields.$schema === 'string' && fields.$schema.includes('/listing/')) return true;
  return CONTACTS.some(([name]) =>
    Object.keys(fields).some((key) => key === name || key.startsWith(`${name}.`)),
  );
}

/** True for a response of `resource-tree/product/{id}`. */
export function isResourceTree(fields: Fields): boolean {
  return Array.isArray(fields.resources);
}

/**
 * Converts a listing to the flat form. A listing contains no publisher id, so the record must add `publisherId`, or a
 * mapping must set it. A listing without `offerId` uses the guid of its product. The support page is
 * `supportContact.url`, otherwise the global support website.
 */
export function listingDraft(fields: Fields): Shaped {
  const draft: Partial<Record<Column, unknown>> = {
    kind: 'offer',
    offer_id: fields.offerId ?? productGuid(fields),
    offer_name: fields.title,
    publisher_id: fields.publisherId,
    publisher_name: fields.publisherName,
    summary: fields.searchResultSummary ?? fields.shortDescription,
    support_tier: 'publisher',
    support_url: at(fields, 'supportContact', 'url') ?? fields.globalSupportWebsite,
    engineering_url: at(fields, 'engineeringContact', 'url'),
    csp_url: at(fields, 'cloudSolutionProviderContact', 'url'),
    privacy_url: fields.privacyPolicyLink,
    marketing_url: fields.cloudSolutionProviderMarketingMaterials,
    withdrawn: fields.lifecycleState === 'deleted' ? true : undefined,
    ...linksOf(fields.generalLinks),
  };
  for (const [contact, prefix] of CONTACTS) {
    for (const field of ['name', 'email', 'phone'] as const)
      draft[`${prefix}_${field}`] = at(fields, contact, field);
  }
  return { draft, unknown: Object.keys(fields).filter((name) => !KNOWN.test(name)) };
}

/** Converts a product with its plans and listings, also those in other languages. */
export function resourceTreeDraft(fields: Fields): Shaped {
  const resources = (fields.resources as readonly unknown[]).map(objectOf);
  const of = (type: string) => resources.filter((resource) => typeOf(resource) === type);
  const listings = of('listing');
  const main = listings.find((listing) => /^en/i.test(languageOf(listing))) ?? listings[0] ?? {};
  const product = of('product')[0] ?? {};
  const { draft, unknown } = listingDraft(main);
  const others = listings.filter((listing) => listing !== main);
  return {
    draft: {
      ...draft,
      ...othersDraft(others),
      offer_id:
        fields.offerId ?? objectOf(product.identity).externalId ?? draft.offer_id ?? lastPart(product.id),
      publisher_id: fields.publisherId ?? product.publisherId ?? draft.publisher_id,
      publisher_name: fields.publisherName ?? draft.publisher_name,
      offer_name: draft.offer_name ?? product.alias,
      hosting: hostingOf(product.type),
      plans: of('plan').map((plan) => planOf(plan, of('plan-listing'))),
    },
    unknown,
  };
}

/** The texts of listings in other languages. A title in a language that the product does not have is an alias. */
function othersDraft(listings: readonly Fields[]): Partial<Record<Column, unknown>> {
  const draft: Partial<Record<Column, unknown>> = {};
  const aliases: unknown[] = [];
  for (const listing of listings) {
    const language = languageFor(languageOf(listing));
    const [name, summary] = [listing.title, listing.searchResultSummary ?? listing.shortDescription];
    if (language === undefined) aliases.push(...(name === undefined ? [] : [name]));
    else {
      draft[languageColumn(TRANSLATED.name, language)] ??= name;
      draft[languageColumn(TRANSLATED.summary, language)] ??= summary;
    }
  }
  return { ...draft, aliases };
}

/** Where the offer runs, by product type. */
function hostingOf(type: unknown): string {
  const name = typeof type === 'string' ? type : '';
  if (/^(softwareAsAService|saas)$/i.test(name)) return 'saas';
  return /^azure(VirtualMachine|Application|Container|SolutionTemplate)/i.test(name) ? 'azure' : 'unknown';
}

function planOf(plan: Fields, listings: readonly Fields[]): Fields {
  const listing = listings.find((one) => one.plan !== undefined && one.plan === plan.id);
  return { id: objectOf(plan.identity).externalId ?? lastPart(plan.id), name: listing?.name ?? plan.alias };
}

/** Sorts the publisher's own links by their display text. The first link of each kind is used. */
function linksOf(links: unknown): Partial<Record<Column, unknown>> {
  const found: Partial<Record<Column, unknown>> = {};
  for (const link of Array.isArray(links) ? links.map(objectOf) : []) {
    const column = linkColumn(typeof link.displayText === 'string' ? link.displayText : '');
    if (column && found[column] === undefined) found[column] = link.link;
  }
  return found;
}

function linkColumn(text: string): Column | undefined {
  if (/\bstatus\b|service health/i.test(text)) return 'status_url';
  if (/collateral|sales material/i.test(text)) return 'collateral_url';
  if (/\bterms\b|\beula\b|licen[cs]e agreement/i.test(text)) return 'terms_url';
  return /documentation|\bdocs\b|guide|manual|knowledge base|help cent/i.test(text)
    ? 'documentation_url'
    : undefined;
}

function at(fields: Fields, contact: Contact, field: string): unknown {
  return objectOf(fields[contact])[field] ?? fields[`${contact}.${field}`];
}

function productGuid(listing: Fields): unknown {
  if (listing.product !== undefined) return lastPart(listing.product);
  return typeof listing.id === 'string' ? listing.id.split('/')[1] : undefined;
}

function typeOf(resource: Fields): string {
  const schema = typeof resource.$schema === 'string' ? resource.$schema : '';
  return /schema\/([a-z-]+)\//.exec(schema)?.[1] ?? '';
}

const languageOf = (listing: Fields) => {
  const language = listing.languageId ?? listing.languageID;
  return typeof language === 'string' ? language : '';
};
const lastPart = (id: unknown) => (typeof id === 'string' ? id.split('/').at(-1) : undefined);
