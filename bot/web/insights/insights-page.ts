/**
 * `/go/insights`: a page with the counts of a period, behind a signed link that ends after an hour. The page needs no
 * sign-in, because it holds counts and names of offers only, and no data about a person.
 */
import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'restify';
import type { Signer } from '../../../cards/kit/types.js';
import { DeskError } from '../../../core/errors.js';
import { languagesOf } from '../../../core/directory/profile.js';
import { periodOf, type InsightPeriod, type Insights } from '../../../core/services/insights/insights.js';
import type { InsightNames } from '../../../cards/insights/insights-card.js';
import type { Language } from '../../../core/terms.js';
import { textIn } from '../../../locales/text.js';
import type { HttpKit } from '../../runtime/http-kit.js';
import { logoSources, type Brand } from '../pages/brand.js';
import { pageLanguage } from '../pages/html.js';
import { expiredPage, insightsPage } from './insights-html.js';

const PATH = '/go/insights';
const LINK_MS = 3_600_000;
const MOST_DAYS = 366;

interface InsightsPageDeps {
  readonly signer: Signer;
  readonly now: () => number;
  readonly defaultLanguage: Language;
  readonly brand: () => Brand;
  readonly isSample?: () => boolean;
  readonly read: (period: InsightPeriod) => Promise<Insights>;
  readonly csv: (period: InsightPeriod) => Promise<readonly string[]>;
  readonly names: (language: Language) => InsightNames;
}

/** What a link opens: so many days, until a moment in milliseconds since the epoch. */
interface Opened {
  readonly days: number;
  readonly until: number;
}

const signedText = ({ days, until }: Opened): string => `insights ${days} ${until}`;

/** Makes links to the page about so many days. A link ends after an hour. */
export function insightLinks(baseUrl: string, signer: Signer, now: () => number): (days: number) => string {
  return (days) => {
    const opened = { days, until: now() + LINK_MS };
    return `${baseUrl}${PATH}?d=${days}&e=${opened.until}&s=${signer.sign(signedText(opened))}`;
  };
}

/** Registers the page and its CSV. A changed or foreign link gets the answer for a page that does not exist. */
export function registerInsightsPage(kit: HttpKit, deps: InsightsPageDeps): void {
  const page = async (req: Request, res: Response): Promise<void> => {
    const link = linkOf(req, deps);
    const brand = deps.brand();
    const language = pageLanguage(req, deps.defaultLanguage, languagesOf(brand));
    const text = textIn(language, 'partner');
    const nonce = randomBytes(16).toString('base64url');
    const shown = { language, text, brand, nonce, sample: deps.isSample?.() ?? false };
    const isOver = link.until <= deps.now();
    const html = isOver
      ? expiredPage(shown)
      : insightsPage(
          {
            insights: await deps.read(periodOf(deps.now(), link.days)),
            names: deps.names(language),
            ...link,
          },
          shown,
          `${PATH}.csv?${queryOf(req).toString()}`,
        );
    const type = { 'Content-Type': 'text/html; charset=utf-8' };
    send(req, res, isOver ? 410 : 200, html, { ...type, 'Content-Security-Policy': policyOf(nonce, brand) });
  };
  const csv = async (req: Request, res: Response): Promise<void> => {
    const { days, until } = linkOf(req, deps);
    if (until <= deps.now()) return page(req, res);
    const lines = await deps.csv(periodOf(deps.now(), days));
    send(req, res, 200, `\uFEFF${lines.join('\r\n')}\r\n`, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="insights.csv"',
    });
  };
  for (const [path, work] of [
    [PATH, page],
    [`${PATH}.csv`, csv],
  ] as const) {
    kit.server.get(path, kit.handle(work));
    kit.server.head(path, kit.handle(work));
  }
}

const queryOf = (req: Request): URLSearchParams => new URL(req.url ?? '/', 'http://localhost').searchParams;

/** The content of a link. @throws DeskError `request.not-found` when this server did not sign it */
function linkOf(req: Request, { signer }: Pick<InsightsPageDeps, 'signer'>): Opened {
  const query = queryOf(req);
  const opened = { days: Number(query.get('d')), until: Number(query.get('e')) };
  const isWhole = Number.isInteger(opened.days) && Number.isInteger(opened.until);
  const isOurs = isWhole && signer.verify(signedText(opened), query.get('s') ?? '');
  if (!isOurs || opened.days < 1 || opened.days > MOST_DAYS)
    throw new DeskError('request.not-found', 'this server did not make the link to the insights');
  return opened;
}

/** Everything on the page comes from this server, except the logo. The page runs no script. */
function policyOf(nonce: string, brand: Brand): string {
  return [
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    `style-src 'self' 'nonce-${nonce}'`,
    ['img-src data:', ...logoSources(brand)].join(' '),
  ].join('; ');
}

function send(
  req: Request,
  res: Response,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  res.writeHead(status, {
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
    ...headers,
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}
