/** The audience of an incident and the reasons: each rule by name, and the laws that hold for any audience. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decideAudience,
  type AudienceDecision,
  type AudienceFacts,
  type Recipient,
  type Silence,
  type Subscription,
} from '../../../core/incident/audience.js';
import { digestOf } from '../../../core/incident/quiet.js';
import { SEVERITIES, type Incident, type Severity } from '../../../core/incident/types.js';
import { affects, HOUR, incident, NOON } from '../../helpers/incidents.js';
import { cpuMs } from '../../helpers/cpu-time.js';

const ledger: Subscription = {
  what: { kind: 'offer', offerId: 'contoso.ledger' },
  from: 'minor',
  by: 'reader',
};
const contoso: Subscription = {
  what: { kind: 'publisher', publisherId: 'contoso' },
  from: 'minor',
  by: 'reader',
};
const all: Subscription = { what: { kind: 'everything' }, from: 'minor', by: 'team-default' };
const recipient = (overrides: Partial<Recipient> = {}): Recipient => ({
  id: 'ann', kind: 'person', tenantId: 't', subscriptions: [ledger], optedOut: false, reachable: true, quiet: null, ...overrides,
}); // prettier-ignore
const facts = (overrides: Partial<AudienceFacts> = {}): AudienceFacts => ({
  now: NOON,
  silences: [],
  openIncidents: [],
  publisherOf: (offer) => offer.split('.')[0],
  hasCard: () => false,
  ...overrides,
});
const outage = incident({ affected: affects({ offers: ['contoso.ledger'], publishers: ['contoso'] }) });
const wide = incident(
  { severity: 'critical', affected: affects({ publishers: ['contoso'] }) },
  { newId: 'wide' },
);
const over: Incident = { ...outage, state: 'resolved', resolvedAt: NOON };
const night = { zone: 'UTC', from: 11 * 60, to: 13 * 60, days: [], override: 'critical' as const };
const silence = (overrides: Partial<Silence> = {}): Silence => ({
  id: 's1', readerId: 'ann', tenantId: 't', what: { kind: 'everything' }, reason: 'migration', by: 'bo', until: NOON + HOUR, ...overrides,
}); // prettier-ignore

function verdict(i: Incident, r: Recipient, f = facts()): string {
  const [decision] = decideAudience(i, [r], f);
  assert.ok(decision);
  return `${decision.verdict} ${decision.reason.kind}`;
}

describe('the audience of an incident', () => {
  const table: readonly (readonly [string, string, Incident, Recipient, AudienceFacts?])[] = [
    ['who follows the offer', 'tell offer', outage, recipient()],
    ['who follows its publisher', 'tell publisher', outage, recipient({ subscriptions: [contoso] })],
    ['who follows everything', 'tell everything', outage, recipient({ subscriptions: [all] })],
    ['the most particular subscription names the reason', 'tell offer', outage, recipient({ subscriptions: [all, contoso, ledger] })],
    ['a publisher-wide outage concerns who follows one offer', 'tell offer', wide, recipient()],
    ['who follows another offer', 'skip not-subscribed', outage, recipient({ subscriptions: [{ ...ledger, what: { kind: 'offer', offerId: 'fabrikam.fleet' } }] })],
    ['who follows nothing', 'skip not-subscribed', outage, recipient({ subscriptions: [] })],
    ['who wants graver ones only', 'skip below-severity', outage, recipient({ subscriptions: [{ ...ledger, from: 'critical' }] })],
    ['a milder wish beside a graver one wins', 'tell everything', outage, recipient({ subscriptions: [{ ...ledger, from: 'critical' }, all] })],
    ['planned work, from minor on', 'skip below-severity', { ...outage, severity: 'maintenance', state: 'scheduled' }, recipient()],
    ['planned work, for who wants it', 'tell offer', { ...outage, severity: 'maintenance', state: 'scheduled' }, recipient({ subscriptions: [{ ...ledger, from: 'maintenance' }] })],
    ['who said stop', 'skip opted-out', outage, recipient({ optedOut: true })],
    ['who said stop, with a card', 'skip opted-out', outage, recipient({ optedOut: true }), facts({ hasCard: () => true })],
    ['who blocked the bot', 'skip unreachable', outage, recipient({ reachable: false })],
    ['who has the card, whatever the subscription', 'tell told-before', outage, recipient({ subscriptions: [] }), facts({ hasCard: () => true })],
    ['an end, to who has the card', 'tell told-before', over, recipient(), facts({ hasCard: () => true })],
    ['an end, to who never heard', 'skip over-unheard', over, recipient()],
    ['at night', 'hold offer', outage, recipient({ quiet: night })],
    ['at night, grave enough', 'tell offer', { ...outage, severity: 'critical' }, recipient({ quiet: night })],
    ['silenced by the recipient', 'skip silenced', outage, recipient(), facts({ silences: [silence()] })],
    ['silenced for the tenant', 'skip silenced', outage, recipient(), facts({ silences: [silence({ readerId: null })] })],
    ['silenced for another tenant', 'tell offer', outage, recipient(), facts({ silences: [silence({ readerId: null, tenantId: 'u' })] })],
    ['silenced by somebody else', 'tell offer', outage, recipient(), facts({ silences: [silence({ readerId: 'bo' })] })],
    ['a silence that has ended', 'tell offer', outage, recipient(), facts({ silences: [silence({ until: NOON })] })],
    ['a silence of this incident', 'skip silenced', outage, recipient(), facts({ silences: [silence({ what: { kind: 'incident', incidentId: 'inc-1' } })] })],
    ['a silence of another incident', 'tell offer', outage, recipient(), facts({ silences: [silence({ what: { kind: 'incident', incidentId: 'inc-9' } })] })],
    ['a silence holds for who has the card too', 'skip silenced', outage, recipient(), facts({ silences: [silence()], hasCard: () => true })],
    ['a part of a publisher-wide outage', 'skip inhibited', outage, recipient(), facts({ openIncidents: [wide, outage] })],
    ['a part whose recipient has the card', 'tell told-before', outage, recipient(), facts({ openIncidents: [wide], hasCard: () => true })],
    ['a part that is graver than the whole', 'tell offer', outage, recipient(), facts({ openIncidents: [{ ...wide, severity: 'minor' }] })],
    ['a part when the whole is over', 'tell offer', outage, recipient(), facts({ openIncidents: [{ ...wide, state: 'resolved' }] })],
    ["a part when another publisher's whole is open", 'tell offer', outage, recipient(), facts({ openIncidents: [{ ...wide, affected: affects({ publishers: ['fabrikam'] }) }] })],
    ['the whole itself', 'tell offer', wide, recipient(), facts({ openIncidents: [wide] })],
    ['a part, to who would not hear of the whole', 'tell offer', { ...outage, severity: 'critical' }, recipient({ subscriptions: [ledger] }), facts({ openIncidents: [wide], publisherOf: () => undefined })],
  ]; // prettier-ignore
  for (const [what, expected, i, r, f] of table) {
    it(`${what}: ${expected}`, () => {
      assert.equal(verdict(i, r, f), expected);
    });
  }

  it('gets a held card when the quiet hours end', () => {
    const [decision] = decideAudience(outage, [recipient({ quiet: night })], facts());
    assert.ok(decision?.verdict === 'hold');
    assert.equal(decision.until, NOON + HOUR);
  });

  it('gets an update at night without an alert', () => {
    const [decision] = decideAudience(outage, [recipient({ quiet: night })], facts({ hasCard: () => true }));
    assert.ok(decision?.verdict === 'tell' && decision.silently);
  });

  it('keeps a current card after a recipient unsubscribes, without alerts', () => {
    const [left] = decideAudience(outage, [recipient({ subscriptions: [] })], facts({ hasCard: () => true }));
    const [stayed] = decideAudience(outage, [recipient()], facts({ hasCard: () => true }));
    assert.deepEqual(
      [left?.verdict === 'tell' && left.silently, stayed?.verdict === 'tell' && stayed.silently],
      [true, false],
    );
  });

  it('sees each incident once in the morning digest, in its current state', () => {
    const other: Incident = { ...outage, id: 'inc-2' };
    const digest = digestOf('ann', [other, over, outage, wide, wide]);
    assert.deepEqual(
      digest?.open.map((i) => i.id),
      ['wide', 'inc-2', 'inc-1'],
    );
    assert.deepEqual(digest?.over, []);
    const past = digestOf('ann', [outage, over]);
    assert.deepEqual([past?.open.length, past?.over.map((i) => i.id)], [0, ['inc-1']]);
    assert.equal(digestOf('ann', []), undefined);
  });
});

describe('laws of the audience', () => {
  const severity = fc.constantFrom<Severity>(...SEVERITIES);
  const what = fc.constantFrom<Subscription['what']>(ledger.what, contoso.what, all.what, {
    kind: 'offer',
    offerId: 'fabrikam.fleet',
  });
  const anyRecipient = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    kind: fc.constantFrom('person' as const, 'channel' as const),
    tenantId: fc.constantFrom('t', 'u'),
    subscriptions: fc.array(fc.record({ what, from: severity, by: fc.constant('reader' as const) }), {
      maxLength: 3,
    }),
    optedOut: fc.boolean(),
    reachable: fc.boolean(),
    quiet: fc.constantFrom(null, night),
  });
  const anySilence = fc
    .record({
      readerId: fc.constantFrom(null, 'a', 'b'),
      tenantId: fc.constantFrom('t', 'u'),
      until: fc.constantFrom(NOON - 1, NOON + 1),
    })
    .map((s) => silence(s));

  it('give every recipient exactly one decision, and the counts add up to the audience', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecipient),
        fc.array(anySilence, { maxLength: 3 }),
        severity,
        (recipients, silences, grave) => {
          const decisions = decideAudience({ ...outage, severity: grave }, recipients, facts({ silences }));
          assert.deepEqual(
            decisions.map((d) => d.readerId),
            recipients.map((r) => r.id),
          );
          const by = (v: AudienceDecision['verdict']): number =>
            decisions.filter((d) => d.verdict === v).length;
          assert.equal(by('tell') + by('hold') + by('skip'), recipients.length);
        },
      ),
    );
  });

  it('never tell a recipient who said stop, blocked the bot or set a silence', () => {
    fc.assert(
      fc.property(
        fc.array(anyRecipient),
        fc.array(anySilence, { maxLength: 3 }),
        fc.boolean(),
        (recipients, silences, card) => {
          const decisions = decideAudience(outage, recipients, facts({ silences, hasCard: () => card }));
          decisions.forEach((decision, n) => {
            const r = recipients[n];
            assert.ok(r);
            const silenced = silences.some(
              (s) =>
                s.until > NOON && (s.readerId === r.id || (s.readerId === null && s.tenantId === r.tenantId)),
            );
            if (r.optedOut || !r.reachable || silenced) assert.equal(decision.verdict, 'skip');
          });
        },
      ),
    );
  });

  it('let no unrelated recipient change another decision', () => {
    fc.assert(
      fc.property(fc.array(anyRecipient, { maxLength: 5 }), anyRecipient, (recipients, more) => {
        assert.deepEqual(
          decideAudience(outage, [...recipients, more], facts()).slice(0, -1),
          decideAudience(outage, recipients, facts()),
        );
      }),
    );
  });

  it('decide 100,000 recipients in four time zones within two seconds of processor time', function () {
    const zones = ['Europe/Berlin', 'Asia/Taipei', 'America/New_York', 'UTC'];
    const recipients = Array.from({ length: 100_000 }, (_, n) =>
      recipient({ id: `r${String(n)}`, quiet: { ...night, zone: zones[n % 4] ?? 'UTC' } }),
    );
    const took = cpuMs(() => {
      assert.equal(decideAudience(outage, recipients, facts({ openIncidents: [wide] })).length, 100_000);
    }, 2);
    assert.ok(took < 2000, `${String(Math.round(took))} ms`);
  });
});
