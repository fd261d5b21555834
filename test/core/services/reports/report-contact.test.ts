/** The rules of reports: which reports are accepted, how they count, when a card warns, and how a report ends. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  byContact,
  DOUBT_FROM,
  doubts,
  aboutId,
  MAX_NOTE,
  MOST_A_DAY,
  REPORT_REASONS,
  reportContact,
  settleChanged,
  settleReports,
  type ContactReport,
  type ContactReportStore,
  type Reporter,
  type Settlement,
} from '../../../../core/services/reports/report-contact.js';

const NOW = Date.UTC(2026, 10, 22);
const ABOUT = { key: 'offer:fabrikam.backup', way: 'publisher-support', mark: 'm1' } as const;
const ADA: Reporter = {
  channelId: 'msteams',
  conversationId: 'a:1',
  userId: '29:ada',
  language: 'en',
  asker: 'partner',
};
const BEN: Reporter = { ...ADA, userId: '29:ben' };

/** A simple store in memory that keeps the promises of the real stores. */
class Reports implements ContactReportStore {
  all: ContactReport[] = [];
  private same = (one: ContactReport, about: ContactReport['about']) => aboutId(one.about) === aboutId(about);

  add(report: ContactReport): Promise<ContactReport | undefined> {
    const { about, reporter } = report;
    const before = this.all.find(
      (one) => !one.settled && this.same(one, about) && one.reporter.userId === reporter.userId,
    );
    if (!before) this.all.push(report);
    return Promise.resolve(before);
  }
  open(): Promise<readonly ContactReport[]> {
    return Promise.resolve(this.all.filter(({ settled }) => !settled));
  }
  about(about: ContactReport['about']): Promise<readonly ContactReport[]> {
    return Promise.resolve(this.all.filter((one) => this.same(one, about)));
  }
  countOf({ userId }: Pick<Reporter, 'userId'>, since: number): Promise<number> {
    return Promise.resolve(
      this.all.filter(({ reporter, at }) => reporter.userId === userId && at >= since).length,
    );
  }
  settle(about: ContactReport['about'], settled: Settlement): Promise<readonly ContactReport[]> {
    const hit = this.all.filter((one) => !one.settled && this.same(one, about));
    this.all = this.all.map((one) => (hit.includes(one) ? { ...one, settled } : one));
    return Promise.resolve(hit);
  }
}

describe('a report of a wrong contact', () => {
  let store: Reports;
  let id = 0;
  beforeEach(() => (store = new Reports()));
  const desk = (over: object = {}) => ({
    store,
    markNow: (): string | undefined => 'm1',
    wasSeen: () => true,
    redact: (text: string) => text.replaceAll('secret', '[x]'),
    newId: () => `r${(id += 1)}`,
    now: () => NOW,
    ...over,
  });
  const request = (over: object = {}) => ({ ...ABOUT, reason: 'left', note: '', reporter: ADA, ...over });
  const right: Settlement = { kind: 'right', at: NOW, by: '29:root', note: 'called' };

  for (const reason of REPORT_REASONS) {
    it(`is accepted for the reason ${reason}`, async () => {
      assert.equal((await reportContact(desk(), request({ reason }))).kind, 'recorded');
      assert.equal(store.all[0]?.reason, reason);
    });
  }

  const refused: readonly (readonly [string, object, object, string])[] = [
    ['without a reason', {}, { reason: '' }, 'no-reason'],
    ['for a reason nobody offered', {}, { reason: 'ugly' }, 'no-reason'],
    ['about a contact that is gone', { markNow: () => undefined }, {}, 'changed'],
    ['about what the reporter did not see', { wasSeen: () => false }, {}, 'changed'],
  ];
  for (const [what, deskOver, requestOver, kind] of refused) {
    it(`is not accepted ${what}`, async () => {
      assert.equal((await reportContact(desk(deskOver), request(requestOver))).kind, kind);
      assert.deepEqual(store.all, []);
    });
  }

  it('is about the present state of the contact, whatever the request claims, and has a redacted, short note', async () => {
    await reportContact(
      desk({ markNow: () => 'm2' }),
      request({ mark: 'forged', note: `secret ${'x'.repeat(999)}` }),
    );
    assert.equal(store.all[0]?.about.mark, 'm2');
    assert.ok(store.all[0]?.note.startsWith('[x] xxx'));
    assert.ok((store.all[0]?.note.length ?? 0) <= MAX_NOTE);
  });

  it('counts once per person, again after the contact changes, and not after the contact was found right', async () => {
    await reportContact(desk(), request());
    assert.equal((await reportContact(desk(), request({ reason: 'other' }))).kind, 'before');
    assert.equal((await reportContact(desk({ markNow: () => 'm2' }), request())).kind, 'recorded');
    await settleReports(store, ABOUT, right);
    assert.equal((await reportContact(desk(), request())).kind, 'checked');
    assert.equal((await reportContact(desk(), request({ reporter: BEN }))).kind, 'recorded');
  });

  it('is accepted from the same person again after a change was undone', async () => {
    await reportContact(desk(), request());
    await settleReports(store, ABOUT, { ...right, kind: 'changed' });
    assert.equal((await reportContact(desk(), request())).kind, 'recorded');
  });

  it('is refused when the person has reached the limit of the day', async () => {
    const at = (mark: string, now = NOW) =>
      reportContact(desk({ markNow: () => mark, now: () => now }), request());
    for (let nth = 0; nth < MOST_A_DAY; nth += 1) assert.equal((await at(`m${nth}`)).kind, 'recorded');
    assert.equal((await at('one-more')).kind, 'too-many');
    assert.equal((await at('tomorrow', NOW + 86_400_001)).kind, 'recorded');
  });

  it('is settled by the first administrator; the second learns who settled it and how', async () => {
    await reportContact(desk(), request());
    await reportContact(desk(), request({ reporter: BEN }));
    const first = await settleReports(store, ABOUT, right);
    assert.equal(first.kind === 'settled' && first.reports.length, 2);
    const second = await settleReports(store, ABOUT, { ...right, by: '29:toor', note: 'me too' });
    assert.deepEqual(second, { kind: 'was-settled', settlement: right });
    assert.deepEqual(await settleReports(store, { ...ABOUT, mark: 'other' }, right), { kind: 'unknown' });
  });

  it('settles itself when the contact changes, as corrected if an administrator changed it', async () => {
    await reportContact(desk(), request());
    await reportContact(desk({ markNow: () => 'd1' }), request({ key: 'desk:billing', way: 'partner-desk' }));
    await reportContact(desk({ markNow: () => 'same' }), request({ key: 'offer:other' }));
    const markNow = ({ key }: { key: string }) => (key === 'offer:other' ? 'same' : 'new');
    const isCorrected = ({ key }: { key: string }) => Promise.resolve(key === 'desk:billing');
    assert.equal(await settleChanged(store, await store.open(), { markNow, isCorrected, now: NOW + 5 }), 2);
    const ends = store.all.map(({ about, settled }) => [about.key, settled?.kind, settled?.at]);
    assert.deepEqual(ends, [
      ['offer:fabrikam.backup', 'changed', NOW + 5],
      ['desk:billing', 'corrected', NOW + 5],
      ['offer:other', undefined, undefined],
    ]);
  });
});

describe('open reports', () => {
  const reports = fc.array(
    fc.record({
      id: fc.uuid(),
      at: fc.nat(50),
      about: fc.record({
        key: fc.constantFrom('offer:a', 'offer:b', 'desk:billing'),
        way: fc.constantFrom('publisher-support' as const, 'partner-desk' as const),
        mark: fc.constantFrom('m1', 'm2'),
      }),
      reason: fc.constantFrom(...REPORT_REASONS),
      note: fc.constant(''),
      reporter: fc.record({
        channelId: fc.constantFrom('msteams', 'directline'),
        conversationId: fc.constant('c'),
        userId: fc.constantFrom('u1', 'u2', 'u3'),
        language: fc.constant('en' as const),
        asker: fc.constant('partner' as const),
      }),
    }),
    { maxLength: 30 },
  );

  it('are in the queue once each, most people first, for any order of arrival', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const queue = byContact(all);
        assert.equal(queue.flatMap((one) => one.reports).length, all.length);
        assert.deepEqual(byContact([...all].reverse()), queue);
        const people = queue.map((one) => one.people);
        assert.deepEqual(
          people,
          [...people].sort((a, b) => b - a),
        );
      }),
    );
  });

  it('warn of a contact only when several people call its present state wrong', () => {
    fc.assert(
      fc.property(reports, (all) => {
        const warned = doubts(all);
        for (const { about } of all) {
          const those = all.filter((one) => aboutId(one.about) === aboutId(about));
          const people = new Set(those.map(({ reporter }) => `${reporter.channelId} ${reporter.userId}`))
            .size;
          assert.equal(warned.get(aboutId(about)), people >= DOUBT_FROM ? people : undefined);
        }
      }),
    );
  });
});
