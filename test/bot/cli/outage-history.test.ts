/** The outages of a time as CSV: safe for spreadsheets, with the time to the first card. */
import assert from 'node:assert/strict';
import { historyLines, sinceOf } from '../../../bot/cli/outage-history.js';
import { acknowledge } from '../../../core/incident/acts.js';
import { commit, untilDelivered, simDeliverer } from '../../helpers/audience.js';
import { affects, HOUR, incident, MINUTE, NOON } from '../../helpers/incidents.js';
import { subscribeAll } from '../../helpers/outage-recipients.js';
import { SimClock, SimConnector } from '../../helpers/sim.js';
import { onEveryEngine } from '../../helpers/stores.js';

onEveryEngine('the outages since a day', (stores) => {
  const lines = (at: number) => {
    const { history, deliveries } = stores().outages;
    return historyLines({ since: history.since, deliveries }, at);
  };

  it('are one line each, with the time to the first card, and without formulas', async () => {
    await subscribeAll(stores().outages.recipients, ['ann', 'bo']);
    const clock = new SimClock(NOON + 2 * MINUTE);
    const opened = incident(
      { title: '=cmd|" /C calc"!A0', affected: affects({ offers: ['contoso.crm', 'contoso.mail'] }) },
      { newId: 'new' },
    );
    const { incident: told } = acknowledge(opened, 'ann', NOON + 5 * MINUTE);
    await commit(stores(), told, clock.now());
    await untilDelivered(
      stores(),
      clock,
      simDeliverer(stores(), clock, new SimConnector(clock, {}, false), { perTenant: 30 }),
    );
    const old = { sourceId: 'OLD', startedAt: NOON - 99 * HOUR, updatedAt: NOON - 99 * HOUR };
    await commit(stores(), incident({ ...old, state: 'resolved' }, { newId: 'over' }), clock.now());
    await commit(stores(), incident({ ...old, sourceId: 'OPEN' }, { newId: 'open' }), clock.now());

    const [head, first, second, ...more] = await lines(NOON - HOUR);
    assert.match(head ?? '', /^id,title,state,worst_severity,started,ended,minutes,offers/);
    assert.match(first ?? '', /^open,/, 'an open outage counts, whenever it began');
    assert.deepEqual(more, []);
    assert.match(
      second ?? '',
      /^new,"'=cmd\|"" \/C calc""!A0",investigating,major,2026-03-02T12:00:00.000Z,,,/,
    );
    assert.match(second ?? '', /"contoso\.crm; contoso\.mail",,contoso,ann,2026-03-02T12:05:00\.000Z,2,/);
    assert.match(second ?? '', /,2026-03-02T12:02:\d\d\.\d{3}Z,[23],$/);
    assert.equal((await lines(NOON - 100 * HOUR)).length, 4);
  });

  it('begin at a day or a moment', () => {
    assert.equal(sinceOf('2026-03-02'), Date.UTC(2026, 2, 2));
    assert.equal(sinceOf('2026-03-02T12:00:00Z'), NOON);
    for (const wrong of ['yesterday', '2026-13-01', '02.03.2026', '', '2026'])
      assert.equal(sinceOf(wrong), undefined, wrong);
  });
});
