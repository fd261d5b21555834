/** `directory verify`: lists contacts without a recent verification, and records a verification. */
import { verificationQueue } from '../../core/directory/check.js';
import type { Contact } from '../../core/directory/types.js';
import { contactKindOf } from '../../core/services/reports/contact-about.js';
import { correctContact } from '../../core/services/directory/correct-contact.js';
import { byContact } from '../../core/services/reports/report-contact.js';
import { CONTACT_KINDS, type ContactKind } from '../../core/terms.js';
import type { Stores } from '../store/stores.js';
import { isContactKind, keyOf } from './directory-correct.js';
import { contactText } from './directory-listings.js';
import { EXIT, type CommandContext, type Output } from './directory.js';

export interface VerifyOptions {
  /** An offer's id, or `publisher:<id>`; absent: list what to verify. */
  readonly key?: string;
  /** Absent: every current contact of the key. */
  readonly kind?: string;
  /** The maximum number of listed contacts. */
  readonly limit: number;
}
type Ports = Pick<Stores, 'directory' | 'reports'>;

/** The maximum number of open reports that are read; administrators get the others anyway. */
const MOST_OPEN = 1_000;

/** Lists the queue, or removes contacts from it: the operator confirms that they are correct. */
export async function directoryVerify(
  { key, kind, limit }: VerifyOptions,
  ports: Ports,
  out: Output,
  context: CommandContext,
): Promise<number> {
  if (key === undefined) return list(limit, ports, out, context);
  if (kind !== undefined && !isContactKind(kind)) {
    out.line(`"${kind}" is none of ${CONTACT_KINDS.join(', ')}.`);
    return EXIT.refused;
  }
  return confirm(keyOf(key), kind, ports, out, context);
}

async function list(
  limit: number,
  { directory }: Ports,
  out: Output,
  { now }: CommandContext,
): Promise<number> {
  const queue = verificationQueue(await directory.load(), now);
  out.data?.({
    total: queue.length,
    contacts: queue
      .slice(0, limit)
      .map(({ key, name, contact, verifiedOn }) => ({ key, name, verifiedOn, ...contact })),
  });
  for (const { key, name, contact, verifiedOn } of queue.slice(0, limit)) {
    out.line(`${verifiedOn ?? 'never     '}  ${key} (${name})  ${contact.kind}: ${contactText(contact)}`);
  }
  out.line(`${String(queue.length)} contacts were not verified within half a year.`);
  const [first] = queue;
  if (first) {
    out.line(`Is it right? directory verify ${first.key} ${first.contact.kind}`);
    out.line(`Is it wrong? directory correct ${first.key} ${first.contact.kind} --email … (or --dead left)`);
  }
  return EXIT.ok;
}

async function confirm(
  key: string,
  kind: ContactKind | undefined,
  ports: Ports,
  out: Output,
  context: CommandContext,
): Promise<number> {
  const contacts = await contactsOf(key, ports);
  const wanted = contacts?.filter((one) => kind === undefined || one.kind === kind) ?? [];
  if (wanted.length === 0) {
    out.line(contacts ? `${key} has no such contact of its own.` : `The directory does not know ${key}.`);
    return EXIT.refused;
  }
  const codes: number[] = [];
  for (const contact of wanted) codes.push(await confirmOne(key, contact, ports, out, context));
  const left = verificationQueue(await ports.directory.load(), context.now);
  const next = left[0] ? `; next: ${left[0].key} ${left[0].contact.kind}` : '';
  out.line(`${String(left.length)} contacts are still to be verified${next}.`);
  return Math.max(...codes);
}

async function contactsOf(key: string, { directory }: Ports): Promise<readonly Contact[] | undefined> {
  const { offers, publishers } = await directory.load();
  const [kind, id = ''] = key.split(/:(.*)/s);
  return (kind === 'offer' ? offers.get(id) : publishers.get(id))?.contacts;
}

async function confirmOne(
  key: string,
  contact: Contact,
  { directory, reports }: Ports,
  out: Output,
  context: CommandContext,
): Promise<number> {
  const what = `${key} ${contact.kind}`;
  if (contact.deadSince !== undefined) {
    out.line(`${what} is marked dead since ${contact.deadSince}; bring it back with "directory correct".`);
    return EXIT.refused;
  }
  const done = await correctContact(directory, { key, kind: contact.kind, fields: {}, ...context });
  if (done.kind === 'corrected' || done.kind === 'same') {
    await settleReports(reports, key, contact.kind, context);
    out.line(`Verified by ${context.actor}: ${what}: ${contactText(done.contact)}`);
    return EXIT.ok;
  }
  out.line(`${what} was changed by somebody else at this moment. Look at it and repeat.`);
  return EXIT.refused;
}

/** The server tells the reporters of this contact that an administrator checked it. */
async function settleReports(
  reports: Ports['reports'],
  key: string,
  kind: ContactKind,
  { now }: CommandContext,
): Promise<void> {
  const meant = byContact(await reports.open(MOST_OPEN)).filter(
    ({ about }) => about.key === key && contactKindOf(about.way) === kind,
  );
  for (const { about } of meant) await reports.settle(about, { kind: 'right', at: now, by: '', note: '' });
}
