/** The worker that asks about due cases: at least once, once without a failure, and not in quiet hours. */
import assert from 'node:assert/strict';
import type { ContactCase } from '../../../../core/services/cases/case.js';
import { sendDueCases, type RemindDeps } from '../../../../core/services/cases/remind.js';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import { DAY_MS, HOUR_MS, inOffice, MONDAY, sampleCase } from '../../../helpers/cases.js';
import { CapturedLog } from '../../../helpers/capture-log.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const GOOD: SendResult = { kind: 'answered', status: 200 };
const DUE = MONDAY + DAY_MS;

onEveryEngine('the worker of cases', (stores) => {
  let now = DUE;
  let sent: string[] = [];
  let next = 0;
  beforeEach(async () => {
    [now, sent] = [DUE, []];
    await stores().database.kysely.deleteFrom('cases').execute();
  });

  const add = (over: Partial<ContactCase> = {}) => {
    next += 1;
    return stores().cases.add(
      sampleCase({ id: `r-${next}`, clickKey: `r-${next}`, managerId: null, ...over }),
    );
  };
  const worker = (over: Partial<RemindDeps> = {}): RemindDeps => ({
    store: stores().cases,
    hoursOf: inOffice,
    quietOf: () => Promise.resolve(null),
    send: (one, message) => {
      sent.push(`${one.id} ${message}`);
      return Promise.resolve(GOOD);
    },
    limiter: { take: () => ({ kind: 'go' }), pause: () => undefined },
    isOwn: () => false,
    now: () => now,
    random: () => 0.5,
    log: new CapturedLog(),
    ...over,
  });
  const kept = async ({ id }: ContactCase) => {
    const one = await stores().cases.byId(id);
    assert.ok(one);
    return one;
  };

  it('asks once about each due case, also when several workers run at once', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => add()));
    for (let rounds = 0; rounds < 4; rounds += 1)
      await Promise.all([1, 2, 3].map(() => sendDueCases(worker())));
    assert.deepEqual([...sent].sort(), all.map(({ id }) => `${id} reminder`).sort());
  });

  it('asks again after its claim is over when a worker died before it recorded the message', async () => {
    const one = await add();
    const died = () => Promise.reject(new Error('killed here'));
    await assert.rejects(sendDueCases(worker({ store: { ...stores().cases, save: died } })));
    await sendDueCases(worker());
    assert.equal(sent.length, 1, 'the claim of the dead worker holds');
    now += 3 * 60_000;
    await sendDueCases(worker());
    assert.equal(sent.length, 2);
    assert.equal((await kept(one)).asked, 1);
  });

  it('keeps what the holder says while the message is on its way', async () => {
    const one = await add();
    const closed = { at: DUE, outcome: 'answered' } as const;
    const send = async () => {
      await stores().cases.save({ ...(await kept(one)), closed });
      return GOOD;
    };
    await sendDueCases(worker({ send }));
    assert.deepEqual((await kept(one)).closed, closed);
  });

  it('sends to the others while one conversation does not answer', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => add()));
    let answer: (result: SendResult) => void = () => undefined;
    const slow = new Promise<SendResult>((resolve) => {
      answer = resolve;
    });
    const send = ({ id }: ContactCase) => {
      if (id === all[0]!.id) return slow;
      sent.push(id);
      if (sent.length === all.length - 1) answer(GOOD);
      return Promise.resolve(GOOD);
    };
    await sendDueCases(worker({ send }));
    assert.equal((await kept(all[0]!)).asked, 1);
  });

  it('waits for the end of quiet hours, unless the case is as severe as an outage that may alert', async () => {
    const quiet = { zone: 'UTC', from: 9 * 60, to: 12 * 60, days: [], override: 'major' } as const;
    const quietOf = () => Promise.resolve(quiet);
    const [mild, severe] = [await add(), await add({ severity: 'major' })];
    await sendDueCases(worker({ quietOf }));
    assert.deepEqual(sent, [`${severe.id} reminder`]);
    assert.equal((await kept(mild)).dueAt, DUE + 2 * HOUR_MS);
  });

  it('tries again after a failure of the platform, and not for a chat that is gone', async () => {
    const [one, gone] = [await add(), await add()];
    const send = ({ id }: ContactCase): Promise<SendResult> =>
      Promise.resolve({ kind: 'answered', status: id === one.id ? 503 : 404, code: 'ConversationNotFound' });
    await sendDueCases(worker({ send }));
    const [later, over] = [await kept(one), await kept(gone)];
    assert.deepEqual([later.failures, later.asked, later.dueAt > now], [1, 0, true]);
    assert.deepEqual([over.dueAt, over.closed], [over.endsAt, undefined]);
  });

  it('stops at its limit, and comes again when the limit allows', async () => {
    const one = await add();
    const take = () => ({ kind: 'wait', until: now + 5_000 }) as const;
    await sendDueCases(worker({ limiter: { take, pause: () => undefined } }));
    assert.deepEqual([sent, (await kept(one)).dueAt], [[], now + 5_000]);
  });

  it('says that it stops at the end of the case, and closes it', async () => {
    const one = await add({ endsAt: DUE });
    await sendDueCases(worker());
    assert.deepEqual([sent, (await kept(one)).closed?.outcome], [[`${one.id} ended`], 'ended']);
    now += 10 * DAY_MS;
    assert.equal(await sendDueCases(worker()), 0);
  });
});
