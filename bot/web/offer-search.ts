/** Finds the partner's offers while a visitor types a name: `POST /api/offers`. */
import type { Request, Response } from 'restify';
import { fallbackLanguage } from '../../core/directory/own-language.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { Offer } from '../../core/directory/types.js';
import { DeskError } from '../../core/errors.js';
import { languageFor } from '../../core/language-tags.js';
import type { Language } from '../../core/terms.js';
import type { DirectoryView } from '../../dialogs/shared/services.js';
import { inTimeSlices } from '../../dialogs/shared/time-slices.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { refuseTooOften } from './client-rates.js';
import { memoryRates } from './directline/limits.js';
import type { Tokens } from './directline/tokens.js';
import { requireOrigin } from './origin.js';

/** What a visitor sees of an offer in the list: no id, contact or link. */
export interface OfferSuggestion {
  readonly name: string;
  /** The language of the name, when it is another one than the visitor's. */
  readonly lang?: Language;
  readonly publisher: string;
}

const BODY_BYTES = 4 * 1024;
const MAX_QUERY = 100;
const MOST = 6;
/** A page asks at each pause in the typing. */
const PER_MINUTE = 120;
/** One person seldom types in several conversations; an office does. */
const ADDRESS_PER_MINUTE = 4 * PER_MINUTE;

/** The visitor's language, and the profile that tells the language of plain names. */
interface Readers {
  readonly language: Language;
  readonly profile: Pick<PartnerProfile, 'language' | 'languages'>;
}

/** The offers on sale that fit the typed text, best first, with their names in the reader's language. */
export async function offersFor(
  text: unknown,
  { index, directory }: DirectoryView,
  reader?: Readers,
): Promise<readonly OfferSuggestion[]> {
  const query = typeof text === 'string' ? text.trim().slice(0, MAX_QUERY) : '';
  if (query === '') return [];
  const hits = await inTimeSlices(index.slices.search(query, MOST * 2));
  return hits.flatMap(({ offerId }) => {
    const offer = directory.offers.get(offerId);
    if (!offer || offer.withdrawn) return [];
    return [
      { ...nameFor(offer, reader), publisher: directory.publishers.get(offer.publisherId)?.name ?? '' },
    ];
  });
}

function nameFor(offer: Offer, reader: Readers | undefined): Pick<OfferSuggestion, 'name' | 'lang'> {
  if (!reader) return { name: offer.name };
  const own = offer.inLanguages?.[reader.language]?.name;
  if (own !== undefined) return { name: own };
  const lang = fallbackLanguage(offer.name, reader.profile, reader.language);
  return { name: offer.name, ...(lang && { lang }) };
}

interface SearchDeps {
  readonly tokens: Tokens;
  readonly origins: readonly string[];
  readonly now: () => number;
  /** How many times the usual limit an address gets. */
  readonly timesOf: (address: string) => number;
  readonly find: FindOffers;
}

/** The offers that fit a text, for a visitor whose page is in this language. */
export type FindOffers = (
  text: unknown,
  language: Language | undefined,
) => Promise<readonly OfferSuggestion[]>;

/**
 * `POST /api/offers {resume, query, language}`: `resume` proves a conversation of this server, and the text stays out of
 * addresses, which logs record. The limits count in this process, because a key press must not ask the database.
 */
export function registerOfferSearch(kit: HttpKit, { tokens, origins, now, timesOf, find }: SearchDeps): void {
  const rates = memoryRates(now);
  const inMinute = (calls: number) => [{ calls, windowMs: 60_000 }];
  const work = async (req: Request, res: Response): Promise<void> => {
    requireOrigin(req, origins);
    const { resume, query, language } = req.body as Readonly<Record<string, unknown>>;
    const claims = tokens.verify(typeof resume === 'string' ? resume : undefined, 'resume');
    if (!claims) throw new DeskError('token.invalid', 'no valid resume token');
    refuseTooOften(await rates.take(claims.conv, inMinute(PER_MINUTE)), res);
    const address = kit.addressOf(req);
    const most = ADDRESS_PER_MINUTE * timesOf(address);
    refuseTooOften(await rates.take(`at|${address}`, inMinute(most)), res);
    const found = await find(query, languageFor(typeof language === 'string' ? language : undefined));
    res.send(200, { offers: found.slice(0, MOST) });
  };
  kit.server.post('/api/offers', ...kit.json({ limitBytes: BODY_BYTES }), kit.handle(work));
}
