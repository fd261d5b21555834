/** The bot tells administrators and reporters once, tries again after a failure, and logs a notice it cannot send. */
import assert from 'node:assert/strict';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import type { ContactReport } from '../../../../core/services/reports/report-contact.js';
import {
  sendNotices,
  type ChatAddress,
  type Notice,
  type NoticeEnd,
  type NoticeStore,
} from '../../../../core/services/reports/report-notices.js';
import { CapturedLog } from '../../../helpers/capture-log.js';

const ROOT: ChatAddress = { channelId: 'msteams', conversationId: 'a:root', userId: '29:root' };
const TOOR: ChatAddress = { channelId: 'msteams', conversationId: 'a:toor', userId: '29:toor' };
const OK: SendResult = { kind: 'answered', status: 200 };
const answered = (status: number, more: object = {}): SendResult => ({ kind: 'answered', status, ...more });
const REPORT: ContactReport = {
  id: 'r1',
  at: 1,
  about: { key: 'offer:fabrikam.backup', way: 'publisher-support', mark: 'm1' },
  reason: 'left',
  note: '',
  reporter: {
    channelId: 'msteams',
    conversationId: 'a:ada',
    userId: '29:ada',
    language: 'en',
    asker: 'partner',
  },
};

class Notices implements NoticeStore {
  fresh: ContactReport[] = [REPORT];
  rows: (Notice & { dueAt: number; ended?: NoticeEnd })[] = [];
  unplanned(): Promise<readonly ContactReport[]> {
    return Promise.resolve(this.fresh);
  }
  plan(reportId: string, admins: readonly ChatAddress[], at: number, all: boolean): Promise<void> {
    for (const to of admins) {
      const id = `${reportId}|${to.userId}`;
      if (this.rows.some((row) => row.id === id)) continue;
      this.rows.push({ id, purpose: 'task', report: REPORT, to, attempts: 0, since: at, dueAt: at });
    }
    if (all) this.fresh = this.fresh.filter(({ id }) => id !== reportId);
    return Promise.resolve();
  }
  due(now: number, limit: number): Promise<readonly Notice[]> {
    return Promise.resolve(this.rows.filter((row) => !row.ended && row.dueAt <= now).slice(0, limit));
  }
  later(id: string, dueAt: number): Promise<void> {
    this.change(id, (row) => ({ ...row, dueAt, attempts: row.attempts + 1 }));
    return Promise.resolve();
  }
  end(id: string, how: NoticeEnd): Promise<void> {
    this.change(id, (row) => ({ ...row, ended: how }));
    return Promise.resolve();
  }
  private change(id: string, by: (row: Notices['rows'][number]) => Notices['rows'][number]): void {
    this.rows = this.rows.map((row) => (row.id === id ? by(row) : row));
  }
}

describe('sending notices of reports', () => {
  let notices: Notices;
  let sent: string[];
  let now: number;
  let answers: SendResult[];
  beforeEach(() => {
    notices = new Notices();
    [sent, now, answers] = [[], 1_000, []];
  });
  const desk = (chats: readonly ChatAddress[] = [ROOT], sure = true) => ({
    notices,
    administrators: () => Promise.resolve({ chats, sure }),
    send: (notice: Notice) => {
      sent.push(`${notice.purpose} ${notice.to.userId}`);
      return Promise.resolve(answers.shift() ?? OK);
    },
    now: () => now,
    random: () => 0.5,
    log: new CapturedLog(),
  });

  it('tells every administrator once, after any number of runs', async () => {
    assert.equal(await sendNotices(desk([ROOT, TOOR])), 2);
    assert.equal(await sendNotices(desk([ROOT, TOOR])), 0);
    assert.deepEqual(sent, ['task 29:root', 'task 29:toor']);
  });

  it('keeps a report until the complete list of administrators is known', async () => {
    assert.equal(await sendNotices(desk([])), 0);
    assert.equal(notices.fresh.length, 1);
    await sendNotices(desk([ROOT], false));
    assert.equal(notices.fresh.length, 1);
    await sendNotices(desk([ROOT, TOOR]));
    assert.deepEqual([sent, notices.fresh], [['task 29:root', 'task 29:toor'], []]);
  });

  it('sends no notice of a task that was settled meanwhile', async () => {
    await notices.plan('r1', [ROOT], now, true);
    const settled = { kind: 'right', at: 2, by: '29:toor', note: '' } as const;
    notices.rows = notices.rows.map((row) => ({ ...row, report: { ...REPORT, settled } }));
    assert.equal(await sendNotices(desk()), 0);
    assert.deepEqual([sent, notices.rows[0]?.ended], [[], 'settled']);
  });

  const later: readonly (readonly [string, SendResult, number])[] = [
    ['a server error', answered(503), 1_000],
    ['no answer in time', { kind: 'timed-out' }, 1_000],
    ['no token', { kind: 'no-token' }, 1_000],
    ['a limit, which says when', answered(429, { retryAfterMs: 30_000 }), 30_000],
  ];
  for (const [what, answer, wait] of later) {
    it(`tries again after ${what}`, async () => {
      answers = [answer];
      await sendNotices(desk());
      now += wait - 1;
      await sendNotices(desk());
      assert.equal(sent.length, 1);
      now += 60_000;
      assert.equal(await sendNotices(desk()), 1);
      assert.equal(notices.rows[0]?.attempts, 1);
    });
  }

  const never: readonly (readonly [string, SendResult, NoticeEnd])[] = [
    ['the bot was removed', answered(403, { code: 'BotNotInConversationRoster' }), 'gone'],
    ['the conversation is gone', answered(404, { code: 'ConversationNotFound' }), 'gone'],
    ['the message will never be taken', answered(400, { code: 'BadSyntax' }), 'refused'],
  ];
  for (const [what, answer, end] of never) {
    it(`does not try again when ${what}`, async () => {
      answers = [answer];
      await sendNotices(desk());
      now += 86_400_000;
      assert.equal(await sendNotices(desk()), 0);
      assert.deepEqual([sent.length, notices.rows[0]?.ended], [1, end]);
    });
  }

  it('tries again after the clock was set forward by two days', async () => {
    answers = [answered(500)];
    await sendNotices(desk());
    now += 2 * 86_400_000;
    answers = [answered(500)];
    await sendNotices(desk());
    assert.equal(notices.rows[0]?.ended, undefined);
  });

  it('gives up after a day without success: the queue still has the report', async () => {
    for (let hour = 0; hour < 30; hour += 1) {
      answers = [answered(500)];
      await sendNotices(desk());
      now += 3_600_000;
    }
    assert.equal(notices.rows[0]?.ended, 'given-up');
    assert.ok(sent.length > 20 && sent.length < 28, String(sent.length));
  });
});
