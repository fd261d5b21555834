/** Reports of wrong contacts, and their pending messages. */
import { sql, type Kysely, type Selectable, type Transaction } from 'kysely';
import type { Way } from '../../../core/policy/decision.js';
import type { ContactAbout } from '../../../core/services/reports/contact-about.js';
import type {
  ContactReport,
  ContactReportStore,
  Reporter,
  ReportReason,
  Settlement,
  SettlementKind,
} from '../../../core/services/reports/report-contact.js';
import type { Asker, Language } from '../../../core/terms.js';
import type { InsightNote } from '../../../core/services/insights/ports.js';
import { addInsights } from '../insights/insight-store.js';
import { NOBODY } from '../people/personal-data.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';

type Db = Kysely<Schema> | Transaction<Schema>;
type Row = Selectable<Schema['contact_reports']>;

export interface PurgeableReportStore extends ContactReportStore {
  /**
   * The person's reports stay but no longer identify the person, and no thanks are sent. Returns the number of reports.
   */
  forget(reporter: Pick<Reporter, 'channelId' | 'userId'>): Promise<number>;
  /**
   * Deletes reports settled before the given time (milliseconds), with their notices. Returns the number of reports.
   */
  purge(before: number): Promise<number>;
}

export function contactReportStore(kysely: Kysely<Schema>): PurgeableReportStore {
  return {
    add: (report) => kysely.transaction().execute((trx) => add(trx, report)),
    async open(limit) {
      const rows = await kysely
        .selectFrom('contact_reports')
        .selectAll()
        .where('settled_at', 'is', null)
        .orderBy('at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(reportOf);
    },
    async about(about) {
      return (await ofContact(kysely, about).orderBy('at').orderBy('id').execute()).map(reportOf);
    },
    async countOf({ channelId, userId }, since) {
      const { count } = await kysely
        .selectFrom('contact_reports')
        .select((one) => one.fn.countAll<number | string>().as('count'))
        .where('channel_id', '=', channelId)
        .where('reporter', '=', indexable(userId))
        .where('at', '>=', since)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    settle: (about, settlement) => kysely.transaction().execute((trx) => settle(trx, about, settlement)),
    forget: (reporter) => kysely.transaction().execute((trx) => forget(trx, reporter)),
    purge: (before) => kysely.transaction().execute((trx) => purge(trx, before)),
  };
}

function ofContact(db: Db, { key, way, mark }: ContactAbout) {
  return db
    .selectFrom('contact_reports')
    .selectAll()
    .where('offer_id', '=', indexable(key))
    .where('contact_kind', '=', way)
    .where('mark', '=', mark);
}

/** The index over a person's reports decides which report was first, on any instance. */
async function add(kysely: Transaction<Schema>, report: ContactReport): Promise<ContactReport | undefined> {
  const added = await kysely
    .insertInto('contact_reports')
    .values(rowOf(report))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (added.numInsertedOrUpdatedRows !== 0n) {
    await addInsights(kysely, [{ note: noteOf(report), at: report.at }]);
    return undefined;
  }
  const { about, reporter } = report;
  const before = await ofContact(kysely, about)
    .where('channel_id', '=', reporter.channelId)
    .where('reporter', '=', indexable(reporter.userId))
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  return before && reportOf(before);
}

function noteOf({ about, reporter }: ContactReport): InsightNote {
  const { language, asker } = reporter;
  const isListed = /^(offer|publisher):/.test(about.key);
  return { event: 'contact-wrong', ...(isListed && { about: about.key }), language, asker };
}

/** The first administrator settles an open report. Then the thanks to its reporters become due. */
async function settle(
  trx: Transaction<Schema>,
  { key, way, mark }: ContactAbout,
  { kind, at, by, note }: Settlement,
): Promise<readonly ContactReport[]> {
  const rows = await trx
    .updateTable('contact_reports')
    .set({ settled_at: at, settled_by: by, settlement: kind, settle_note: note })
    .where('offer_id', '=', indexable(key))
    .where('contact_kind', '=', way)
    .where('mark', '=', mark)
    .where('settled_at', 'is', null)
    .returningAll()
    .execute();
  for (const row of rows) await trx.insertInto('contact_notices').values(thanksFor(row, at)).execute();
  return rows.map(reportOf);
}

function thanksFor(row: Row, at: number): Selectable<Schema['contact_notices']> {
  const { id, channel_id, conversation_id, reporter } = row;
  const when = { since: at, due_at: at, attempts: 0, ended_at: null, outcome: null };
  return {
    id: joinKey(id, 'thanks'),
    report_id: id,
    purpose: 'thanks',
    channel_id,
    conversation_id,
    user_id: reporter,
    ...when,
  };
}

/**
 * Each forgotten person gets a separate name: two forgotten reporters still count as two reporters. The reason stays,
 * the person's own words do not.
 */
async function forget(
  trx: Transaction<Schema>,
  { channelId, userId }: Pick<Reporter, 'channelId' | 'userId'>,
): Promise<number> {
  const id = indexable(userId);
  await trx
    .deleteFrom('contact_notices')
    .where('channel_id', '=', channelId)
    .where('user_id', '=', id)
    .execute();
  const done = await trx
    .updateTable('contact_reports')
    .set({ reporter: sql<string>`${`${NOBODY}:`} || id`, conversation_id: NOBODY, reference: null, note: '' })
    .where('channel_id', '=', channelId)
    .where('reporter', '=', id)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

async function purge(trx: Transaction<Schema>, before: number): Promise<number> {
  const old = trx.selectFrom('contact_reports').select('id').where('settled_at', '<', before);
  await trx.deleteFrom('contact_notices').where('report_id', 'in', old).execute();
  const gone = await trx.deleteFrom('contact_reports').where('settled_at', '<', before).executeTakeFirst();
  return Number(gone.numDeletedRows);
}

function rowOf({ id, at, about, reason, note, reporter, reference }: ContactReport): Row {
  return {
    id,
    at,
    offer_id: indexable(about.key),
    contact_kind: about.way,
    mark: about.mark,
    reason,
    note,
    reporter: indexable(reporter.userId),
    asker: reporter.asker,
    language: reporter.language,
    channel_id: reporter.channelId,
    conversation_id: indexable(reporter.conversationId),
    reference: reference ? JSON.stringify(reference) : null,
    settled_at: null,
    settled_by: null,
    settlement: '',
    settle_note: '',
    planned_at: null,
  };
}

/** The report in the form that the core uses. */
export function reportOf(row: Row): ContactReport {
  const { id, at, reason, note } = row;
  const settled = row.settled_at === null ? undefined : settlementOf(row, row.settled_at);
  return {
    id,
    at,
    about: { key: row.offer_id, way: row.contact_kind as Way, mark: row.mark },
    reason: reason as ReportReason,
    note,
    reporter: {
      channelId: row.channel_id,
      conversationId: row.conversation_id,
      userId: row.reporter,
      language: row.language as Language,
      asker: row.asker as Asker,
    },
    ...(row.reference === null
      ? {}
      : { reference: JSON.parse(row.reference) as Readonly<Record<string, unknown>> }),
    ...(settled && { settled }),
  };
}

function settlementOf(row: Row, at: number): Settlement {
  return {
    kind: row.settlement as SettlementKind,
    at,
    by: row.settled_by ?? '',
    note: row.settle_note,
  };
}
