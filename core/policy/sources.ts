/** The published pages that the rules cite, and what each is cited for. */
import { CSP_PAGES } from './pages/csp.js';
import { ERROR_PAGES } from './pages/errors.js';
import { MARKETPLACE_PAGES } from './pages/marketplace.js';
import type { Fact, Page } from './pages/page.js';
import type { NoteKey } from './keys.js';

export type { Fact, Page } from './pages/page.js';

export const PAGES = { ...CSP_PAGES, ...MARKETPLACE_PAGES, ...ERROR_PAGES } as const satisfies Readonly<
  Record<string, Page>
>;
export type PageId = keyof typeof PAGES;

/** `page/fact`: a fact that the page lists. */
export type SourceId = { [P in PageId]: `${P}/${keyof (typeof PAGES)[P]['facts'] & string}` }[PageId];

/** A published statement a rule rests on. */
export type Source = {
  /** `page/fact`, e.g. `support/billing-first`. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** The page's own date (an ISO day), or `unknown`. */
  readonly date: string;
  /** For a text without a date: the day of the newest dated edition that does not say the same yet. */
  readonly laterThan?: string;
  /** The ISO day somebody last read the page. */
  readonly readOn: string;
} & Fact;

type Pages = Readonly<Record<string, Page>>;

/** The page and the fact behind an id; undefined where the page does not list that fact. */
export function citedIn(
  id: string,
  pages: Pages = PAGES,
): { readonly page: Page; readonly fact: Fact } | undefined {
  const [pageId = '', factId = ''] = id.split('/');
  const page = Object.hasOwn(pages, pageId) ? pages[pageId] : undefined;
  const fact = page && Object.hasOwn(page.facts, factId) ? page.facts[factId] : undefined;
  return page && fact && { page, fact };
}

/** The source behind an id, as an answer carries it. */
export function sourceOf(id: SourceId): Source {
  const cited = citedIn(id);
  if (!cited) throw new RangeError(`no page lists ${id}`);
  const { title, url, pageDate, laterThan, readOn } = cited.page;
  return { id, title, url, date: pageDate, ...(laterThan && { laterThan }), readOn, ...cited.fact };
}

const OLD_AFTER_YEARS = 2;
/** A page is read again at least this often. */
const READ_EVERY_YEARS = 1;

/** True where the page itself is older than two years, or tells no date. */
export function isOld({ pageDate }: Page, todayIso: string): boolean {
  return !isDay(pageDate) || yearsAfter(pageDate, OLD_AFTER_YEARS) < todayIso;
}

/** The ISO day by which the page must be read again: a year after the reading, or the page's second birthday if later. */
export function readAgainBy({ pageDate, readOn }: Page): string {
  const reading = yearsAfter(readOn, READ_EVERY_YEARS);
  const birthday = isDay(pageDate) ? yearsAfter(pageDate, OLD_AFTER_YEARS) : reading;
  return birthday > reading ? birthday : reading;
}

/** True for an ISO day such as `2023-07-31`; a month alone is only the age of a copy. */
export function isDay(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date);
}

function yearsAfter(day: string, years: number): string {
  return `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
}

/** Where the remarks of an answer are published, for remarks that state a fact of a page. */
export const NOTE_SOURCES: Readonly<Partial<Record<NoteKey, SourceId>>> = {
  'note.accept-by-date': 'customerPrivateOffer/accept-by',
  'note.admin-agent': 'manage/admin-agent',
  'note.buy-again': 'errorCodes/no-transfer',
  'note.customer-may-accept': 'customerAgreement/customer-may-accept',
  'note.eligibility-report': 'preCheck/eligibility-report',
  'note.indirect-agreement': 'multiparty/indirect-ea',
  'note.isv-files-ticket': 'refunds/late-by-publisher',
  'note.isv-reports-security': 'publisherSupport/security-events',
  'note.isv-steps-before-cancel': 'manage/steps-of-publisher',
  'note.multiparty': 'multiparty/partner-owns-relationship',
  'note.no-reactivation': 'lifeCycle/no-reactivation',
  'note.non-payment-grace': 'lifeCycle/grace-30-days',
  'note.own-administrator-reasons': 'validation/own-administrator',
  'note.partner-asks-microsoft': 'customerSupport/no-own-requests',
  'note.private-plans': 'managedApp/no-private-plans',
  'note.purchase-reasons': 'discover/why-missing',
  'note.reseller-no-credit': 'credit/not-from-resellers',
  'note.self-purchased': 'billing/self-purchase',
  'note.tax-exemption': 'organizationTax/exemption-by-request',
  'note.vat-id-direct': 'tax/microsoft-managed',
};
