/** Serves the launcher and the chat page for partners' own sites, and in local mode a page that imitates one. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'restify';
import { DeskError } from '../../../core/errors.js';
import { languagesOf } from '../../../core/directory/profile.js';
import type { Language } from '../../../core/terms.js';
import { glanceAt } from '../../../locales/text.js';
import type { HttpKit } from '../../runtime/http-kit.js';
import { serveAsset, type Asset } from '../pages/assets.js';
import { contentSecurityPolicy, originsOf } from '../pages/csp.js';
import { pageLanguage } from '../pages/html.js';
import { logoSources, SCHEMES, type Brand } from '../pages/brand.js';
import type { PageFiles } from '../pages/routes.js';
import { hexColour } from '../../../core/colour.js';
import { registerDemo } from './demo-page.js';
import { framePage, SCRIPT, type Worker } from './frame-page.js';
import { oneFile, serveWorker } from './one-file.js';
import type { WidgetSettings } from './settings.js';

interface WidgetDeps {
  readonly rootDir: string;
  readonly files: PageFiles;
  readonly settings: WidgetSettings;
  /** The partner's look and languages. */
  readonly brand: () => Brand;
  readonly defaultLanguage: Language;
  /** The server's origin in the browser. */
  readonly publicUrl?: string;
  /** Local mode: this server's own pages may embed the chat, and there is a demo page. */
  readonly local: boolean;
  /** True while the bot answers from the fictional sample. */
  readonly isSample?: () => boolean;
  /** Absolute address of Direct Line when it is not the embedded one. */
  readonly directLine?: string;
}

const LAUNCHER_KEYS = [
  'launcher.name',
  'launcher.title',
  'launcher.loading',
  'launcher.failed',
  'launcher.retry',
  'launcher.close',
  'launcher.identity',
  'launcher.unread',
] as const;
/** Long enough that the next page needs no request; short enough that a new version arrives within the hour. */
const LAUNCHER_CACHE = 'public, max-age=3600';
const ONE_YEAR = 'public, max-age=31536000, immutable';

/** Registers `/widget.js`, `/widget/frame`, `/widget/worker.js` and, in local mode, `/demo`. */
export function registerWidget(kit: HttpKit, deps: WidgetDeps): void {
  serveAsset(kit, '/widget.js', launcher(deps), { 'Cross-Origin-Resource-Policy': 'cross-origin' });
  serveAsset(kit, `${deps.files.assets}/${SCRIPT}`, page(deps.rootDir));
  const worker = serveWorker(kit, deps.rootDir, deps.files);
  const work = (req: Request, res: Response): void => sendFrame(req, res, deps, worker);
  kit.server.get('/widget/frame', kit.handle(work));
  if (deps.local) registerDemo(kit, deps.settings.partnerId, () => deps.isSample?.() ?? false);
}

/**
 * The launcher with its sentences in the partner's languages and with the partner's colour. It is rebuilt when either
 * changes.
 */
function launcher({ rootDir, brand }: Pick<WidgetDeps, 'rootDir' | 'brand'>): () => Asset {
  const source = readFileSync(path.join(rootDir, 'widget', 'launcher', 'launcher.js'), 'utf8');
  let made: { readonly filled: string; readonly asset: Asset } | undefined;
  return () => {
    const { colour, languages } = brand();
    const all = Object.fromEntries(languagesOf({ languages }).map((one) => [one, launcherTextsIn(one)]));
    const filled = source
      .replace('SENTENCES = {}', () => `SENTENCES = ${JSON.stringify(all)}`)
      .replace("COLOUR = ''", () => `COLOUR = ${JSON.stringify(colour ?? '')}`);
    if (made?.filled !== filled) made = { filled, asset: script(filled, LAUNCHER_CACHE) };
    return made.asset;
  };
}

/** A few words of each language, read once: every page of a partner loads the launcher. */
const launcherTexts = new Map<Language, Readonly<Record<string, string>>>();

function launcherTextsIn(language: Language): Readonly<Record<string, string>> {
  const known = launcherTexts.get(language);
  if (known) return known;
  const said = glanceAt(language, LAUNCHER_KEYS);
  const texts = Object.fromEntries(LAUNCHER_KEYS.map((key) => [key.slice('launcher.'.length), said[key]]));
  launcherTexts.set(language, texts);
  return texts;
}

/** The scripts of the chat page, at this version's address. */
function page(rootDir: string): Asset {
  return script(oneFile(path.join(rootDir, 'widget'), 'frame/frame.js'), ONE_YEAR);
}

function script(source: string, cache: string): Asset {
  const identity = Buffer.from(source);
  return {
    type: 'text/javascript; charset=utf-8',
    etag: `"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    cache,
    bytes: { gzip: gzipSync(identity, { level: 9 }), identity },
  };
}

/**
 * The page of the frame. Throws DeskError `request.not-found` for another partner's script line, and `request.origin`
 * for a page that is not configured.
 */
function sendFrame(req: Request, res: Response, deps: WidgetDeps, worker: Worker | undefined): void {
  const { settings, directLine, defaultLanguage } = deps;
  const { searchParams } = new URL(req.url ?? '/', 'http://localhost');
  if (searchParams.get('partner') !== settings.partnerId)
    throw new DeskError('request.not-found', 'the script line names a different partner');
  const brand = deps.brand();
  const language = pageLanguage(req, defaultLanguage, languagesOf(brand));
  const nonce = randomBytes(16).toString('base64url');
  const html = framePage({
    ...deps.files,
    language,
    nonce,
    directLine,
    worker,
    sample: deps.isSample?.(),
    partnerId: settings.partnerId,
    brand,
    scheme: SCHEMES.find((one) => one === searchParams.get('scheme')),
    keepDays: settings.keepDays,
    parentOrigin: parentOrigin(req, searchParams, deps),
    colour: hexColour(searchParams.get('accent') ?? undefined) ?? brand.colour,
  });
  res.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(html)),
    'Content-Language': language,
    ...(worker && { 'Offer-Desk-Cache': worker.cache }),
    'Content-Security-Policy': contentSecurityPolicy({
      nonce,
      host: req.headers.host ?? '',
      publicUrl: deps.publicUrl,
      frameAncestors: [...(deps.local ? ["'self'"] : []), ...settings.origins],
      connect: directLine === undefined ? [] : originsOf(directLine),
      images: logoSources(brand),
    }),
  });
  res.end(html);
}

/**
 * The surrounding page tells its own origin. The server accepts only an allowed origin, and the chat sends
 * messages only to that origin.
 */
function parentOrigin(req: Request, query: URLSearchParams, deps: WidgetDeps): string | undefined {
  const given = query.get('origin');
  if (given === null) return undefined;
  const host = req.headers.host ?? '';
  const own = deps.local && (given === `http://${host}` || given === `https://${host}`);
  if (own || deps.settings.origins.includes(given)) return given;
  throw new DeskError('request.origin', 'the origin of the embedding page is not configured');
}
