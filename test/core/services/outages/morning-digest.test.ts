/** The end of quiet hours, on a real store: one digest of open and ended outages per recipient, then the cards. */
import assert from 'node:assert/strict';
import type { Digest } from '../../../../core/incident/quiet.js';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import { createGuard } from '../../../../core/incident/guard.js';
import type { OutageSource } from '../../../../core/incident/ports.js';
import { createLimiter } from '../../../../core/incident/rate.js';
import { sendMorningDigests } from '../../../../core/services/outages/morning-digest.js';
import { receiveOutage, type ReceiveDeps } from '../../../../core/services/outages/receive-outage.js';
import { affects, HOUR, MINUTE, notice } from '../../../helpers/incidents.js';
import { subscribeAll } from '../../../helpers/outage-recipients.js';
import { onEveryEngine } from '../../../helpers/stores.js';

/** A Tuesday, 23:00 in Berlin. */
const NIGHT = Date.UTC(2026, 2, 3, 22);
const quiet = { zone: 'Europe/Berlin', from: 22 * 60, to: 7 * 60, days: [], override: 'critical' } as const;
const page: OutageSource = {
  id: 'page', publisherId: 'contoso', offers: 'all', componentOffers: {}, owner: 'publisher', format: 'own',
  active: true, tellsApart: true, auth: { kind: 'staff' }, confirmAt: null,
}; // prettier-ignore

onEveryEngine('the morning after quiet hours', (stores) => {
  let now = NIGHT;
  const sent: Digest[] = [];
  let answer: SendResult = { kind: 'answered', status: 200 };
  const desk = (): ReceiveDeps => {
    const { incidents, silences, recipients } = stores().outages;
    let made = 0;
    const newId = () => `night-${String(now - NIGHT)}-${String((made += 1))}`;
    return {
      incidents,
      silences,
      recipients,
      publisherOf: () => 'contoso',
      now: () => now,
      newId,
      guard: createGuard(),
    };
  };
  const tell = async (id: string, over: Parameters<typeof notice>[0] = {}) => {
    now += MINUTE;
    const affected = affects({ offers: [`contoso.${id}`] });
    const event = {
      sourceId: id,
      dedupeKey: `${id}|${String(now)}`,
      title: id,
      affected,
      updatedAt: now,
      ...over,
    };
    await receiveOutage(desk(), page, notice(event), null);
  };
  const wake = () => {
    const { deliveries, recipients } = stores().outages;
    const limiter = createLimiter({ perTenant: 30 });
    const sendDigest = (digest: Digest) => {
      if (answer.kind === 'answered' && answer.status === 200) sent.push(digest);
      return Promise.resolve(answer);
    };
    return sendMorningDigests({
      ...desk(),
      deliveries,
      recipients,
      limiter,
      sendDigest,
      sleep: () => Promise.resolve(),
    });
  };
  const standing = async (readerId: string) => {
    const found: string[] = [];
    const { incidents, deliveries } = stores().outages;
    for (const { id, title } of await incidents.open()) {
      const row = await deliveries.one(id, readerId);
      found.push(`${title} ${row?.status ?? 'none'}`);
    }
    return found.sort();
  };

  it('sends nothing at night, and in the morning one digest of open and ended outages', async () => {
    const { recipients } = stores().outages;
    await subscribeAll(recipients, ['ann', 'bo']);
    for (const id of ['ann', 'bo']) await recipients.setQuiet(id, quiet, 1);
    await tell('mail');
    await tell('files', { severity: 'minor' });
    await tell('mail', { state: 'resolved' });
    assert.deepEqual(await standing('ann'), ['files held']);
    assert.equal(await wake(), 0);
    await recipients.setOptedOut('bo', true, now);
    now = NIGHT + 8 * HOUR + MINUTE;
    await wake();
    assert.equal(sent.length, 1, 'a person who said stop in between gets none');
    const [digest] = sent;
    assert.equal(digest?.readerId, 'ann');
    assert.deepEqual(
      [digest?.open.map((one) => one.title), digest?.over.map((one) => one.title)],
      [['files'], ['mail']],
    );
    assert.deepEqual(await standing('ann'), ['files due']);
    assert.equal(await wake(), 0, 'nothing is said twice');
  });

  it('is sent again after a failure; a severe outage still alerts at night', async () => {
    now = NIGHT + 24 * HOUR;
    await tell('pay');
    await tell('safe', { severity: 'critical' });
    assert.deepEqual(await standing('ann'), ['files due', 'pay held', 'safe due']);
    now = NIGHT + 32 * HOUR + MINUTE;
    sent.length = 0;
    answer = { kind: 'answered', status: 429 };
    await wake();
    assert.deepEqual([sent.length, (await standing('ann'))[1]], [0, 'pay held']);
    answer = { kind: 'answered', status: 200 };
    now += 2 * MINUTE;
    await wake();
    assert.deepEqual([sent.map((one) => one.open.length), (await standing('ann'))[1]], [[1], 'pay due']);
  });
});
