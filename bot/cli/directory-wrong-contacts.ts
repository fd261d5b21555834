/** `directory reports`: lists the contacts that people reported as wrong, without the names of the reporters. */
import { contactMark } from '../../core/directory/correction.js';
import type { Contact } from '../../core/directory/types.js';
import { ownerName, presentContact } from '../../core/services/reports/contact-about.js';
import {
  byContact,
  DOUBT_FROM,
  type ContactReport,
  type ContactReportStore,
} from '../../core/services/reports/report-contact.js';
import type { DirectoryStore, ProfileStore } from '../../core/ports.js';
import { DeskError } from '../../core/errors.js';
import { EXIT, type Output } from './directory.js';

export interface WrongContactStores {
  readonly directory: Pick<DirectoryStore, 'load'>;
  readonly profile: Pick<ProfileStore, 'load'>;
  readonly reports: Pick<ContactReportStore, 'open'>;
}

/**
 * Prints at most `limit` contacts, those with most reports first. @throws DeskError `config.invalid` without a profile.
 */
export async function directoryWrongContacts(
  { limit }: { readonly limit: number },
  { directory, profile, reports }: WrongContactStores,
  out: Output,
): Promise<number> {
  const [view, partner] = [await directory.load(), await profile.load()];
  if (!partner) throw new DeskError('config.invalid', 'there is no partner profile; see OFFER_DESK_PROFILE');
  const contacts = byContact(await reports.open(MOST_READ));
  const shown = contacts.slice(0, limit).map(({ about, reports: said, people }) => {
    const contact = presentContact(about, view, partner);
    const isChanged = (contact && contactMark(contact)) !== about.mark;
    return { about, name: ownerName(about.key, view, partner), people, contact, isChanged, said };
  });
  out.data?.({ total: contacts.length, contacts: shown.map(fieldsOf) });
  for (const { about, name, people, contact, isChanged, said } of shown) {
    out.line(`${name} (${about.key}), ${about.way}: ${String(people)} ${people === 1 ? 'person' : 'people'}`);
    out.line(`    now: ${wayText(contact)}`);
    for (const report of said) out.line(`    ${reportText(report)}`);
    if (isChanged) out.line('    It says something else since: the running bot settles this by itself.');
    else if (people >= DOUBT_FROM) out.line('    Everybody is warned on the answer until it is settled.');
  }
  const more = contacts.length - limit;
  if (more > 0) out.line(`… and ${String(more)} more (--limit)`);
  out.line(
    contacts.length === 0
      ? 'Nothing is reported as wrong.'
      : `Contacts reported as wrong: ${String(contacts.length)}`,
  );
  return contacts.length === 0 ? EXIT.ok : EXIT.refused;
}

const MOST_READ = 10_000;

function wayText(contact: Contact | undefined): string {
  const { name, email, phone, url, upn, deadSince } = contact ?? {};
  const said = [name, email, phone, url, upn].filter((one) => one !== undefined);
  const dead = deadSince === undefined ? [] : [`dead since ${deadSince}`];
  return [...said, ...dead].join(' · ') || 'nothing';
}

interface Shown {
  readonly about: ContactReport['about'];
  readonly name: string;
  readonly people: number;
  readonly contact: Contact | undefined;
  readonly isChanged: boolean;
  readonly said: readonly ContactReport[];
}

/** Leaves out the reporters. */
function fieldsOf({ about, name, people, contact, isChanged, said }: Shown) {
  const reports = said.map(({ at, reporter, reason, note }) => ({
    at: new Date(at).toISOString(),
    asker: reporter.asker,
    reason,
    note,
  }));
  return { key: about.key, name, way: about.way, people, now: contact, changedSince: isChanged, reports };
}

function reportText({ at, reporter, reason, note }: ContactReport): string {
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${when}  ${reporter.asker}  ${reason}${note === '' ? '' : `: ${note}`}`;
}
