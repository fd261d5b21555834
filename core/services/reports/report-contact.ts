/** Somebody says a contact is wrong; an administrator settles it once; whoever said it is thanked. */
import type { Asker, Language } from '../../terms.js';
import type { ContactAbout } from './contact-about.js';

/** What is wrong with a contact, in the order the form offers it. */
export const REPORT_REASONS = ['bounces', 'dead-number', 'left', 'not-responsible', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** `corrected` by an administrator; `right` after all; `changed`: a source or an edit put other words there. */
export const SETTLEMENT_KINDS = ['corrected', 'right', 'changed'] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

export interface Settlement {
  readonly kind: SettlementKind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The administrator's id on the channel; empty when nobody pressed anything. */
  readonly by: string;
  /** For those who reported it; redacted. */
  readonly note: string;
}

/** Who said it, and where they are thanked. */
export interface Reporter {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly language: Language;
  readonly asker: Asker;
}

export interface ContactReport {
  readonly id: string;
  readonly at: number;
  readonly about: ContactAbout;
  readonly reason: ReportReason;
  /** Redacted and capped. */
  readonly note: string;
  readonly reporter: Reporter;
  /** Where it came from, as the SDK wants it, on channels that need it to be written to. */
  readonly reference?: Readonly<Record<string, unknown>>;
  readonly settled?: Settlement;
}

/** Keeps the reports. One person's open reports of one state of a contact are one report. */
export interface ContactReportStore {
  /** Undefined when added; else what the same person said before and is still open. */
  add(report: ContactReport): Promise<ContactReport | undefined>;
  /** Not settled, oldest first; at most `limit`. */
  open(limit: number): Promise<readonly ContactReport[]>;
  /** All reports of one contact in this state, settled ones too, oldest first. */
  about(about: ContactAbout): Promise<readonly ContactReport[]>;
  /** How many reports somebody made since. */
  countOf(reporter: Pick<Reporter, 'channelId' | 'userId'>, since: number): Promise<number>;
  /** Settles every open report of it and lets the reporters be thanked, in one transaction. Those settled now. */
  settle(about: ContactAbout, settlement: Settlement): Promise<readonly ContactReport[]>;
}

/** From so many different people on, everybody is warned. */
export const DOUBT_FROM = 2;
/** Reports one person may make in a day: more is a machine, or a case for a talk. */
export const MOST_A_DAY = 20;
/** Longest note kept, in UTF-16 units. */
export const MAX_NOTE = 300;
const DAY_MS = 86_400_000;

export interface ReportRequest {
  readonly key: string;
  readonly way: ContactAbout['way'];
  readonly reason: string;
  readonly note: string;
  readonly reporter: Reporter;
  readonly reference?: ContactReport['reference'];
}

export interface ReportDesk {
  readonly store: Pick<ContactReportStore, 'add' | 'countOf' | 'about'>;
  /** `contactMark` of what the contact says now; undefined when it is gone. */
  readonly markNow: (about: Pick<ContactAbout, 'key' | 'way'>) => string | undefined;
  /** Whether the reporter saw what it says now. */
  readonly wasSeen: (about: ContactAbout) => boolean;
  readonly redact: (text: string) => string;
  readonly newId: () => string;
  readonly now: () => number;
}

export type Reported =
  | { readonly kind: 'recorded'; readonly report: ContactReport }
  /** The same person said so before, and it waits to be checked. */
  | { readonly kind: 'before' }
  /** The same person said so before, and the contact was found to be right. */
  | { readonly kind: 'checked' }
  /** It says something else by now. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'too-many' };

/** Takes one report. Who may report what is the caller's business: it knows which contacts this person was shown. */
export async function reportContact(desk: ReportDesk, request: ReportRequest): Promise<Reported> {
  const reason = REPORT_REASONS.find((one) => one === request.reason);
  if (!reason) return { kind: 'no-reason' };
  const { key, way, reporter } = request;
  const mark = desk.markNow({ key, way });
  if (mark === undefined || !desk.wasSeen({ key, way, mark })) return { kind: 'changed' };
  const at = desk.now();
  if ((await desk.store.countOf(reporter, at - DAY_MS)) >= MOST_A_DAY) return { kind: 'too-many' };
  const note = desk.redact(request.note.slice(0, MAX_NOTE)).slice(0, MAX_NOTE);
  const about = { key, way, mark };
  if (await wasChecked(desk, about, reporter)) return { kind: 'checked' };
  const { reference } = request;
  const report = { id: desk.newId(), at, about, reason, note, reporter, ...(reference && { reference }) };
  const earlier = await desk.store.add(report);
  return earlier ? { kind: 'before' } : { kind: 'recorded', report };
}

/** Nobody makes administrators check the same thing twice. */
async function wasChecked({ store }: ReportDesk, about: ContactAbout, reporter: Reporter): Promise<boolean> {
  const own = (one: ContactReport) =>
    one.reporter.userId === reporter.userId && one.reporter.channelId === reporter.channelId;
  return (await store.about(about)).some((one) => own(one) && one.settled?.kind === 'right');
}

export type Settled =
  | { readonly kind: 'settled'; readonly reports: readonly ContactReport[] }
  /** Another administrator, or a source, was faster. */
  | { readonly kind: 'was-settled'; readonly settlement: Settlement }
  | { readonly kind: 'unknown' };

/** Settles what is open about a contact; the second to do so learns who was first. */
export async function settleReports(
  store: Pick<ContactReportStore, 'about' | 'settle'>,
  about: ContactAbout,
  settlement: Settlement,
): Promise<Settled> {
  const reports = await store.settle(about, settlement);
  if (reports.length > 0) return { kind: 'settled', reports };
  const last = (await store.about(about))
    .flatMap(({ settled }) => settled ?? [])
    .sort((a, b) => a.at - b.at)
    .at(-1);
  return last ? { kind: 'was-settled', settlement: last } : { kind: 'unknown' };
}

/** Settles reports of contacts that say something else by now, whoever changed them. Returns how many contacts. */
export async function settleChanged(
  store: Pick<ContactReportStore, 'settle'>,
  open: readonly ContactReport[],
  change: {
    readonly markNow: ReportDesk['markNow'];
    /** Whether what it says now is an administrator's word. */
    readonly isCorrected: (about: Pick<ContactAbout, 'key' | 'way'>) => Promise<boolean>;
    readonly now: number;
  },
): Promise<number> {
  const over = byContact(open).filter(({ about }) => change.markNow(about) !== about.mark);
  for (const { about } of over) {
    const kind = (await change.isCorrected(about)) ? 'corrected' : 'changed';
    await store.settle(about, { kind, at: change.now, by: '', note: '' });
  }
  return over.length;
}

/** What was said about one contact. */
export interface ReportedContact {
  readonly about: ContactAbout;
  /** Oldest first; never empty. */
  readonly reports: readonly ContactReport[];
  /** How many different people. */
  readonly people: number;
}

/** Reports by contact: what most people say first, then what waits longest. */
export function byContact(reports: readonly ContactReport[]): readonly ReportedContact[] {
  const groups = new Map<string, ContactReport[]>();
  for (const report of [...reports].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    const id = aboutId(report.about);
    const group = groups.get(id);
    if (group) group.push(report);
    else groups.set(id, [report]);
  }
  return [...groups.values()]
    .map((group) => ({ about: group[0]!.about, reports: group, people: peopleOf(group) }))
    .sort((a, b) => b.people - a.people || a.reports[0]!.at - b.reports[0]!.at);
}

/** The contacts everybody is warned of, with how many people say so. */
export function doubts(open: readonly ContactReport[]): ReadonlyMap<string, number> {
  return new Map(
    byContact(open).flatMap(({ about, people }) => (people >= DOUBT_FROM ? [[aboutId(about), people]] : [])),
  );
}

/** One text for one state of one contact. */
export function aboutId({ key, way, mark }: ContactAbout): string {
  return `${way}|${mark}|${key}`;
}

function peopleOf(reports: readonly ContactReport[]): number {
  return new Set(reports.map(({ reporter }) => `${reporter.channelId}|${reporter.userId}`)).size;
}
