/** Notices of one sender that become incidents: floods, later notices with few fields, and ends by age. */
import assert from 'node:assert/strict';
import { createGuard } from '../../../../core/incident/guard.js';
import type { OutageSource } from '../../../../core/incident/ports.js';
import { endExpired } from '../../../../core/services/outages/change-incident.js';
import { receiveOutage, type ReceiveDeps } from '../../../../core/services/outages/receive-outage.js';
import { affects, HOUR, MINUTE, NOON, notice } from '../../../helpers/incidents.js';
import { subscribeAll } from '../../../helpers/outage-recipients.js';
import { outageSource } from '../../../helpers/outages.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const SILENT = { info: () => undefined };

onEveryEngine('notices of a sender', (stores) => {
  let now = NOON;
  let nth = 0;
  const source = (id: string, over: Partial<OutageSource> = {}) => outageSource({ id, ...over });
  const depsOf = (): ReceiveDeps => {
    const { incidents, silences, recipients } = stores().outages;
    const newId = () => `one-${String((nth += 1))}`;
    const publisherOf = () => 'contoso';
    return { incidents, silences, recipients, publisherOf, now: () => now, newId, guard: createGuard() };
  };

  it('become one incident with a list above ten new outages in an hour, which ends after a quiet day', async () => {
    now = NOON;
    const { recipients, history, deliveries } = stores().outages;
    await subscribeAll(recipients, ['ann']);
    const [deps, flood] = [depsOf(), source('flood')];
    for (let n = 1; n <= 40; n += 1) {
      now += MINUTE / 10;
      const received = await receiveOutage(
        deps,
        flood,
        notice({ sourceId: `F-${String(n)}`, title: `Disk ${String(n)} fails`, updatedAt: now }),
        null,
      );
      assert.equal(received.kind, 'applied', `outage ${String(n)} is not refused`);
    }
    const found = await history.ofSource('flood', 100);
    const many = found.find((one) => one.manyFrom !== undefined);
    assert.equal(found.length, 11);
    assert.ok(many);
    const listed = many.updates.map((one) => one.text);
    assert.deepEqual(
      [...listed].sort(),
      Array.from({ length: 30 }, (_, at) => `Disk ${String(at + 11)} fails`).sort(),
    );
    assert.equal(
      (await deliveries.one(many.id, 'ann'))?.status,
      'due',
      'the followers of the publisher get it',
    );
    now += 24 * HOUR;
    assert.equal(await endExpired(deps, SILENT), 1);
    const ended = await deps.incidents.byId(many.id);
    assert.deepEqual([ended?.state, ended?.updates[0]?.remark], ['resolved', 'no-end-reported']);
    const open = (await deps.incidents.open()).filter((one) => one.marks[0]?.source === 'flood');
    assert.equal(open.length, 10, 'the other outages have an end of their own');
  });

  it('keep the offers of the outage when a later notice names none', async () => {
    now = NOON + 48 * HOUR;
    const deps = depsOf();
    const two = source('two', { offers: ['contoso.backup', 'contoso.crm'] });
    const first = notice({ sourceId: 'T-1', updatedAt: now, affected: affects({ offers: ['contoso.crm'] }) });
    await receiveOutage(deps, two, first, null);
    now += MINUTE;
    await receiveOutage(deps, two, notice({ sourceId: 'T-1', state: 'resolved', updatedAt: now }), null);
    const [one] = await stores().outages.history.ofSource('two', 5);
    assert.deepEqual([one?.state, one?.affected.offers], ['resolved', ['contoso.crm']]);
  });

  it('concern every offer of the sender when no notice names one', async () => {
    now = NOON + 72 * HOUR;
    const deps = depsOf();
    const all = source('all', { offers: ['contoso.backup', 'contoso.crm'] });
    await receiveOutage(deps, all, notice({ sourceId: 'A-1', updatedAt: now }), null);
    const [one] = await stores().outages.history.ofSource('all', 5);
    assert.deepEqual(one?.affected.offers, ['contoso.backup', 'contoso.crm']);
  });
});
