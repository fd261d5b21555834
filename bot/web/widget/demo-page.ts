/** `/demo`: a page that imitates a partner's own site under a strict policy, to show the widget as visitors see it. */
import type { Request, Response } from 'restify';
import type { HttpKit } from '../../runtime/http-kit.js';
import { SCHEMES } from '../pages/brand.js';
import { escapeHtml } from '../pages/html.js';
import { ASSETS } from '../pages/assets.js';
import { textIn } from '../../../locales/text.js';
import { hexColour } from '../../../core/colour.js';
import { exactOrigin, snippet } from './settings.js';

/** Only the directives that docs/widget.md requires of a page. */
const POLICY =
  "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Registers the page. `?page=2` is a second page. The script line takes `?lang=`, `?accent=`, `?position=` and `?scheme=`. */
export function registerDemo(kit: HttpKit, partnerId: string, isSample: () => boolean): void {
  kit.server.get(
    '/demo',
    kit.handle((req, res) => send(req, res, partnerId, isSample())),
  );
}

function send(req: Request, res: Response, partnerId: string, sample: boolean): void {
  const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
  const position = searchParams.get('position') === 'left' ? 'left' : undefined;
  const language = /^[\w-]{2,20}$/.exec(searchParams.get('lang') ?? '')?.[0];
  const line = snippet(exactOrigin(`http://${req.headers.host ?? ''}`) ?? '', partnerId, {
    language,
    accent: hexColour(searchParams.get('accent') ?? undefined),
    position,
    scheme: SCHEMES.find((one) => one === searchParams.get('scheme')),
  });
  const html = page(line, searchParams, sample);
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(html)),
    'Content-Security-Policy': POLICY,
  });
  res.end(html);
}

/** English only, because it represents a page of another company. */
function page(line: string, query: URLSearchParams, sample: boolean): string {
  const second = query.get('page') === '2';
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'page'));
  if (!second) next.set('page', '2');
  const dir = query.get('dir') === 'rtl' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="en" dir="${dir}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Alpine Ski House Cloud: ${second ? 'invoices' : 'subscriptions'}</title>
  <link rel="stylesheet" href="${ASSETS}/demo/demo.css">
  ${line}
  <script type="module" src="${ASSETS}/demo/demo.js"></script>
</head>
<body>
  <main>
    ${sample ? `<p class="sample">${escapeHtml(textIn('en', 'customer')('sample.page'))}</p>` : ''}
    <h1>${second ? 'Your invoices' : 'Your subscriptions'}</h1>
    <p>This page imitates a partner's own site. It carries one line, and the directives of docs/widget.md:</p>
    <pre>${escapeHtml(line)}</pre>
    <p><a href="?${escapeHtml(next.toString())}">${second ? 'Back to the subscriptions' : 'To the invoices'}</a></p>
    <p><button type="button" id="ask">Ask about the invoice of Contoso Backup for Azure</button></p>
  </main>
</body>
</html>
`;
}
