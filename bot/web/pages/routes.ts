/** Serves the local page, its files and the Web Chat bundle. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Request, Response } from 'restify';
import { languagesOf } from '../../../core/directory/profile.js';
import type { Log } from '../../../core/ports.js';
import type { Language } from '../../../core/terms.js';
import type { HttpKit } from '../../runtime/http-kit.js';
import { ASSETS, readAsset, serveAsset, serveWidgetFiles } from './assets.js';
import { contentSecurityPolicy, originsOf } from './csp.js';
import { LANGUAGE_COOKIE, askedLanguage, pageLanguage } from './html.js';
import { localPage } from './local-page.js';
import { logoSources, type Brand } from './brand.js';

/** Equal to the version that scripts/webchat.mjs fetches. */
export const WEB_CHAT_VERSION = '4.18.1';

const WEB_CHAT = `/webchat/${WEB_CHAT_VERSION}/webchat.js`;
const ONE_YEAR_S = 31_536_000;

interface PageDeps {
  readonly log: Log;
  /** The project's folder, which contains `widget/` and `vendor/`. */
  readonly rootDir: string;
  readonly defaultLanguage: Language;
  /** The server's origin in the browser. */
  readonly publicUrl?: string;
  /** The partner's look and languages; absent: the product's own look. */
  readonly brand?: () => Brand;
  /** No authentication is configured: the visitor may try both sides. */
  readonly chooseAudience: boolean;
  /** Local mode: partner staff of this page are administrators. */
  readonly localAdmin?: boolean;
  /** True while the bot answers from the fictional sample. */
  readonly isSample?: () => boolean;
  /** Absolute address of Direct Line when it is not the embedded one. */
  readonly directLine?: string;
}

/** The parts of the chat, for other pages that show it. */
export interface PageFiles {
  /** The path of this version's files. */
  readonly assets: string;
  /** Address of the Web Chat bundle; undefined when the server could not fetch it. */
  readonly webChat: string | undefined;
}

/** Registers `/` and all its files. Without the bundle, the page shows a sentence about it. */
export function registerPages(kit: HttpKit, deps: PageDeps): PageFiles {
  const assets = serveWidgetFiles(kit, path.join(deps.rootDir, 'widget'));
  const webChat = webChatServer(kit, deps);
  if (webChat() === undefined) deps.log.warn('page.web-chat-missing', { remedy: 'node dist/webchat.js' });
  const work = (req: Request, res: Response): void => sendPage(req, res, deps, webChat());
  kit.server.get('/', kit.handle(work));
  kit.server.head('/', kit.handle(work));
  kit.server.get(
    '/favicon.ico',
    kit.handle((_req, res) => void res.redirect(308, `${ASSETS}/local/icon.svg`, () => undefined)),
  );
  return {
    assets,
    get webChat() {
      return webChat();
    },
  };
}

/** The address of the bundle once it exists: it may appear while the server runs. */
function webChatServer(kit: HttpKit, deps: PageDeps): () => string | undefined {
  const bundle = path.join(deps.rootDir, 'vendor', `webchat-${WEB_CHAT_VERSION}`, 'webchat.js');
  let served = false;
  return () => {
    if (!served && !existsSync(bundle)) return undefined;
    if (!served) {
      serveAsset(kit, WEB_CHAT, readAsset(bundle, { immutable: true }));
      serveAsset(kit, `${WEB_CHAT}.LICENSE.txt`, readAsset(`${bundle}.LICENSE.txt`, { immutable: false }));
    }
    served = true;
    return WEB_CHAT;
  };
}

function sendPage(req: Request, res: Response, deps: PageDeps, webChat: string | undefined): void {
  const nonce = randomBytes(16).toString('base64url');
  const brand = deps.brand?.() ?? { name: '' };
  const language = pageLanguage(req, deps.defaultLanguage, languagesOf(brand));
  const { chooseAudience, localAdmin, directLine } = deps;
  const sample = deps.isSample?.();
  const html = localPage({
    language,
    brand,
    nonce,
    sample,
    webChat,
    assets: ASSETS,
    chooseAudience,
    localAdmin,
    directLine,
  });
  const asked = askedLanguage(req);
  if (asked) {
    const cookie = `${LANGUAGE_COOKIE}=${asked}; Path=/; Max-Age=${String(ONE_YEAR_S)}; SameSite=Lax`;
    res.setHeader('Set-Cookie', cookie);
  }
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(html)),
    'Content-Language': language,
    'Content-Security-Policy': contentSecurityPolicy({
      nonce,
      host: req.headers.host ?? '',
      publicUrl: deps.publicUrl,
      frameAncestors: [],
      connect: directLine === undefined ? [] : originsOf(directLine),
      images: logoSources(brand),
    }),
    'X-Frame-Options': 'DENY',
  });
  res.end(req.method === 'HEAD' ? undefined : html);
}
