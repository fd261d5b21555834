/** How the partner looks on our pages: its logo, its colour, and the languages it answers in. */
import { carriesWhiteText, readableAccent } from '../../../core/colour.js';
import { logoOrigin } from '../../../core/directory/logo.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { escapeHtml } from './html.js';

/** What pages take of the profile. */
export type Brand = Pick<PartnerProfile, 'name' | 'logo' | 'colour' | 'languages'>;

const COLOUR = '#0f5c8c';

/** The colours of a page: one under white text, and one for text on every ground of the chat. */
export interface PageColours {
  readonly bar: string;
  readonly accent: string;
}

/** The page's colours from #rrggbb; without one, those of the product. A colour that white cannot be read on becomes darker. */
export function pageColours(colour = COLOUR): PageColours {
  const accent = readableAccent(colour);
  return { accent, bar: carriesWhiteText(colour) ? colour : accent };
}

/** Where the page may load the logo from, for its content security policy. */
export function logoSources({ logo }: Pick<Brand, 'logo'>): readonly string[] {
  const origin = logo === undefined ? undefined : logoOrigin(logo);
  return origin === undefined ? [] : [origin];
}

/** The logo as an element; the name stands beside it, so it has no text of its own. Empty without a logo. */
export function logoImage({ logo }: Pick<Brand, 'logo'>): string {
  return logo === undefined
    ? ''
    : `<img class="logo" src="${escapeHtml(logo)}" alt="" referrerpolicy="no-referrer">`;
}
