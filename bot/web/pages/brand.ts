/** The partner's look on our pages: its name, its logo, its colour, and its languages. */
import { carriesWhiteText, readableAccent, readableOnDark } from '../../../core/colour.js';
import { logoOrigin } from '../../../core/directory/logo.js';
import { fallbackLanguage } from '../../../core/directory/own-language.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import type { Language } from '../../../core/terms.js';
import { escapeHtml } from './html.js';

/** The parts of the profile that pages use. */
export type Brand = Pick<
  PartnerProfile,
  'name' | 'logo' | 'colour' | 'languages' | 'language' | 'inLanguages'
>;

/** A name on a page. */
export interface ShownName {
  readonly name: string;
  /** Its language, for screen readers; absent when it is the page's own. */
  readonly lang?: Language;
}

/** The partner's name for a page in this language. */
export function brandName(brand: Brand, language: Language): ShownName {
  const own = brand.inLanguages?.[language]?.name;
  if (own !== undefined) return { name: own };
  const lang = fallbackLanguage(brand.name, brand, language);
  return { name: brand.name, ...(lang && { lang }) };
}

const COLOUR = '#0f5c8c';

/** The looks of a page that a partner's site may ask for. Without one of them, the page follows the device. */
export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

/**
 * The style element with the page's colours from #rrggbb, or with the product's own: `bar` is below white text, the
 * others are for text on every ground of the light and of the dark look.
 */
export function colourStyle(nonce: string, colour = COLOUR): string {
  const light = readableAccent(colour);
  const bar = carriesWhiteText(colour) ? colour : light;
  const values = `--accent-light:${light};--accent-dark:${readableOnDark(colour)};--bar:${bar}`;
  return `<style nonce="${nonce}">:root{${values}}</style>`;
}

/** The origin of the logo, for the page's content security policy. */
export function logoSources({ logo }: Pick<Brand, 'logo'>): readonly string[] {
  const origin = logo === undefined ? undefined : logoOrigin(logo);
  return origin === undefined ? [] : [origin];
}

/** The logo as an element. The name is beside it, so the logo has no text. Empty without a logo. */
export function logoImage({ logo }: Pick<Brand, 'logo'>): string {
  return logo === undefined
    ? ''
    : `<img class="logo" src="${escapeHtml(logo)}" alt="" referrerpolicy="no-referrer">`;
}
