/** The state of a recipient's card: each outcome by name, and the laws for random outcomes, crashes and decisions. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AudienceDecision } from '../../../core/incident/audience.js';
import {
  begin,
  COALESCE_MS,
  neverHeard,
  record,
  recover,
  replay,
  type Delivery,
  type Effect,
} from '../../../core/incident/delivery.js';
import {
  BACKOFF,
  outcomeOf,
  retryAfterMs,
  waitAfter,
  type SendResult,
} from '../../../core/incident/delivery-outcome.js';
import { wanted } from '../../../core/incident/delivery-wanted.js';
import { addsUp, ledgerOf } from '../../../core/incident/ledger.js';
import type { Announce } from '../../../core/incident/lifecycle.js';
import type { Incident } from '../../../core/incident/types.js';
import { HOUR, incident, NOON } from '../../helpers/incidents.js';

const tell: Extract<AudienceDecision, { verdict: 'tell' }> = {
  verdict: 'tell',
  readerId: 'ann',
  reason: { kind: 'everything', by: 'reader' },
  silently: false,
};
const hold: AudienceDecision = {
  verdict: 'hold',
  readerId: 'ann',
  reason: { kind: 'everything', by: 'reader' },
  until: NOON + HOUR,
};
const skip = (kind: 'opted-out' | 'not-subscribed' | 'over-unheard'): AudienceDecision => ({
  verdict: 'skip',
  readerId: 'ann',
  reason: { kind },
});
const at = (version: number, over = false): Incident => ({
  ...incident(),
  version,
  state: over ? 'resolved' : 'investigating',
  resolvedAt: over ? NOON : null,
});
const ok = (activityId: string | null = 'a1'): SendResult =>
  activityId === null ? { kind: 'answered', status: 200 } : { kind: 'answered', status: 201, activityId };
const answer = (status: number, code?: string): SendResult => ({
  kind: 'answered',
  status,
  ...(code === undefined ? {} : { code }),
});

function want(
  before: Delivery | undefined,
  decision: AudienceDecision,
  i: Incident,
  now = NOON,
  announce: Announce = 'none',
): Delivery {
  const next = wanted(before, decision, i, announce, 't', now);
  assert.ok(next);
  return next;
}
/** One request and its outcome, as soon as it is due. */
function send(
  delivery: Delivery,
  result: SendResult,
  random = 0.5,
): { delivery: Delivery; effects: readonly Effect[]; action: string; at: number } {
  const now = Math.max(NOON, delivery.dueAt);
  const out = begin(delivery, now);
  assert.ok(out?.out, `not due: ${delivery.status}`);
  return { ...record(out, outcomeOf(result), now, random), action: out.out.action, at: now };
}
const fresh = (): Delivery => want(undefined, tell, at(1));
const shown = (): Delivery => send(fresh(), ok()).delivery;

describe('the outcome of one request', () => {
  const table: readonly (readonly [string, SendResult, string])[] = [
    ['200', answer(200), 'accepted'],
    ['201', ok(), 'accepted'],
    ['429', answer(429), 'throttled'],
    ['412', answer(412, 'PreconditionFailed'), 'retry'],
    ['408', answer(408), 'retry'],
    ['500', answer(500), 'ambiguous'],
    ['502', answer(502), 'ambiguous'],
    ['503', answer(503), 'ambiguous'],
    ['504', answer(504), 'ambiguous'],
    ['a reset', { kind: 'reset' }, 'ambiguous'],
    ['a time-out', { kind: 'timed-out' }, 'ambiguous'],
    ['403 blocked by the user', answer(403, 'ConversationBlockedByUser'), 'gone'],
    ['403 not in the roster', answer(403, 'BotNotInConversationRoster'), 'gone'],
    ['403 disabled by an administrator', answer(403, 'BotDisabledByAdmin'), 'disabled-by-admin'],
    ['403 without a verdict', answer(403, 'BadArgument'), 'doubtful'],
    ['403 without a code', answer(403), 'doubtful'],
    ['401 of one conversation', answer(401, 'Unauthorized'), 'doubtful'],
    ['403 writes blocked', answer(403, 'MessageWritesBlocked'), 'gone'],
    ['404 conversation', answer(404, 'ConversationNotFound'), 'gone'],
    ['404 message', answer(404, 'ActivityNotFoundInConversation'), 'missing'],
    ['404 without a code', answer(404), 'missing'],
    ['400', answer(400, 'BadSyntax'), 'refused'],
    ['413', answer(413, 'MessageSizeTooBig'), 'refused'],
    ['302', answer(302), 'refused'],
    ['401', answer(401, 'BotNotRegistered'), 'unauthorised'],
    ['no token', { kind: 'no-token' }, 'unauthorised'],
  ]; // prettier-ignore
  for (const [what, result, expected] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(outcomeOf(result).kind, expected);
    });
  }

  it('waits longer each time with full jitter, up to ten minutes, and never less than Retry-After', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(900_000),
        (n, random, after) => {
          const wait = waitAfter(n, null, random);
          assert.ok(wait >= 0 && wait <= Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** (n - 1)));
          assert.ok(waitAfter(n, after, random) >= after);
        },
      ),
    );
  });

  it('reads Retry-After as seconds and as a date', () => {
    assert.equal(retryAfterMs('2', NOON), 2000);
    assert.equal(retryAfterMs('Mon, 02 Mar 2026 12:00:30 GMT', NOON), 30_000);
    assert.equal(retryAfterMs('Mon, 02 Mar 2020 12:00:30 GMT', NOON), 0);
    for (const header of ['soon', '', '-1', undefined]) assert.equal(retryAfterMs(header, NOON), undefined);
  });
});

describe('one card', () => {
  it('is created once, updated in place, and not touched when it is current', () => {
    const created = send(fresh(), ok());
    assert.deepEqual(
      [created.action, created.delivery.status, created.delivery.activityId],
      ['create', 'shown', 'a1'],
    );
    const changed = send(want(created.delivery, tell, at(2)), ok(null));
    assert.deepEqual(
      [changed.action, changed.delivery.status, changed.delivery.shown, changed.delivery.activityId],
      ['update', 'shown', 2, 'a1'],
    );
    assert.equal(begin(changed.delivery, NOON + 9 * HOUR), undefined);
  });

  it('gets one update with the last state after ten quick changes', () => {
    let delivery = shown();
    for (let version = 2; version <= 11; version++)
      delivery = want(delivery, tell, at(version), NOON + version);
    assert.equal(begin(delivery, NOON + COALESCE_MS - 1), undefined);
    const sent = send(delivery, ok(null));
    assert.deepEqual([sent.delivery.shown, sent.delivery.status, sent.at], [11, 'shown', NOON + COALESCE_MS]);
  });

  it('gets a change that arrives during a request afterwards', () => {
    const out = begin(fresh(), NOON);
    assert.ok(out);
    const meanwhile = want(out, tell, at(5), NOON + 1);
    const { delivery } = record(meanwhile, outcomeOf(ok()), NOON + 2, 0.5);
    assert.deepEqual([delivery.shown, delivery.wanted, delivery.status], [1, 5, 'due']);
  });

  it('ignores an answer without a request', () => {
    const before = shown();
    assert.equal(record(before, outcomeOf(answer(500)), NOON, 0.5).delivery, before);
  });

  it('is updated and gets a reply when the severity rises, and gets no reply at the end', () => {
    const risen = want(shown(), tell, at(2), NOON, 'severity-rise');
    const first = send(risen, ok(null));
    const second = send(first.delivery, ok('r1'));
    assert.deepEqual(
      [first.action, second.action, second.delivery.status, second.delivery.activityId],
      ['update', 'reply', 'shown', 'a1'],
    );
    const ended = send(want(first.delivery, tell, at(3, true)), ok(null));
    assert.deepEqual([ended.action, ended.delivery.status], ['update', 'shown']);
  });

  it('is updated without a reply when the severity rises at night', () => {
    const risen = want(shown(), { ...tell, silently: true }, at(2), NOON, 'severity-rise');
    assert.equal(send(risen, ok(null)).delivery.status, 'shown');
  });

  it('is not sent for an ended outage that the recipient never saw', () => {
    assert.equal(wanted(undefined, tell, at(2, true), 'none', 't', NOON), undefined);
    assert.equal(want(fresh(), tell, at(2, true)).status, 'withdrawn');
    const asleep = want(want(undefined, hold, at(1)), skip('over-unheard'), at(2, true));
    assert.equal(asleep.status, 'held', 'the digest of the morning says that it was');
    const morning = want(asleep, skip('over-unheard'), at(2, true), asleep.dueAt);
    assert.equal(morning.status, 'withdrawn');
    const throttled = send(fresh(), answer(429)).delivery;
    assert.equal(want(throttled, tell, at(2, true)).status, 'withdrawn');
    const out = begin(fresh(), NOON);
    assert.ok(out);
    const { delivery } = record(want(out, tell, at(2, true)), outcomeOf(answer(412)), NOON, 0.5);
    assert.equal(delivery.status, 'withdrawn');
  });

  it('shows the end to a recipient who may have seen the beginning', () => {
    const unclear = send(fresh(), answer(502)).delivery;
    const ended = want(unclear, tell, at(2, true));
    assert.equal(ended.status, 'due');
    assert.equal(send(ended, ok()).delivery.shown, 2);
  });

  it('is created after a withdrawal when the outage returns', () => {
    assert.equal(want(want(fresh(), tell, at(2, true)), tell, at(3), NOON, 'reopened').status, 'due');
  });

  it('waits during quiet hours and is sent after a new decision', () => {
    const held = want(undefined, hold, at(1));
    assert.deepEqual(
      [held.status, held.dueAt, begin(held, NOON + 2 * HOUR)],
      ['held', NOON + HOUR, undefined],
    );
    assert.equal(want(held, tell, at(1), NOON + HOUR).status, 'due');
  });

  it('is not sent any more after the recipient says stop', () => {
    assert.equal(want(want(shown(), tell, at(2)), skip('opted-out'), at(2)).status, 'muted');
    const out = begin(want(shown(), tell, at(2)), NOON + COALESCE_MS);
    assert.ok(out);
    const { delivery } = record(
      want(out, skip('opted-out'), at(3)),
      outcomeOf(answer(503)),
      NOON + COALESCE_MS,
      0.5,
    );
    assert.deepEqual([delivery.status, delivery.code], ['muted', 'opted-out']);
  });

  it('shows the newest state when a silence ends', () => {
    const muted = want(want(shown(), skip('opted-out'), at(2)), skip('opted-out'), at(7, true));
    const back = want(muted, tell, at(7, true));
    assert.equal(send(back, ok(null)).delivery.shown, 7);
  });
});

describe('failures of one card', () => {
  it('pauses the tenant after 429 for the named time and counts no attempt', () => {
    let delivery = fresh();
    for (let n = 0; n < 30; n++) {
      const step = send(delivery, { kind: 'answered', status: 429, retryAfterMs: 2000 });
      assert.deepEqual(
        step.effects.map((e) => e.kind),
        ['pause-tenant'],
      );
      const [pause] = step.effects;
      assert.ok(pause?.kind === 'pause-tenant' && pause.until >= step.at + 2000 && pause.tenantId === 't');
      delivery = step.delivery;
    }
    assert.equal(send(delivery, ok()).delivery.status, 'shown');
  });

  it('gives up after one hour of 429', () => {
    let delivery = fresh();
    let now = NOON;
    for (let n = 0; n < 2000 && delivery.status === 'due'; n++) {
      const step = send(delivery, { kind: 'answered', status: 429, retryAfterMs: 5000 });
      delivery = step.delivery;
      now = step.at;
    }
    assert.deepEqual([delivery.status, delivery.code], ['dead', '429']);
    assert.ok(now - NOON >= BACKOFF.patienceMs && now - NOON < BACKOFF.patienceMs + 10_000);
  });

  it('tries again after a clock that was set forward by a day between two tries', () => {
    const failed = send(fresh(), answer(412, 'PreconditionFailed')).delivery;
    const later = send({ ...failed, dueAt: NOON + 86_400_000 }, answer(412, 'PreconditionFailed')).delivery;
    assert.deepEqual([later.status, later.attempts], ['due', 2]);
    const throttled = { kind: 'answered', status: 429, retryAfterMs: 1000 } as const;
    const busy = send({ ...send(fresh(), throttled).delivery, dueAt: NOON + 86_400_000 }, throttled).delivery;
    assert.equal(busy.status, 'due');
  });

  it('pauses a tenant no longer than a quarter of an hour, whatever the platform asks for', () => {
    const step = send(fresh(), { kind: 'answered', status: 429, retryAfterMs: 7 * 86_400_000 });
    const [pause] = step.effects;
    assert.ok(pause?.kind === 'pause-tenant' && pause.until <= step.at + 901_000);
  });

  it('tries eight times after 412, then stops with the code', () => {
    let delivery = fresh();
    let tries = 0;
    while (delivery.status === 'due') {
      delivery = send(delivery, answer(412, 'PreconditionFailed')).delivery;
      tries += 1;
    }
    assert.deepEqual(
      [tries, delivery.status, delivery.code],
      [BACKOFF.tries, 'dead', '412 PreconditionFailed'],
    );
  });

  it('repeats a create with an unknown outcome once, and counts the repetition', () => {
    const once = send(fresh(), { kind: 'timed-out' }).delivery;
    assert.deepEqual([once.status, once.suspected], ['due', 1]);
    const twice = send(once, { kind: 'reset' }).delivery;
    assert.deepEqual([twice.status, twice.suspected, twice.code], ['dead', 2, 'reset']);
  });

  it('repeats an update with an unknown outcome', () => {
    let delivery = want(shown(), tell, at(2));
    for (let n = 1; n < BACKOFF.tries; n++) delivery = send(delivery, answer(500)).delivery;
    const done = send(delivery, ok(null)).delivery;
    assert.deepEqual([done.status, done.suspected, done.shown], ['shown', 0, 2]);
  });

  it('stops for a recipient who blocked the bot, and reports the recipient', () => {
    const step = send(fresh(), answer(403, 'ConversationBlockedByUser'));
    assert.deepEqual(
      [step.delivery.status, step.delivery.code],
      ['stopped', '403 ConversationBlockedByUser'],
    );
    assert.deepEqual(step.effects, [
      { kind: 'recipient-unreachable', readerId: 'ann', code: '403 ConversationBlockedByUser' },
    ]);
    assert.equal(begin(want(step.delivery, tell, at(2)), NOON + HOUR), undefined);
  });

  it('creates a removed card again once, but not at the end of the outage', () => {
    const gone = send(want(shown(), tell, at(2)), answer(404)).delivery;
    const anew = send(gone, ok('a2'));
    assert.deepEqual([anew.action, anew.delivery.activityId], ['create', 'a2']);
    const again = send(want(anew.delivery, tell, at(3)), answer(404)).delivery;
    assert.equal(again.status, 'stopped');
    assert.equal(send(want(shown(), tell, at(2, true)), answer(404)).delivery.status, 'stopped');
  });

  it('pauses everything and loses nothing when the platform rejects the credentials', () => {
    const step = send(fresh(), answer(401, 'BotNotRegistered'));
    assert.deepEqual(
      [step.delivery.status, step.delivery.attempts, step.effects[0]?.kind],
      ['due', 0, 'pause-all'],
    );
  });

  it('sends a request again after a crash and counts it as a possible second card', () => {
    const out = begin(fresh(), NOON);
    assert.ok(out);
    const back = recover(out, NOON + HOUR);
    assert.deepEqual([back.status, back.suspected, send(back, ok()).delivery.status], ['due', 1, 'shown']);
    const done = shown();
    assert.equal(recover(done, NOON), done);
  });

  it('lets an operator replay dead cards, except an end without a beginning', () => {
    const dead = send(fresh(), answer(413)).delivery;
    assert.deepEqual([dead.status, replay(dead, NOON).status], ['dead', 'due']);
    assert.equal(replay(want(dead, tell, at(2, true)), NOON).status, 'withdrawn');
    const live = shown();
    assert.equal(replay(live, NOON), live);
  });
});

describe('laws of delivery', () => {
  type Op =
    | {
        readonly op: 'change';
        readonly over: boolean;
        readonly decision: 'tell' | 'silent' | 'hold' | 'skip';
        readonly announce: Announce;
      }
    | { readonly op: 'send'; readonly result: SendResult; readonly arrived: boolean; readonly crash: boolean }
    | { readonly op: 'replay' };
  const results = fc.constantFrom<SendResult>(
    answer(200), answer(201), answer(429), answer(412), answer(500), { kind: 'reset' }, { kind: 'timed-out' }, answer(404), answer(401), answer(413),
  ); // prettier-ignore
  const op: fc.Arbitrary<Op> = fc.oneof(
    fc.record({ op: fc.constant('change' as const), over: fc.boolean(), decision: fc.constantFrom('tell' as const, 'tell' as const, 'silent' as const, 'hold' as const, 'skip' as const), announce: fc.constantFrom<Announce>('none', 'severity-rise', 'reopened') }),
    fc.record({ op: fc.constant('send' as const), result: results, arrived: fc.boolean(), crash: fc.boolean() }),
    fc.record({ op: fc.constant('send' as const), result: fc.constant(answer(200)), arrived: fc.constant(true), crash: fc.constant(false) }),
    fc.constant({ op: 'replay' as const }),
  ); // prettier-ignore

  /** A recipient's screen, as only the connector knows the screen. */
  interface Screen { cards: { version: number; over: boolean }[]; heardOpen: boolean; remade: number; open: number } // prettier-ignore

  function world(ops: readonly Op[]): {
    delivery: Delivery | undefined;
    screen: Screen;
    version: number;
    over: boolean;
  } {
    const screen: Screen = { cards: [], heardOpen: false, remade: 0, open: 0 };
    let delivery: Delivery | undefined;
    let version = 1;
    let over = false;
    let now = NOON;
    const overAt = new Map<number, boolean>([[1, false]]);
    const decide = (kind: string): AudienceDecision => {
      if (kind === 'skip') return skip('opted-out');
      const heard = delivery !== undefined && !neverHeard(delivery);
      if (over && !heard) return skip('over-unheard');
      if (kind === 'hold') return heard ? { ...tell, silently: true } : hold;
      return { ...tell, silently: kind === 'silent' };
    };
    delivery = wanted(undefined, tell, at(1), 'new', 't', now);
    for (const one of ops) {
      now += 1000;
      if (one.op === 'change') {
        version += 1;
        over = one.over;
        overAt.set(version, over);
        const before = delivery;
        delivery = wanted(
          before,
          decide(one.decision),
          at(version, over),
          over ? 'none' : one.announce,
          't',
          now,
        );
        if (one.decision === 'skip' && delivery)
          assert.equal(begin(delivery, now + 99 * HOUR), undefined, 'muted means none');
      } else if (one.op === 'replay') {
        if (delivery) delivery = replay(delivery, now);
      } else if (delivery) {
        now = Math.max(now, delivery.dueAt);
        const out = begin(delivery, now);
        if (!out?.out) continue;
        assert.ok(out.out.version === delivery.wanted);
        const accepted = one.result.kind === 'answered' && one.result.status < 300;
        const unknown = one.crash || outcomeOf(one.result).kind === 'ambiguous';
        if (accepted || (unknown && one.arrived)) arrive(screen, out, overAt.get(out.out.version) === true);
        const id =
          out.out.action === 'create' && accepted && one.result.kind === 'answered'
            ? { ...one.result, activityId: `a${String(screen.cards.length)}` }
            : one.result;
        delivery = one.crash ? recover(out, now) : record(out, outcomeOf(id), now, 0.5).delivery;
      }
      if (delivery) {
        assert.ok(delivery.shown <= delivery.wanted);
        assert.ok(
          screen.cards.length <= 1 + delivery.suspected + (delivery.remade ? 1 : 0),
          'a second card was suspected',
        );
        assert.ok(addsUp(ledgerOf([delivery])));
      }
    }
    return { delivery, screen, version, over };
  }
  function arrive(screen: Screen, out: Delivery, over: boolean): void {
    const { action, version } = out.out ?? { action: 'reply', version: 0 };
    if (action === 'create') {
      if (over && out.suspected === 0) assert.ok(screen.heardOpen, 'heard of an end without a beginning');
      screen.cards.push({ version, over });
    }
    const card = screen.cards[screen.cards.length - 1];
    if (action === 'update' && card) {
      assert.ok(version >= card.version, 'a stale version overwrote a newer one');
      card.version = version;
    }
    if (!over) screen.heardOpen = true;
  }

  it('hold for all answers, crashes and decisions', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40 }), (ops) => void world(ops)),
      { numRuns: 2000 },
    );
  });

  it('bring every visible card to the final state once the connector works', () => {
    const well: Op = { op: 'send', result: answer(200), arrived: true, crash: false };
    fc.assert(
      fc.property(fc.array(op, { maxLength: 30 }), (ops) => {
        const end = world([
          ...ops,
          { op: 'change', over: false, decision: 'tell', announce: 'none' },
          { op: 'replay' },
          well,
          well,
          well,
        ]);
        const { delivery } = end;
        assert.ok(delivery);
        if (delivery.code === 'no-activity-id' || delivery.shown === 0) return;
        assert.deepEqual(
          [delivery.status, delivery.shown, end.screen.cards.at(-1)?.version],
          ['shown', end.version, end.version],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('let the report add up for any deliveries', () => {
    const status = fc.constantFrom<Delivery['status']>(
      'held',
      'due',
      'sending',
      'shown',
      'withdrawn',
      'muted',
      'stopped',
      'dead',
    );
    const some = fc.record({
      status,
      shown: fc.nat(3),
      attempts: fc.nat(3),
      suspected: fc.nat(2),
      code: fc.constantFrom(null, '403', '500'),
    });
    fc.assert(
      fc.property(fc.array(some), (list) => {
        const ledger = ledgerOf(list.map((part) => ({ ...fresh(), wanted: 3, ...part })));
        assert.ok(addsUp(ledger) && ledger.total === list.length);
        const failed = Object.values(ledger.failedByCode).reduce((a, b) => a + b, 0);
        assert.equal(failed, ledger.stopped + ledger.dead);
      }),
    );
  });
});
