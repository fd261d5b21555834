/**
 * The partner's own names in the language of a reader. Only for text that people read: nothing is matched, decided or
 * compared with these names.
 */
import { hasLettersOf } from '../language-tags.js';
import { LANGUAGES, type Language } from '../terms.js';
import { plainLanguage, type Desk, type PartnerProfile, type ProfileTexts } from './profile.js';
import type { Directory, Offer } from './types.js';

/** The offer with its texts in this language; the same object when it has none. */
export function offerIn(offer: Offer, language: Language): Offer {
  const own = offer.inLanguages?.[language];
  return own ? { ...offer, ...own } : offer;
}

/** The name of an offer in each language that has one, the plain name first. */
export function ownNames({ name, inLanguages }: Offer): readonly string[] {
  if (!inLanguages) return [name];
  return [...new Set([name, ...LANGUAGES.flatMap((language) => inLanguages[language]?.name ?? [])])];
}

/** Every name of an offer, in any language: what people may type. */
export function namesOf(offer: Offer): readonly string[] {
  const [name = '', ...others] = ownNames(offer);
  return others.length === 0 ? [name, ...offer.aliases] : [...new Set([name, ...offer.aliases, ...others])];
}

/** The results for one directory or profile, by language. They live as long as the thing that they were made of. */
class ByLanguage<T extends object, R> {
  readonly #known = new WeakMap<T, Map<Language, R>>();

  get(from: T, language: Language, make: () => R): R {
    const known = this.#known.get(from) ?? new Map<Language, R>();
    this.#known.set(from, known);
    const found = known.get(language) ?? make();
    known.set(language, found);
    return found;
  }
}

const directories = new ByLanguage<Directory, Directory>();
const translated = new WeakMap<Directory, readonly Offer[]>();

/**
 * The directory with the texts of this language; the same object when nothing is in this language. It keeps only the
 * offers with such texts, and is made once for each version and language.
 */
export function directoryIn(directory: Directory, language: Language): Directory {
  const offers = translatedOffers(directory);
  if (offers.length === 0) return directory;
  return directories.get(directory, language, () => {
    const own = offers.filter(({ inLanguages }) => inLanguages?.[language]);
    if (own.length === 0) return directory;
    const shown = new Map(own.map((offer) => [offer.id, offerIn(offer, language)]));
    return { ...directory, offers: new Overlay(directory.offers, shown) };
  });
}

function translatedOffers(directory: Directory): readonly Offer[] {
  const known = translated.get(directory);
  if (known) return known;
  const found: Offer[] = [];
  for (const offer of directory.offers.values()) if (offer.inLanguages) found.push(offer);
  translated.set(directory, found);
  return found;
}

/** A map with other values for some of its keys, without a copy of the map. */
class Overlay<K, V> implements ReadonlyMap<K, V> {
  constructor(
    private readonly base: ReadonlyMap<K, V>,
    private readonly over: ReadonlyMap<K, V>,
  ) {}

  get size(): number {
    return this.base.size;
  }

  get(key: K): V | undefined {
    return this.over.get(key) ?? this.base.get(key);
  }

  has(key: K): boolean {
    return this.base.has(key);
  }

  keys(): MapIterator<K> {
    return this.base.keys();
  }

  *values(): MapIterator<V> {
    for (const [, value] of this) yield value;
  }

  *entries(): MapIterator<[K, V]> {
    for (const [key, value] of this.base) yield [key, this.over.get(key) ?? value];
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this) call(value, key, this);
  }
}

const profiles = new ByLanguage<PartnerProfile, PartnerProfile>();

/** The profile with its names in this language; the same object when it has none. */
export function profileIn(profile: PartnerProfile, language: Language): PartnerProfile {
  const own = profile.inLanguages?.[language];
  return own ? profiles.get(profile, language, () => withTexts(profile, own)) : profile;
}

function withTexts(
  profile: PartnerProfile,
  { name, providerName, desks = {} }: ProfileTexts,
): PartnerProfile {
  const { provider } = profile;
  return {
    ...profile,
    name: name ?? profile.name,
    desks: {
      billing: named(profile.desks.billing, desks.billing),
      technical: named(profile.desks.technical, desks.technical),
    },
    ...(provider && {
      provider: { name: providerName ?? provider.name, desk: named(provider.desk, desks.provider) },
    }),
  };
}

function named(desk: Desk, name: string | undefined): Desk {
  return name === undefined ? desk : { ...desk, name };
}

/** Every name of the partner, in any language: what people may type. */
export function partnerNames({ name, inLanguages }: PartnerProfile): readonly string[] {
  return [...new Set([name, ...LANGUAGES.flatMap((language) => inLanguages?.[language]?.name ?? [])])];
}

/**
 * The language of a plain text that a page in `reader` shows, for its `lang` attribute; undefined when the page's own
 * language is right. A name without a letter of the plain language's script (a brand in Latin letters) has no language.
 */
export function fallbackLanguage(
  text: string,
  profile: Pick<PartnerProfile, 'language' | 'languages'>,
  reader: Language,
): Language | undefined {
  const language = plainLanguage(profile);
  return language !== reader && hasLettersOf(language, text) ? language : undefined;
}
