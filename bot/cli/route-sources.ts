/** Prints `route sources`: every page that the rules cite, in the order to read them again. */
import { PAGES, type Page, isOld, readAgainBy } from '../../core/policy/sources.js';
import { RULES } from '../../core/policy/rules.js';
import type { Printed } from './route.js';

/** The pages, due ones first. With `stale`, only pages that are old, undated or due. `todayIso` is today's date. */
export function routeSources(todayIso: string, { stale }: { readonly stale: boolean }): Printed {
  const entries = Object.entries(PAGES as Readonly<Record<string, Page>>);
  const shown = entries
    .filter(([, page]) => !stale || isOld(page, todayIso) || readAgainBy(page) < todayIso)
    .sort(([, a], [, b]) => compare(order(a), order(b)));
  const data = { pages: shown.map(([id, page]) => pageFields(id, page, todayIso)) };
  if (shown.length === 0) return { ok: true, data, lines: ['No page has to be read again.'] };
  return { ok: true, data, lines: shown.flatMap(([id, page]) => pageLines(id, page, todayIso)) };
}

function pageFields(id: string, page: Page, todayIso: string) {
  const { title, url, pageDate, laterThan, readOn, facts } = page;
  const readAgain = readAgainBy(page);
  const overdue = readAgain < todayIso;
  return {
    id,
    title,
    url,
    pageDate,
    laterThan,
    readOn,
    readAgainBy: readAgain,
    overdue,
    rules: rulesCiting(id),
    facts,
  };
}

function rulesCiting(id: string): number {
  return RULES.filter(({ source }) => source.startsWith(`${id}/`)).length;
}

/** Sorts by the day when the page is due, then by its own date: pages without a date first. */
function order(page: Page): string {
  return `${readAgainBy(page)} ${page.pageDate === 'unknown' ? '' : page.pageDate}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function pageLines(id: string, page: Page, todayIso: string): readonly string[] {
  const due = readAgainBy(page);
  const when = due < todayIso ? `overdue since ${due}` : `read again by ${due}`;
  const dated = page.pageDate === 'unknown' ? undatedWords(page) : `page of ${page.pageDate}`;
  return [
    `${id}  ${page.title}`,
    `  ${page.url}`,
    `  ${dated}, read on ${page.readOn} (${page.text}), ${when}; cited by ${rulesCiting(id)} rules`,
    ...Object.entries(page.facts).map(([name, { basis, fact }]) => `  - ${name} (${basis}): ${fact}`),
  ];
}

function undatedWords({ laterThan }: Page): string {
  return laterThan === undefined ? 'page without a date' : `page without a date, later than ${laterThan}`;
}
