/** kill -9 during delivery: no card is lost, and only cards in flight may come twice. */
import assert from 'node:assert/strict';
import { runKills } from '../../../helpers/delivery-kills.js';
import type { EngineKind } from '../../../helpers/stores.js';

/** `npm run bench -- outages kills` does the 100 kills of the requirement; a test run does a few. */
const KILLS = Number(process.env.OFFER_DESK_KILLS ?? 2);
/** More than a page of the plan, so that the first kills come while recipients are still being planned. */
const READERS = Number(process.env.OFFER_DESK_KILL_READERS ?? 300);

function kills(kind: EngineKind, instances: number): void {
  describe(`${instances} delivering process(es) on ${kind}, killed ${KILLS} times`, function () {
    this.timeout(300_000 + KILLS * 10_000);

    it('lose no card, repeat only cards in flight, and leave every card at the final version', async function () {
      const report = await runKills({ kind, instances, kills: KILLS, recipients: READERS });
      if (!report) return this.skip(); // said by StorePlace.prepare: there is no PostgreSQL
      const { lost, wrong, open, addsUp, twice, inFlight } = report;
      assert.deepEqual({ lost, wrong, open, addsUp }, { lost: 0, wrong: 0, open: 0, addsUp: true });
      assert.ok(twice <= inFlight, `${twice} cards twice, ${inFlight} were in flight`);
    });
  });
}

kills('sqlite', 1);
kills('postgres', 2);
