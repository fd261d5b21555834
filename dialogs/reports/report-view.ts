/** The cards and sentences about reports of wrong contacts, and the words that ask for them. */
import { type ContactAbout, ownerName, presentContact } from '../../core/services/reports/contact-about.js';
import {
  byContact,
  type ContactReport,
  type ReportDeps,
  type Settlement,
} from '../../core/services/reports/report-contact.js';
import { isTyped } from '../../locales/commands.js';
import type { ReportContactData } from '../../cards/reports/report-contact-card.js';
import type { QueuedContact } from '../../cards/reports/report-queue-card.js';
import type { ThanksData } from '../../cards/reports/reporter-card.js';
import { contactMark } from '../../core/directory/correction.js';
import type { Language } from '../../core/terms.js';
import { directoryFor, profileFor, type DeskServices, type DirectoryView } from '../shared/services.js';

/** True when the whole text is the command; a sentence that only contains the word is a question. */
export function asksForReports(text: string): boolean {
  return isTyped('command.reports', text);
}

type Services = Pick<DeskServices, 'view' | 'profile'>;

interface PresentData {
  readonly view: () => Pick<DirectoryView, 'directory'>;
  readonly profile: DeskServices['profile'];
}

/** The mark of a contact's present values, by the present directory and profile. */
export function markNow(services: PresentData): ReportDeps['markNow'] {
  return (about) => {
    const contact = presentContact(about, services.view().directory, services.profile());
    return contact && contactMark(contact);
  };
}

/** The open reports by contact, without those of a contact that has changed: those are settled elsewhere. */
export function queueOf(open: readonly ContactReport[], services: Services): readonly QueuedContact[] {
  const mark = markNow(services);
  return byContact(open)
    .filter(({ about }) => mark(about) === about.mark)
    .map((one) => ({ ...one, name: nameOf(one.about, services) }));
}

/** One contact with all reports about its present values. */
export function reportedContact(
  about: ContactAbout,
  reports: readonly ContactReport[],
  services: Services,
  settled?: ReportContactData['settled'],
): ReportContactData {
  const people = byContact(reports.map((one) => ({ ...one, about })))[0]?.people ?? 0;
  const contact = presentContact(about, services.view().directory, services.profile());
  return { about, name: nameOf(about, services), contact, reports, people, ...(settled && { settled }) };
}

/**
 * The result for a reporter, without the names of other reporters and of the administrator. It has the names that this
 * reader knows; the administrators' cards have the plain ones, which their forms edit.
 */
export function thanksOf(
  report: ContactReport,
  { kind, note }: Settlement,
  services: Services,
  language: Language,
): ThanksData {
  const { about, reason, at } = report;
  const name = ownerName(about.key, directoryFor(services, language), profileFor(services, language));
  return { name, way: about.way, reason, reportedAt: at, outcome: kind, note };
}

function nameOf({ key }: ContactAbout, services: Services): string {
  return ownerName(key, services.view().directory, services.profile());
}
