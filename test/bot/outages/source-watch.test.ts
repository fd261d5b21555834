/** Administrators read once about a source that cannot be read, also over several servers and restarts. */
import assert from 'node:assert/strict';
import { sourceNewsText } from '../../../bot/app/admin-notes.js';
import { LANGUAGES } from '../../../core/terms.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { HOUR, MINUTE, NOON } from '../../helpers/incidents.js';
import { sourceWatch } from '../../helpers/source-watch.js';
import { onEveryEngine } from '../../helpers/stores.js';

onEveryEngine('a source that cannot be read', (stores) => {
  let now = NOON;
  const newWatch = () => sourceWatch(() => now, stores().outages.sources, new CapturedLog());

  it('keeps its first failure over a restart, and is told once', async () => {
    const [before, after] = [newWatch(), newWatch()];
    await before.watch.failed('page', 'no answer', 2 * MINUTE);
    now += 5 * MINUTE;
    await after.watch.failed('page', 'status 500', 2 * MINUTE);
    now += MINUTE;
    await before.watch.failed('page', 'status 500', 2 * MINUTE);
    assert.deepEqual(
      [before.told, after.told],
      [[], [{ source: 'page', kind: 'silent', since: NOON, reason: 'status 500' }]],
    );
    await before.watch.answered('page', null);
    assert.deepEqual(
      before.told.map(({ kind }) => kind),
      ['answers-again'],
    );
  });

  it('is told at most once an hour when it fails and recovers again and again', async () => {
    now = NOON + 10 * HOUR;
    const { watch, told } = newWatch();
    for (let round = 0; round < 6; round += 1) {
      for (let poll = 0; poll < 4; poll += 1) {
        await watch.failed('flapping', 'status 503', 2 * MINUTE);
        now += MINUTE;
      }
      await watch.answered('flapping', null);
      now += MINUTE;
    }
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['silent', 'answers-again'],
    );
  });

  it('is told once a day when its notices cannot be read, and forgotten when they can', async () => {
    now = NOON + 20 * HOUR;
    const { watch, told } = newWatch();
    const reason = async () => (await stores().outages.sources.health()).get('sender')?.reason;
    await watch.read('sender');
    assert.equal(await reason(), undefined, 'a sender without trouble costs the store nothing');
    await watch.unread('sender', 'Its fields: a, b.');
    await watch.unread('sender', 'Its fields: c.');
    assert.equal(await reason(), 'Its fields: c.');
    await watch.read('sender');
    assert.equal(await reason(), null);
    now += HOUR;
    await watch.unread('sender', 'Its fields: d.');
    assert.equal(told.length, 1);
    now += 24 * HOUR;
    await watch.unread('sender', 'Its fields: e.');
    assert.deepEqual(
      told.map(({ kind, reason: why }) => [kind, why]),
      [
        ['unread', 'Its fields: a, b.'],
        ['unread', 'Its fields: e.'],
      ],
    );
  });

  it('has a note in every language', () => {
    for (const language of LANGUAGES)
      for (const kind of ['silent', 'unread', 'answers-again'] as const)
        assert.match(sourceNewsText({ source: 'page', kind, since: NOON, reason: 'why' }, language), /page/);
  });
});
