/** What the chat needs to take reports of wrong contacts and to let administrators settle them. */
import type { Activity } from 'botbuilder-core';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import type { ContactReport, ContactReportStore } from '../../core/services/reports/report-contact.js';

export interface ReportServices {
  readonly store: ContactReportStore;
  readonly newId: () => string;
  /** How many people call it wrong, from the number on that everybody is warned of. */
  readonly doubted: (about: ContactAbout) => number | undefined;
  /** To be called after a report was made or settled: reads the warnings again and sends the messages that are due. */
  readonly changed: () => Promise<void>;
  /** Settles what says something else by now, of the directory as it is this moment. */
  readonly settleChanged: () => Promise<void>;
  /** Where an activity came from, as the SDK wants it to write there later. */
  readonly referenceOf: (activity: Partial<Activity>) => NonNullable<ContactReport['reference']>;
}
