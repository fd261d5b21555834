/** What the chat needs to take reports of wrong contacts and to let administrators settle them. */
import type { Activity } from 'botbuilder-core';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import type { ContactReport, ContactReportStore } from '../../core/services/reports/report-contact.js';

export interface ReportServices {
  readonly store: ContactReportStore;
  readonly newId: () => string;
  /** From this number of reporters on, every reader gets a warning. */
  readonly doubted: (about: ContactAbout) => number | undefined;
  /** Call after a report was made or settled: reads the warnings again and sends the due messages. */
  readonly changed: () => Promise<void>;
  /** Settles the reports of contacts that have changed, by the present directory. */
  readonly settleChanged: () => Promise<void>;
  /** The conversation reference of an activity, as the SDK needs it for a later message. */
  readonly referenceOf: (activity: Partial<Activity>) => NonNullable<ContactReport['reference']>;
}
