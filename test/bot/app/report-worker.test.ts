/** The report worker settles by what the store says now, writes nothing without need, and goes on after a failure. */
import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  settlingOf,
  startReportWorker,
  type ReportWorkerDeps,
  type SettlingDeps,
} from '../../../bot/app/report-worker.js';
import { WakeSignal } from '../../../bot/runtime/wake-signal.js';
import type { ContactReport, Settlement } from '../../../core/services/reports/report-contact.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const ABOUT = { key: 'offer:fabrikam.backup', way: 'publisher-support', mark: 'new' } as const;
const REPORT: ContactReport = {
  id: 'r1',
  at: 1,
  about: ABOUT,
  reason: 'left',
  note: '',
  reporter: {
    channelId: 'msteams',
    conversationId: 'a:1',
    userId: '29:ada',
    language: 'en',
    asker: 'partner',
  },
};

describe('the report worker', () => {
  let open: ContactReport[];
  let settled: Settlement[];
  let held: ContactReport['about']['mark'];
  let stored: string;
  let leases: number;
  let log: CapturedLog;
  beforeEach(() => {
    [open, settled, held, stored, leases, log] = [[REPORT], [], 'new', 'new', 0, new CapturedLog()];
  });
  const settling = (over: Partial<SettlingDeps> = {}) =>
    settlingOf({
      reports: {
        open: () => Promise.resolve(open),
        settle: (_about, settlement) => {
          settled.push(settlement);
          const done = open;
          open = [];
          return Promise.resolve(done);
        },
      },
      markNow: () => held,
      refresh: () => {
        held = stored;
        return Promise.resolve();
      },
      isCorrected: () => Promise.resolve(true),
      onSettled: () => Promise.resolve(),
      now: () => 7,
      ...over,
    });
  const deps = (over: Partial<ReportWorkerDeps> = {}): ReportWorkerDeps => ({
    settling: settling(),
    wake: new WakeSignal(),
    notices: {
      unplanned: () => Promise.resolve([]),
      plan: () => Promise.resolve(),
      due: () => Promise.resolve([]),
      later: () => Promise.resolve(),
      end: () => Promise.resolve(),
    },
    leases: {
      withLease: (_name, _ttl, work) => {
        leases += 1;
        return work(new AbortController().signal);
      },
    },
    administrators: () => Promise.resolve({ chats: [], sure: true }),
    send: () => Promise.resolve({ kind: 'answered', status: 200 }),
    now: () => 7,
    log,
    ...over,
  });
  /** Lets the first round end. */
  const afterRound = async (given: ReportWorkerDeps) => {
    const worker = startReportWorker(given);
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    await worker.stop();
  };

  it('does not settle what only this instance has not read yet', async () => {
    held = 'old';
    await afterRound(deps());
    assert.deepEqual([settled, leases], [[], 0]);
  });

  it('settles what says something else in the store, once, under a lease', async () => {
    [held, stored] = ['other', 'other'];
    await afterRound(deps());
    assert.deepEqual(settled, [{ kind: 'corrected', at: 7, by: '', note: '' }]);
    assert.equal(leases, 1);
  });

  it('writes nothing, not even a lease, while there is nothing to do', async () => {
    await afterRound(deps());
    assert.equal(leases, 0);
  });

  it('takes a contact for right when an administrator looked after it and left it as it is', async () => {
    const reports = settling();
    await reports.lookedAfter({ key: ABOUT.key, kind: 'engineering' });
    await reports.lookedAfter({ key: 'offer:other', kind: 'customer-support' });
    assert.deepEqual(settled, []);
    await reports.lookedAfter({ key: ABOUT.key, kind: 'customer-support' });
    assert.deepEqual(settled, [{ kind: 'right', at: 7, by: '', note: '' }]);
  });

  it('logs a round that fails and looks again when woken', async () => {
    let failing = true;
    [held, stored] = ['other', 'other'];
    const refresh = () => (failing ? Promise.reject(new Error('no store')) : Promise.resolve());
    const wake = new WakeSignal();
    const worker = startReportWorker(deps({ settling: settling({ refresh }), wake }));
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    assert.ok(log.entries.some(({ event }) => event === 'reports.failed'));
    failing = false;
    wake.wake();
    for (let turn = 0; turn < 20; turn += 1) await nextTurn();
    assert.equal(settled.length, 1);
    await worker.stop();
  });
});
