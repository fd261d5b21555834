/** The partner's look on our pages: its logo, its colour, and its languages. */
import { carriesWhiteText, readableAccent } from '../../../core/colour.js';
import { logoOrigin } from '../../../core/directory/logo.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { escapeHtml } from './html.js';

/** The parts of the profile that pages use. */
export type Brand = Pick<PartnerProfile, 'name' | 'logo' | 'colour' | 'languages'>;

const COLOUR = '#0f5c8c';

/** The colours of a page: one below white text, and one for text on every background of the chat. */
export interface PageColours {
  readonly bar: string;
  readonly accent: string;
}

/**
 * The page's colours from #rrggbb, or the product's own colours. Darkens a colour on which white text is unreadable.
 */
export function pageColours(colour = COLOUR): PageColours {
  const accent = readableAccent(colour);
  return { accent, bar: carriesWhiteText(colour) ? colour : accent };
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
