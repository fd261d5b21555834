/** All published pages that the rules rest on. */
import { CSP_PAGES } from './pages/csp.js';
import { MARKETPLACE_PAGES } from './pages/marketplace.js';
import type { Page } from './pages/page.js';

export type { Fact, Page } from './pages/page.js';

export const PAGES = { ...CSP_PAGES, ...MARKETPLACE_PAGES } as const satisfies Readonly<Record<string, Page>>;
export type PageId = keyof typeof PAGES;
