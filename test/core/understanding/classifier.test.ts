/** The issue classifier: its answers, its questions back, and its limits for any text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ISSUE_KINDS, isIssue, kindOf, type Issue, type IssueKind } from '../../../core/terms.js';
import { scoreKinds, shippedModel } from '../../../core/understanding/model.js';
import { createIssueClassifier, type IssueUnderstanding } from '../../../core/understanding/classifier.js';
import { readPhrases } from '../../../scripts/understanding/corpus.js';
import { buildModel, ownInputs } from '../../../scripts/train-understanding.js';
import { cpuMs } from '../../helpers/cpu-time.js';

const classifier = createIssueClassifier();

function kindRead(text: string): IssueKind | 'asked' {
  const read = classifier.read(text);
  return read.decision === 'answered' ? read.guess.kind : 'asked';
}

describe('the issue classifier, for texts with too little information', () => {
  const vague = [
    'cost',
    'Overview page',
    'not connecting',
    'service problem',
    'help',
    'it does not work',
    'Contoso',
    '???',
    '😀',
    '',
    '费用',
    '問題',
    'エラー',
    'Problem',
    'ça ne marche pas',
    'no funciona',
  ];
  for (const text of vague) {
    it(`asks back for "${text}"`, () => {
      const read = classifier.read(text);
      assert.equal(read.decision, 'asked');
      assert.ok(read.ranked.length >= 3, 'there is something to ask with');
    });
  }
});

describe('the issue classifier, for clear sentences', () => {
  // None of these is in the phrases the model was trained on.
  const clear: readonly (readonly [IssueKind, string])[] = [
    ['billing', 'Why did my invoice go up by 40 dollars compared to last month?'],
    ['billing', 'I would like my money back for the yearly plan'],
    ['billing', 'Die letzte Rechnung ist viel zu hoch'],
    ['billing', "J'ai été facturé deux fois pour le même mois"],
    ['billing', 'Me cobraron dos veces este mes, quiero el reembolso'],
    ['billing', '上個月的帳單多收了三百元'],
    ['billing', '请把多扣的费用退款给我'],
    ['billing', '先月分が二重に請求されています'],
    ['payment', 'The website refuses my Visa card when I try to pay'],
    ['payment', 'Meine Kreditkarte wird beim Bezahlen abgelehnt'],
    ['payment', '我的信用卡一直付款失敗'],
    ['account-setup', 'We need a new tenant for our customer, creating it fails'],
    ['account-setup', 'GDAP relationship with the customer cannot be approved'],
    ['subscription-management', 'Please cancel our subscription at the end of the term'],
    ['subscription-management', 'We want to go from 20 to 35 seats on our subscription'],
    ['subscription-management', 'Ich will mein Abo zum Monatsende kündigen'],
    ['subscription-management', 'Quiero dar de baja mi suscripción'],
    ['subscription-management', 'サブスクリプションを来月で解約したいです'],
    ['purchase-transaction', 'The offer is not available for CSP subscriptions when we try to buy it'],
    ['purchase-transaction', "Je n'arrive pas à acheter l'offre, la commande échoue"],
    ['provisioning-deployment', 'The ARM template deployment ends with a Conflict error'],
    ['provisioning-deployment', '從 Marketplace 部署虛擬機器失敗'],
    ['technical', 'The app crashes whenever I open the report screen'],
    ['technical', 'Ich kann mich mit meinem Passwort nicht anmelden'],
    ['outage', 'Your whole site is down since this morning, nobody can reach it'],
    ['outage', '你們的伺服器是不是掛了，整個公司都連不上'],
    ['how-to-docs-training', 'The steps in the documentation are outdated, please update the article'],
    ['sla', 'What uptime does the SLA guarantee?'],
    ['security-privacy', 'In which country is our data stored under GDPR?'],
    ['security-privacy', 'We found a vulnerability in your product'],
    ['contract-legal', 'You have not accepted the legal terms on this subscription'],
    ['offer-onboarding', 'Our SaaS offer is stuck in certification, how do we publish it?'],
  ];
  for (const [kind, text] of clear) {
    it(`reads ${kind} in "${text}"`, () => assert.equal(kindRead(text), kind));
  }

  it('separates topics when the topic changes the responsible party', () => {
    const topics: readonly (readonly [string, string])[] = [
      ['billing.refund', 'I want a refund'],
      ['billing.reconciliation', 'The reconciliation file does not match the invoice'],
      ['contract-legal.marketplace-terms', 'How do I accept the marketplace terms for the image?'],
      [
        'purchase-transaction.not-available',
        'This offer is not available to Cloud Solution Provider subscribers',
      ],
      ['outage.microsoft-platform', 'Azure outage in West Europe'],
    ];
    for (const [issue, text] of topics) {
      const read = classifier.read(text);
      assert.equal(read.decision === 'answered' && read.guess.issue, issue, text);
    }
  });

  it('understands misspelt words', () => {
    assert.equal(kindRead('pleas cancle my subscribtion'), 'subscription-management');
    assert.equal(kindRead('wrong invioce amonut'), 'billing');
  });
});

describe('the asker', () => {
  it('decides between close kinds, but never overrules a clear sentence', () => {
    const text = 'documentation about private offers is misleading';
    const of = (asker: 'customer' | 'publisher') =>
      classifier.read(text, { asker }).ranked.find((guess) => guess.kind === 'offer-onboarding')
        ?.confidence ?? 0;
    assert.ok(of('publisher') > of('customer'));
    const plain = classifier.read('I want a refund for my subscription', { asker: 'publisher' });
    assert.equal(plain.decision === 'answered' && plain.guess.kind, 'billing');
  });
});

describe('taught phrases', () => {
  const taught = createIssueClassifier({
    phrases: [{ text: 'the blue widget is sulking', issue: 'technical' }],
  });

  it('are answered when the text is the same or nearly the same', () => {
    assert.equal(kindRead('the blue widget is sulking'), 'asked');
    for (const text of ['the blue widget is sulking', 'The blue widget is sulking!']) {
      const read = taught.read(text);
      assert.equal(read.decision === 'answered' && read.guess.kind, 'technical', text);
    }
  });

  it('do not change the answers to other texts', () => {
    assert.deepEqual(taught.read('I want a refund'), classifier.read('I want a refund'));
  });

  it('may be words that are otherwise too vague', () => {
    const house = createIssueClassifier({ phrases: [{ text: 'cost', issue: 'billing' }] });
    assert.equal(house.read('cost').decision, 'answered');
  });
});

function assertSound(read: IssueUnderstanding): void {
  const { ranked } = read;
  assert.ok(ranked.length > 0 && ranked.length <= 5);
  for (const guess of ranked) {
    assert.ok(isIssue(guess.issue) && guess.kind === kindOf(guess.issue));
    assert.ok(guess.kind !== 'other' && ISSUE_KINDS.includes(guess.kind));
    assert.ok(guess.confidence >= 0 && guess.confidence <= 1);
  }
  ranked.slice(1).forEach((guess, at) => assert.ok(guess.confidence <= ranked[at]!.confidence));
  assert.equal(new Set(ranked.map((guess) => guess.kind)).size, ranked.length);
  if (read.decision === 'answered') assert.deepEqual(read.guess, ranked[0]);
}

describe('any text', () => {
  it('gets valid answers: each kind once, best first, between 0 and 1, never "other"', () => {
    const words = fc.constantFrom(
      'refund',
      'card',
      'error',
      'Contoso',
      '取消',
      '障害',
      'déploiement',
      '500',
      '🙂',
    );
    const sentence = fc.array(words, { maxLength: 12 }).map((list) => list.join(' '));
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), sentence);
    fc.assert(
      fc.property(text, (typed) => assertSound(classifier.read(typed))),
      { numRuns: 150 },
    );
  });

  it('gets the same result from two classifiers', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) =>
        assert.deepEqual(classifier.read(text), createIssueClassifier().read(text)),
      ),
      { numRuns: 40 },
    );
  });
});

describe('hostile text', () => {
  const unit = fc.constantFrom(
    'a',
    '1',
    '😀',
    '漢字',
    'e\u0301\u0302',
    ' ',
    'aB',
    '<b>',
    'ﷺ',
    '\u202e',
    'refund ',
    'ü@',
  );
  const few = fc.array(unit, { minLength: 1, maxLength: 4 });

  it('is read within 50 ms, even with more than ten thousand characters', () => {
    classifier.read('warm up');
    fc.assert(
      fc.property(few, (units) => {
        const text = units.join('').repeat(4000);
        const took = cpuMs(() => classifier.read(text), 4);
        assert.ok(took < 50, `${took.toFixed(1)} ms`);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the training phrases', () => {
  const phrases = readPhrases();

  it('are at least 40 for each kind of issue in each language', () => {
    const languages = [...new Set(phrases.map(({ language }) => language))];
    const counted = ISSUE_KINDS.flatMap((kind) =>
      languages.map((language) => ({
        kind,
        language,
        count: phrases.filter((one) => kindOf(one.issue) === kind && one.language === language).length,
      })),
    );
    assert.deepEqual(
      counted.filter(({ kind, count }) => count < (kind === 'other' ? 20 : 40)),
      [],
    );
  });

  it('stand under one issue each', () => {
    const issues = new Map<string, Set<Issue>>();
    for (const { text, issue } of phrases) {
      const folded = text.toLowerCase();
      issues.set(folded, (issues.get(folded) ?? new Set()).add(issue));
    }
    assert.deepEqual(
      [...issues].filter(([, of]) => of.size > 1).map(([text, of]) => [text, ...of]),
      [],
    );
  });
});

describe('a kind without a measured weight', () => {
  it('is not preferred to the kinds with a measured weight', () => {
    const model = shippedModel();
    const { technical: _, ...others } = model.askers.partner!;
    const lowest = Math.min(0, ...Object.values(others));
    const of = (partner: Readonly<Record<string, number>>) =>
      scoreKinds({ ...model, askers: { ...model.askers, partner } }, 'the report page crashes', 'partner');
    assert.deepEqual(of(others), of({ ...others, technical: lowest }));
  });
});

describe('the shipped model', () => {
  it('equals the output of "npm run train" byte for byte', function () {
    assert.deepEqual(shippedModel().inputs, ownInputs(), 'the phrases have changed: run "npm run train"');
    const file = readFileSync('core/understanding/model.json', 'utf8');
    assert.equal(`${JSON.stringify(buildModel())}\n`, file, 'run "npm run train"');
  });
});
