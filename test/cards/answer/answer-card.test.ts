/** The answer card: shows who, why and how, has the same facts as text, and shows an asker only permitted data. */
import assert from 'node:assert/strict';
import { answerCard } from '../../../cards/answer/answer-card.js';
import { notHelpedCard } from '../../../cards/answer/not-helped-card.js';
import type { RenderContext } from '../../../cards/kit/types.js';
import type { Answer, ShownStep } from '../../../core/services/answers/answer.js';
import { NOTE_KEYS, PREPARE_KEYS, REASON_KEYS } from '../../../core/policy/keys.js';
import { WAYS } from '../../../core/policy/decision.js';
import {
  type CspModel,
  ISSUE_KINDS,
  ISSUES,
  type Language,
  LANGUAGES,
  PARTIES,
} from '../../../core/terms.js';
import { hasText, rawText } from '../../../locales/text.js';
import {
  cardContext,
  customerAnswer,
  engineeringStep,
  everyContext,
  fabrikamSupport,
  hostileAnswer,
  NOW,
  sampleAnswer,
} from '../../helpers/card-fixtures.js';
import { actionsOf, nodesOf } from '../../helpers/card-lint.js';

/** Every text that a reader sees after the whole card is unfolded. */
function shownText(card: unknown): string {
  return nodesOf(card)
    .filter((node) => node.type === 'TextBlock' || node.type === 'TextRun')
    .map((node) => String(node.text))
    .join('\n');
}

const titles = (card: unknown) => actionsOf(card).map((action) => String(action.title));

describe('the answer card', () => {
  it('has “I wrote to them” under “More”, so that the folded card is not higher', () => {
    const { card } = answerCard({ answer: sampleAnswer() }, cardContext({ cases: true }));
    const { actions } = card as { actions: readonly unknown[] };
    assert.doesNotMatch(JSON.stringify(actions), /case-open/);
    assert.match(JSON.stringify(card), /case-open/);
  });

  it('names the responsible party, the reason, the first contact and the escalation, also in its text', () => {
    for (const ctx of everyContext()) {
      const { card, text, summary } = answerCard({ answer: sampleAnswer() }, ctx);
      for (const words of [
        'Fabrikam',
        'support@fabrikam.com',
        '+1 425 555 0123',
        'https://support.fabrikam.com/',
        'engineering@fabrikam.com',
        'Contoso Backup',
      ]) {
        assert.ok(shownText(card).includes(words), `${words} on the card`);
        assert.ok(text.includes(words), `${words} in the twin`);
      }
      assert.equal(
        shownText(card).includes('technical.partner'),
        ctx.asker !== 'customer',
        'the rule is for staff',
      );
      assert.match(summary, /Fabrikam/);
    }
  });

  it('shows address and number unchanged, so a reader can copy them', () => {
    const odd = { ...fabrikamSupport, email: 'first_last*csp@fabrikam.com', phone: '+1 (425) 555_0123' };
    const answer = sampleAnswer({ first: { ...sampleAnswer().first, contact: odd } });
    const runs = nodesOf(answerCard({ answer }, cardContext()).card)
      .filter((node) => node.type === 'TextRun')
      .map((node) => node.text);
    assert.ok(runs.includes('first_last*csp@fabrikam.com'));
    assert.ok(runs.includes('+1 (425) 555_0123'));
  });

  it('tells a customer that the partner is responsible, and tells staff that they are responsible', () => {
    const answer = customerAnswer();
    const asCustomer = answerCard({ answer }, cardContext({ asker: 'customer' }));
    assert.match(asCustomer.text, /Responsible: Northwind Cloud, your partner/);
    const asStaff = answerCard({ answer }, cardContext({ asker: 'partner' }));
    assert.match(asStaff.text, /Responsible: you \(Northwind Cloud\)/);
  });

  it('never renders the decision trace', () => {
    for (const ctx of everyContext()) {
      const rendered = answerCard({ answer: sampleAnswer() }, ctx);
      assert.ok(!JSON.stringify(rendered).includes('TRACE-CANARY'));
    }
  });

  it('shows the first contact with one filled button, and folds the rest under More details', () => {
    const { card } = answerCard({ answer: sampleAnswer() }, cardContext());
    const hidden = nodesOf(card).filter((node) => node.isVisible === false);
    assert.deepEqual(
      hidden.map((node) => node.id),
      ['more'],
    );
    const shown = shownText([
      { ...card, body: (card.body as { isVisible?: boolean }[]).filter((one) => one.isVisible !== false) },
    ]);
    assert.match(shown, /support@fabrikam\.com/);
    assert.doesNotMatch(shown, /Have this at hand|Useful pages|Why this answer/);
    const filled = actionsOf(card).filter((action) => action.style === 'positive');
    assert.equal(filled.length, 1);
    assert.match(shownText(hidden), /Support for commercial marketplace products.*July 31, 2023/s);
    const toggles = actionsOf(card).filter((action) => action.type === 'Action.ToggleVisibility');
    assert.deepEqual(
      toggles.map((action) => action.targetElements),
      [['more']],
    );
  });

  it('has buttons to correct the question and to ask another question', () => {
    const found = titles(answerCard({ answer: sampleAnswer() }, cardContext()).card);
    for (const title of [
      'Change offer',
      'Change issue',
      'Another issue with this offer',
      'Another offer',
      'This did not help',
    ]) {
      assert.ok(found.includes(title), title);
    }
  });

  it('names the customer’s partner at most three times before the card is unfolded', () => {
    const seen = (reason: string, responsible: 'partner' | 'publisher', language: Language) => {
      const base = customerAnswer({ assumed: 'partner' });
      const responsibleName = responsible === 'partner' ? base.responsibleName : 'Fabrikam';
      const answer = { ...base, decision: { ...base.decision, reason, responsible }, responsibleName };
      const { card } = answerCard({ answer }, cardContext({ asker: 'customer', language, talk: true }));
      const body = (card.body as { isVisible?: boolean }[]).filter((one) => one.isVisible !== false);
      return [shownText(body), ...titles(body)].join('\n');
    };
    const reasons = REASON_KEYS.filter((key) => key.includes('.customer'));
    assert.ok(reasons.length > 10);
    for (const language of LANGUAGES)
      for (const words of [
        ...reasons.map((reason) => seen(reason, 'partner', language)),
        seen('reason.technical.customer', 'publisher', language),
        seen('reason.how-to.customer', 'publisher', language),
      ])
        assert.ok(words.split('Northwind Cloud').length <= 4, words);
  });

  it('answers also without a known offer', () => {
    const answer = sampleAnswer({ offer: undefined, responsibleName: '' });
    const { card, text } = answerCard({ answer }, cardContext());
    assert.match(text, /Responsible: the publisher/);
    assert.ok(!titles(card).includes('Another issue with this offer'));
    assert.ok(titles(card).includes('Choose an offer'));
  });

  it('says that an offer is no longer sold', () => {
    const offer = { ...sampleAnswer().offer!, withdrawn: true };
    assert.match(
      answerCard({ answer: sampleAnswer({ offer }) }, cardContext()).text,
      /Contoso Backup is no longer sold/,
    );
  });

  it('keeps the whole escalation in its text when the card must leave out steps', () => {
    const answer = hostileAnswer('x'.repeat(5_000), 'partner');
    const last: ShownStep = { ...engineeringStep, contact: { email: 'last@fabrikam.com' } };
    const { card, text } = answerCard(
      { answer: { ...answer, escalation: [...answer.escalation.slice(0, 3), last] } },
      cardContext({ host: 'teams' }),
    );
    assert.ok(JSON.stringify(card).length * 2 <= 25 * 1024);
    assert.ok(text.includes('last@fabrikam.com'));
  });
});

describe('policy sentences', () => {
  const keys = Object.keys(rawText('en')).filter((key) => /^(reason|note|prepare)\./.test(key));

  it('get all their values on the card, with and without a known offer', () => {
    assert.ok(keys.length > 50);
    for (const language of LANGUAGES) {
      for (const key of keys) {
        const decision = { ...sampleAnswer().decision, reason: key, prepare: [key], notes: [key] };
        for (const offer of [sampleAnswer().offer, undefined]) {
          const answer = sampleAnswer({ decision, offer, providerName: undefined, escalation: [] });
          const { text } = answerCard({ answer }, cardContext({ language }));
          assert.doesNotMatch(text, /[{}]/, `${language} ${key}`);
        }
      }
    }
  });

  it('exist for every key of a decision', () => {
    for (const key of [...REASON_KEYS, ...PREPARE_KEYS, ...NOTE_KEYS]) assert.ok(hasText(key), key);
    for (const way of WAYS) assert.ok(hasText(`way.${way}`), way);
    for (const issue of ISSUES) assert.ok(hasText(`issue.${issue}`) && hasText(`issue.${issue}.hint`), issue);
    for (const kind of ISSUE_KINDS) assert.ok(hasText(`kind.${kind}`), kind);
    for (const party of PARTIES) assert.ok(hasText(`party.${party}`), party);
  });
});

describe('the verification date of a contact', () => {
  const shown = (verifiedOn: string | undefined, ctx: RenderContext = cardContext()) => {
    const first = { ...sampleAnswer().first, contact: { ...fabrikamSupport, verifiedOn } };
    return answerCard({ answer: sampleAnswer({ first, escalation: [] }) }, ctx).text;
  };
  const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);

  it('is written in the reader’s language', () => {
    assert.match(shown('2026-07-14'), /Last verified on July 14, 2026/);
    assert.match(shown('2026-07-14', cardContext({ language: 'zh-Hant' })), /上次確認日期：2026年7月14日/);
  });

  it('is marked as old after 180 days', () => {
    assert.doesNotMatch(shown(daysAgo(180)), /more than 180 days ago/);
    assert.match(shown(daysAgo(181)), /more than 180 days ago/);
  });

  it('is shown as “Not verified yet” when the date is missing or invalid', () => {
    for (const date of [undefined, '', 'yesterday', '2026-13-45'])
      assert.match(shown(date), /Not verified yet/);
  });

  it('is not shown for Microsoft’s own pages', () => {
    const first: ShownStep = {
      step: { party: 'microsoft', way: 'partner-center-support' },
      partyName: 'Microsoft',
      contact: { url: 'https://partner.microsoft.com/dashboard/v2/support/' },
    };
    const { text } = answerCard({ answer: sampleAnswer({ first, escalation: [] }) }, cardContext());
    assert.doesNotMatch(text, /verified/i);
  });
});

describe('a missing contact', () => {
  const missing = (changes: Partial<ShownStep>, answer: Partial<Answer>, ctx: RenderContext) => {
    const base = sampleAnswer(answer);
    const first: ShownStep = {
      step: base.first.step,
      partyName: 'Fabrikam',
      missing: 'none-on-file',
      ...changes,
    };
    return answerCard({ answer: { ...base, escalation: [], first } }, ctx);
  };

  it('sends staff to the offer’s Overview tab in Partner Center, in one paragraph with one button', () => {
    const { text, card } = missing({}, {}, cardContext());
    assert.match(text, /We have no contact of Fabrikam/);
    assert.match(
      text,
      /Partner Center: Pricing › Marketplace › Contoso Backup › Overview tab|Partner Center: Pricing > Marketplace > Contoso Backup > Overview tab/,
    );
    const links = actionsOf(card).filter((action) => action.type === 'Action.OpenUrl' && action.style);
    assert.deepEqual(
      links.map(({ title }) => title),
      ['Open Partner Center ↗'],
    );
    assert.equal(
      nodesOf(card).filter((node) => String(node.text).includes('Fabrikam for this kind')).length,
      1,
    );
  });

  it('tells only once how to find several missing contacts', () => {
    const base = sampleAnswer();
    const gone: ShownStep = { step: base.first.step, partyName: 'Fabrikam', missing: 'none-on-file' };
    const { text } = answerCard(
      { answer: { ...base, first: gone, escalation: [gone, gone] } },
      cardContext(),
    );
    assert.equal(text.split('Overview tab').length, 2);
    assert.equal(text.split('This contact is not known either.').length, 3);
  });

  it('adds the provider when the partner is a reseller', () => {
    const facts = { ...sampleAnswer().facts, model: 'indirect-reseller' as CspModel };
    assert.match(
      missing({}, { facts, providerName: 'Adventure Works' }, cardContext()).text,
      /ask Adventure Works for the contact/,
    );
  });

  it('sends a customer to the partner and never to Partner Center', () => {
    const { text, card } = missing({ missing: 'via-partner' }, {}, cardContext({ asker: 'customer' }));
    assert.match(text, /Northwind Cloud, your partner, contacts Fabrikam for you/);
    assert.doesNotMatch(JSON.stringify(card), /partner\.microsoft\.com/);
  });

  it('offers to record an unknown offer', () => {
    const { card } = missing({ missing: 'unknown-offer' }, { offer: undefined }, cardContext());
    assert.ok(titles(card).includes('Ask us to add this offer'));
  });

  it('is never shown as a blank, for any asker, party, reason and language', () => {
    for (const ctx of everyContext()) {
      for (const party of PARTIES) {
        for (const reason of ['none-on-file', 'via-partner', 'unknown-offer', undefined] as const) {
          const step = { party, way: 'publisher-support' } as const;
          const { text } = missing({ step, missing: reason }, {}, ctx);
          const lines = text.split('\n');
          const heading = lines.indexOf(ctx.text('answer.first'));
          assert.ok((lines[heading + 2] ?? '').length > 10, `${party}, ${reason}, ${ctx.language}`);
        }
      }
    }
  });

  it('is reported also for a contact without a usable channel', () => {
    const { text } = missing(
      { missing: undefined, contact: { name: 'Robin', url: 'javascript:x' } },
      {},
      cardContext(),
    );
    assert.match(text, /We have no contact of Fabrikam/);
  });
});

describe('the card after "this did not help"', () => {
  it('gives the escalation with its contacts, in every language', () => {
    for (const language of LANGUAGES) {
      const { text, card } = notHelpedCard({ answer: sampleAnswer() }, cardContext({ language }));
      assert.ok(text.includes('engineering@fabrikam.com'));
      assert.ok(
        actionsOf(card).some((action) => String(action.url).startsWith('mailto:engineering@fabrikam.com')),
      );
    }
  });

  it('gives the first contact again when there is no escalation', () => {
    const { text } = notHelpedCard({ answer: customerAnswer() }, cardContext({ asker: 'customer' }));
    assert.match(text, /billing@northwind\.example/);
    assert.match(text, /Contact Northwind Cloud again/);
  });
});
