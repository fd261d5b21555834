/**
 * Loads a page of the partner's site as a visitor's browser would, and checks that the script line exists and may work.
 */
import { parseUrl } from '../../../core/url.js';
import { textWithin } from '../../runtime/outside-fetch.js';
import { allowsFrame, allowsScript, policiesOf, type Policy } from './policy-match.js';
import type { WidgetSettings } from './settings.js';

interface LiveCheck {
  /** Address of the page to check. */
  readonly page: string;
  /** This installation's address, without a slash at the end. */
  readonly base: string;
  readonly settings: Pick<WidgetSettings, 'partnerId' | 'origins'>;
  readonly fetch?: typeof fetch;
}

const PATIENCE_MS = 10_000;
const MOST_BYTES = 4_000_000;
const ABSENT =
  'the script line is not in the page as the server sends it; is it there only after a script has run?';

/** The problems that stop the chat on this page, in words for the operator; empty when there are none. */
export async function liveProblems(check: LiveCheck): Promise<readonly string[]> {
  const found = await load(check.page, check.fetch ?? fetch);
  if (typeof found === 'string') return [found];
  const page = found.url;
  const origin = parseUrl(page)?.origin ?? '';
  const listed = check.settings.origins.includes(origin);
  return [
    ...(listed ? [] : [`${origin} is not in OFFER_DESK_WIDGET_ORIGINS: the chat may not be framed there`]),
    ...lineProblems(found, check),
    ...(await deskProblems(check, origin)),
  ];
}

interface Page {
  /** After redirects. */
  readonly url: string;
  readonly html: string;
  readonly policies: readonly Policy[];
}

async function load(address: string, get: typeof fetch): Promise<Page | string> {
  try {
    const answer = await get(address, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { accept: 'text/html' },
    });
    if (!answer.ok) return `${address} answers ${String(answer.status)}`;
    // Comments may contain removed script lines.
    const html = (await textWithin(answer, MOST_BYTES)).replace(/<!--[^]*?-->/g, '');
    const header = answer.headers.get('content-security-policy') ?? '';
    const metas = tagsOf(html, 'meta').filter(
      (meta) => meta['http-equiv']?.toLowerCase() === 'content-security-policy',
    );
    const policies = [header, ...metas.map((meta) => meta.content ?? '')].flatMap(policiesOf);
    return { url: answer.url || address, html, policies };
  } catch (error) {
    return `${address} cannot be reached (${reasonOf(error)})`;
  }
}

function reasonOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
  return typeof cause?.code === 'string' ? cause.code : String(name);
}

type Tag = Readonly<Record<string, string>>;

/** The attributes of every element with this name. Decodes entities in addresses. */
function tagsOf(html: string, name: string): readonly Tag[] {
  const tags = html.matchAll(new RegExp(`<${name}\\b((?:[^>"']|"[^"]*"|'[^']*')*)>`, 'gi'));
  return [...tags].map(([, inside = '']) =>
    Object.fromEntries(
      [...inside.matchAll(/([^\s=/>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)].map(
        ([, key = '', double, single, bare]) => [
          key.toLowerCase(),
          (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'),
        ],
      ),
    ),
  );
}

function lineProblems({ url: page, html, policies }: Page, { base, settings }: LiveCheck): string[] {
  const launcher = `${base}/widget.js`;
  const lines = tagsOf(html, 'script').filter(
    (one) => parseUrl(one.src ?? '', page)?.href.split('?')[0] === launcher,
  );
  const [line] = lines;
  if (!line) return [ABSENT];
  const problems: string[] = [];
  if (lines.length > 1)
    problems.push(`the script line is there ${String(lines.length)} times; once is enough`);
  const { 'data-partner': partner = '' } = line;
  if (partner !== settings.partnerId)
    problems.push(`the line says data-partner="${partner}", this installation is "${settings.partnerId}"`);
  if (line.type === 'module')
    problems.push('the line says type="module", in which the launcher does not find itself');
  const script = { url: launcher, page, nonce: line.nonce };
  if (!policies.every((policy) => allowsScript(policy, script)))
    problems.push(`the page's content security policy does not allow it: script-src ${launcher}`);
  if (!policies.every((policy) => allowsFrame(policy, { url: `${base}/widget/frame`, page })))
    problems.push(`the page's content security policy does not allow it: frame-src ${base}`);
  return problems;
}

/** Requests the files that the page would request from this installation's own address. */
async function deskProblems(
  { base, settings, fetch: get = fetch }: LiveCheck,
  origin: string,
): Promise<string[]> {
  const query = new URLSearchParams({ partner: settings.partnerId, origin });
  const asked = [`${base}/widget.js`, `${base}/widget/frame?${query.toString()}`];
  const problems = await Promise.all(
    asked.map(async (address) => {
      const found = await load(address, get);
      return typeof found === 'string' ? [found] : [];
    }),
  );
  return problems.flat();
}
