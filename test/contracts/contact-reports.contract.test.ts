/** Both engines store a person's report of a wrong contact once, settle the report once and thank the reporter once. */
import assert from 'node:assert/strict';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import {
  byContact,
  type ContactReport,
  type Settlement,
} from '../../core/services/reports/report-contact.js';
import { onEveryEngine } from '../helpers/stores.js';

const ABOUT: ContactAbout = { key: 'offer:fabrikam.backup', way: 'publisher-support', mark: 'm1' };
const RIGHT: Settlement = { kind: 'right', at: 5_000, by: '29:admin', note: 'Checked by phone' };

onEveryEngine('the store of contact reports', (stores) => {
  let next = 0;
  const about = (): ContactAbout => ({ ...ABOUT, mark: `m-${(next += 1)}` });
  const report = (of: ContactAbout, userId = '29:ada', over: Partial<ContactReport> = {}): ContactReport => ({
    id: `r-${(next += 1)}`,
    at: 1_000 + next,
    about: of,
    reason: 'bounces',
    note: 'since [number]',
    reporter: {
      channelId: 'msteams',
      conversationId: `a:${userId}`,
      userId,
      language: 'en',
      asker: 'partner',
    },
    ...over,
  });
  const admin = (userId: string) => ({ channelId: 'msteams', conversationId: `a:${userId}`, userId });
  const noticesOf = async (of: ContactAbout) =>
    (await stores().notices.due(Number.MAX_SAFE_INTEGER, 1000)).filter(
      (one) => one.report.about.mark === of.mark,
    );

  it('returns a report with its origin', async () => {
    const of = about();
    const said = report(of, '29:ada', {
      reference: { serviceUrl: 'https://smba.example/', user: { id: 'x' } },
    });
    assert.equal(await stores().reports.add(said), undefined);
    assert.deepEqual(await stores().reports.about(of), [said]);
  });

  it('stores one report from one person about one contact state, also when several arrive together', async () => {
    const of = about();
    const first = report(of);
    await stores().reports.add(first);
    const again = await Promise.all([1, 2, 3].map(() => stores().reports.add(report(of))));
    assert.deepEqual(again, [first, first, first]);
    await stores().reports.add(report({ ...of, mark: `${of.mark}-later` }));
    await stores().reports.add(report(of, '29:ben'));
    assert.equal((await stores().reports.about(of)).length, 2);
  });

  it('counts one person’s reports since a given time', async () => {
    const userId = `29:busy-${(next += 1)}`;
    for (const at of [10, 20, 30]) await stores().reports.add(report(about(), userId, { at }));
    assert.equal(await stores().reports.countOf({ channelId: 'msteams', userId }, 20), 2);
    assert.equal(await stores().reports.countOf({ channelId: 'directline', userId }, 20), 0);
  });

  it('settles all open reports of a contact for the first administrator; the second settles none', async () => {
    const [of, other] = [about(), about()];
    const [ada, ben, far] = [report(of), report(of, '29:ben'), report(other)];
    for (const one of [ada, ben, far]) await stores().reports.add(one);
    const both = await Promise.all([
      stores().reports.settle(of, RIGHT),
      stores().reports.settle(of, { ...RIGHT, by: '29:other' }),
    ]);
    assert.deepEqual(both.map((one) => one.length).sort(), [0, 2]);
    const ids = (await stores().reports.open(1000)).map(({ id }) => id);
    assert.ok(!ids.includes(ada.id) && !ids.includes(ben.id) && ids.includes(far.id));
    const [settled] = await stores().reports.about(of);
    assert.equal(settled?.settled?.kind, 'right');
    assert.equal(settled?.settled?.note, 'Checked by phone');
  });

  it('lists every reporter once, so that each gets one message of thanks after the settlement', async () => {
    const of = about();
    for (const one of [report(of), report(of, '29:ben')]) await stores().reports.add(one);
    await stores().reports.settle(of, RIGHT);
    await stores().reports.settle(of, RIGHT);
    const due = await noticesOf(of);
    assert.deepEqual(due.map((one) => [one.purpose, one.to.userId]).sort(), [
      ['thanks', '29:ada'],
      ['thanks', '29:ben'],
    ]);
    assert.equal(
      (await stores().notices.due(RIGHT.at - 1, 1000)).filter((one) => due.some(({ id }) => id === one.id))
        .length,
      0,
    );
    await stores().notices.end(due[0]!.id, 'told', 6_000);
    await stores().notices.later(due[1]!.id, 9_000);
    const [left, ...more] = await noticesOf(of);
    assert.deepEqual(more, []);
    assert.equal(left?.attempts, 1);
    assert.equal(
      (await stores().notices.due(8_999, 1000)).some(({ id }) => id === left?.id),
      false,
    );
  });

  it('stores each administrator once, and keeps a report unplanned until all administrators are known', async () => {
    const said = report(about());
    const isFresh = async () => (await stores().notices.unplanned(1000)).some(({ id }) => id === said.id);
    await stores().reports.add(said);
    assert.ok(await isFresh());
    await stores().notices.plan(said.id, [admin('29:root')], 2_000, false);
    assert.ok(await isFresh());
    await stores().notices.plan(said.id, [admin('29:root'), admin('29:toor')], 3_000, true);
    assert.ok(!(await isFresh()));
    const due = await noticesOf(said.about);
    assert.deepEqual(due.map((one) => [one.purpose, one.to.userId, one.since]).sort(), [
      ['task', '29:root', 2_000],
      ['task', '29:toor', 3_000],
    ]);
  });

  it('forgets the reporters, keeps their number, and lists no reporter for thanks', async () => {
    const of = about();
    for (const userId of ['dl_one', 'dl_two', 'dl_three']) await stores().reports.add(report(of, userId));
    await stores().reports.settle(of, RIGHT);
    const later = { ...of, mark: `${of.mark}-later` };
    for (const userId of ['dl_one', 'dl_two', 'dl_three'])
      await stores().reports.add(report(later, userId, { reference: { user: { id: userId } } }));
    for (const userId of ['dl_one', 'dl_two'])
      assert.equal(await stores().reports.forget({ channelId: 'msteams', userId }), 2);
    assert.equal(await stores().reports.forget({ channelId: 'directline', userId: 'dl_three' }), 0);
    const kept = await stores().reports.about(later);
    assert.equal(byContact(kept)[0]?.people, 3);
    assert.doesNotMatch(JSON.stringify(kept), /dl_one|dl_two/);
    assert.deepEqual(
      (await noticesOf(of)).map((one) => one.to.userId),
      ['dl_three'],
    );
  });

  it('deletes reports that were settled long ago with their notices, and deletes no open report', async () => {
    const [old, open] = [report(about()), report(about())];
    for (const one of [old, open]) await stores().reports.add(one);
    await stores().notices.plan(old.id, [admin('29:root')], 1, true);
    await stores().reports.settle(old.about, { ...RIGHT, at: 100 });
    assert.equal(await stores().reports.purge(101), 1);
    assert.deepEqual(await stores().reports.about(old.about), []);
    assert.deepEqual(await noticesOf(old.about), []);
    assert.equal((await stores().reports.about(open.about)).length, 1);
  });
});
