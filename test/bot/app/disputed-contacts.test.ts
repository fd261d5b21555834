/** Warnings of wrong contacts are near to what the store has, cost a reader nothing, and outlive a store that fails. */
import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openDoubts } from '../../../bot/app/reports.js';
import type { ContactReport } from '../../../core/services/reports/report-contact.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const ABOUT = { key: 'offer:fabrikam.backup', way: 'publisher-support', mark: 'm1' } as const;
const report = (userId: string): ContactReport => ({
  id: userId,
  at: 1,
  about: ABOUT,
  reason: 'left',
  note: '',
  reporter: { channelId: 'msteams', conversationId: 'a:1', userId, language: 'en', asker: 'partner' },
});

describe('the warnings of wrong contacts', () => {
  let open: ContactReport[];
  let now: number;
  let reads: number;
  let fails: boolean;
  beforeEach(() => ([open, now, reads, fails] = [[report('29:ada')], 0, 0, false]));
  const log = new CapturedLog();
  const opened = () =>
    openDoubts(
      {
        open: () => {
          reads += 1;
          return fails ? Promise.reject(new Error('no store')) : Promise.resolve(open);
        },
      },
      { now: () => now, log },
    );

  it('are there at once where it was reported, and within seconds where it was not', async () => {
    const [here, there] = [await opened(), await opened()];
    assert.equal(here.of(ABOUT), undefined);
    open.push(report('29:ben'));
    await here.refresh();
    assert.equal(here.of(ABOUT), 2);
    assert.equal(there.of(ABOUT), undefined);
    now += 3_000;
    there.of(ABOUT);
    await nextTurn();
    assert.equal(there.of(ABOUT), 2);
    assert.equal(there.of({ ...ABOUT, mark: 'm2' }), undefined);
  });

  it('are read once for all who look within seconds, and kept while the store does not answer', async () => {
    open.push(report('29:ben'));
    const doubts = await opened();
    for (let look = 0; look < 100; look += 1) doubts.of(ABOUT);
    assert.equal(reads, 1);
    fails = true;
    now += 3_000;
    for (let look = 0; look < 100; look += 1) doubts.of(ABOUT);
    await nextTurn();
    assert.equal(reads, 2);
    assert.equal(doubts.of(ABOUT), 2);
    assert.ok(log.entries.some(({ event }) => event === 'reports.warnings-not-read'));
  });
});
