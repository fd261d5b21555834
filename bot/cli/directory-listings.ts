/** Commands that report on the directory: problems, the origin of a value, who changed what. */
import { checkDirectory, type Finding } from '../../core/directory/check.js';
import { diffRows } from '../../core/directory/diff.js';
import type { SourceRows } from '../../core/directory/merge.js';
import {
  originsOfOffer,
  originsOfPublisher,
  type Origin,
  type OriginRule,
} from '../../core/directory/origins.js';
import { buildOfferIndex } from '../../core/directory/search/search.js';
import type { Contact, Directory, Offer, Publisher } from '../../core/directory/types.js';
import { wasGood, type SyncState } from '../../core/services/directory/sync-source.js';
import type { Stores } from '../store/stores.js';
import { EXIT, type Output } from './directory.js';

export type ListingPorts = Pick<Stores, 'directory' | 'profile' | 'syncs'>;
type DirectoryPort = Pick<Stores, 'directory'>;

/** How many findings of each kind are listed without `--verbose`. */
const LISTED = 20;

/** `directory check`. Exit 2 when something was found. */
export async function directoryCheck(
  options: { readonly verbose?: boolean },
  ports: ListingPorts,
  out: Output,
): Promise<number> {
  const profile = await ports.profile.load();
  if (!profile) throw new Error('there is no partner profile');
  const directory = await ports.directory.load();
  const findings = checkDirectory(directory, profile);
  out.line(`${String(directory.offers.size)} offers of ${String(directory.publishers.size)} publishers.`);
  for (const [title, of] of SECTIONS) {
    listed(
      title,
      findings.filter(of).map((one) => findingText(one, directory)),
      options.verbose,
      out,
    );
  }
  const failing = (await ports.syncs.list()).filter((one) => !wasGood(one));
  out.data?.({
    offers: directory.offers.size,
    publishers: directory.publishers.size,
    findings,
    failingSources: failing.map(syncFields),
  });
  listed('Sources that do not come in', failing.map(syncText), true, out);
  const found = findings.length + failing.length;
  if (found === 0) out.line('Nothing to correct.');
  return found === 0 ? EXIT.ok : EXIT.refused;
}

/** The result of a configured source's last run, with times as text. */
function syncFields({ source, triedAt, succeededAt, outcome, detail }: SyncState) {
  return { source, triedAt: isoOf(triedAt), succeededAt: isoOf(succeededAt), outcome, detail };
}

function syncText({ source, triedAt, succeededAt, outcome, detail }: SyncState): string {
  const good = succeededAt === undefined ? 'never read well' : `last read well ${timeText(succeededAt)}`;
  return `${source}: ${timeText(triedAt)} ${outcome}, ${detail}; ${good}`;
}

const SECTIONS: readonly (readonly [string, (finding: Finding) => boolean])[] = [
  ['Nobody to contact for partner staff', (one) => one.kind === 'no-contact' && one.audience === 'partner'],
  ['Nobody to contact for customers', (one) => one.kind === 'no-contact' && one.audience === 'customer'],
  ['Malformed', (one) => one.kind === 'malformed' && one.why !== 'not-e164'],
  [
    'Numbers without a country: people can read them, a card cannot dial them',
    (one) => one.kind === 'malformed' && one.why === 'not-e164',
  ],
  ['Links dead by their form', (one) => one.kind === 'dead-link'],
  ['Contacts marked dead', (one) => one.kind === 'dead-contact'],
  ['Publishers spelt two ways', (one) => one.kind === 'spelt-two-ways'],
];

const DEAD_FORMS = {
  'reserved-name': 'a name that can be nobody’s',
  'scheme-twice': 'has its scheme twice',
  placeholder: 'was never filled in',
} as const;

function findingText(finding: Finding, { offers }: Directory): string {
  switch (finding.kind) {
    case 'no-contact':
      return `${finding.offerId} (${offers.get(finding.offerId)?.name ?? ''})`;
    case 'malformed':
      return `${finding.key} ${finding.field}: ${finding.value}`;
    case 'dead-link':
      return `${finding.key} ${finding.field}: ${finding.value} (${DEAD_FORMS[finding.why]})`;
    case 'dead-contact':
      return `${finding.key} ${finding.contact}, since ${finding.since}`;
    case 'spelt-two-ways':
      return `${finding.spellings.join(' | ')} (${finding.publisherIds.join(', ')})`;
  }
}

/** `directory why`: source, date and rule of every field of an offer, including the fields from its publisher. */
export async function directoryWhy(
  options: { readonly offer: string; readonly field?: string },
  { directory }: DirectoryPort,
  out: Output,
): Promise<number> {
  const merged = await directory.load();
  const offer = offerNamed(options.offer, merged);
  if (!offer) {
    out.line(`No offer is called "${options.offer}". Give its id, or its exact name.`);
    return EXIT.refused;
  }
  const publisher = merged.publishers.get(offer.publisherId);
  const sources = await allRows(directory);
  const asked = (origin: Origin) => matches(origin.field, options.field);
  const own = originsOfOffer(sources, offer.id).filter(asked);
  const lent = originsOfPublisher(sources, offer.publisherId).filter(asked);
  const fields = (owner: Offer | Publisher, origins: readonly Origin[]) =>
    origins.map((one) => ({ of: owner.id, ...one, value: valueText(one.field, owner) }));
  out.data?.({
    offer: { id: offer.id, name: offer.name },
    values: [...fields(offer, own), ...(publisher ? fields(publisher, lent) : [])],
  });
  out.line(`${offer.name} (${offer.id})`);
  for (const origin of own) out.line(`  ${originText(origin, offer)}`);
  if (publisher && lent.length > 0) {
    out.line(`Its publisher, ${publisher.name} (${publisher.id}), for what the offer itself does not give:`);
    for (const origin of lent) out.line(`  ${originText(origin, publisher)}`);
  }
  if (own.length + lent.length > 0) return EXIT.ok;
  out.line(`  no source gives ${options.field ?? 'anything'}`);
  return EXIT.refused;
}

function offerNamed(text: string, directory: Directory): Offer | undefined {
  const byId = directory.offers.get(text) ?? directory.offers.get(text.toLowerCase());
  if (byId) return byId;
  const match = buildOfferIndex(directory).find(text);
  return match.kind === 'one' ? directory.offers.get(match.hit.offerId) : undefined;
}

/** `email` and `support` both find `contacts.customer-support`: a contact is always taken whole. */
function matches(field: string, asked: string | undefined): boolean {
  if (asked === undefined) return true;
  const word = asked.toLowerCase();
  const isContactField =
    /^(email|phone|upn|address|contact|hours)/.test(word) && field.startsWith('contacts.');
  return isContactField || field.toLowerCase().includes(word) || word.startsWith(field.toLowerCase());
}

async function allRows(directory: Stores['directory']): Promise<readonly SourceRows[]> {
  const found: SourceRows[] = [];
  for (const source of await directory.sources()) {
    found.push({ source, rows: [...(await directory.rowsOf(source)).values()] });
  }
  return found;
}

const RULES: Readonly<Record<OriginRule, string>> = {
  'only-source': 'no other source gives it',
  rank: 'its source ranks before the others: admin, then files and lists, then catalog, then sample',
  date: 'it was verified later than what the other sources of its rank say',
  'source-name': 'sources of one rank and date; the first by name counts',
  'same-company': 'from a publisher known by name only that is the same company',
  correction: 'an administrator corrected it; that counts until the source itself changes',
  lapsed: 'an administrator corrected it once, but the source has changed since, so the source counts again',
};

function originText({ field, source, date, rule }: Origin, owner: Offer | Publisher): string {
  return `${field} = ${valueText(field, owner)}\n      from ${source}, ${date ?? 'not dated'}: ${RULES[rule]}`;
}

function valueText(field: string, owner: Offer | Publisher): string {
  const [head = '', rest] = field.split(/\.(.*)/s);
  if (head === 'contacts') return contactText(owner.contacts.find((contact) => contact.kind === rest));
  if (head === 'links') return owner.links[rest as keyof Offer['links']] ?? 'none';
  const value: unknown = owner[head as keyof typeof owner];
  const text = Array.isArray(value) ? value.join('; ') : typeof value === 'string' ? value : '';
  return text === '' ? 'none' : text;
}

/** All fields of a contact on one line. */
export function contactText(contact: Contact | undefined): string {
  if (!contact) return 'none';
  const { name, email, phone, upn, url, hours, deadSince } = contact;
  const dead = deadSince === undefined ? [] : [`dead since ${deadSince}`];
  return [name, email, phone, upn, url, hours, ...dead].filter((part) => part !== undefined).join(', ');
}

/** `directory sources`: how many rows each source owns, and when it last changed. */
export async function directorySources(
  { directory, syncs }: Pick<Stores, 'directory' | 'syncs'>,
  out: Output,
): Promise<number> {
  const imports = await directory.imports(10_000);
  const sources = (await allRows(directory)).map(({ source, rows }) => {
    const all = [...rows];
    const offers = all.filter((row) => row.kind === 'offer').length;
    const last = imports.find((one) => one.source === source);
    return { source, offers, publishers: all.length - offers, changedAt: last?.at, changedBy: last?.actor };
  });
  const states = await syncs.list();
  out.data?.({
    sources: sources.map((one) => ({ ...one, changedAt: isoOf(one.changedAt) })),
    syncs: states.map(syncFields),
  });
  for (const { source, offers, publishers, changedAt, changedBy = '' } of sources) {
    const when =
      changedAt === undefined ? 'no change on record' : `last changed ${timeText(changedAt)} by ${changedBy}`;
    out.line(`${source}: ${String(offers)} offers, ${String(publishers)} publishers; ${when}`);
  }
  for (const state of states) out.line(`sync of ${syncText(state)}`);
  return EXIT.ok;
}

/** `directory audit`: who changed what, when, from which source, newest first. */
export async function directoryAudit(
  options: { readonly key?: string; readonly limit: number },
  { directory }: DirectoryPort,
  out: Output,
): Promise<number> {
  const key =
    options.key === undefined || /^(offer|publisher):/.test(options.key)
      ? options.key
      : `offer:${options.key}`;
  const entries = await directory.audit({ ...(key === undefined ? {} : { key }), limit: options.limit });
  out.data?.({
    changes: entries.map(({ at, before, after, ...entry }) => ({
      at: isoOf(at),
      ...entry,
      fields: before && after ? diffRows(before, after) : [],
    })),
  });
  for (const { at, actor, source, version, change, key: row, before, after } of entries) {
    out.line(`${timeText(at)}  ${actor}  ${source}  version ${String(version)}  ${change} ${row}`);
    if (!before || !after) continue;
    for (const { field, before: old, after: now } of diffRows(before, after)) {
      out.line(`    ${field}: ${old ?? 'none'} → ${now ?? 'none'}`);
    }
  }
  if (entries.length === 0) out.line('No change is on record.');
  return EXIT.ok;
}

function listed(title: string, lines: readonly string[], all: boolean | undefined, out: Output): void {
  if (lines.length === 0) return;
  const most = all ? Infinity : LISTED;
  out.line(`${title}: ${String(lines.length)}`);
  for (const line of lines.slice(0, most)) out.line(`  ${line}`);
  if (lines.length > most) out.line(`  … and ${String(lines.length - most)} more (--verbose lists all)`);
}

const isoOf = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
const timeText = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
