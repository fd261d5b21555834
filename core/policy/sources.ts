/** The published pages that the rules cite, and what each is cited for. */
import { CSP_PAGES } from './pages/csp.js';
import { ERROR_PAGES } from './pages/errors.js';
import { MARKETPLACE_PAGES } from './pages/marketplace.js';
import type { Fact, Page } from './pages/page.js';

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
  const { title, url, pageDate, readOn } = cited.page;
  return { id, title, url, date: pageDate, readOn, ...cited.fact };
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
