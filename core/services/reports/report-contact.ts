/** Reports of wrong contacts: somebody reports a contact, an administrator settles the report once, and the reporter is thanked. */
import type { Asker, Language } from '../../terms.js';
import type { ContactAbout } from './contact-about.js';

/** What can be wrong with a contact, in the order of the form. */
export const REPORT_REASONS = ['bounces', 'dead-number', 'left', 'not-responsible', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

/** `corrected`: by an administrator. `right`: the contact was right. `changed`: a source or another edit changed the contact. */
export const SETTLEMENT_KINDS = ['corrected', 'right', 'changed'] as const;
export type SettlementKind = (typeof SETTLEMENT_KINDS)[number];

export interface Settlement {
  readonly kind: SettlementKind;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The administrator's id on the channel; empty when no administrator settled it. */
  readonly by: string;
  /** For the reporters; redacted. */
  readonly note: string;
}

/** Who reported the contact, and the conversation for the thanks. */
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
  /** The conversation reference, on channels that need one for later messages. */
  readonly reference?: Readonly<Record<string, unknown>>;
  readonly settled?: Settlement;
}

/** Stores reports. One person has at most one open report about the same values of a contact. */
export interface ContactReportStore {
  /** Undefined when the report was added; otherwise the open report that the same person made before. */
  add(report: ContactReport): Promise<ContactReport | undefined>;
  /** Open reports, oldest first, at most `limit`. */
  open(limit: number): Promise<readonly ContactReport[]>;
  /** All reports about these values of a contact, settled ones too, oldest first. */
  about(about: ContactAbout): Promise<readonly ContactReport[]>;
  /** The number of reports that a person made since then. */
  countOf(reporter: Pick<Reporter, 'channelId' | 'userId'>, since: number): Promise<number>;
  /** Settles every open report and plans the thanks, in one transaction. Returns the reports settled now. */
  settle(about: ContactAbout, settlement: Settlement): Promise<readonly ContactReport[]>;
}

/** When this many people have reported a contact, its cards show a warning. */
export const DOUBT_FROM = 2;
/** The most reports by one person in a day. */
export const MOST_A_DAY = 20;
/** The longest note that is stored, in UTF-16 units. */
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

export interface ReportDeps {
  readonly store: Pick<ContactReportStore, 'add' | 'countOf' | 'about'>;
  /** `contactMark` of the present contact; undefined when it no longer exists. */
  readonly markNow: (about: Pick<ContactAbout, 'key' | 'way'>) => string | undefined;
  /** True when the reporter saw the present values. */
  readonly wasSeen: (about: ContactAbout) => boolean;
  readonly redact: (text: string) => string;
  readonly newId: () => string;
  readonly now: () => number;
}

export type Reported =
  | { readonly kind: 'recorded'; readonly report: ContactReport }
  /** The same person has reported it before, and the report is open. */
  | { readonly kind: 'before' }
  /** The same person has reported it before, and the contact was right. */
  | { readonly kind: 'checked' }
  /** The contact has changed since the reporter saw it. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'too-many' };

/** Accepts one report. The caller checks that the person may report this contact, because it knows what the person was shown. */
export async function reportContact(deps: ReportDeps, request: ReportRequest): Promise<Reported> {
  const reason = REPORT_REASONS.find((one) => one === request.reason);
  if (!reason) return { kind: 'no-reason' };
  const { key, way, reporter } = request;
  const mark = deps.markNow({ key, way });
  if (mark === undefined || !deps.wasSeen({ key, way, mark })) return { kind: 'changed' };
  const at = deps.now();
  if ((await deps.store.countOf(reporter, at - DAY_MS)) >= MOST_A_DAY) return { kind: 'too-many' };
  const note = deps.redact(request.note.slice(0, MAX_NOTE)).slice(0, MAX_NOTE);
  const about = { key, way, mark };
  if (await wasChecked(deps, about, reporter)) return { kind: 'checked' };
  const { reference } = request;
  const report = { id: deps.newId(), at, about, reason, note, reporter, ...(reference && { reference }) };
  const earlier = await deps.store.add(report);
  return earlier ? { kind: 'before' } : { kind: 'recorded', report };
}

/** True when an administrator has already found that this report of the same person was wrong. */
async function wasChecked({ store }: ReportDeps, about: ContactAbout, reporter: Reporter): Promise<boolean> {
  const own = (one: ContactReport) =>
    one.reporter.userId === reporter.userId && one.reporter.channelId === reporter.channelId;
  return (await store.about(about)).some((one) => own(one) && one.settled?.kind === 'right');
}

export type Settled =
  | { readonly kind: 'settled'; readonly reports: readonly ContactReport[] }
  /** Another administrator or a source settled it before. */
  | { readonly kind: 'was-settled'; readonly settlement: Settlement }
  | { readonly kind: 'unknown' };

/** Settles the open reports about a contact, or returns the settlement that was made before. */
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

/** Settles the reports of contacts that have changed since. Returns the number of contacts. */
export async function settleChanged(
  store: Pick<ContactReportStore, 'settle'>,
  open: readonly ContactReport[],
  change: {
    readonly markNow: ReportDeps['markNow'];
    /** True when an administrator made the present values. */
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

/** The reports about one contact. */
export interface ReportedContact {
  readonly about: ContactAbout;
  /** Oldest first; never empty. */
  readonly reports: readonly ContactReport[];
  /** The number of different reporters. */
  readonly people: number;
}

/** Groups reports by contact: first the contacts with the most reporters, then those that have waited longest. */
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

/** The contacts whose cards show a warning, with the number of reporters. */
export function doubts(open: readonly ContactReport[]): ReadonlyMap<string, number> {
  return new Map(
    byContact(open).flatMap(({ about, people }) => (people >= DOUBT_FROM ? [[aboutId(about), people]] : [])),
  );
}

/** A key for the same values of the same contact. */
export function aboutId({ key, way, mark }: ContactAbout): string {
  return `${way}|${mark}|${key}`;
}

function peopleOf(reports: readonly ContactReport[]): number {
  return new Set(reports.map(({ reporter }) => `${reporter.channelId}|${reporter.userId}`)).size;
}
