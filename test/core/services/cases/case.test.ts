/** The life of a case: when the bot asks, what the holder's words change, and which outcomes count. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  afterMessage,
  askAt,
  changed,
  messageDue,
  MOST_ASKED,
  nextPlace,
  present,
  unreachable,
  type CaseChange,
  type ContactCase,
} from '../../../../core/services/cases/case.js';
import { DAY_MS, HOLDER, HOUR_MS, inOffice, MONDAY, sampleCase } from '../../../helpers/cases.js';

const say = (one: ContactCase, change: CaseChange, now = MONDAY + DAY_MS) =>
  changed(one, change, now, inOffice);
const at = (one: ContactCase) => new Date(one.dueAt).toISOString().slice(0, 16);

describe('the bot’s question about a case', () => {
  for (const [severity, due] of [
    ['minor', '2026-09-01T10:00'],
    ['major', '2026-08-31T14:00'],
    ['critical', '2026-08-31T12:00'],
  ] as const)
    it(`comes at ${due} for a ${severity} case that was written on Monday at 10:00`, () => {
      const one = sampleCase({ severity });
      assert.equal(new Date(askAt(one, MONDAY, inOffice)).toISOString().slice(0, 16), due);
    });

  it('never comes after the end of the case', () => {
    const one = sampleCase({ endsAt: MONDAY + HOUR_MS });
    assert.equal(askAt(one, MONDAY, inOffice), one.endsAt);
  });

  it('comes again while the holder says nothing, and then no more until the end', () => {
    let one = sampleCase();
    const asked: string[] = [];
    for (let times = 0; times < MOST_ASKED; times += 1) {
      assert.equal(messageDue(one, one.dueAt), 'reminder');
      asked.push(at(one));
      one = afterMessage(one, one.dueAt, inOffice);
    }
    assert.deepEqual(asked, ['2026-09-01T10:00', '2026-09-02T10:00', '2026-09-03T10:00']);
    assert.equal(one.dueAt, one.endsAt);
    assert.equal(messageDue(one, one.endsAt), 'ended');
    assert.deepEqual(afterMessage(one, one.endsAt, inOffice).closed, { at: one.endsAt, outcome: 'ended' });
  });

  it('waits for the end of the case when the holder cannot be reached', () => {
    const one = unreachable(sampleCase(), MONDAY + DAY_MS);
    assert.equal(one.dueAt, one.endsAt);
    assert.equal(unreachable(one, one.endsAt).closed?.outcome, 'ended');
  });
});

describe('the holder’s word about a case', () => {
  it('“answered” closes the case, and counts the contact’s working minutes', () => {
    const { one, attempt } = say(sampleCase(), { kind: 'answered' }, MONDAY + DAY_MS + HOUR_MS);
    assert.equal(one.closed?.outcome, 'answered');
    assert.deepEqual(
      [attempt?.outcome, attempt?.key, attempt?.minutes],
      ['answered', 'offer:fabrikam.contoso-backup', 540],
    );
  });

  it('“not yet” waits as long again, and the bot counts its questions anew', () => {
    const { one, attempt } = say(sampleCase({ asked: 2 }), { kind: 'not-yet' });
    assert.deepEqual([at(one), one.asked, attempt], ['2026-09-02T10:00', 0, undefined]);
  });

  it('“next contact” goes on to the next stop, and the first one counts as unanswered', () => {
    const { one, attempt } = say(sampleCase(), { kind: 'escalated' });
    assert.deepEqual([present(one).place, at(one)], [1, '2026-09-02T10:00']);
    assert.deepEqual(
      one.history.map(({ kind, stop }) => [kind, stop]),
      [
        ['unanswered', 0],
        ['wrote', 1],
      ],
    );
    assert.equal(attempt?.outcome, 'unanswered');
  });

  it('“next contact” at the end of the path keeps waiting, and counts the last contact once', () => {
    const last = say(sampleCase(), { kind: 'escalated' }).one;
    assert.equal(nextPlace(last), undefined);
    const end = say(last, { kind: 'escalated' });
    assert.deepEqual([end.attempt?.outcome, end.attempt?.key], ['unanswered', 'publisher:fabrikam']);
    assert.equal(present(end.one).place, 1);
    assert.equal(say(end.one, { kind: 'escalated' }).attempt, undefined);
    assert.equal(say(end.one, { kind: 'answered' }).attempt, undefined);
  });

  it('a wrong contact counts as wrong, and the case goes on to the next stop', () => {
    const { one, attempt } = say(sampleCase(), { kind: 'wrong' });
    assert.deepEqual([attempt?.outcome, one.history[0]?.kind, present(one).place], ['wrong', 'wrong', 1]);
  });

  it('a new severity moves the question, but not into the past', () => {
    const edit = { kind: 'edited', customer: 'Adatum, ticket 7', severity: 'critical', place: 1 } as const;
    const soon = say(sampleCase(), edit, MONDAY + HOUR_MS).one;
    assert.deepEqual(
      [at(soon), soon.customer, present(soon).place],
      ['2026-08-31T12:00', 'Adatum, ticket 7', 1],
    );
    assert.equal(say(sampleCase(), edit, MONDAY + DAY_MS).one.dueAt, MONDAY + DAY_MS);
    assert.equal(present(say(sampleCase(), { ...edit, place: 9 }).one).place, 0, 'no such stop');
  });

  it('a given case is told to the new holder at once, and forgets the giver after that', () => {
    const to = { holder: { ...HOLDER, userId: '29:ben' }, managerId: null, reference: undefined };
    const { one } = say(sampleCase(), { kind: 'given', to });
    assert.deepEqual([one.holder.userId, one.givenBy, one.dueAt], ['29:ben', '29:ada', MONDAY + DAY_MS]);
    assert.equal(messageDue(one, one.dueAt), 'given');
    const told = afterMessage(one, one.dueAt, inOffice);
    assert.deepEqual([told.givenBy, at(told)], [undefined, '2026-09-02T10:00']);
  });

  it('counts only when staff say it', () => {
    const one = sampleCase({ holder: { ...HOLDER, asker: 'customer' } });
    for (const kind of ['answered', 'escalated', 'wrong'] as const)
      assert.equal(say(one, { kind }).attempt, undefined);
  });

  it('in any order keeps a stop of the path, a due time before the end, and one outcome for each message', () => {
    const kinds = fc.array(fc.constantFrom('not-yet', 'escalated', 'wrong'), { maxLength: 12 });
    fc.assert(
      fc.property(kinds, fc.boolean(), (words, isAnswered) => {
        let one = sampleCase();
        let [now, outcomes] = [MONDAY, 0];
        for (const kind of [...words, ...(isAnswered ? (['answered'] as const) : [])]) {
          now += DAY_MS;
          const next = say(one, { kind }, now);
          outcomes += next.attempt ? 1 : 0;
          one = next.one;
          assert.ok(one.stops[present(one).place]);
          assert.ok(one.closed !== undefined || one.dueAt <= one.endsAt);
        }
        assert.ok(outcomes <= one.history.length);
      }),
    );
  });
});
