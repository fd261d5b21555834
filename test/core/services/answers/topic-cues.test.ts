/** Clear words: a visitor can name every issue in words, and a cue counts before the classifier. */
import assert from 'node:assert/strict';
import { CUED_ISSUES, cuedIssue } from '../../../../core/services/answers/topic-cues.js';
import { ISSUES, type Issue } from '../../../../core/terms.js';
import { shippedModel } from '../../../../core/understanding/model.js';

describe('the cues of a topic', () => {
  it('reach every issue, together with the classifier', () => {
    const classes = new Set(shippedModel().classes);
    assert.deepEqual(
      ISSUES.filter((issue) => !classes.has(issue) && !CUED_ISSUES.has(issue)),
      [],
    );
  });

  it('recognise the customer agreement, co-sell, partner payouts and moves between partners', () => {
    assert.equal(cuedIssue('the MCA was not accepted', 'partner'), 'contract-legal.customer-agreement');
    assert.equal(cuedIssue('We lost co-sell ready', 'partner'), 'offer-onboarding.rewards');
    assert.equal(cuedIssue('where is our payout', 'customer'), undefined);
    assert.equal(
      cuedIssue('move our licenses to another partner', 'customer'),
      'subscription-management.transfer',
    );
  });

  const CUED: readonly [Issue, string][] = [
    ['contract-legal.customer-agreement', 'Der Kunde hat die Kundenvereinbarung nicht akzeptiert'],
    ['contract-legal.customer-agreement', "Le contrat client Microsoft n'est pas accepté"],
    ['contract-legal.customer-agreement', 'El contrato de cliente de Microsoft no está aceptado'],
    ['contract-legal.customer-agreement', '顧客契約に同意していません'],
    ['purchase-transaction.private-offer-acceptance', 'Das private Angebot ist grau'],
    ['purchase-transaction.private-offer-acceptance', "Je n'arrive pas à accepter l'offre privée"],
    ['purchase-transaction.private-offer-acceptance', 'No puedo aceptar la oferta privada'],
    ['purchase-transaction.private-offer-acceptance', 'プライベート オファーの承諾ボタンがグレーです'],
    ['purchase-transaction.private-offer', 'Wir möchten ein privates Angebot'],
    ['purchase-transaction.private-offer', 'Nous souhaitons une offre privée'],
    ['purchase-transaction.private-offer', 'Quiero una oferta privada'],
    ['purchase-transaction.private-offer', 'プライベートオファーがほしい'],
    ['purchase-transaction.own-administrator', 'Unsere Organisation erlaubt keine Käufe im Marketplace'],
    ['purchase-transaction.own-administrator', 'Notre administrateur bloque les achats'],
    ['purchase-transaction.own-administrator', 'Nuestro administrador bloquea las compras'],
    ['purchase-transaction.own-administrator', '管理者がマーケットプレースの購入を禁止'],
    ['account-setup.missing-role', 'I do not have the permission to buy this'],
    ['account-setup.missing-role', 'Mir fehlt die Berechtigung im Partner Center'],
    ['account-setup.missing-role', "Je n'ai pas l'autorisation d'acheter"],
    ['account-setup.missing-role', 'Me falta el permiso para comprar'],
    ['account-setup.missing-role', '購入する権限がない'],
    ['subscription-management.transfer', 'Wir wechseln zu einem anderen Partner'],
    ['subscription-management.transfer', 'Nous voulons changer de partenaire'],
    ['subscription-management.transfer', 'Queremos pasar a otro socio'],
    ['subscription-management.transfer', '別のパートナーに変更したい'],
    ['billing.refund', 'Wie lange kann ich eine Erstattung bekommen?'],
    ['billing.refund', 'Quel est le délai de remboursement ?'],
    ['billing.refund', '¿Qué plazo hay para el reembolso?'],
    ['billing.refund', '返金の期限はいつまでですか'],
    ['subscription-management.transfer', '我们要换合作伙伴'],
    ['contract-legal.customer-agreement', '客户协议没有接受'],
  ];
  for (const [issue, text] of CUED)
    it(`read “${text}” as ${issue}`, () => assert.equal(cuedIssue(text, 'customer'), issue));

  it('leave a missing permission inside the product to the classifier', () => {
    for (const text of ['I have no permission to see the reports', 'Mir fehlt die Berechtigung für Berichte'])
      assert.equal(cuedIssue(text, 'customer'), undefined, text);
  });
});
