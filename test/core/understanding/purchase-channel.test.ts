/** The reader finds the purchase channel in sentences of several languages, and only when the sentence names it. */
import assert from 'node:assert/strict';
import { channelIn } from '../../../core/understanding/purchase-channel.js';

const PARTNER = 'Northwind Cloud Ltd';

const told: readonly [channel: string, text: string][] = [
  ['customer-direct', 'we bought it directly on the Azure portal and it does not sync'],
  ['customer-direct', 'It was purchased directly from Microsoft, the invoice is wrong'],
  ['customer-direct', 'we ordered it ourselves on AppSource'],
  ['customer-direct', 'Microsoft bills us directly, why is the amount higher?'],
  ['customer-direct', 'the customer bought it with their card directly'],
  ['customer-direct', 'Wir haben es direkt bei Microsoft gekauft, es startet nicht'],
  ['customer-direct', '我們是直接在 Azure 入口網站購買的，現在無法同步'],
  ['partner', 'we bought it through our reseller, the licence is missing'],
  ['partner', 'we got it from you last year'],
  ['partner', 'our partner bought it for us'],
  ['partner', 'bought via Northwind Cloud and the login fails'],
  ['partner', 'we bought it for the customer'],
  ['partner', '我們透過經銷商購買的，帳單金額不對'],
  ['multiparty-private-offer', 'we purchased it by a multiparty private offer'],
  ['publisher-private-offer', 'the publisher made us a private offer'],
  ['resale-enabled-offer', 'it was a resale enabled offer'],
  ['indirect-enterprise-agreement', 'under an indirect Enterprise Agreement'],
  ['customer-in-csp-subscription', 'bought in the subscription our partner manages'],
  ['customer-direct', 'Wir haben das selbst im Azure-Portal bestellt'],
  ['customer-direct', "Nous l'avons acheté auprès de Microsoft"],
  ['customer-direct', 'Lo compramos directamente en el portal'],
  ['customer-direct', '自社で購入しました'],
  ['partner', 'Wir haben es über unseren Händler gekauft'],
  ['partner', "Nous l'avons acheté via notre revendeur, la facture est fausse"],
  ['partner', 'Lo compramos a través de nuestro socio'],
  ['partner', '販売店から購入しました'],
  ['publisher-private-offer', 'ein privates Angebot vom Hersteller'],
  ['publisher-private-offer', "une offre privée de l'éditeur"],
  ['publisher-private-offer', 'una oferta privada del fabricante'],
  ['publisher-private-offer', '発行元のプライベート オファーです'],
  ['multiparty-private-offer', 'une offre privée multipartite'],
  ['multiparty-private-offer', 'una oferta privada multiparte'],
  ['multiparty-private-offer', 'マルチパーティのプライベートオファー'],
  ['indirect-enterprise-agreement', 'über ein indirektes Enterprise Agreement'],
  ['indirect-enterprise-agreement', 'sous un contrat entreprise indirect'],
  ['indirect-enterprise-agreement', 'con un contrato empresarial indirecto'],
  ['indirect-enterprise-agreement', '間接エンタープライズ契約で'],
  ['customer-in-csp-subscription', 'in der Subscription gekauft, die unser Partner verwaltet'],
];

const untold: readonly string[] = [
  'can we buy it directly from Microsoft?',
  'can it be bought directly?',
  'we did not buy it directly',
  'it was not bought directly from Microsoft',
  'we got an error in the Azure portal',
  'I got the invoice from Microsoft',
  'got no reply from the partner',
  'I bought it but it does not directly open',
  'we subscribed to it on the marketplace',
  '不是直接向微軟買的',
  '可以直接向微軟購買嗎',
  'Wir haben es nicht direkt bei Microsoft gekauft',
  'Können wir es direkt kaufen?',
  "Nous ne l'avons pas acheté directement",
  'No lo compramos directamente',
];

describe('the purchase channel reader', () => {
  for (const [channel, text] of told)
    it(`reads “${text}” as ${channel}`, () =>
      assert.deepEqual(channelIn(text, PARTNER)?.channels, [channel]));

  for (const text of untold)
    it(`reads no channel in “${text}”`, () => assert.equal(channelIn(text, PARTNER), undefined));

  it('gives the text without the words about the purchase', () => {
    const { rest = '' } = channelIn('we bought it directly on the Azure portal and it does not sync') ?? {};
    assert.equal(rest.replace(/\s+/g, ' '), 'we and it does not sync');
  });

  it('reads an indirect Enterprise Agreement beside a private offer', () => {
    for (const text of [
      'the publisher made us a private offer under our indirect Enterprise Agreement',
      'a multiparty private offer, and we have an indirect EA',
    ])
      assert.equal(channelIn(text)?.agreement, 'indirect', text);
    assert.equal(channelIn('the publisher made us a private offer')?.agreement, undefined);
  });

  it('keeps the words of a private offer, because these words also name the issue', () => {
    const text = 'the multiparty private offer cannot be accepted';
    assert.equal(channelIn(text)?.rest, text);
  });
});
