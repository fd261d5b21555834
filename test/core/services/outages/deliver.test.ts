/** The delivery worker with a connector that has the platform's limits: on a real store, on a simulated clock. */
import assert from 'node:assert/strict';
import { deliveryLedger } from '../../../../bot/cli/outage-ledger.js';
import { addsUp } from '../../../../core/incident/ledger.js';
import type { Stores } from '../../../../bot/store/stores.js';
import type { Incident } from '../../../../core/incident/types.js';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import { commit, fillRecipients, simDeliverer, untilDelivered } from '../../../helpers/audience.js';
import { CapturedLog } from '../../../helpers/capture-log.js';
import { incident as opened, NOON } from '../../../helpers/incidents.js';
import { planAt } from '../../../helpers/outage-recipients.js';
import { SimClock, SimConnector, type SimOptions } from '../../../helpers/sim.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const answered = (status: number, code = '', retryAfterMs?: number): SendResult => ({
  kind: 'answered',
  status,
  code,
  retryAfterMs,
});

onEveryEngine('the delivery worker, after the clock was set back by a day,', (stores) => {
  before(() => fillRecipients(stores(), 5, 1));

  it('goes on at once with looking, sending, the limits and the recovery of dead processes', async () => {
    const clock = { at: NOON + 86_400_000 };
    const simple = {
      now: () => clock.at,
      sleep: () => Promise.resolve(),
      waitingFor: <T>(store: T) => store,
    } as unknown as SimClock;
    const connector = new SimConnector(simple, {});
    const deliverer = simDeliverer(stores(), simple, connector, { perTenant: 30 });
    const announce = async (id: string) => {
      await commit(stores(), { ...opened({}, { newId: id }), id }, clock.at);
      for (let second = 0; second < 5; second += 1, clock.at += 1000) {
        await deliverer.pass();
        await deliverer.settle();
      }
    };
    await announce('ahead');
    assert.equal(connector.creates, 5);
    clock.at = NOON;
    const { kysely } = stores().database;
    const died = kysely.updateTable('deliveries').set({ status: 'sending', lease_until: NOON - 1 });
    const incident = await stores().outages.incidents.byId('ahead');
    const row = await stores().outages.deliveries.one('ahead', 'r000000');
    assert.ok(row && incident);
    const out = { action: 'update', version: 1 } as const;
    const left = { ...row, status: 'sending', out } as const;
    await died
      .set({ body: JSON.stringify(left) })
      .where('reader_id', '=', row.readerId)
      .execute();
    await announce('back');
    assert.equal(connector.creates, 10);
    const found = await stores().outages.deliveries.one('ahead', row.readerId);
    assert.notEqual(found?.status, 'sending');
  });
});

/** An audience of 300 in two tenants, and a function that announces an outage to it. */
function audience(stores: () => Stores) {
  let next = 0;
  before(async () => {
    // Another test covers power failures, so no write waits for the disk here.
    stores().database.sqlite?.exec('pragma synchronous=off');
    await fillRecipients(stores(), 300, 2);
  });

  const commitChange = async (changed: Incident, before: Incident, now: number): Promise<void> => {
    const change = {
      seen: [],
      incident: changed,
      before,
      announce: 'none',
      plan: () => [],
      at: now,
    } as const;
    assert.equal(await stores().outages.incidents.commit(change), 'committed');
  };

  /** @param slowMs the time of each write of the store on the simulated clock. */
  const start = async (options: SimOptions = {}, slowMs = 0, log = new CapturedLog()) => {
    const id = `inc-${(next += 1)}`;
    const clock = new SimClock(NOON + next * 86_400_000);
    const connector = new SimConnector(clock, options);
    const one = { ...opened({}, { newId: id }), id };
    await commit(stores(), one, clock.now());
    const deliverer = simDeliverer(stores(), clock, connector, { perTenant: 30, slowMs, log });
    const run = () => untilDelivered(stores(), clock, deliverer);
    const report = () => deliveryLedger(stores().outages.deliveries, id);
    return { one, clock, connector, run, report, deliverer };
  };
  return { start, commitChange };
}

onEveryEngine(
  'the delivery worker',
  (stores) => {
    const { start, commitChange } = audience(stores);

    it('sends each recipient one card within the limits of every tenant and thread', async () => {
      const { connector, clock, run, report } = await start();
      const began = clock.now();
      await run();
      const ledger = await report();
      assert.deepEqual([ledger.total, ledger.current, ledger.suspected], [300, 300, 0]);
      assert.deepEqual([connector.creates, connector.violations], [300, 0]);
      assert.equal(new Set([...connector.shown.values()].map((one) => one.recipient)).size, 300);
      // The simulated clock runs on while a server works; only the embedded store takes no simulated time.
      if (stores().kind === 'sqlite') assert.ok(clock.now() - began < 9_000, `${clock.now() - began} ms`);
    });

    it('shows the final version on every card', async () => {
      const { one, clock, connector, run, report } = await start();
      let current = one;
      for (let version = 2; version <= 6; version += 1) {
        const changed = { ...current, version, title: `Change ${version}` };
        await commit(stores(), changed, clock.now(), current);
        current = changed;
      }
      await run();
      assert.ok([...connector.shown.values()].every((card) => card.version === 6));
      assert.equal(connector.creates, 300);
      assert.equal((await report()).current, 300);
    });

    it('waits for a tenant that answers 429, and delivers everything after one minute of 429', async () => {
      let during = 0;
      const { clock, connector, run, report } = await start({
        answer: (_call, now, recipient) => {
          const odd = Number(recipient.slice(1)) % 2 === 1;
          if (!odd || now > stormEnd) return undefined;
          during += 1;
          return answered(429, 'Throttled', 5000);
        },
      });
      const stormEnd = clock.now() + 60_000;
      await run();
      const ledger = await report();
      assert.deepEqual([ledger.current, ledger.dead, addsUp(ledger)], [300, 0, true]);
      assert.ok(during < 300, `${during} requests during the storm`);
      assert.equal(connector.creates, 300);
    });

    it('stops at once for recipients who removed the bot, and remembers them', async () => {
      const { connector, run, report } = await start({
        answer: (_call, _now, recipient) =>
          recipient === 'r000007' ? answered(403, 'ConversationBlockedByUser') : undefined,
      });
      await run();
      const ledger = await report();
      assert.deepEqual([ledger.stopped, ledger.current], [1, 299]);
      assert.deepEqual(ledger.failedByCode, { '403 ConversationBlockedByUser': 1 });
      assert.equal((await stores().outages.recipients.byId('r000007'))?.reachable, false);
      assert.equal(connector.calls, 300);
      await stores().outages.recipients.setReachable('r000007', true, null, 1);
    });

    it('doubts a recipient whose card is given up after a 404 without a code, until a card is accepted', async () => {
      const { recipients } = stores().outages;
      const refusing = await start({
        answer: (_call, _now, recipient) => (recipient === 'r000007' ? answered(404, '') : undefined),
      });
      await refusing.run();
      assert.deepEqual([(await refusing.report()).dead, await recipients.doubted()], [1, ['r000007']]);
      assert.equal((await recipients.byId('r000007'))?.reachable, true, 'one card ends nobody');
      const next = await start();
      await next.run();
      assert.deepEqual([(await next.report()).current, await recipients.doubted()], [300, []]);
    });

    it('sends the other cards within 15 s when one recipient always gets a 401', async () => {
      let last = 0;
      const { connector, clock, run, report } = await start({
        answer: (_call, now, recipient) => {
          if (recipient === 'r000007') return answered(401, 'Unauthorized');
          last = now;
          return undefined;
        },
      });
      const began = clock.now();
      await run();
      assert.equal(connector.creates, 299);
      if (stores().kind === 'sqlite') assert.ok(last - began < 15_000, `${last - began} ms`);
      const ledger = await report();
      assert.deepEqual([ledger.current, ledger.dead], [299, 1]);
      assert.equal((await stores().outages.recipients.byId('r000007'))?.reachable, true);
    });

    it('tries again after a passing 403 BadArgument and keeps the recipient', async () => {
      let refusals = 0;
      const { run, report } = await start({
        answer: (_call, _now, recipient) =>
          recipient === 'r000011' && (refusals += 1) <= 2 ? answered(403, 'BadArgument') : undefined,
      });
      await run();
      assert.equal((await report()).current, 300);
      assert.equal((await stores().outages.recipients.byId('r000011'))?.reachable, true);
    });

    it('sends no first card of an outage that ended during planning', async () => {
      const { one, clock, connector, run, report } = await start();
      const planned = (await report()).total;
      assert.ok(planned < 300);
      await commitChange(
        { ...one, version: 2, state: 'resolved', resolvedAt: clock.now() },
        one,
        clock.now(),
      );
      await run();
      assert.equal(connector.creates, 0);
      const ledger = await report();
      assert.deepEqual([ledger.total, ledger.withdrawn, addsUp(ledger)], [planned, planned, true]);
    });

    it('plans a recipient again if the plan is old, and shows the newest version', async () => {
      const { one, clock, connector, run, report } = await start();
      while (
        (await stores().outages.incidents.planNext(one.id, planAt(clock.now()), clock.now())) === 'more'
      );
      // The change is stored, and only the first page of recipients is planned when the worker begins.
      await commitChange({ ...one, version: 2, title: 'Changed' }, one, clock.now());
      await run();
      assert.deepEqual([connector.creates, connector.updates], [300, 0], 'one card each, and no second look');
      assert.ok([...connector.shown.values()].every((card) => card.version === 2));
      assert.equal((await report()).current, 300);
    });

    it('tries a create that may have arrived once more and counts it; gives up after eight refusals', async () => {
      let resets = 0;
      const { run, report } = await start({
        answer: (_call, _now, recipient) => {
          if (recipient === 'r000001') return answered(412);
          if (recipient === 'r000002') return answered(502);
          return recipient === 'r000003' && resets++ === 0 ? { kind: 'reset' } : undefined;
        },
      });
      await run();
      const ledger = await report();
      assert.deepEqual([ledger.dead, ledger.current, addsUp(ledger)], [2, 298, true]);
      assert.deepEqual(Object.keys(ledger.failedByCode).sort(), ['412', '502']);
      assert.ok(ledger.suspected >= 2);
    });
  },
  ['sqlite', 'postgres'],
);

onEveryEngine(
  'the delivery worker in bad times',
  (stores) => {
    const { start } = audience(stores);

    it('keeps the limits and sends each card once with a slow store', async () => {
      const { connector, clock, report, deliverer } = await start({}, 90);
      await untilDelivered(stores(), clock, deliverer);
      assert.deepEqual([connector.creates, connector.violations], [300, 0]);
      assert.equal((await report()).suspected, 0);
    });

    it('waits while an administrator has disabled the bot, logs one error, and continues by itself', async () => {
      const log = new CapturedLog();
      const { connector, clock, report, deliverer } = await start(
        {
          answer: (_call, now, recipient) =>
            now < shutUntil && Number(recipient.slice(1)) % 2 === 0
              ? answered(403, 'BotDisabledByAdmin')
              : undefined,
        },
        0,
        log,
      );
      const shutUntil = clock.now() + 600_000;
      await untilDelivered(stores(), clock, deliverer);
      const ledger = await report();
      assert.deepEqual([ledger.current, ledger.stopped, connector.creates], [300, 0, 300]);
      assert.equal((await stores().outages.recipients.byId('r000002'))?.reachable, true);
      const alarms = log.entries.filter((entry) => entry.level === 'error');
      assert.deepEqual(
        alarms.map((entry) => [entry.event, entry.fields.answer]),
        [['outages.disabled-by-admin', '403 BotDisabledByAdmin']],
      );
      assert.ok(connector.calls < 300 + 11 * 60, `${connector.calls} requests in ten minutes of refusal`);
    });

    it('pauses everything when the platform rejects the credentials, and logs one error', async () => {
      const log = new CapturedLog();
      const { connector, clock, report, deliverer } = await start(
        { answer: (_call, now) => (now < outUntil ? answered(401, 'BotNotRegistered') : undefined) },
        0,
        log,
      );
      const outUntil = clock.now() + 300_000;
      await untilDelivered(stores(), clock, deliverer);
      assert.deepEqual([(await report()).current, connector.creates], [300, 300]);
      const alarms = log.entries.filter((entry) => entry.level === 'error');
      assert.deepEqual(
        alarms.map((entry) => [entry.event, entry.fields.code]),
        [['outages.credentials-rejected', 'platform.credentials-rejected']],
      );
    });
  },
  ['sqlite'],
);
