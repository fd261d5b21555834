/** The life of a hand-over: the effect of each act in each state, and the laws for any order of acts. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  close,
  forgotten,
  lapse,
  posted,
  SILENT_MS,
  staffWrites,
  take,
  turnTo,
  UNANSWERED_MS,
  visitorWrites,
  type Act,
} from '../../../core/handover/life.js';
import { isOpen, type Handover, type HandoverStatus, type NewEntry } from '../../../core/handover/types.js';
import { handover } from '../../helpers/handover-views.js';

const NOW = Date.UTC(2026, 8, 2);
const ada = { by: 'ada', key: 'k1' };
const ben = { by: 'ben', key: 'k2' };
const done = (act: Act) => {
  if (act.kind === 'refused') throw new Error(act.why);
  return act;
};
const kinds = (act: Act) => done(act).entries.map((entry) => `${entry.to}:${entry.what.kind}`);
const why = (act: Act) => (act.kind === 'refused' ? act.why : act.kind);

const asked = handover();
const waiting = done(posted(asked)).handover;
const taken = done(take(waiting, ada, NOW)).handover;
const closed = done(close(taken, 'staff', ada, NOW)).handover;

describe('a hand-over', () => {
  it('is waiting after its card was posted, and is posted only once', () => {
    assert.equal(waiting.status, 'waiting');
    assert.equal(why(posted(waiting)), 'already');
    assert.equal(why(posted(closed)), 'already');
  });

  it('is taken by the first member of staff who takes it or answers', () => {
    assert.deepEqual(kinds(take(waiting, ada, NOW)), ['visitor:taken']);
    assert.deepEqual(kinds(staffWrites(waiting, 'Hello', ben, NOW)), ['visitor:taken', 'visitor:text']);
    assert.equal(why(take(taken, ada, NOW)), 'already');
    assert.equal(why(take(taken, ben, NOW)), 'taken');
    const helped = done(staffWrites(taken, 'I know this', ben, NOW)).handover;
    assert.equal(helped.takenBy, 'ada', 'a colleague may help without taking it over');
  });

  it('accepts messages of both sides while it is open, and refuses empty messages', () => {
    for (const open of [asked, waiting, taken]) {
      assert.deepEqual(kinds(visitorWrites(open, ' hi ', 'v1', NOW)), ['staff:text']);
      assert.equal(why(visitorWrites(open, ' \n ', 'v1', NOW)), 'empty');
      assert.equal(why(staffWrites(open, '', ada, NOW)), 'empty');
    }
    assert.equal(why(visitorWrites(closed, 'hi', 'v1', NOW)), 'closed');
    assert.equal(why(staffWrites(closed, 'hi', ada, NOW)), 'closed');
    assert.equal(why(take(closed, ada, NOW)), 'closed');
  });

  it('is closed for both sides when one side ends it, and tells the other side who ended it', () => {
    assert.deepEqual(kinds(close(taken, 'visitor', {}, NOW)), ['staff:closed']);
    assert.deepEqual(kinds(close(taken, 'staff', ada, NOW)), ['visitor:closed']);
    assert.deepEqual(kinds(close(taken, 'time', {}, NOW)), ['visitor:closed', 'staff:closed']);
    assert.equal(why(close(closed, 'visitor', {}, NOW)), 'closed');
  });

  it('sends the visitor’s messages to the bot on request, and to staff again after staff write', () => {
    const away = done(turnTo(taken, 'bot', NOW)).handover;
    assert.equal(away.writesTo, 'bot');
    assert.equal(why(turnTo(away, 'bot', NOW)), 'already');
    const act = staffWrites(away, 'Are you there?', ada, NOW);
    assert.deepEqual(kinds(act), ['visitor:turned', 'visitor:text']);
    assert.equal(done(act).handover.writesTo, 'staff');
  });

  for (const [name, one, patience] of [
    ['a request nobody takes', waiting, UNANSWERED_MS],
    ['a conversation in which nobody writes', taken, SILENT_MS],
  ] as const)
    it(`ends ${name} when its time is over, and not earlier`, () => {
      assert.equal(why(lapse(one, one.lastAt + patience - 1)), 'already');
      assert.equal(done(lapse(one, one.lastAt + patience)).handover.closedBy, 'time');
    });

  it('contains no data of the visitor after the hand-over was forgotten', () => {
    const text = JSON.stringify(forgotten(handover({ status: 'taken' }, 'canary')));
    for (const canary of ['canary', 'dl_visitor', 'conversation-1', 'urn:botframework'])
      assert.equal(text.includes(canary), false, canary);
  });

  it('updates the card of a side only when its content changes', () => {
    const faces = (act: Act) => {
      const { face } = done(act).handover;
      return [face.visitor - taken.face.visitor, face.staff - taken.face.staff];
    };
    assert.deepEqual(faces(visitorWrites(taken, 'hi', 'v', NOW)), [0, 0]);
    assert.deepEqual(faces(staffWrites(taken, 'hi', ada, NOW)), [0, 1]);
    assert.deepEqual(faces(turnTo(taken, 'bot', NOW)), [1, 0]);
    assert.deepEqual(faces(close(taken, 'time', {}, NOW)), [1, 1]);
  });

  it('never goes back to an earlier state, adds each message once and in order, and stays unchanged after its end', () => {
    const text = fc.constantFrom('', 'a', 'b');
    const actor = fc.constantFrom(ada, ben);
    type Move = (one: Handover, at: number, key: string) => Act;
    const moves = (work: Move): Move => work;
    const move = fc.oneof(
      text.map((said) => moves((one, at, key) => visitorWrites(one, said, key, at))),
      fc
        .tuple(text, actor)
        .map(([said, by]) => moves((one, at, key) => staffWrites(one, said, { ...by, key }, at))),
      actor.map((by) => moves((one, at, key) => take(one, { ...by, key }, at))),
      fc.constantFrom('visitor', 'staff', 'time').map((by) => moves((one, at) => close(one, by, {}, at))),
      fc.constantFrom('bot', 'staff').map((to) => moves((one, at) => turnTo(one, to, at))),
      fc.constant(moves((one, at) => lapse(one, at))),
      fc.constant(moves((one) => posted(one))),
    );
    const order: readonly HandoverStatus[] = ['asked', 'waiting', 'taken', 'closed'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(move, fc.integer({ min: 0, max: SILENT_MS })), { maxLength: 40 }),
        (made) => {
          let one = handover();
          let now = one.lastAt;
          const said: NewEntry[] = [];
          for (const [at, [act, wait]] of made.entries()) {
            now += wait;
            const result = act(one, now, `m${at}`);
            if (result.kind === 'refused') continue;
            assert.ok(isOpen(one), 'nothing is done to one that is over');
            assert.ok(order.indexOf(result.handover.status) >= order.indexOf(one.status));
            assert.ok(one.takenBy === null || result.handover.takenBy === one.takenBy);
            assert.ok(result.handover.face.visitor >= one.face.visitor);
            assert.ok(result.handover.face.staff >= one.face.staff);
            said.push(...result.entries);
            one = result.handover;
          }
          assert.equal(new Set(said.map((entry) => entry.key)).size, said.length, 'no entry twice');
          const ends = said
            .filter((entry) => entry.what.kind === 'closed')
            .map((entry) => said.indexOf(entry));
          assert.ok(ends.every((at) => said.slice(at).every((entry) => entry.what.kind === 'closed')));
          assert.equal(one.status === 'closed', one.closedBy !== null);
        },
      ),
    );
  });
});
