/** The data of each card view: plain and not yet escaped. Views escape every value that is not from a locale file. */
import type { Answer } from '../../core/services/answers/answer.js';
import type { HitReason } from '../../core/directory/search/types.js';
import type { Incident } from '../../core/incident/types.js';
import type { Issue, IssueKind, Language, PurchaseChannel } from '../../core/terms.js';
import type { CardAction } from './action-table.js';

/** An offer as a choice shows it. */
export interface OfferChoice {
  readonly offerId: string;
  readonly name: string;
  readonly publisherName: string;
  readonly withdrawn?: boolean;
}

/** What the person has said about the purchase, for the line of what the bot understood. */
interface PurchaseSaid {
  /** One channel, or all that the words leave open. */
  readonly bought?: readonly PurchaseChannel[];
}

/** `offerChoicesCard`: several offers match; the first five are shown. */
export interface OfferChoicesData extends PurchaseSaid {
  /** The issue, when it is known. */
  readonly issue?: Issue;
  /** The person's words, or the chosen publisher. */
  readonly query: string;
  readonly offers: readonly OfferChoice[];
  /** How the best one was found, so that the card can say why it shows these. */
  readonly reason?: HitReason;
  /** How many offers matched in all, when the card shows fewer. */
  readonly total?: number;
}

export interface PublisherChoice {
  readonly publisherId: string;
  readonly name: string;
  readonly offerCount?: number;
}

/** `publisherChoicesCard`: the words name publishers; the card shows the first five. */
export interface PublisherChoicesData extends PurchaseSaid {
  /** The issue, when it is known. */
  readonly issue?: Issue;
  readonly query: string;
  readonly publishers: readonly PublisherChoice[];
}

/** `noOfferCard`: nothing matched; the card offers the nearest three, and says how to get an offer added. */
export interface NoOfferData extends PurchaseSaid {
  /** The issue, when it is known. */
  readonly issue?: Issue;
  readonly query: string;
  readonly nearest: readonly OfferChoice[];
}

/** `startCard`: a customer's first question. */
export interface StartData {
  readonly partnerName: string;
  /** Offers as buttons; the customer's own offers come first. */
  readonly offers: readonly OfferChoice[];
  /** The offer's name, when the partner said that the customer owns this offer and no other. */
  readonly known?: string;
  /** Open outages that customers may see, the most important first. */
  readonly outages?: readonly StartOutage[];
  /** How many more open outages customers may see. */
  readonly moreOutages?: number;
}

/** An open outage on a customer's first card. */
export interface StartOutage {
  readonly incident: Incident;
  /** The affected offer, when the directory knows it. */
  readonly offer?: { readonly id: string; readonly name: string };
}

/** `askOfferCard`: which offer is it about? */
export interface AskOfferData extends PurchaseSaid {
  /** The issue already understood, if any. */
  readonly issue?: Issue;
  /** Names of offers of this directory for the examples. */
  readonly offerNames: readonly string[];
  /** Offers as buttons, in place of an example. */
  readonly offers?: readonly OfferChoice[];
}

/** `issueChoicesCard`: what kind of issue is it? Shows every kind that concerns this asker. */
export interface IssueChoicesData extends PurchaseSaid {
  readonly offerName?: string;
}

/** `issueTopicsCard`: the topics of one kind. */
export interface IssueTopicsData extends PurchaseSaid {
  readonly kind: IssueKind;
  readonly offerName?: string;
}

/** `askBackCard`: the sentence was not clear; the nearest three. */
export interface AskBackData extends PurchaseSaid {
  readonly issues: readonly Issue[];
  readonly offerName?: string;
}

/** `channelCard`, `hostingCard`, `refundWindowCard`: a fact that changes the answer. */
export interface FactQuestionData extends PurchaseSaid {
  readonly offerName?: string;
  readonly issue?: Issue;
  /** The purchase channels to choose from; absent for all. */
  readonly channels?: readonly PurchaseChannel[];
  /** Known before its question when the person told when the product was bought. */
  readonly refundOpen?: boolean;
}

/** `answerCard`. */
export interface AnswerData {
  readonly answer: Answer;
  /** True for a card with used buttons, or without a conversation: it shows contacts and links only. */
  readonly closed?: boolean;
  /** Open outages of the offer that this asker may see. */
  readonly incidents?: readonly Incident[];
  /** Since when a status page of the offer cannot be read, for staff. */
  readonly unreadableSince?: number | undefined;
}

/** The manager of the person who reads the card. */
export interface ManagerShown {
  readonly name: string;
  readonly upn: string;
}

/** `notHelpedCard`: also names a contact in the reader's own company. */
export interface NotHelpedData extends AnswerData {
  readonly manager?: ManagerShown;
  /** The person said that a contact is wrong, so the card says how to report it. */
  readonly wrongContact?: boolean;
}

/** `welcomeCard` and `helpCard`. */
export interface GuideData {
  /** The CSP partner's name; never empty for a customer's card. */
  readonly partnerName: string;
  /** Names of offers of this directory for the examples (three are used). */
  readonly offerNames: readonly string[];
  /** Where the card is shown, when other people read it too. */
  readonly place?: 'group' | 'channel';
  /** True when the person who reads the card is an administrator. */
  readonly admin?: boolean;
}

/** What a person is told once about the language: the bot follows what the person writes, or the desk does not offer it. */
export type SpeechNews =
  | { readonly kind: 'heard'; readonly before: Language }
  /** `tag`: the language in which the person wrote. */
  | { readonly kind: 'not-offered'; readonly tag: string };

/** `languageCard`: the languages; the present one is marked. */
export interface LanguageData {
  /** The requested language, when the desk does not answer in it. */
  readonly refused?: Language;
}

/** `usedCard`: the card after a click; `action` is the pressed button, when the click was valid. */
export interface UsedData {
  readonly action?: CardAction;
}

/** `noticeCard`: a short message with a next step. */
export type NoticeData =
  | {
      readonly kind:
        | 'stale' // a button of an old card, or a second click
        | 'foreign' // a button of another person's question, in a group
        | 'forged' // a payload that our server did not sign
        | 'cancelled'
        | 'restarted'
        | 'nothing-to-cancel'
        | 'nothing-to-go-back'
        | 'attachments'
        | 'empty'
        | 'too-long'
        | 'not-understood'
        | 'not-numbered'
        | 'greeting'
        | 'thanks'
        | 'goodbye'
        | 'agreed'
        | 'are-you-a-bot'
        | 'insult'
        | 'hesitation'
        | 'how-are-you'
        | 'are-you-there'
        | 'laughter'
        | 'request-recorded'
        | 'language-set'
        | 'busy';
    }
  | { readonly kind: 'error'; readonly reference: string };
export type NoticeKind = NoticeData['kind'];
