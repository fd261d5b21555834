/** What every card view gets and gives, and every button a card may carry. */
import type { Asker, Hosting, Issue, IssueKind, Language, PurchaseChannel } from '../core/terms.js';
import type { Text } from '../locales/text.js';

/** Where the card is shown: decides the actions it may carry. */
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
  /** The dialog step this card belongs to: a button of an earlier step is told so and does nothing. */
  readonly step: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The reader's IANA time zone, where the channel says it. */
  readonly zone?: string;
  /** https link to the bot's personal chat, in a conversation that others read too. */
  readonly privateChat?: string;
  /** Makes an https page of ours that opens a mail; without it a Teams card has no e-mail button. */
  readonly mailLink?: (to: string, subject: string, body: string) => string;
}

/** A card with its one-line summary (toast, screen reader) and its full plain-text twin. */
export interface RenderedCard {
  readonly card: Readonly<Record<string, unknown>>;
  readonly summary: string;
  readonly text: string;
}

/** Every button of the product. */
export type CardAction =
  | { readonly verb: 'choose-offer'; readonly offerId: string }
  | { readonly verb: 'choose-publisher'; readonly publisherId: string }
  | { readonly verb: 'offer-none' }
  | { readonly verb: 'request-offer' }
  | { readonly verb: 'choose-group'; readonly kind: IssueKind }
  | { readonly verb: 'choose-issue'; readonly issue: Issue }
  | { readonly verb: 'answer-channel'; readonly channel: PurchaseChannel }
  | { readonly verb: 'answer-hosting'; readonly hosting: Hosting }
  | { readonly verb: 'answer-refund-window'; readonly open: boolean }
  | { readonly verb: 'change'; readonly what: 'offer' | 'issue' }
  | { readonly verb: 'same-offer' }
  | { readonly verb: 'other-offer' }
  | { readonly verb: 'not-helped' }
  | { readonly verb: 'why' }
  /** Shows who handles an issue, or each issue of an offer, for whoever asks: meant for all who see the card. */
  | { readonly verb: 'show-answer'; readonly offerId?: string; readonly issue?: Issue }
  | { readonly verb: 'help' }
  | { readonly verb: 'cancel' }
  | { readonly verb: 'restart' }
  | { readonly verb: 'back' }
  | { readonly verb: 'language'; readonly language: Language }
  | OutageAction;

/** What somebody wants to hear about. */
export type OutageTopic =
  | { readonly kind: 'offer'; readonly id: string }
  | { readonly kind: 'publisher'; readonly id: string }
  | { readonly kind: 'everything' };

/** Buttons of outage cards. They say the same whenever they are pressed. */
export type OutageAction =
  | { readonly verb: 'outage-acknowledge'; readonly incidentId: string }
  | { readonly verb: 'outage-note'; readonly incidentId: string }
  | { readonly verb: 'outage-silence'; readonly incidentId: string }
  | { readonly verb: 'outage-release'; readonly incidentId: string }
  | { readonly verb: 'outage-show'; readonly incidentId: string }
  | { readonly verb: 'outage-report'; readonly incidentId: string }
  | { readonly verb: 'outage-subscribe'; readonly topic: OutageTopic }
  | { readonly verb: 'outage-unsubscribe'; readonly topic: OutageTopic }
  | { readonly verb: 'outage-pause'; readonly on: boolean }
  | { readonly verb: 'outage-quiet' }
  | { readonly verb: 'outage-create' }
  | { readonly verb: 'outage-list' };

/** What came back with a click: a good action of some step, or why it is not one. */
export type ClickResult =
  | { readonly kind: 'action'; readonly action: CardAction; readonly step: string }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' };
