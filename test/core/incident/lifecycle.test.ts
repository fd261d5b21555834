/** Many notices make one incident, in any order, repeated, from several senders, and never go backwards. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEvent, type Applied, type Arrival } from '../../../core/incident/lifecycle.js';
import {
  isOver,
  OUTAGE_STATES,
  SEVERITIES,
  type Incident,
  type OutageState,
} from '../../../core/incident/types.js';
import { affects, arrival, HOUR, MINUTE, NOON } from '../../helpers/incidents.js';

function run(
  arrivals: readonly Arrival[],
  now = NOON + 48 * HOUR,
): { incident: Incident | undefined; steps: Applied[] } {
  const steps: Applied[] = [];
  let current: Incident | undefined;
  for (const one of arrivals) {
    const step = applyEvent(current, one, now);
    steps.push(step);
    current = step.incident;
  }
  return { incident: current, steps };
}
const at = (minutes: number, state: OutageState, more: Partial<Arrival['event']> = {}): Arrival =>
  arrival({ state, updatedAt: NOON + minutes * MINUTE, ...more });
const from = (source: string, one: Arrival): Arrival => ({ ...one, source, event: { ...one.event, sourceId: `${source}-1`, dedupeKey: `${source}|${one.event.dedupeKey}` } }); // prettier-ignore

describe('the life of an incident', () => {
  it('goes from investigating to resolved, with one version per change and one announcement', () => {
    const { incident: end, steps } = run([
      at(0, 'investigating'),
      at(10, 'identified'),
      at(20, 'monitoring'),
      at(30, 'resolved'),
    ]);
    assert.deepEqual(
      steps.map((s) => s.outcome),
      ['created', 'updated', 'updated', 'over'],
    );
    assert.deepEqual(
      steps.map((s) => ('announce' in s ? s.announce : '-')),
      ['new', 'none', 'none', 'none'],
    );
    assert.deepEqual([end?.state, end?.version, end?.resolvedAt], ['resolved', 4, NOON + 30 * MINUTE]);
  });

  it('ignores a notice that arrives twice', () => {
    const once = at(0, 'investigating');
    const { steps } = run([once, at(10, 'identified'), once, at(10, 'identified')]);
    assert.deepEqual(
      steps.map((s) => s.outcome),
      ['created', 'updated', 'duplicate', 'duplicate'],
    );
  });

  it('ignores an older notice that arrives late', () => {
    const { incident: end, steps } = run([
      at(0, 'investigating'),
      at(20, 'monitoring'),
      at(10, 'identified', { severity: 'critical' }),
    ]);
    assert.equal(steps[2]?.outcome, 'older');
    assert.deepEqual([end?.state, end?.severity], ['monitoring', 'major']);
  });

  it('stays closed when the end arrives before the beginning', () => {
    const { incident: end, steps } = run([at(30, 'resolved'), at(0, 'investigating')]);
    assert.deepEqual(
      steps.map((s) => s.outcome),
      ['created', 'older'],
    );
    assert.equal(steps[0] && 'announce' in steps[0] && steps[0].announce, 'none');
    assert.equal(end?.state, 'resolved');
  });

  it('is resolved when a fix and an alarm have the same time, in any order of arrival', () => {
    for (const order of [
      [at(0, 'investigating'), at(0, 'resolved')],
      [at(0, 'resolved'), at(0, 'investigating')],
    ]) {
      assert.equal(run(order).incident?.state, 'resolved');
    }
  });

  it('goes back one step when a newer notice says so', () => {
    assert.equal(run([at(0, 'monitoring'), at(10, 'identified')]).incident?.state, 'identified');
  });

  it('reopens and announces when the outage returns within a day', () => {
    const { incident: end, steps } = run([
      at(0, 'investigating'),
      at(30, 'resolved'),
      at(60, 'investigating'),
    ]);
    const last = steps[2];
    assert.ok(last?.outcome === 'reopened');
    assert.equal(last.announce, 'reopened');
    assert.deepEqual([end?.state, end?.resolvedAt, end?.reopenedAt.length], ['investigating', null, 1]);
  });

  it('becomes a new incident when the outage returns more than a day after its end', () => {
    const before = run([at(0, 'investigating'), at(30, 'resolved')]).incident;
    const begins = NOON + 26 * HOUR;
    const again = arrival({ updatedAt: begins, startedAt: begins }, { newId: 'inc-2' });
    const applied = applyEvent(before, again, begins);
    assert.deepEqual(
      [applied.outcome, applied.incident?.id, applied.incident?.version],
      ['created', 'inc-2', 1],
    );
  });

  it('sends no announcement of the fourth return within an hour', () => {
    const flapping = [
      at(0, 'investigating'),
      ...[1, 2, 3, 4].flatMap((n) => [at(n * 10, 'resolved'), at(n * 10 + 5, 'investigating')]),
    ];
    const { steps } = run(flapping);
    const returns = steps.flatMap((s) => (s.outcome === 'reopened' ? [s.announce] : []));
    assert.deepEqual(returns, ['reopened', 'reopened', 'reopened', 'none']);
  });

  it('announces a rise above the worst severity so far, and no second rise to that severity', () => {
    const { steps, incident: end } = run([
      at(0, 'investigating', { severity: 'minor' }),
      at(1, 'investigating', { severity: 'critical' }),
      at(2, 'investigating', { severity: 'minor' }),
      at(3, 'investigating', { severity: 'critical' }),
    ]);
    assert.deepEqual(
      steps.map((s) => ('announce' in s ? s.announce : '-')),
      ['new', 'severity-rise', 'none', 'none'],
    );
    assert.deepEqual([end?.severity, end?.worst], ['critical', 'critical']);
  });

  it('keeps its severity when the end names no severity', () => {
    assert.equal(
      run([at(0, 'investigating'), at(10, 'resolved', { severity: 'none' })]).incident?.severity,
      'major',
    );
  });

  it('counts a notice from the future as received now, and accepts the next notice', () => {
    const now = NOON + HOUR;
    const first = applyEvent(undefined, at(525_600, 'investigating'), now);
    const second = applyEvent(first.incident, at(61, 'resolved'), now + MINUTE);
    assert.equal(first.incident?.updatedAt, now);
    assert.equal(second.incident?.state, 'resolved');
  });

  it('uses the time of receipt for a notice without a time', () => {
    const first = applyEvent(undefined, arrival({ updatedAt: null, startedAt: null, dedupeKey: 'a' }), NOON);
    const second = applyEvent(
      first.incident,
      arrival({ updatedAt: null, startedAt: null, dedupeKey: 'b', state: 'resolved' }),
      NOON + 1,
    );
    assert.deepEqual([first.incident?.startedAt, second.incident?.state], [NOON, 'resolved']);
    const replay = applyEvent(second.incident, arrival({ updatedAt: null, dedupeKey: 'a' }), NOON + 2);
    assert.equal(replay.outcome, 'duplicate');
  });

  it('adds the affected components of a notice without a state, and keeps its own state', () => {
    const detail = at(5, 'unknown', { affected: affects({ components: ['db-7'] }), severity: 'none' });
    assert.equal(run([detail]).incident, undefined);
    const { incident: end, steps } = run([at(0, 'identified'), detail]);
    assert.deepEqual(
      [steps[1]?.outcome, end?.state, end?.affected.components],
      ['updated', 'identified', ['db-7']],
    );
  });

  it('moves the start of planned work later, and the start of an outage only earlier', () => {
    const put = run([
      at(0, 'scheduled', { startedAt: NOON + HOUR }),
      at(1, 'scheduled', { startedAt: NOON + 9 * HOUR }),
    ]);
    assert.equal(put.incident?.startedAt, NOON + 9 * HOUR);
    const found = run([
      at(0, 'investigating'),
      at(1, 'identified', { startedAt: NOON - HOUR }),
      at(2, 'identified', { startedAt: NOON, title: 'x' }),
    ]);
    assert.equal(found.incident?.startedAt, NOON - HOUR);
  });

  it('keeps each history line once, newest first, with its sender', () => {
    const line = { at: NOON, state: 'investigating' as const, text: 'We look.' };
    const { incident: end } = run([
      at(0, 'investigating', { updates: [line] }),
      at(10, 'identified', {
        updates: [{ at: NOON + 10 * MINUTE, state: 'identified', text: 'Found.' }, line],
      }),
      at(20, 'identified', { updates: [{ at: null, state: null, text: 'Still at it.' }] }),
    ]);
    assert.deepEqual(
      end?.updates.map((u) => [u.at, u.text, u.source]),
      [
        [NOON + 20 * MINUTE, 'Still at it.', 'contoso'],
        [NOON + 10 * MINUTE, 'Found.', 'contoso'],
        [NOON, 'We look.', 'contoso'],
      ],
    );
  });

  it('makes no new version when a notice changes nothing visible', () => {
    const { incident: end, steps } = run([at(0, 'investigating'), at(10, 'investigating')]);
    assert.deepEqual([steps[1]?.outcome, end?.version, end?.updatedAt], ['unchanged', 1, NOON + 10 * MINUTE]);
  });
});

describe('an incident with two senders', () => {
  it('ends when both senders report the end, not when the first sender does', () => {
    const opened = [at(0, 'investigating'), from('probe', at(1, 'investigating'))];
    assert.equal(run([...opened, from('probe', at(20, 'resolved'))]).incident?.state, 'monitoring');
    assert.equal(
      run([...opened, from('probe', at(20, 'resolved')), at(30, 'resolved')]).incident?.state,
      'resolved',
    );
  });

  it('does not go back when the second sender reports an earlier state', () => {
    assert.equal(
      run([at(0, 'monitoring'), from('probe', at(9, 'investigating'))]).incident?.state,
      'monitoring',
    );
  });

  it('has the higher severity of the two senders', () => {
    const { incident: end } = run([
      at(0, 'investigating', { severity: 'minor' }),
      from('probe', at(1, 'investigating', { severity: 'critical' })),
    ]);
    assert.equal(end?.severity, 'critical');
  });

  it('opens again when one sender reports trouble after both ended', () => {
    const all = [
      at(0, 'investigating'),
      from('probe', at(1, 'investigating')),
      at(10, 'resolved'),
      from('probe', at(11, 'resolved')),
      at(20, 'investigating'),
    ];
    assert.equal(run(all).incident?.state, 'investigating');
  });

  it('keeps the title of the sender that opened the incident', () => {
    const { incident: end } = run([
      at(0, 'investigating'),
      from('probe', at(1, 'investigating', { title: 'p99 > 5 s' })),
    ]);
    assert.equal(end?.title, 'Sign-in fails');
  });
});

describe('laws of the lifecycle', () => {
  const someNotice = fc.record({
    minutes: fc.integer({ min: 0, max: 50 }),
    state: fc.constantFrom(...OUTAGE_STATES),
    severity: fc.constantFrom(...SEVERITIES),
    source: fc.constantFrom('contoso', 'probe'),
    text: fc.constantFrom('a', 'b', ''),
  });
  const arrivalOf = (n: { minutes: number; state: OutageState; severity: (typeof SEVERITIES)[number]; source: string; text: string }): Arrival =>
    from(n.source, at(n.minutes, n.state, {
      severity: n.severity,
      dedupeKey: JSON.stringify(n),
      updates: n.text === '' ? [] : [{ at: null, state: null, text: n.text }],
    })); // prettier-ignore
  const notices = fc.array(someNotice.map(arrivalOf), { minLength: 1, maxLength: 12 });

  function legal(i: Incident): void {
    assert.ok(i.state !== 'unknown');
    assert.equal(isOver(i.state), i.resolvedAt !== null, 'an end has a time, and only an end has');
    assert.equal(
      isOver(i.state),
      i.marks.every((m) => isOver(m.state)),
    );
    assert.ok(i.version >= 1 && SEVERITIES.includes(i.worst));
  }

  it('end in a valid state for any order of notices, and only raise the version', () => {
    fc.assert(
      fc.property(notices, (list) => {
        const { steps } = run(list);
        let version = 0;
        for (const { incident: i } of steps) {
          if (!i) continue;
          legal(i);
          assert.ok(i.version >= version);
          version = i.version;
        }
      }),
    );
  });

  it('ignore any repeated notice at any later time', () => {
    fc.assert(
      fc.property(notices, fc.nat(), (list, pick) => {
        const { incident: before } = run(list);
        const again = list[pick % list.length];
        assert.ok(again);
        const step = applyEvent(before, again, NOON + 72 * HOUR);
        if (again.event.state === 'unknown') return;
        assert.ok(step.outcome === 'duplicate' || step.outcome === 'older', step.outcome);
        assert.deepEqual(step.incident, before);
      }),
    );
  });

  it('give each sender the state of its newest notice, for any order of arrival', () => {
    const distinctTimes = fc.uniqueArray(
      someNotice.filter((n) => n.state !== 'unknown'),
      { selector: (n) => n.minutes, minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        distinctTimes.chain((list) =>
          fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
        ),
        (list) => {
          const { incident: end } = run(list.map(arrivalOf));
          for (const mark of end?.marks ?? []) {
            const own = list.filter((n) => n.source === mark.source);
            const newest = own.reduce((a, b) => (b.minutes > a.minutes ? b : a));
            assert.equal(mark.state, newest.state);
          }
        },
      ),
    );
  });

  it('give two senders the same end for late and repeated notices as for notices in order', () => {
    const timely = fc.uniqueArray(
      someNotice.filter((n) => n.state !== 'unknown'),
      { selector: (n) => n.minutes, minLength: 1, maxLength: 8 },
    );
    const muddled = timely.chain((list) =>
      fc.tuple(
        fc.constant([...list].sort((a, b) => a.minutes - b.minutes)),
        fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2, maxLength: list.length * 2 }),
      ),
    );
    fc.assert(
      fc.property(muddled, ([inTime, anyHow]) => {
        const expected = run(inTime.map(arrivalOf)).incident;
        const found = run(anyHow.map(arrivalOf)).incident;
        assert.equal(found?.state, expected?.state);
        assert.deepEqual(
          new Set(found?.marks.map((mark) => `${mark.source} ${mark.state} ${String(mark.updatedAt)}`)),
          new Set(expected?.marks.map((mark) => `${mark.source} ${mark.state} ${String(mark.updatedAt)}`)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('never let an older notice overwrite a newer notice', () => {
    fc.assert(
      fc.property(fc.array(someNotice, { minLength: 1, maxLength: 6 }), someNotice, (list, late) => {
        const { incident: before } = run(list.map(arrivalOf));
        const mark = before?.marks.find((m) => m.source === late.source);
        if (!before || !mark || late.state === 'unknown') return;
        const stale = arrivalOf({ ...late, minutes: (mark.updatedAt - NOON) / MINUTE - 1, text: 'late' });
        assert.deepEqual(applyEvent(before, stale, NOON + 72 * HOUR).incident, before);
      }),
    );
  });
});
