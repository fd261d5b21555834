/** The services that the dialogs need from the rest of the product, as one object. */
import type { ShownContact } from '../../core/services/answers/answer.js';
import type { Signer } from '../../cards/kit/types.js';
import { directoryIn, profileIn } from '../../core/directory/own-language.js';
import type { PartnerProfile, SetUp } from '../../core/directory/profile.js';
import type { OfferIndex } from '../../core/directory/search/types.js';
import type { Directory } from '../../core/directory/types.js';
import type { Language } from '../../core/terms.js';
import type { PartnerCenter } from '../../core/partner-center/types.js';
import type { Clock, LessonStore, Log, UnansweredStore } from '../../core/ports.js';
import type { IssueClassifier } from '../../core/understanding/classifier.js';
import type { HandoverServices } from '../handover/handover-services.js';
import type { InsightServices } from '../insights/insight-services.js';
import type { OutageServices } from '../outages/outage-turn.js';
import type { CaseServices } from '../cases/case-services.js';
import type { ReportServices } from '../reports/report-services.js';
import type { AdminServices } from '../admin/admin-services.js';

/** The people to contact when an answer did not help. */
export interface KnownManager {
  readonly name: string;
  /** For the Teams chat. */
  readonly upn: string;
}

export interface PeopleServices {
  /** Presence of one of the partner's own contacts, by user principal name; undefined when Graph gives none in time. */
  presenceOf(upn: string): Promise<ShownContact['presence']>;
  /** The manager of a person, by Entra object id; undefined without one, or when Graph gives none in time. */
  managerOf(personId: string): Promise<KnownManager | undefined>;
}

/** How often each offer was asked about lately. */
export interface AskedOffers {
  readonly times: (offerId: string) => number;
  /** Ids of the offers asked about, the most asked first. */
  readonly most: () => readonly string[];
  /** Counts one answer about the offer. Never fails. */
  readonly note: (offerId: string) => Promise<void>;
}

/** The present directory with its index; both always have the same version. */
export interface DirectoryView {
  readonly directory: Directory;
  readonly index: OfferIndex;
}

export interface DeskServices {
  readonly view: () => DirectoryView;
  readonly profile: () => PartnerProfile;
  readonly classifier: () => IssueClassifier;
  readonly unanswered: Pick<UnansweredStore, 'record'>;
  /** What people chose after a question back; absent where lessons are not wired. */
  readonly lessons?: Pick<LessonStore, 'record'>;
  /** Absent where nothing is counted. */
  readonly asked?: AskedOffers;
  readonly signer: Signer;
  readonly now: Clock;
  /** A short id that a person can read out and an operator can find in the log. */
  readonly newReference: () => string;
  readonly log: Log;
  /** Removes addresses, numbers and names from a text before it is counted. */
  readonly redact: (text: string) => string;
  /** Our https page that opens a mail program, for hosts where `mailto:` does nothing. */
  readonly mailLink?: (to: string, subject: string, body: string) => string;
  /** Colleagues through Microsoft Graph; absent where that is not configured. */
  readonly people?: PeopleServices;
  /** The partner's customers; absent where Partner Center is not configured. */
  readonly partnerCenter?: PartnerCenter;
  /** Counts for managers; absent where nothing is counted. */
  readonly insights?: InsightServices;
  /** Reports of wrong contacts; absent where they are not wired. */
  readonly reports?: ReportServices;
  /** Cases of people who wrote to a contact; absent where they are not wired. */
  readonly cases?: CaseServices;
  /** Hand-overs to a person; absent when they are not wired. */
  readonly handover?: HandoverServices;
  /** Administration in the chat; absent when it is not wired. */
  readonly admin?: AdminServices;
  /**
   * Waits until the profile is a few seconds old at most, so that an idle instance does not show data that is hidden by
   * now.
   */
  readonly fresh?: () => Promise<void>;
  /** True while answers come from the fictional sample: in local mode only. */
  readonly isSample?: () => boolean;
  /** The facts that the desk lacks before it may answer; undefined when it may answer. */
  readonly setUp?: () => SetUp | undefined;
  /** Absent where outages are not wired. */
  readonly outages?: OutageServices;
}

/** The directory as a reader of this language sees it. Only for what people read: never to match or to decide. */
export function directoryFor({ view }: Pick<DeskServices, 'view'>, language: Language): Directory {
  return directoryIn(view().directory, language);
}

/** The profile as a reader of this language sees it, under the same rule. */
export function profileFor({ profile }: Pick<DeskServices, 'profile'>, language: Language): PartnerProfile {
  return profileIn(profile(), language);
}
