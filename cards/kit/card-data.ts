/** What each card view is given: plain data, not yet escaped; views escape everything that did not come from a locale file. */
import type { Answer } from '../../core/services/answers/answer.js';
import type { HitReason } from '../../core/directory/search/types.js';
import type { Incident } from '../../core/incident/types.js';
import type { Issue, IssueKind, Language } from '../../core/terms.js';
import type { CardAction } from './action-table.js';

/** An offer as a choice shows it. */
export interface OfferChoice {
  readonly offerId: string;
  readonly name: string;
  readonly publisherName: string;
  readonly withdrawn?: boolean;
}

/** `offerChoicesCard`: several offers match; the first five are shown. */
export interface OfferChoicesData {
  /** What the person typed, or the publisher chosen. */
  readonly query: string;
  readonly offers: readonly OfferChoice[];
  /** How the best one was found, so that the card can say why these are shown. */
  readonly reason?: HitReason;
  /** How many matched in all, when more than are given. */
  readonly total?: number;
}

export interface PublisherChoice {
  readonly publisherId: string;
  readonly name: string;
  readonly offerCount?: number;
}

/** `publisherChoicesCard`: the words name publishers; the first five are shown. */
export interface PublisherChoicesData {
  readonly query: string;
  readonly publishers: readonly PublisherChoice[];
}

/** `noOfferCard`: nothing matched; the nearest three are offered, and how to ask for the offer to be added. */
export interface NoOfferData {
  readonly query: string;
  readonly nearest: readonly OfferChoice[];
}

/** `startCard`: a customer's first question. */
export interface StartData {
  readonly partnerName: string;
  /** Offers to press; those the customer owns first. */
  readonly offers: readonly OfferChoice[];
  /** The offer's name, where the partner said which one the customer owns and it is the only one. */
  readonly known?: string;
}

/** `askOfferCard`: which offer is it about? */
export interface AskOfferData {
  /** The issue already understood, if any. */
  readonly issue?: Issue;
  /** Names of offers of this directory for the examples. */
  readonly offerNames: readonly string[];
  /** Offers to press, in place of an example. */
  readonly offers?: readonly OfferChoice[];
}

/** `issueChoicesCard`: what kind of issue is it? Shows every kind that concerns this asker. */
export interface IssueChoicesData {
  readonly offerName?: string;
}

/** `issueTopicsCard`: the topics of one kind. */
export interface IssueTopicsData {
  readonly kind: IssueKind;
  readonly offerName?: string;
}

/** `askBackCard`: the sentence was not clear; the nearest three. */
export interface AskBackData {
  readonly issues: readonly Issue[];
  readonly offerName?: string;
}

/** `channelCard`, `hostingCard`, `refundWindowCard`: a fact that changes the answer. */
export interface FactQuestionData {
  readonly offerName?: string;
  readonly issue?: Issue;
}

/** `answerCard`. */
export interface AnswerData {
  readonly answer: Answer;
  /** True for a card whose buttons are spent, or that belongs to no conversation: contacts and links only. */
  readonly closed?: boolean;
  /** Outages of the offer that are open now and that this asker may know of. */
  readonly incidents?: readonly Incident[];
}

/** The manager of the person who reads the card. */
export interface ManagerShown {
  readonly name: string;
  readonly upn: string;
}

/** `notHelpedCard`: also whom to turn to in one's own company. */
export interface NotHelpedData extends AnswerData {
  readonly manager?: ManagerShown;
}

/** `welcomeCard` and `helpCard`. */
export interface GuideData {
  /** The CSP partner's name; never empty for a customer's card. */
  readonly partnerName: string;
  /** Names of offers of this directory for the examples (three are used). */
  readonly offerNames: readonly string[];
  /** Where the card is shown, when others read it too. */
  readonly place?: 'group' | 'channel';
  /** True when the person who reads the card is an administrator. */
  readonly admin?: boolean;
}

/** `languageCard`: the languages, the present one marked. */
export interface LanguageData {
  /** The language that was asked for and that the desk does not answer in. */
  readonly refused?: Language;
}

/** `usedCard`: what a clicked card becomes; `action` is the button pressed, when it was a good one. */
export interface UsedData {
  readonly action?: CardAction;
}

/** `noticeCard`: a short message with a way forward. */
export type NoticeData =
  | {
      readonly kind:
        | 'stale' // a button of an old card, or pressed twice
        | 'foreign' // a button of another person's question, in a group
        | 'forged' // a payload that is not ours
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
        | 'request-recorded'
        | 'language-set'
        | 'busy';
    }
  | { readonly kind: 'error'; readonly reference: string };
export type NoticeKind = NoticeData['kind'];
