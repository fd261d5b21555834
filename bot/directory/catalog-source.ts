/** Reads the public product fields of the marketplace catalog API: `GET /products`, with an API key, page by page. */
import { TRANSLATED, languageColumn } from '../../core/directory/parse/columns.js';
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import { DeskError } from '../../core/errors.js';
import { languageFor } from '../../core/language-tags.js';
import { jsonPages, type PageOptions } from './json-pages.js';

export interface CatalogOptions {
  /** `https://catalogapi.azure.com/products` */
  readonly url: string;
  readonly apiVersion: string;
  readonly apiKey: string;
  /** Two-letter markets; an offer in several markets is one offer. */
  readonly markets: readonly string[];
  /** The first is the language of the plain names; the others give names in their languages. */
  readonly languages: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;
type Draft = Record<string, unknown>;

/** Azure products that Azure deploys. Other products stay unknown, unless they are SaaS. */
const AZURE_TYPES = new Set([
  'virtualmachine',
  'managedapplication',
  'azureapplication',
  'solutiontemplate',
  'container',
  'containerapps',
]);

/**
 * The products of all markets and languages as rows of the directory; preview and private products are left out.
 * @throws DeskError of `jsonPages`; `source.shape` when a page has no list of items.
 */
export async function catalogRows(
  options: CatalogOptions,
  pages: Omit<PageOptions, 'headers'>,
): Promise<readonly SourceRow[]> {
  const found = new Map<string, Draft>();
  const rows: Draft[] = [];
  for (const market of options.markets) {
    for (const language of options.languages) {
      const seen = new Set<string>();
      for await (const product of products(options, { market, language }, pages)) {
        const draft = draftOf(product);
        const id = typeof draft.offer_id === 'string' ? draft.offer_id.toLowerCase() : '';
        const known = found.get(id);
        // If an id occurs twice in one list, the reader decides. In another market or language it is the same offer.
        if (known && !seen.has(id)) laidOver(known, draft, { language, first: options.languages[0] });
        else rows.push(draft);
        if (!known) found.set(id, draft);
        seen.add(id);
      }
    }
  }
  return rows.map((fields, at) => ({ number: at + 1, fields }));
}

async function* products(
  options: CatalogOptions,
  place: { readonly market: string; readonly language: string },
  pages: Omit<PageOptions, 'headers'>,
): AsyncGenerator<Fields> {
  const url = new URL(options.url);
  url.searchParams.set('api-version', options.apiVersion);
  url.searchParams.set('market', place.market);
  url.searchParams.set('language', place.language);
  const headers = { 'X-API-Key': options.apiKey, accept: 'application/json' };
  for await (const page of jsonPages(url, (one) => one.nextPageLink, { ...pages, headers })) {
    if (!Array.isArray(page.items)) throw new DeskError('source.shape', 'the answer has no list "items"');
    for (const item of page.items as readonly unknown[]) if (isPublic(item)) yield item;
  }
}

/** Passes an entry that is not a product on, so that it is reported. */
function isPublic(item: unknown): item is Fields {
  if (typeof item !== 'object' || item === null) return true;
  const { isPrivate, publishingStage } = item as Fields;
  return isPrivate !== true && (publishingStage === undefined || publishingStage === 'Public');
}

function draftOf(product: Fields): Draft {
  if (typeof product !== 'object') return {};
  const { uniqueProductId, publisherId, offerId, publisherType, productType } = product;
  const draft: Draft = {
    kind: 'offer',
    offer_id: offerIdOf(uniqueProductId, publisherId, offerId),
    offer_name: product.displayName,
    publisher_id: publisherId,
    publisher_name: product.publisherDisplayName,
    summary: product.summary ?? product.shortDescription,
    support_tier: { Microsoft: 'microsoft', ThirdParty: 'publisher' }[String(publisherType)],
    hosting: hostingOf(productType),
    categories: product.categoryIds,
    plans: plansOf(product.plans),
    support_url: product.supportUri,
    privacy_url: product.privacyPolicyUri,
    terms_url: product.cspLegalTermsUri ?? product.legalTermsUri,
    withdrawn: product.isStopSell === true ? 'yes' : 'no',
  };
  return Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== undefined && value !== null),
  );
}

/** `publisherId.offerId`; Office add-ins have a different kind of id. */
function offerIdOf(unique: unknown, publisherId: unknown, offerId: unknown): string | undefined {
  if (typeof unique === 'string' && /^wa\d+$/i.test(unique)) return unique;
  if (typeof publisherId !== 'string' || typeof offerId !== 'string') return undefined;
  return offerId.toLowerCase().startsWith(`${publisherId.toLowerCase()}.`)
    ? offerId
    : `${publisherId}.${offerId}`;
}

function hostingOf(productType: unknown): string | undefined {
  const type = String(productType).toLowerCase();
  if (type === 'saas') return 'saas';
  return AZURE_TYPES.has(type) ? 'azure' : undefined;
}

function plansOf(plans: unknown): readonly object[] | undefined {
  if (!Array.isArray(plans)) return undefined;
  return (plans as readonly (Fields | null)[]).flatMap((plan) =>
    plan && plan.isPrivate !== true
      ? [{ id: plan.planId, name: plan.displayName, cspState: plan.cspState }]
      : [],
  );
}

/**
 * The same offer in another list: its name there is its name in that language. In the same language, or in one that the
 * product does not have, it is another name.
 */
function laidOver(known: Draft, other: Draft, list: { language: string; first: string | undefined }): void {
  const name = other.offer_name;
  if (name === known.offer_name) return;
  const language = languageFor(list.language);
  const column = language && languageColumn(TRANSLATED.name, language);
  if (column && language !== languageFor(list.first) && [undefined, name].includes(known[column])) {
    known[column] = name;
    return;
  }
  const aliases = (known.aliases ?? []) as readonly unknown[];
  if (!aliases.includes(name)) known.aliases = [...aliases, name];
}
