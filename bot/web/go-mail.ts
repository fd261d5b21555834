/**
 * `/go/mail`: a signed https link that opens a mail program, for hosts whose cards cannot open `mailto:` links
 * themselves.
 */
import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import { mailtoUrl, oneEmail } from '../../cards/kit/safe-url.js';
import type { Signer } from '../../cards/kit/types.js';
import { DeskError } from '../../core/errors.js';
import { languagesOf } from '../../core/directory/profile.js';
import type { Language } from '../../core/terms.js';
import { textIn } from '../../locales/text.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { brandName, colourStyle, logoImage, logoSources, type Brand } from './pages/brand.js';
import { ASSETS } from './pages/assets.js';
import { breakable, escapeHtml, langAttribute, languageMenu, pageLanguage, writtenAs } from './pages/html.js';

const PATH = '/go/mail';
const MAX_LETTER = 8_000;
const OUTLOOK = 'https://outlook.office.com/mail/deeplink/compose';
/** Everything on the page comes from this server, except the logo. The page runs only one script file, which is ours. */
const policy = (nonce: string, brand: Brand): string =>
  [
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    `style-src 'self' 'nonce-${nonce}'`,
    ['img-src data:', ...logoSources(brand)].join(' '),
  ].join('; ');

const Letter = z.strictObject({ to: z.string(), subject: z.string(), body: z.string() });
type Letter = z.infer<typeof Letter>;

interface GoMailDeps {
  readonly signer: Signer;
  readonly defaultLanguage: Language;
  /** The partner's look and languages. */
  readonly brand: () => Brand;
  /** True while the bot answers from the fictional sample. */
  readonly isSample?: () => boolean;
}

/**
 * Makes the link to a mail with this address, subject and text. The link does not expire: it holds only the text of the
 * card, and cards are kept. Only this server can make a link, so the page cannot send people elsewhere.
 */
export function mailLinks(
  baseUrl: string,
  signer: Signer,
): (to: string, subject: string, body: string) => string {
  return (to, subject, body) => {
    const letter = deflateRawSync(JSON.stringify({ to, subject, body } satisfies Letter)).toString(
      'base64url',
    );
    return `${baseUrl}${PATH}?m=${letter}&s=${signer.sign(letter)}`;
  };
}

/** Registers the page. A changed or foreign link gets the answer for a page that does not exist. */
export function registerGoMail(kit: HttpKit, deps: GoMailDeps): void {
  const work = (req: Request, res: Response): void => {
    const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
    const letter = letterOf(searchParams, deps.signer);
    if (!letter) throw new DeskError('request.not-found', 'this server did not make the mail link');
    const brand = deps.brand();
    const language = pageLanguage(req, deps.defaultLanguage, languagesOf(brand));
    const shown = {
      language,
      brand,
      nonce: randomBytes(16).toString('base64url'),
      sample: deps.isSample?.() ?? false,
    };
    send(req, res, page(letter, shown, searchParams), policy(shown.nonce, brand));
  };
  kit.server.get(PATH, kit.handle(work));
  kit.server.head(PATH, kit.handle(work));
}

/** The mail of a link. Checks the signature before it reads the content. */
function letterOf(params: URLSearchParams, signer: Signer): Letter | undefined {
  const packed = params.get('m') ?? '';
  if (packed === '' || !signer.verify(packed, params.get('s') ?? '')) return undefined;
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: MAX_LETTER });
    const letter = Letter.parse(JSON.parse(text.toString('utf8')));
    return oneEmail(letter.to) === undefined ? undefined : letter;
  } catch {
    return undefined;
  }
}

function send(req: Request, res: Response, html: string, csp: string): void {
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(html)),
    'Content-Security-Policy': csp,
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
  });
  res.end(req.method === 'HEAD' ? undefined : html);
}

function page(letter: Letter, shown: Shown, params: URLSearchParams): string {
  const { language, brand, nonce } = shown;
  const text = (key: string): string => escapeHtml(textIn(language, 'customer')(`mail-page.${key}`));
  const shownName = brandName(brand, language);
  const mailto = escapeHtml(mailtoUrl(letter.to, letter.subject, letter.body) ?? '#');
  return `<!doctype html>
<html ${writtenAs(language)}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${text('title')}</title>
  <link rel="stylesheet" href="${ASSETS}/chat/palette.css">
  <link rel="stylesheet" href="${ASSETS}/mail/mail.css">
  ${colourStyle(nonce, brand.colour)}
  <script type="module" src="${ASSETS}/mail/mail.js"></script>
</head>
<body>
  <header>
    ${logoImage(brand)}
    <p${langAttribute(shownName.lang)}>${escapeHtml(shownName.name)}</p>
    ${languages(shown, params)}
  </header>
  <main>
    ${shown.sample ? `<p class="sample">${escapeHtml(textIn(language, 'customer')('sample.page'))}</p>` : ''}
    <h1>${text('title')}</h1>
    <p>${text('intro')}</p>
    <p class="ways">
      <a class="first" href="${mailto}">${text('open')}</a>
      <a href="${escapeHtml(outlookUrl(letter))}" rel="noreferrer">${text('outlook')}</a>
    </p>
    ${field('to', letter.to, text)}
    ${field('subject', letter.subject, text)}
    ${field('body', letter.body, text)}
    <p id="told" role="status" data-copied="${text('copied')}" data-failed="${text('not-copied')}"></p>
  </main>
</body>
</html>
`;
}

/** One part of the mail as selectable text, with a copy button where the browser can copy. */
function field(name: keyof Letter, value: string, text: (key: string) => string): string {
  return `<section aria-labelledby="${name}-name">
      <h2 id="${name}-name">${text(name)}</h2>
      <p class="value" id="${name}">${name === 'to' ? breakable(value) : escapeHtml(value)}</p>
      <button type="button" data-copy="${name}" hidden>${text(`copy-${name}`)}</button>
    </section>`;
}

function outlookUrl({ to, subject, body }: Letter): string {
  const parts = { to, subject, body };
  const query = Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${OUTLOOK}?${query.join('&')}`;
}

/** The language and the look of the page. */
interface Shown {
  readonly language: Language;
  readonly brand: Brand;
  /** For the style element with the partner's colour. */
  readonly nonce: string;
  readonly sample: boolean;
}

function languages({ language: present, brand }: Shown, params: URLSearchParams): string {
  const addressIn = (language: Language): string => {
    const query = new URLSearchParams({ m: params.get('m') ?? '', s: params.get('s') ?? '', lang: language });
    return `${PATH}?${query.toString()}`;
  };
  const label = textIn(present, 'customer')('mail-page.language');
  return languageMenu({ languages: languagesOf(brand), present, addressIn }, label);
}
