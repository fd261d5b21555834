/** The outage cards: their facts, in every language, also with hostile and very long data. */
import assert from 'node:assert/strict';
import { ledgerOfCounts } from '../../../core/incident/ledger.js';
import type { Incident } from '../../../core/incident/types.js';
import type { LedgerShown } from '../../../cards/outages/outage-ledger.js';
import { hmacSigner } from '../../../cards/kit/actions.js';
import type { RenderContext } from '../../../cards/kit/types.js';
import { answerCard } from '../../../cards/answer/answer-card.js';
import { outageAlertCard, outageDigestCard } from '../../../cards/outages/outage-notice-cards.js';
import { outageCard, type OutageData } from '../../../cards/outages/outage-card.js';
import { outageMenuCard } from '../../../cards/outages/outage-menu-card.js';
import {
  cardContext,
  everyContext,
  HOSTILE,
  hostileAnswer,
  sampleAnswer,
} from '../../helpers/card-fixtures.js';
import { lintCard, nodesOf } from '../../helpers/card-lint.js';
import { affects, incident as opened, NOON } from '../../helpers/incidents.js';

const same = (id: string) => id;
const names = { offer: same, publisher: same, person: same };

function sample(over: Partial<Incident> = {}): Incident {
  return {
    ...opened({
      affected: affects({ offers: ['fabrikam.backup'], publishers: ['fabrikam'], regions: ['West Europe'] }),
    }),
    url: 'https://status.fabrikam.com/1',
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

/** Counts of a running broadcast, with any text as the platform's answer. */
function ledger(answer: string): LedgerShown {
  const standing: Record<string, number> = {
    current: 900, behind: 30, pending: 20, 'retrying|429': 10, held: 5, 'muted|opted-out': 6, 'muted|silenced': 4,
    withdrawn: 2, [`stopped|403 ${answer}`]: 3, [`dead|${answer}`]: 20,
  }; // prettier-ignore
  const counts = Object.entries(standing).map(([at, count]) => ({ standing: at, count, suspected: 0 }));
  return { ...ledgerOfCounts(counts), undecided: 250 };
}

function views(incident: Incident, over: Partial<OutageData>, ctx: RenderContext) {
  const quiet = {
    zone: over.zone ?? 'Asia/Taipei',
    from: 1200,
    to: 420,
    days: [1, 2, 3, 4, 5],
    override: 'major',
  } as const;
  const recipient = {
    id: 'r', kind: 'person', tenantId: 't', optedOut: false, reachable: true, quiet,
    subscriptions: incident.affected.offers.map((offerId) => ({ what: { kind: 'offer', offerId }, from: 'minor', by: 'reader' } as const)),
  } as const; // prettier-ignore
  const { title } = incident;
  const silence = { id: 's-1', name: title, reason: title, until: NOON };
  const menu = { open: [incident], names, zone: over.zone ?? '' };
  const doubtful = { ...incident, unconfirmed: { source: title, asked: ['r'] } };
  const regions = incident.affected.regions;
  return [
    outageCard(data({ incident, ...over }), ctx),
    outageCard(data({ incident: { ...incident, state: 'resolved', resolvedAt: NOON }, ...over }), ctx),
    outageDigestCard({ digest: { readerId: 'r', open: [incident], over: [incident] }, zone: 'UTC' }, ctx),
    outageAlertCard({ incident }, ctx),
    outageCard(data({ incident: doubtful, ours: regions, ...over }), ctx),
    outageCard(data({ incident, silence, ours: [], notice: 'silenced', ...over }), ctx),
    outageCard(data({ incident, ledger: ledger(title), ...over }), ctx),
    outageMenuCard(
      { ...menu, recipient, silences: [silence, silence, silence, silence, silence, silence] },
      ctx,
    ),
    outageMenuCard({ ...menu, recipient: { ...recipient, optedOut: true }, silences: [] }, ctx),
    outageMenuCard(
      { ...menu, recipient, silences: [], suggested: { offerIds: ['a', 'b', 'c', 'd', 'e'], from: 'major' } },
      ctx,
    ),
    outageMenuCard({ ...menu, open: [], recipient: undefined, silences: [], done: 'stopped' }, ctx),
    outageMenuCard({ ...menu, recipient: undefined, silences: [], done: 'staff-only', closed: true }, ctx),
  ];
}

describe('the outage cards', function () {
  this.timeout(60_000);
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

  it('show title, start, severity, region, contact, Microsoft’s part, and the reason for the card', () => {
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

  it('show staff the counts of sent, waiting, left out and failed cards, with reasons', () => {
    const shown = outageCard(data({ ledger: ledger('BadRequest') }), cardContext({ host: 'teams' })).text;
    for (const line of [
      'Sent to 930 of 1,000 recipients, 35 waiting, 12 left out on purpose, 23 failed.',
      'Left out on purpose: stopped all outage cards: 6, silenced: 4, over before the card was sent: 2',
      'Waiting because of: 429 10',
      'Failed: BadRequest 20, 403 BadRequest 3',
      '250 recipients are not planned yet.',
    ])
      assert.ok(shown.includes(line), `${line} in\n${shown}`);
    const nobody = outageCard(data({ ledger: { ...ledgerOfCounts([]), undecided: 0 } }), cardContext());
    assert.doesNotMatch(nobody.text, /Told/);
  });

  it('use the recipient’s language', () => {
    const zh = cardContext({ language: 'zh-Hant' });
    const card = outageCard(data(), zh);
    const quiet = {
      zone: 'Asia/Taipei',
      from: 1200,
      to: 420,
      days: [1, 2, 3, 4, 5],
      override: 'major',
    } as const;
    const recipient = {
      id: 'r',
      kind: 'person',
      tenantId: 't',
      optedOut: false,
      reachable: true,
      quiet,
      subscriptions: [],
    } as const;
    const menu = outageMenuCard({ open: [], recipient, silences: [], names, zone: 'Asia/Taipei' }, zh);
    assert.match(card.summary, /服務中斷|調查中/);
    assert.match(card.text, /追蹤了/);
    assert.match(JSON.stringify(card.card), /2026年3月2日 20:00（GMT\+8）/);
    assert.match(JSON.stringify(menu.card), /週一、週二、週三、週四和週五/);
  });

  it('show the regions of our customers, and nothing when the partner has not set these regions', () => {
    const text = (ours?: readonly string[]) =>
      outageCard(data({ ours }), cardContext({ host: 'teams' })).text;
    assert.match(text(['West Europe']), /Our customers are in: West Europe/);
    assert.match(text([]), /Our customers are not in these regions/);
    assert.doesNotMatch(text(), /ur customers/);
  });

  it('have the same contact buttons as the answer card', () => {
    const ctx = cardContext({ host: 'teams' });
    const links = (card: unknown) =>
      nodesOf(card).flatMap((node) =>
        node.type === 'Action.OpenUrl' ? [`${String(node.title)} ${String(node.url)}`] : [],
      );
    const answer = sampleAnswer();
    const onAnswer = new Set(links(answerCard({ answer }, ctx).card));
    const onOutage = links(outageCard(data({ answer, incident: sample({ url: null }) }), ctx).card);
    assert.ok(onOutage.length > 0);
    for (const link of onOutage) assert.ok(onAnswer.has(link), link);
  });

  it('say that Microsoft restores the service when the policy makes Microsoft responsible, for any sender', () => {
    const answer = {
      ...sampleAnswer(),
      decision: { ...sampleAnswer().decision, responsible: 'microsoft' as const },
    };
    const { text } = outageCard(data({ answer }), cardContext({ host: 'teams' }));
    assert.match(text, /This is a Microsoft service, and Microsoft restores it/);
    assert.doesNotMatch(text, /does not run this product/);
  });

  it('show the end of a silence and its reason, and a button to end the silence', () => {
    const silence = { id: 's-1', until: NOON, reason: 'we are migrating' };
    const { card, text } = outageCard(data({ silence }), cardContext({ host: 'teams' }));
    assert.match(text, /Silenced until Mar 2, 2026, 20:00 GMT\+8 because: we are migrating/);
    assert.ok(nodesOf(card).some((node) => node.verb === 'outage-unsilence'));
  });

  it('say when an outage is unconfirmed, and offer to confirm or dismiss, but not to release', () => {
    const incident = sample({ unconfirmed: { source: 'page', asked: [] } });
    const { card, text, summary } = outageCard(data({ incident }), cardContext({ host: 'teams' }));
    assert.match(summary, /not confirmed/);
    assert.match(text, /Reported, not confirmed: Sign-in fails[^]*The sender page does not sign its reports/);
    const verbs = nodesOf(card).flatMap((node) => (node.type === 'Action.Execute' ? [node.verb] : []));
    assert.deepEqual([...new Set(verbs)].sort(), [
      'outage-confirm',
      'outage-dismiss',
      'outage-note',
      'outage-unsubscribe',
    ]);
  });

  it('say in the reader’s language why the product ended an outage, and what a flood or a joined outage is', () => {
    const line = { at: NOON, state: 'resolved', text: '', source: 'fabrikam' } as const;
    const texts = (over: Partial<Incident>) =>
      (['en', 'zh-Hant'] as const).map(
        (language) => outageCard(data({ incident: sample(over) }), cardContext({ language })).text ?? '',
      );
    const expected: readonly (readonly [Partial<Incident>, RegExp, RegExp])[] = [
      [{ updates: [{ ...line, remark: 'no-longer-listed' }] }, /no longer lists this outage/, /不再列出/],
      [{ updates: [{ ...line, remark: 'no-end-reported' }] }, /reported no end/, /沒有回報結束/],
      [{ title: 'shop', manyFrom: 'shop' }, /Outage: Many outages reported by shop/, /shop 通報了許多起中斷/],
      [
        { joinedInto: { id: 'i', title: 'Mail is late' } },
        /Joined with: Mail is late/,
        /已合併至：Mail is late/,
      ],
    ];
    for (const [over, english, chinese] of expected) {
      const [en = '', zh = ''] = texts(over);
      assert.match(en, english);
      assert.match(zh, chinese);
    }
  });

  it('name the operator without an account name', () => {
    const incident = sample({ acts: [{ kind: 'closed', by: 'cli:root', at: NOON, text: 'over' }] });
    const { text } = outageCard(data({ incident }), cardContext({ host: 'teams' }));
    assert.match(text, /The operator closed this outage: over/);
    assert.doesNotMatch(text, /root/);
  });

  it('list in the menu the followed topics with reasons, the silences with their ends, and the quiet hours', () => {
    const recipient = {
      id: 'r', kind: 'person', tenantId: 't', optedOut: false, reachable: true,
      quiet: { zone: 'Europe/Berlin', from: 1200, to: 420, days: [1, 5], override: 'major' },
      subscriptions: [
        { what: { kind: 'offer', offerId: 'Contoso Backup' }, from: 'major', by: 'reader' },
        { what: { kind: 'publisher', publisherId: 'Fabrikam' }, from: 'minor', by: 'team-default' },
      ],
    } as const; // prettier-ignore
    const silences = [{ id: 's', name: 'Contoso Backup', reason: 'we are moving', until: NOON }];
    const { text } = outageMenuCard(
      { open: [], recipient, silences, names, zone: 'Europe/Berlin' },
      cardContext({ host: 'teams' }),
    );
    for (const part of [
      'Contoso Backup, from: major (your choice)',
      'All offers of Fabrikam, from: minor (your team follows it)',
      'Contoso Backup: silenced until Mar 2, 2026, 13:00 GMT+1 because: we are moving',
      'Quiet from 20:00 to 07:00 (Europe/Berlin), beginning Mon, Fri. From major on, you still get alerts.',
    ])
      assert.ok(text.includes(part), `${part} in\n${text}`);
  });

  it('offer acknowledge, note, silence, stop, release and close during an outage, and only stop after its end', () => {
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
      'outage-close',
      'outage-note',
      'outage-release',
      'outage-silence',
      'outage-unsubscribe',
    ]);
    assert.deepEqual(verbs(sample({ state: 'resolved', resolvedAt: NOON })), ['outage-unsubscribe']);
  });
});
