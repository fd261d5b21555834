/** Pending messages about reports: the task for administrators and the result for reporters. */
import type { Kysely } from 'kysely';
import type { Notice, NoticeStore } from '../../../core/services/reports/report-notices.js';
import { reportOf } from './contact-report-store.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';

/** Only one worker at a time uses this store: the caller holds a lease. */
export function contactNoticeStore(kysely: Kysely<Schema>): NoticeStore {
  const set = async (id: string, values: { ended_at: number; outcome: string }) => {
    await kysely.updateTable('contact_notices').set(values).where('id', '=', id).execute();
  };
  return {
    async unplanned(limit) {
      const rows = await kysely
        .selectFrom('contact_reports')
        .selectAll()
        .where('planned_at', 'is', null)
        .where('settled_at', 'is', null)
        .orderBy('at')
        .limit(limit)
        .execute();
      return rows.map(reportOf);
    },
    plan: (reportId, admins, at, all) => plan(kysely, reportId, admins, at, all),
    due: (now, limit) => due(kysely, now, limit),
    async later(id, dueAt) {
      await kysely
        .updateTable('contact_notices')
        .set((row) => ({ due_at: dueAt, attempts: row('attempts', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
    end: (id, how, at) => set(id, { ended_at: at, outcome: how }),
  };
}

async function plan(
  kysely: Kysely<Schema>,
  ...[reportId, admins, at, all]: Parameters<NoticeStore['plan']>
): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    for (const { channelId, conversationId, userId } of admins) {
      const when = { since: at, due_at: at, attempts: 0, ended_at: null, outcome: null };
      await trx
        .insertInto('contact_notices')
        .values({
          id: joinKey(reportId, 'task', channelId, userId),
          report_id: reportId,
          purpose: 'task',
          channel_id: channelId,
          conversation_id: indexable(conversationId),
          user_id: indexable(userId),
          ...when,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (all) {
      const row = trx.updateTable('contact_reports').set({ planned_at: at });
      await row.where('id', '=', reportId).execute();
    }
  });
}

async function due(kysely: Kysely<Schema>, now: number, limit: number): Promise<readonly Notice[]> {
  const rows = await kysely
    .selectFrom('contact_notices')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((row) => row.report_id))];
  const found = await kysely.selectFrom('contact_reports').selectAll().where('id', 'in', ids).execute();
  const reports = new Map(found.map((row) => [row.id, reportOf(row)]));
  return rows.flatMap((row) => {
    const report = reports.get(row.report_id);
    const { id, purpose, attempts, since } = row;
    const to = { channelId: row.channel_id, conversationId: row.conversation_id, userId: row.user_id };
    return report ? [{ id, purpose, report, to, attempts, since }] : [];
  });
}
