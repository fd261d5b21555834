/** The outage cards: in every language, for hostile and endless data, and what each must say. */
import assert from 'node:assert/strict';
import type { Incident } from '../../core/incident/types.js';
import { hmacSigner } from '../../cards/signer.js';
import type { RenderContext } from '../../cards/types.js';
import { outageAlertCard } from '../../cards/views/outage-alert-card.js';
import { outageCard, type OutageData } from '../../cards/views/outage-card.js';
import { outageDigestCard } from '../../cards/views/outage-digest-card.js';
import { outageMenuCard } from '../../cards/views/outage-menu-card.js';
import { cardContext, everyContext, HOSTILE, hostileAnswer, sampleAnswer } from '../helpers/card-fixtures.js';
import { lintCard, nodesOf } from '../helpers/card-lint.js';
import { affects, incident as opened, NOON } from '../helpers/incidents.js';

const same = (id: string) => id;
const names = { offer: same, publisher: same, person: same };

function sample(over: Partial<Incident> = {}): Incident {
  return {
    ...opened({
      affected: affects({ offers: ['fabrikam.backup'], publishers: ['fabrikam'], regions: ['West Europe'] }),
    }),
    updates: [{ at: NOON, state: 'investigating', text: 'We are looking.', source: 'fabrikam' }],
    acts: [{ kind: 'note', by: 'Amy', at: NOON, text: 'Called them.' }],
    ...over,
  };
}

function data(over: Partial<OutageData> = {}): OutageData {
  return {
    incident: sample(),
    answer: sampleAnswer(),
    reason: { kind: 'offer', offerId: 'Contoso Backup', by: 'reader' },
    subscribed: true,
    topic: { kind: 'offer', id: 'fabrikam.backup' },
    zone: 'Asia/Taipei',
    names,
    actions: true,
    ...over,
  };
}

function hostile(text: string): Incident {
  const many = Array.from({ length: 100 }, () => text);
  return sample({
    title: text,
    url: text,
    affected: { offers: many, publishers: many, components: many, regions: many },
    updates: many.map(() => ({ at: NOON, state: null, text, source: text })),
    acts: many.map(() => ({ kind: 'note' as const, by: text, at: NOON, text })),
  });
}

function views(incident: Incident, over: Partial<OutageData>, ctx: RenderContext) {
  const reader = {
    id: 'r', kind: 'person', tenantId: 't', optedOut: false, reachable: true, quiet: null,
    subscriptions: incident.affected.offers.map((offerId) => ({ what: { kind: 'offer', offerId }, from: 'minor', by: 'reader' } as const)),
  } as const; // prettier-ignore
  return [
    outageCard(data({ incident, ...over }), ctx),
    outageCard(data({ incident: { ...incident, state: 'resolved', resolvedAt: NOON }, ...over }), ctx),
    outageDigestCard({ digest: { readerId: 'r', open: [incident], over: [incident] }, zone: 'UTC' }, ctx),
    outageAlertCard({ incident }, ctx),
    outageMenuCard({ open: [incident], reader, names }, ctx),
    outageMenuCard({ open: [], reader: undefined, names, done: 'stopped' }, ctx),
  ];
}

describe('the outage cards', function () {
  this.timeout(30_000);
  for (const ctx of everyContext()) {
    it(`are valid and light for ordinary and hostile data (${ctx.language}, ${ctx.host}, ${ctx.asker})`, () => {
      const faults = views(sample(), {}, ctx).flatMap((one) => lintCard(one, ctx.host));
      assert.deepEqual(faults, []);
      for (const [kind, text] of Object.entries(HOSTILE)) {
        const over = {
          answer: hostileAnswer(text, ctx.asker),
          zone: text,
          reason: { kind: 'offer', offerId: text, by: 'reader' },
        } as const;
        const found = views(hostile(text), over, ctx).flatMap((one) => lintCard(one, ctx.host));
        assert.deepEqual(found, [], kind);
      }
    });
  }

  it('say what, since when on the reader’s clock, how bad, where, who, what Microsoft does, and why it came', () => {
    const text = outageCard(data(), cardContext({ host: 'teams' })).text;
    for (const part of [
      'Sign-in fails',
      'Mar 2, 2026',
      '20:00',
      'major',
      'fabrikam.backup',
      'West Europe',
      'Fabrikam',
      'support@fabrikam.com',
      'Microsoft does not run this product',
      'We are looking.',
      'Called them.',
      'You get this because you follow Contoso Backup',
      'Stop these',
    ])
      assert.ok(text.includes(part), `${part} in\n${text}`);
  });

  it('say in the reader’s language', () => {
    const card = outageCard(data(), cardContext({ language: 'zh-Hant' }));
    assert.match(card.summary, /服務中斷|調查中/);
    assert.match(card.text, /追蹤了/);
  });

  it('offer to look after it, note, silence, stop and release while it lasts, and only stop when it is over', () => {
    const verbs = (incident: Incident) => {
      const { card } = outageCard(
        data({ incident }),
        cardContext({ host: 'teams', signer: hmacSigner('x') }),
      );
      return [
        ...new Set(
          nodesOf(card).flatMap((node) =>
            typeof node.verb === 'string' && node.type === 'Action.Execute' ? [node.verb] : [],
          ),
        ),
      ];
    };
    assert.deepEqual(verbs(sample()).sort(), [
      'outage-acknowledge',
      'outage-note',
      'outage-release',
      'outage-silence',
      'outage-unsubscribe',
    ]);
    assert.deepEqual(verbs(sample({ state: 'resolved', resolvedAt: NOON })), ['outage-unsubscribe']);
  });
});
