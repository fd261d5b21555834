/** kill -9 between the due time and the record of the message: no question is lost, and only those in flight come twice. */
import assert from 'node:assert/strict';
import { REMINDERS_AT_ONCE } from '../../../../core/services/cases/remind.js';
import { runReminderKills } from '../../../helpers/reminder-kills.js';
import type { EngineKind } from '../../../helpers/stores.js';

const KILLS = Number(process.env.OFFER_DESK_KILLS ?? 3);
const CASES = Number(process.env.OFFER_DESK_KILL_CASES ?? 120);

function kills(kind: EngineKind, instances: number): void {
  describe(`${instances} process(es) that ask about cases on ${kind}, killed ${KILLS} times`, function () {
    this.timeout(120_000 + KILLS * 10_000);

    it('lose no question, and repeat at most those that each kill interrupted', async function () {
      const report = await runReminderKills({ kind, instances, kills: KILLS, cases: CASES });
      if (!report) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
      const { lost, wrong, repeated } = report;
      assert.deepEqual({ lost, wrong }, { lost: 0, wrong: 0 });
      assert.ok(repeated <= KILLS * REMINDERS_AT_ONCE, JSON.stringify(report));
    });
  });
}

kills('sqlite', 1);
kills('postgres', 2);
