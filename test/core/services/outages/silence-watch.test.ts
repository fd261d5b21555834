/** The end of a silence, by time or by hand: only its recipients then get the cards of outages still open. */
import assert from 'node:assert/strict';
import { createGuard } from '../../../../core/incident/guard.js';
import { receiveOutage, type ReceiveDeps } from '../../../../core/services/outages/receive-outage.js';
import { silenceLook } from '../../../../core/services/outages/silence-watch.js';
import type { OutageSource } from '../../../../core/incident/ports.js';
import { affects, HOUR, MINUTE, NOON, notice } from '../../../helpers/incidents.js';
import { subscribeAll } from '../../../helpers/outage-recipients.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const source: OutageSource = {
  id: 'page', publisherId: 'contoso', offers: 'all', componentOffers: {}, owner: 'publisher', format: 'own',
  active: true, tellsApart: true, auth: { kind: 'staff' }, confirmAt: null,
}; // prettier-ignore

onEveryEngine('a silence', (stores) => {
  it('holds a card until the silence ends, and then sends the card with the present state', async () => {
    let now = NOON;
    const { incidents, silences, recipients, deliveries } = stores().outages;
    const desk: ReceiveDeps = {
      incidents, silences, recipients, publisherOf: () => 'contoso', now: () => now, newId: () => 'sil', guard: createGuard(),
    }; // prettier-ignore
    await subscribeAll(recipients, ['ann', 'bo']);
    const what = { kind: 'publisher', publisherId: 'contoso' } as const;
    const silence = {
      id: 's1',
      tenantId: 't1',
      what,
      reason: 'we are moving',
      by: 'ann',
      until: NOON + HOUR,
    };
    await silences.add({ ...silence, readerId: 'ann' });
    const look = silenceLook(desk);
    await look();
    const affected = affects({ offers: ['contoso.ledger'] });
    await receiveOutage(desk, source, notice({ affected, updatedAt: now }), null);
    const standing = async () => [
      (await deliveries.one('sil', 'ann'))?.status ?? 'none',
      (await deliveries.one('sil', 'bo'))?.status ?? 'none',
    ];
    assert.deepEqual(await standing(), ['muted', 'due']);
    now = NOON + 59 * MINUTE;
    assert.deepEqual([await look(), ...(await standing())], [0, 'muted', 'due']);
    now = NOON + 61 * MINUTE;
    assert.deepEqual([await look(), ...(await standing())], [1, 'due', 'due']);
    assert.equal(await look(), 0);
  });
});
