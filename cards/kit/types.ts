/** The input and output of every card view. */
import type { Asker, Language } from '../../core/terms.js';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import type { Text } from '../../locales/text.js';
import type { CardAction } from './action-table.js';

/** Where the card is shown. This decides which actions the card may have. */
export type CardHost = 'teams' | 'web';

/** Signs button payloads so that a card cannot be forged or edited. */
export interface Signer {
  sign(text: string): string;
  verify(text: string, signature: string): boolean;
}

export interface RenderContext {
  readonly text: Text;
  readonly language: Language;
  readonly host: CardHost;
  readonly asker: Asker;
  readonly signer: Signer;
  /** The dialog step of this card. The bot answers a button of an earlier step as an old button, without any effect. */
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The reader's IANA time zone, where the channel gives it. */
  readonly zone?: string;
  /** The customer's Entra tenant, where the partner gave it. */
  readonly tenantId?: string;
  /** https link to the bot's personal chat, in a conversation with other readers. */
  readonly privateChat?: string;
  /** From this number of reports on, every reader gets a warning about the contact. */
  readonly doubted?: (about: ContactAbout) => number | undefined;
  /** True where this reader may ask for a person of the partner. */
  readonly talk?: boolean;
  /** True where this reader may have the bot ask later whether a contact answered. */
  readonly cases?: boolean;
  /** Makes an https page of ours that opens a mail; without it a Teams card has no email button. */
  readonly mailLink?: (to: string, subject: string, body: string) => string;
  /** The partner's logo at an https address, for the head of an answer. */
  readonly logo?: { readonly url: string; readonly name: string };
  /** The languages the desk answers in; absent: every language of the product. */
  readonly languages?: readonly Language[];
}

/** A card with its one-line summary (toast, screen reader) and its full plain-text twin. */
export interface RenderedCard {
  readonly card: Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly text: string;
}

/** The result of a click: a valid action of some step, or the reason why it is not valid. */
export type ClickResult =
  | { readonly kind: 'action'; readonly action: CardAction; readonly step: string }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' };
