/** A published page behind rules: address, the page’s own date, the day it was read, and the facts it is cited for. */

/** One statement a page is cited for, in words of this product. */
export type Fact =
  | { readonly basis: 'stated'; readonly fact: string }
  /** The page does not say it: `reasoning` explains how it follows from the page. */
  | { readonly basis: 'derived'; readonly fact: string; readonly reasoning: string };

export interface Page {
  readonly title: string;
  readonly url: string;
  /** The date the page itself carries (an ISO day), or `unknown` where the text that was read carries none. */
  readonly pageDate: string;
  /** For a text without a date: the ISO day of the newest dated edition that does not say the same yet. */
  readonly laterThan?: string;
  /** The ISO day somebody last read the text. */
  readonly readOn: string;
  /** The text that was read. A stored copy may be older than the page of today. */
  readonly text: 'stored copy of October 2023' | 'stored later copy';
  readonly facts: Readonly<Record<string, Fact>>;
}

const LEARN = 'https://learn.microsoft.com';
const CENTER = `${LEARN}/partner-center`;
const READ_ON = '2026-11-29';

/** A fact the page says itself. */
export function stated(fact: string): Fact {
  return { basis: 'stated', fact };
}

/** A fact that follows from what the page says. */
export function derived(fact: string, reasoning: string): Fact {
  return { basis: 'derived', fact, reasoning };
}

/** A page of the Partner Center documentation as it stood in October 2023, with the date printed in it. */
export function page<F extends Readonly<Record<string, Fact>>>(
  title: string,
  path: string,
  pageDate: string,
  facts: F,
) {
  return {
    title,
    url: `${CENTER}${path}`,
    pageDate,
    readOn: READ_ON,
    text: 'stored copy of October 2023',
    facts,
  } as const;
}

/**
 * A page read in a later copy that carries no date.
 * @param laterThan the day of the newest dated edition that says something else.
 */
export function undated<F extends Readonly<Record<string, Fact>>>(
  title: string,
  path: string,
  facts: F,
  laterThan?: string,
) {
  return {
    title,
    url: `${LEARN}${path}`,
    pageDate: 'unknown',
    ...(laterThan !== undefined && { laterThan }),
    readOn: READ_ON,
    text: 'stored later copy',
    facts,
  } as const;
}

/** A page read in a later copy, with the date printed in it. */
export function later<F extends Readonly<Record<string, Fact>>>(
  title: string,
  path: string,
  pageDate: string,
  facts: F,
) {
  return {
    title,
    url: `${LEARN}${path}`,
    pageDate,
    readOn: READ_ON,
    text: 'stored later copy',
    facts,
  } as const;
}
