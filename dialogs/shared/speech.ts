/** Whose language it is: what is kept about a person's language, and what one activity adds to it. */
import type { SpeechNews } from '../../cards/kit/card-data.js';
import type { Language } from '../../core/terms.js';
import { writtenIn } from '../../core/understanding/written.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';

/** What is kept about the language of a person, in the order in which it counts. */
export interface Speech {
  /** What the person chose. */
  readonly language?: Language;
  /** The tag of the language in which the person surely wrote. */
  readonly written?: string;
  /** The language of the client with which the person came first. Teams changes it from one activity to the next. */
  readonly seen?: Language;
  /** Another language in which the person surely wrote the last time. Twice in a row, it is the person's. */
  readonly once?: string;
  /** The tag of a language that the desk does not offer, and of which the person was told so. */
  readonly told?: string;
}

/** What one activity says about the language. */
export interface HeardSpeech {
  /** The typed words. */
  readonly text?: string;
  /** The tag that the client names. */
  readonly locale?: string;
  /** A person typed or clicked; an event that only names a conversation says nothing about a person's client. */
  readonly byPerson: boolean;
  /** The tag is the language of the page, so a new one is the visitor's choice. Elsewhere it is a setting of the client. */
  readonly isPage: boolean;
}

export interface Spoken {
  readonly language: Language;
  readonly kept: Speech;
  readonly news?: SpeechNews;
}

/**
 * The language of a person: the chosen one, else the written one, else the client's, else the desk's. A desk that does not
 * offer it answers in the next of these.
 */
export function languageOf(
  { language, written, seen }: Speech,
  offered: readonly Language[],
  ...others: readonly (Language | undefined)[]
): Language {
  return offeredLanguage(offered, language, nearest(written, offered, seen, ...others), seen, ...others);
}

/** Chinese whose script nobody knows yet is written as the person's client, or as the desk's first Chinese. */
function nearest(
  tag: string | undefined,
  offered: readonly Language[],
  ...others: readonly (Language | undefined)[]
): Language | undefined {
  const found = languageFor(tag, offered);
  if (found === undefined || tag?.includes('-')) return found;
  const isSame = (one: Language | undefined) => one?.split('-')[0] === tag;
  const own = others.find((one) => isSame(one) && one !== undefined && offered.includes(one));
  return own ?? offered.find(isSame) ?? found;
}

/** The language of this turn, and what to keep and to tell. */
export function hearSpeech(
  before: Speech,
  heard: HeardSpeech,
  offered: readonly Language[],
  fallback: Language,
): Spoken {
  const kept = withClient(before, heard);
  const client = languageFor(heard.locale);
  const present = languageOf(kept, offered, client, fallback);
  const tag = kept.language === undefined && heard.text ? writtenIn(heard.text) : undefined;
  if (tag === undefined) return { language: present, kept };
  if (languageFor(tag, offered) === undefined) return notOffered(kept, tag, present);
  const now = withWritten(kept, tag);
  const language = languageOf(now, offered, client, fallback);
  return { language, kept: now, ...(language !== present && { news: { kind: 'heard', before: present } }) };
}

function withClient(kept: Speech, { locale, byPerson, isPage }: HeardSpeech): Speech {
  const seen = languageFor(locale);
  if (seen === undefined || seen === kept.seen) return kept;
  if (isPage) return kept.seen === undefined ? { ...kept, seen } : { seen };
  return byPerson && kept.seen === undefined ? { ...kept, seen } : kept;
}

function notOffered(kept: Speech, tag: string, language: Language): Spoken {
  if (kept.told === tag) return { language, kept };
  return { language, kept: { ...kept, told: tag }, news: { kind: 'not-offered', tag } };
}

/** The first language counts at once; another one only when it comes twice in a row, because people paste and quote. */
function withWritten(kept: Speech, tag: string): Speech {
  const { once, ...rest } = kept;
  if (kept.written === tag || (tag === 'zh' && kept.written?.startsWith('zh-'))) return rest;
  if (kept.written === undefined || kept.written === 'zh' || once === tag) return { ...rest, written: tag };
  return { ...rest, once: tag };
}
