/** The log shows which incident each sent card belongs to, and the metrics count the sent cards. */
import assert from 'node:assert/strict';
import * as prometheus from 'prom-client';
import { openMeters } from '../../../bot/metrics/meters.js';
import { loggedSender } from '../../../bot/outages/sent-log.js';
import type { Delivery } from '../../../core/incident/delivery.js';
import type { SendResult } from '../../../core/incident/delivery-outcome.js';
import type { CardSender } from '../../../core/incident/ports.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { incident } from '../../helpers/incidents.js';

const READER = '29:canary-reader';

describe('the log of sent cards', () => {
  const one = incident({}, { newId: 'inc-1' });
  const delivery = (attempts: number) => ({ readerId: READER, attempts, throttled: 0 }) as Delivery;
  const sends = (result: SendResult): CardSender => {
    const send = () => Promise.resolve(result);
    return { create: send, update: send, reply: send };
  };

  it('names the incident, the step, the answer and the attempt, and names no recipient', async () => {
    const log = new CapturedLog();
    const result = { kind: 'answered', status: 429 } as const;
    assert.deepEqual(await loggedSender(sends(result), log).create(delivery(2), one), result);
    assert.deepEqual(log.entries[0]?.fields, {
      incident: 'inc-1',
      version: one.version,
      action: 'create',
      code: 429,
      attempt: 3,
    });
    assert.ok(!log.text.includes('canary'));
  });

  it('feeds the metrics of sent and retried cards', async () => {
    const meters = openMeters(prometheus, '1.0.0');
    const log = meters.counted(new CapturedLog());
    await loggedSender(sends({ kind: 'answered', status: 201 }), log).create(delivery(0), one);
    await loggedSender(sends({ kind: 'timed-out' }), log).update(delivery(1), one);
    const text = await meters.registry.metrics();
    assert.match(text, /^offer_desk_outage_cards_sent_total\{code="201"\} 1$/m);
    assert.match(text, /^offer_desk_outage_cards_sent_total\{code="timed-out"\} 1$/m);
    assert.match(text, /^offer_desk_outage_cards_retried_total 1$/m);
  });
});
