/** Reads answers to "how was the product bought?": short texts, in several languages, that say nothing else. */
import assert from 'node:assert/strict';
import { channelIn } from '../../../core/understanding/purchase-channel.js';
import { isUnknownPurchase, purchaseAnswer } from '../../../core/understanding/purchase-answer.js';
import {
  BOUGHT_BY_CUSTOMER,
  PRIVATE_OFFER_CHANNELS,
  type Asker,
  type PurchaseChannel,
} from '../../../core/terms.js';
import { isUnsure } from '../../../locales/commands.js';

const partnerName = 'Alpine Ski House Cloud';

type Told = PurchaseChannel | 'unknown' | 'private' | 'by-customer' | 'none';

/** The answers by what they tell. */
const ANSWERS: Readonly<Record<Told, readonly string[]>> = {
  partner: [
    'no, from the partner',
    '錯了，是經銷商買的',
    'it was a CSP private offer',
    'through Alpine Ski House',
    'our reseller handled the order',
    'Alpine Ski House sold it to us',
    'sorry, I meant our partner bought it',
    'actually we got it from our CSP',
    'you sold it to us',
    'via you',
    'from you guys',
    'CSP private offer',
    'we sold it to the customer',
    'we bought it on the Azure portal for the customer',
    '是跟經銷商買的',
    '透過 Alpine Ski House 買的',
    '我們的合作夥伴代購的',
    '不是，是夥伴幫我們訂的',
    '代理商賣給我們的',
    'CSP 私人優惠',
    '从经销商那里买的',
    'パートナー経由で購入しました',
    '販売代理店から買いました',
    '파트너를 통해 구매했습니다',
    '리셀러한테서 샀어요',
    'nope, the reseller got it for us',
    'It came through our cloud partner',
    'Alpine Ski House',
    'our distributor did',
    'the CSP',
    'we buy everything through our partner',
    '夥伴買的',
    '是你們賣我們的',
    '向代理商訂購',
    '不對，這是透過經銷商',
    '通过合作伙伴',
    '代理店経由です',
    '파트너사에서 샀습니다',
    'our partner sends the bill',
    'the invoice comes from our reseller',
    'you send us the invoice',
    '帳單是經銷商寄的',
    '請求書は販売店から届きます',
    'unser Partner schickt die Rechnung',
    'la facture vient de notre revendeur',
    'a fatura vem do nosso parceiro',
  ],
  'customer-in-csp-subscription': [
    'we bought it ourselves in the CSP subscription',
    'in the Azure subscription you manage for us',
    'the customer bought it in a subscription that we manage',
    '我們自己在 CSP 訂用帳戶裡買的',
    'ourselves, in the subscription from our partner',
    'in your CSP subscription',
  ],
  'customer-direct': [
    'we bought it directly',
    'bought it on the Azure portal',
    'under our Enterprise Agreement',
    'EA',
    'MCA-E',
    '直接跟微軟買的',
    '公司信用卡買的',
    'no, we bought it ourselves from Microsoft',
    'wrong, it was purchased straight from Microsoft',
    "it's on our company credit card",
    'we pay Microsoft directly',
    'with our own MCA',
    'through our own Microsoft account',
    'we ordered it in the Azure Marketplace with our own subscription',
    'on our EA',
    'via our enterprise enrollment',
    'pay as you go subscription of ours',
    'directly, no partner involved',
    'the customer has its own agreement with Microsoft',
    'the customer bought it with a credit card',
    '我們自己在 Azure 上買的',
    '在 Azure 入口網站刷卡買的',
    '用公司卡付的',
    'EA 合約',
    '企業合約底下買的',
    '微軟直接寄帳單給我們',
    '直接从微软买的',
    'マイクロソフトから直接購入しました',
    '会社のクレジットカードで購入',
    'EA契約です',
    '마이크로소프트에서 직접 구매했어요',
    '회사 카드로 결제했습니다',
    'no partner, straight from Microsoft',
    'we are an EA customer',
    'charged to our corporate card',
    'by ourselves in the portal',
    'via the Azure portal',
    'I bought it myself',
    'on AppSource',
    'oh wait, we purchased this one directly',
    "sorry, that's wrong, we bought it from Microsoft",
    '我們直接刷卡買的',
    '是公司直接買的',
    '自己在Azure Marketplace買的',
    '微软直接开账单',
    'Azureポータルで買いました',
    '애저 포털에서 샀어요',
    'Microsoft sends the bill',
    'no, Microsoft sends us the invoice',
    'we get the bill from Microsoft',
    'the invoice comes from Microsoft',
    'Microsoft invoices us',
    '微軟開發票給我們',
    '帳單是微軟寄的',
    '账单是微软发的',
    '請求書はマイクロソフトから来ます',
    '청구서는 마이크로소프트에서 와요',
    'Die Rechnung kommt von Microsoft',
    'Microsoft stellt uns die Rechnung',
    'la facture vient de Microsoft',
    'nous recevons la facture de Microsoft',
    'la factura la manda Microsoft',
    'a fatura vem da Microsoft',
    'la fattura arriva da Microsoft',
    'de factuur komt van Microsoft',
    'الفاتورة من مايكروسوفت',
  ],
  'indirect-enterprise-agreement': [
    'under an EA, but another partner bills us',
    'indirect EA',
    'our EA goes through another partner who invoices us',
  ],
  'publisher-private-offer': [
    'the vendor made us a private offer',
    'private offer straight from the ISV',
    'a private offer between us and the publisher',
    '原廠給我們的私人優惠',
    'the ISV gave us a private offer',
    'private plan agreed with the vendor',
    '廠商給的私人優惠',
  ],
  'multiparty-private-offer': [
    'multiparty',
    'it was an MPO',
    'multi party private offer',
    'a private offer that our partner made together with the publisher',
    '多方私人優惠',
    "it's a multiparty private offer",
    '是多方私人優惠',
  ],
  'resale-enabled-offer': [
    'resale enabled',
    'they are an authorised reseller of the publisher, resale enabled offer',
  ],
  private: [
    'private offer',
    '私人優惠',
    '프라이빗 오퍼',
    'プライベートオファー',
    'it was a private offer',
    'we accepted a private offer',
    'via a private offer',
  ],
  unknown: [
    'dunno, my boss bought it',
    '不知道誰買的',
    'no idea how it was bought',
    'I have no clue, procurement did that',
    'not sure who bought it',
    "can't tell, it was before my time",
    "a colleague ordered it, I don't know how",
    '我不清楚是怎麼買的',
    '老闆買的，我不知道',
    '不曉得，採購部門處理的',
    '不知道怎么买的',
    '誰が買ったか分かりません',
    '누가 샀는지 모르겠어요',
    'somebody in IT bought it, no clue how',
    'how would I know?',
    "I'm not sure, I only use it",
    'not me, ask procurement',
    '不知道耶',
    '前同事買的，不清楚',
    '我哪知道',
    'わかりません、上司が買いました',
  ],
  none: [
    'is it cheaper to buy directly from Microsoft?',
    'should we switch to an Enterprise Agreement?',
    'we need a private offer',
    'the customer has not accepted the Microsoft Customer Agreement',
    'our credit card was declined',
    'the partner does not answer',
    'Microsoft sends no invoice',
    'the invoice from Microsoft is wrong',
    'we never got a bill from Microsoft',
    '微軟沒有寄帳單',
    'Microsoft schickt keine Rechnung',
    'Microsoft no envía la factura',
    'マイクロソフトから請求書が来ない',
    '不是直接跟微軟買的',
    '我們可以直接買嗎',
    'how do I pay with a credit card',
    'we are not on an Enterprise Agreement',
    'the partner portal is down',
    'our reseller wants to know why',
    'the credit card is wrong on the invoice',
    'EA renewal is in May, what happens?',
    'it does not accept the private offer',
    'Microsoft Teams',
  ],
  'by-customer': [],
};

/** The same in the words of partner staff, for whom "we" are the partner. */
const BY_STAFF: readonly (readonly [Told, string])[] = [
  ['partner', 'we did'],
  ['partner', 'we sold it to them'],
  ['by-customer', 'the customer did it themselves'],
  ['by-customer', 'the customer bought it'],
  ['customer-direct', 'they bought it directly'],
  ['customer-direct', 'the customer uses its own EA'],
  ['partner', 'it was ordered by us in Partner Center'],
  ['partner', '我們代客戶下單的'],
  ['by-customer', '客戶自己買的'],
];

function told(text: string, asker: Asker): Told {
  if (isUnsure(text) || isUnknownPurchase(text)) return 'unknown';
  const channels =
    purchaseAnswer(text, { partnerName, asker, isAsked: true }) ??
    channelIn(text, partnerName)?.channels ??
    [];
  if (channels === PRIVATE_OFFER_CHANNELS) return 'private';
  if (channels === BOUGHT_BY_CUSTOMER) return 'by-customer';
  return channels[0] ?? 'none';
}

describe('an answer to how the product was bought', () => {
  for (const [expected, texts] of Object.entries(ANSWERS))
    it(`is read as ${expected} in ${texts.length} wordings`, () => {
      for (const text of texts) assert.equal(told(text, 'customer'), expected, text);
    });

  it('is read from the side of partner staff', () => {
    for (const [expected, text] of BY_STAFF) assert.equal(told(text, 'partner'), expected, text);
  });

  it('is no bare name where nobody asked', () => {
    for (const text of ['Microsoft', 'the partner', 'Alpine Ski House', 'credit card'])
      assert.equal(purchaseAnswer(text, { partnerName, asker: 'customer' }), undefined, text);
    assert.deepEqual(purchaseAnswer('EA', { partnerName, asker: 'customer' }), ['customer-direct']);
  });

  it('is nothing where the words complain about a card or a bill', () => {
    for (const text of ['the credit card is wrong on the invoice', 'the partner does not answer'])
      assert.equal(purchaseAnswer(text, { partnerName, asker: 'customer', isAsked: true }), undefined, text);
  });
});
