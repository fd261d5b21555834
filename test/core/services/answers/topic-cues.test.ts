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
    assert.equal(cuedIssue('our Azure account was hacked', 'customer'), undefined);
    assert.equal(cuedIssue('I forgot my password', 'customer'), undefined);
    assert.equal(
      cuedIssue('move our licenses to another partner', 'customer'),
      'subscription-management.transfer',
    );
  });

  const CUED: readonly [Issue, string][] = [
    ['purchase-transaction.own-administrator', 'only free offers are allowed by our EA admin'],
    ['account-setup.missing-role', '我沒有購買市集產品的權限'],
    [
      'subscription-management.transfer',
      'do third-party products move when billing ownership is transferred',
    ],
    ['subscription-management.transfer', '客戶要從別的 CSP 轉到我們這裡'],
    ['payment', 'how long is an unpaid SaaS subscription suspended before it is cancelled'],
    ['payment', '沒付款的話訂閱暫停多久'],
    ['billing.refund-late', '客戶超過退款期限了，要找誰核准退款'],
    ['account-setup.activation', 'within how many days must a purchased SaaS offer be activated'],
    ['account-setup.activation', '購買後幾天內要啟用'],
    ['account-setup.activation', '沒有在期限內啟用會怎樣'],
    ['subscription-management.transfer', 'we change our CSP next month, what happens to the products'],
    ['subscription-management.transfer', 'the losing partner does not release the subscription'],
    ['purchase-transaction.own-administrator', 'I need the administrator to allow paid marketplace products'],
    ['purchase-transaction.own-administrator', 'this product is blocked in our private store'],
    ['contract-legal.customer-agreement', 'the customer must accept the customer agreement again'],
    ['billing.refund', 'until when can I return the container offer we bought'],
    ['technical', 'pending activation for my user'],
    ['technical', 'the account of my colleague is pending activation in the app'],
    ['technical', 'our subscription has a spending limit in the app budget module'],
    ['technical', '我的使用者顯示待啟用'],
    ['how-to-docs-training', 'how do I remove the spending limit of a project'],
    ['how-to-docs-training', '應用程式裡專案的消費上限要怎麼移除'],
    ['purchase-transaction.own-administrator', "our enrollment doesn't allow marketplace purchases"],
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
    ['security-privacy', 'Fabrikam Vault好像被駭了'],
    ['security-privacy', 'Fabrikam Vault密碼外流'],
    ['security-privacy', 'I think our account in Fabrikam Vault was hacked'],
    ['security-privacy', 'Someone may have stolen passwords from Fabrikam Vault'],
    ['contract-legal.customer-agreement', '客户协议没有接受'],
    ['contract-legal.customer-agreement', 'attest the customer agreement'],
    ['contract-legal.customer-agreement', 'the customer agreement has to be attested'],
    ['contract-legal.customer-agreement', '如何證明客戶協議'],
    ['purchase-transaction.private-offer-acceptance', 'who can accept a private offer in our EA'],
    ['purchase-transaction.private-offer-acceptance', 'We have a private offer. Who has to accept it?'],
    ['purchase-transaction.private-offer-acceptance', 'Which role do I need to accept the private offer?'],
    ['purchase-transaction.private-offer-acceptance', '私人優惠的接受按鈕是灰色的'],
    ['purchase-transaction.private-offer-acceptance', '您沒有接受此私人優惠的權限'],
    ['purchase-transaction.private-offer-acceptance', '谁可以接受私人优惠'],
    ['purchase-transaction.private-offer-acceptance', 'Wer darf ein privates Angebot annehmen?'],
    ['purchase-transaction.private-offer-acceptance', "Qui peut accepter l'offre privée ?"],
    ['purchase-transaction.private-offer-acceptance', '¿Quién puede aceptar la oferta privada?'],
    ['purchase-transaction.private-offer-acceptance', '誰がプライベート オファーを承諾できますか'],
    ['purchase-transaction.own-administrator', 'Azure Policy blocks our purchase'],
    ['purchase-transaction.own-administrator', 'The purchase was denied by an Azure policy'],
    ['purchase-transaction.own-administrator', 'The EA admin has turned off marketplace purchases'],
    ['purchase-transaction.own-administrator', 'The offer is not approved in our private marketplace'],
    ['purchase-transaction.own-administrator', 'Purchases are disabled in our enrollment'],
    ['purchase-transaction.own-administrator', '私人市集封鎖了這項產品'],
    ['purchase-transaction.own-administrator', 'EA 管理員已停用 Azure Marketplace 購買'],
    ['purchase-transaction.own-administrator', 'Azure 原則阻止我們購買'],
    ['purchase-transaction.own-administrator', 'Eine Azure-Richtlinie blockiert den Kauf'],
    ['purchase-transaction.own-administrator', "Azure Policy bloque l'achat"],
    ['purchase-transaction.own-administrator', 'Azure Policy bloquea la compra'],
    ['purchase-transaction.own-administrator', 'Azure Policy が購入をブロックしています'],
    ['purchase-transaction.own-administrator', 'A policy in Azure stops us from buying'],
    ['account-setup.missing-role', 'I am not allowed to buy, my role is missing'],
    ['account-setup.missing-role', 'The owner role is missing, so I cannot purchase it'],
    ['account-setup.missing-role', 'You do not have permission to purchase marketplace products'],
    ['account-setup.missing-role', '我無法購買，缺少角色'],
    ['purchase-transaction.not-available', 'Contoso Backup is not offered in Switzerland'],
    ['purchase-transaction.not-available', 'It is not for sale in our country'],
    ['purchase-transaction.not-available', 'This offer is no longer sold in Japan'],
    ['purchase-transaction.not-available', 'We cannot buy it in our country'],
    ['purchase-transaction.not-available', '這個產品在台灣沒有銷售'],
    ['purchase-transaction.not-available', '此市場不允許銷售此產品'],
    ['purchase-transaction.not-available', '此供應項目在您的國家/地區不提供'],
    ['purchase-transaction.not-available', '此产品在我们国家无法购买'],
    ['purchase-transaction.not-available', 'Das Angebot wird in unserem Land nicht angeboten'],
    ['purchase-transaction.not-available', "L'offre n'est pas vendue dans notre pays"],
    ['purchase-transaction.not-available', 'La oferta no se vende en nuestro país'],
    ['purchase-transaction.not-available', 'この国では販売されていません'],
    ['subscription-management.transfer', 'a customer wants to move to us from another CSP'],
    ['subscription-management.transfer', 'a new customer comes from another partner, how do we transfer'],
    ['subscription-management.transfer', 'We take over the licences from another CSP partner'],
    ['subscription-management.transfer', 'Our customer is leaving its old CSP and joins us'],
    ['subscription-management.transfer', '把訂閱從另一家合作夥伴轉過來'],
    ['subscription-management.transfer', '客户从另一家经销商转过来'],
    ['billing.refund', 'What is the cancellation window?'],
    ['billing.refund', 'How many days do we have to cancel?'],
    ['billing.refund', '取消期限是幾天？'],
    ['billing.refund', "Quel est le délai d'annulation ?"],
    ['billing.refund', '¿Cuál es el plazo de cancelación?'],
    ['billing.refund', 'キャンセルの期限はいつまでですか'],
    ['technical', 'Who supports Contoso Backup?'],
    ['technical', 'who provides support for contoso backup'],
    ['technical', 'Contoso Backup 由誰提供支援？'],
    ['payment', 'How long is the grace period?'],
    ['payment', 'Is there a grace period before the subscription is suspended?'],
    ['payment', '寬限期有多久？'],
    ['payment', 'Wie lang ist die Nachfrist?'],
    ['payment', 'Quelle est la période de grâce ?'],
    ['payment', '¿Hay un período de gracia?'],
    ['payment', '猶予期間は何日ですか'],
  ];
  for (const [issue, text] of CUED)
    it(`read “${text}” as ${issue}`, () => assert.equal(cuedIssue(text, 'customer'), issue));

  it('read credits of Microsoft and private plans for staff only', () => {
    const credit = 'how do we claim a credit for an Azure outage';
    assert.equal(cuedIssue(credit, 'partner'), 'sla.microsoft-service');
    assert.equal(cuedIssue(credit, 'customer'), undefined);
    assert.equal(
      cuedIssue('can we use private plans in CSP', 'partner'),
      'purchase-transaction.reselling-terms',
    );
    assert.equal(cuedIssue('the bill of our private plan is wrong', 'partner'), undefined);
  });

  it('leave a missing permission inside the product to the classifier', () => {
    for (const text of ['I have no permission to see the reports', 'Mir fehlt die Berechtigung für Berichte'])
      assert.equal(cuedIssue(text, 'customer'), undefined, text);
  });

  it('leave words that only look like a topic to the classifier', () => {
    for (const text of [
      'Azure Policy blocks our deployment',
      'The report is not available in the app',
      'Contoso Backup is not available in Germany since this morning',
      'The dark mode is not offered in the settings',
      'How long does it take to cancel a running backup job?',
      'Who accepts the meeting?',
      'Who supports us when we cancel Contoso Backup?',
      '取消 Contoso Backup 由誰支援？',
      'The report of the sales team is not sold out',
      'The button is grey',
      '我從手機轉到電腦',
      'The admin blocked my user',
      'Fabrikam Vault moves files to another folder',
      'We lost the role of the user in the app',
    ])
      assert.equal(cuedIssue(text, 'customer'), undefined, text);
  });
});
