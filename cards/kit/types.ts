/** What every card view gets and gives, and every button a card may carry. */
import type { Severity } from '../../core/incident/types.js';
import type { Asker, Hosting, Issue, IssueKind, Language, PurchaseChannel } from '../../core/terms.js';
import type { Way } from '../../core/policy/decision.js';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import type { Text } from '../../locales/text.js';
import type { UpkeepAction } from '../admin/admin-actions.js';

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
  /** The customer's Entra tenant, where the partner said it. */
  readonly tenantId?: string;
  /** https link to the bot's personal chat, in a conversation that others read too. */
  readonly privateChat?: string;
  /** How many people say that a contact is wrong, from the number on that everybody is warned of. */
  readonly doubted?: (about: ContactAbout) => number | undefined;
  /** True where this reader may ask for a person of the partner. */
  readonly talk?: boolean;
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
  | OutageAction
  | UpkeepAction
  | ReportAction
  | HandoverAction;

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
  | { readonly verb: 'outage-confirm'; readonly incidentId: string }
  | { readonly verb: 'outage-dismiss'; readonly incidentId: string }
  | { readonly verb: 'outage-close'; readonly incidentId: string }
  | { readonly verb: 'outage-unsilence'; readonly silenceId: string; readonly incidentId: string }
  /** With the incident whose card it stands on, which then takes its place. */
  | {
      readonly verb: 'outage-subscribe' | 'outage-unsubscribe';
      readonly topic: OutageTopic;
      readonly incidentId?: string;
      /** Follow from this severity on; absent: the usual one. */
      readonly from?: Severity;
    }
  | { readonly verb: 'outage-follow' }
  | { readonly verb: 'outage-leave' }
  | { readonly verb: 'outage-mute' }
  | { readonly verb: 'outage-unmute' }
  | { readonly verb: 'outage-awake' }
  | { readonly verb: 'outage-pause'; readonly on: boolean }
  | { readonly verb: 'outage-quiet' }
  | { readonly verb: 'outage-create' }
  | { readonly verb: 'outage-list' };

/** A contact as the card with the button showed it: `seen` tells whether it has changed since, and nothing else. */
export interface ReportableContact {
  readonly key: string;
  readonly way: Way;
  readonly seen: string;
}

/** Buttons about wrong contacts. They say the same whenever they are pressed; all but the first are for administrators. */
export type ReportAction =
  | { readonly verb: 'report-contact'; readonly contacts: readonly ReportableContact[] }
  | { readonly verb: 'reports-list' }
  | { readonly verb: 'reports-show'; readonly about: ContactAbout }
  | { readonly verb: 'reports-right'; readonly about: ContactAbout };

/** Buttons about speaking with a person, the visitor's first, then those of staff. They say the same whenever they are pressed. */
export type HandoverAction =
  | { readonly verb: 'handover-ask'; readonly notHelped: boolean }
  | { readonly verb: 'handover-send'; readonly notHelped: boolean }
  | { readonly verb: 'handover-dismiss' }
  | { readonly verb: 'handover-end'; readonly handoverId: string }
  | { readonly verb: 'handover-turn'; readonly handoverId: string; readonly to: 'staff' | 'bot' }
  | { readonly verb: 'handover-take'; readonly handoverId: string }
  | { readonly verb: 'handover-reply'; readonly handoverId: string }
  | { readonly verb: 'handover-close'; readonly handoverId: string };

/** What came back with a click: a good action of some step, or why it is not one. */
export type ClickResult =
  | { readonly kind: 'action'; readonly action: CardAction; readonly step: string }
  | { readonly kind: 'forged' }
  | { readonly kind: 'unknown' };
