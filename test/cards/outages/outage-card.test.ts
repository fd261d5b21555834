/** The outage cards: their facts, in every language, also with hostile and very long data. */
import assert from 'node:assert/strict';
import { ledgerOfCounts } from '../../../core/incident/ledger.js';
import type { Incident } from '../../../core/incident/types.js';
import { hmacSigner } from '../../../cards/kit/actions.js';
import { answerCard } from '../../../cards/answer/answer-card.js';
import { outageCard } from '../../../cards/outages/outage-card.js';
import { outageMenuCard } from '../../../cards/outages/outage-menu-card.js';
import { cardContext, sampleAnswer } from '../../helpers/card-fixtures.js';
import { nodesOf } from '../../helpers/card-lint.js';
import { NOON } from '../../helpers/incidents.js';
import { outageData, sampleIncident, sampleLedger } from '../../helpers/outage-views.js';

const { names } = outageData();

describe('the outage cards', () => {
  it('show title, start, severity, region, contact, Microsoft’s part, and the reason for the card', () => {
    const text = outageCard(outageData(), cardContext({ host: 'teams' })).text;
    for (const part of [
      'Sign-in fails',
      'Mar 2, 2026',
      '20:00',
      'major',
      'Contoso Backup',
      'West Europe',
      'Fabrikam',
      'support@fabrikam.com',
      'Microsoft does not run this product',
      'We are looking.',
      'Called them.',
      'You get this because you follow Contoso Backup',
      'Stop these cards',
    ])
      assert.ok(text.includes(part), `${part} in\n${text}`);
  });

  it('show staff the counts of sent, waiting, left out and failed cards, with reasons', () => {
    const shown = outageCard(
      outageData({ ledger: sampleLedger('BadRequest') }),
      cardContext({ host: 'teams' }),
    ).text;
    for (const line of [
      'Sent to 930 of 1,000 recipients, 35 waiting, 12 left out on purpose, 23 failed.',
      'Left out on purpose: stopped all outage cards: 6, silenced: 4, over before the card was sent: 2',
      'Waiting because of: 429 10',
      'Failed: BadRequest 20, 403 BadRequest 3',
      '250 recipients are not planned yet.',
    ])
      assert.ok(shown.includes(line), `${line} in\n${shown}`);
    const nobody = outageCard(outageData({ ledger: { ...ledgerOfCounts([]), undecided: 0 } }), cardContext());
    assert.doesNotMatch(nobody.text, /Told/);
  });

  it('use the recipient’s language', () => {
    const zh = cardContext({ language: 'zh-Hant' });
    const card = outageCard(outageData(), zh);
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
      outageCard(outageData({ ours }), cardContext({ host: 'teams' })).text;
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
    const onOutage = links(
      outageCard(outageData({ answer, incident: sampleIncident({ url: null }) }), ctx).card,
    );
    assert.ok(onOutage.length > 0);
    for (const link of onOutage) assert.ok(onAnswer.has(link), link);
  });

  it('say that Microsoft restores the service when the policy makes Microsoft responsible, for any sender', () => {
    const answer = {
      ...sampleAnswer(),
      decision: { ...sampleAnswer().decision, responsible: 'microsoft' as const },
    };
    const { text } = outageCard(outageData({ answer }), cardContext({ host: 'teams' }));
    assert.match(text, /This is a Microsoft service, and Microsoft restores it/);
    assert.doesNotMatch(text, /does not run this product/);
  });

  it('show the end of a silence and its reason, and a button to end the silence', () => {
    const silence = { id: 's-1', until: NOON, reason: 'we are migrating' };
    const { card, text } = outageCard(outageData({ silence }), cardContext({ host: 'teams' }));
    assert.match(text, /Silenced until Mar 2, 2026, 20:00 GMT\+8 because: we are migrating/);
    assert.ok(nodesOf(card).some((node) => node.verb === 'outage-unsilence'));
  });

  it('say when an outage is unconfirmed, and offer to confirm or dismiss, but not to release', () => {
    const incident = sampleIncident({ unconfirmed: { source: 'page', asked: [] } });
    const { card, text, summary } = outageCard(outageData({ incident }), cardContext({ host: 'teams' }));
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
        (language) =>
          outageCard(outageData({ incident: sampleIncident(over) }), cardContext({ language })).text ?? '',
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
    const incident = sampleIncident({ acts: [{ kind: 'closed', by: 'cli:root', at: NOON, text: 'over' }] });
    const { text } = outageCard(outageData({ incident }), cardContext({ host: 'teams' }));
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
        outageData({ incident }),
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
    assert.deepEqual(verbs(sampleIncident()).sort(), [
      'outage-acknowledge',
      'outage-close',
      'outage-note',
      'outage-release',
      'outage-silence',
      'outage-unsubscribe',
    ]);
    assert.deepEqual(verbs(sampleIncident({ state: 'resolved', resolvedAt: NOON })), ['outage-unsubscribe']);
  });
});
