/** One error tells the operator that the platform refuses everything. A recipient who left causes no error. */
import assert from 'node:assert/strict';
import { ERRORS } from '../../../../core/errors.js';
import { REFUSED_IN_A_ROW, RefusalWatch } from '../../../../core/services/outages/refusals.js';
import { CapturedLog } from '../../../helpers/capture-log.js';

describe('a platform that refuses everything', () => {
  const watch = () => {
    const log = new CapturedLog();
    return {
      watch: new RefusalWatch(log),
      alarms: () => log.entries.filter((one) => one.level === 'error'),
      log,
    };
  };

  it('causes one error that says what to do, and a second error only after a card got through', () => {
    const { watch: one, alarms, log } = watch();
    for (let n = 0; n < 50; n += 1) one.credentialsRejected('401 BotNotRegistered');
    assert.equal(alarms().length, 1);
    assert.deepEqual(alarms()[0]?.fields, {
      code: 'platform.credentials-rejected',
      answer: '401 BotNotRegistered',
      remedy: ERRORS['platform.credentials-rejected'].remedy,
    });
    one.accepted('t1');
    assert.equal(log.entries.at(-1)?.event, 'outages.let-in-again');
    one.credentialsRejected('no-token');
    assert.equal(alarms().length, 2);
  });

  it('causes one error for each tenant that disabled the bot', () => {
    const { watch: one, alarms } = watch();
    for (const tenant of ['t1', 't1', 't2', 't1']) one.disabledByAdmin(tenant, '403 BotDisabledByAdmin');
    assert.equal(alarms().length, 2);
    one.accepted('t2');
    one.disabledByAdmin('t1', '403 BotDisabledByAdmin');
    assert.equal(alarms().length, 2, 'a card in another tenant ends nothing here');
  });

  it('counts as disabled for a tenant after many refusals in a row', () => {
    const { watch: one, alarms } = watch();
    for (let n = 1; n < REFUSED_IN_A_ROW; n += 1) one.unreachable('t1', '403 BotNotInConversationRoster');
    one.accepted('t1');
    for (let n = 1; n < REFUSED_IN_A_ROW; n += 1) one.unreachable('t1', '403 BotNotInConversationRoster');
    assert.equal(alarms().length, 0);
    for (let n = 0; n < 5; n += 1) one.unreachable('t1', '403 BotNotInConversationRoster');
    assert.deepEqual(
      alarms().map((entry) => entry.event),
      ['outages.disabled-by-admin'],
    );
  });
});
