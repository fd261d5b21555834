/** Clear words for a topic in each language, with and without accents. */
import assert from 'node:assert/strict';
import { cuedIssue } from '../../../../core/services/answers/topic-cues.js';
import type { Issue } from '../../../../core/terms.js';

const CUED: Readonly<Record<string, readonly (readonly [Issue, string])[]>> = {
  pt: [
    ['contract-legal.customer-agreement', 'o cliente não aceitou o Contrato de Cliente Microsoft'],
    ['purchase-transaction.private-offer-acceptance', 'nao consigo aceitar a oferta privada'],
    ['purchase-transaction.private-offer', 'gostaríamos de uma oferta privada'],
    ['purchase-transaction.own-administrator', 'nossa empresa bloqueia compras no marketplace'],
    ['account-setup.missing-role', 'não tenho permissão para comprar no Partner Center'],
    ['subscription-management.transfer', 'quero trocar de parceiro csp'],
    ['billing.tax', 'os impostos na fatura estão errados'],
    ['billing.refund', 'qual o prazo para pedir reembolso'],
    ['account-setup.activation', 'até quando preciso ativar o produto'],
    ['payment', 'existe período de carência?'],
    ['purchase-transaction.not-available', 'o produto não é vendido em nosso país'],
    ['technical', 'quem dá suporte ao Contoso Backup?'],
    ['security-privacy', 'nossa conta foi hackeada'],
  ],
  it: [
    [
      'contract-legal.customer-agreement',
      'il cliente non ha accettato il Contratto del cliente Microsoft: da firmare',
    ],
    ['purchase-transaction.private-offer-acceptance', "non riesco ad accettare l'offerta privata"],
    ['purchase-transaction.private-offer', "vorremmo un'offerta privata"],
    ['purchase-transaction.own-administrator', 'la nostra azienda blocca gli acquisti nel marketplace'],
    ['account-setup.missing-role', 'mi serve il ruolo per acquistare'],
    ['subscription-management.transfer', 'passiamo a un altro partner'],
    ['billing.tax', "in fattura manca l'IVA"],
    ['billing.refund', 'entro quando posso avere il rimborso'],
    ['account-setup.activation', "entro quando va fatta l'attivazione"],
    ['purchase-transaction.not-available', 'non è in vendita nel nostro paese'],
    ['technical', 'chi fornisce assistenza per Contoso Backup?'],
    ['security-privacy', "c'è stata una fuga di dati"],
  ],
  nl: [
    ['contract-legal.customer-agreement', 'de klant heeft de klantovereenkomst niet geaccepteerd'],
    ['purchase-transaction.private-offer-acceptance', 'wie kan de privéaanbieding accepteren?'],
    ['purchase-transaction.private-offer', 'we willen graag een privéaanbieding'],
    ['purchase-transaction.own-administrator', 'onze beheerder blokkeert aankopen in de marketplace'],
    ['account-setup.missing-role', 'ik heb geen rechten om te kopen'],
    ['subscription-management.transfer', 'overstappen naar een andere CSP-partner'],
    ['billing.tax', 'de btw klopt niet'],
    ['billing.refund', 'wat is de terugbetalingstermijn'],
    ['purchase-transaction.not-available', 'het is niet te koop in ons land'],
    ['technical', 'wie geeft support op Contoso Backup?'],
    ['security-privacy', 'we zijn gehackt'],
  ],
  ar: [
    ['contract-legal.customer-agreement', 'العميل لم يوافق على اتفاقية عملاء Microsoft'],
    ['contract-legal.customer-agreement', 'كيف يتم قبول اتفاقية عملاء مايكروسوفت'],
    ['purchase-transaction.private-offer-acceptance', 'ما أقدر أقبل العرض الخاص'],
    ['purchase-transaction.private-offer', 'نريد الحصول على عرض خاص'],
    ['purchase-transaction.own-administrator', 'شركتنا تمنع الشراء من السوق'],
    ['account-setup.missing-role', 'ليس لدي صلاحية للشراء'],
    ['subscription-management.transfer', 'نريد نقل الاشتراك إلى شريك آخر'],
    ['billing.tax', 'ضريبه القيمه المضافه غلط'],
    ['billing.refund', 'ما هي مدة الاسترداد'],
    ['account-setup.activation', 'كم يوم عندنا للتفعيل'],
    ['technical', 'من يدعم Contoso Backup؟'],
    ['security-privacy', 'تم اختراق حسابنا'],
  ],
  ko: [
    ['contract-legal.customer-agreement', '고객이 Microsoft 고객 계약에 동의하지 않았어요'],
    ['purchase-transaction.private-offer-acceptance', '비공개 제안을 수락할 수 없어요'],
    ['purchase-transaction.private-offer', '프라이빗 오퍼를 받고 싶어요'],
    ['purchase-transaction.own-administrator', '관리자가 마켓플레이스 구매를 막아 놨어요'],
    ['account-setup.missing-role', '구매할 권한이 없어요'],
    ['subscription-management.transfer', '다른 파트너로 옮기고 싶어요'],
    ['billing.tax', '부가세가 이상합니다'],
    ['billing.refund', '환불 기한이 언제까지인가요'],
    ['account-setup.activation', '며칠 안에 활성화해야 하나요'],
    ['payment', '유예 기간이 있나요'],
    ['technical', 'Contoso Backup 지원은 누가 하나요?'],
    ['security-privacy', '계정이 해킹당했어요'],
  ],
  de: [
    ['billing.refund', 'Wir haben aus Versehen den falschen Plan gekauft, kann man den zurückgeben?'],
    ['billing.refund-late', 'die Stornierungsfrist ist schon abgelaufen'],
    ['account-setup.activation', 'Bis wann müssen wir aktivieren?'],
    ['technical', 'Wer leistet Support für Contoso Backup?'],
    ['security-privacy', 'wir wurden gehackt'],
  ],
  fr: [
    ['billing.refund', 'on a acheté par erreur le mauvais plan, peut-on le rendre ?'],
    ['billing.refund-late', 'le delai de remboursement est depasse'],
    ['account-setup.activation', "jusqu'à quand faut-il faire l'activation"],
    ['technical', 'Qui assure le support de Contoso Backup ?'],
    ['security-privacy', 'notre compte a été piraté'],
  ],
  es: [
    ['billing.refund', 'compramos sin querer otra cosa, la podemos devolver?'],
    ['billing.refund-late', 'el plazo de reembolso ya pasó'],
    ['account-setup.activation', 'cuantos dias hay para activar'],
    ['technical', '¿Quién da soporte a Contoso Backup?'],
    ['security-privacy', 'nos hackearon la cuenta'],
  ],
  ja: [
    ['billing.refund', '間違えて購入したので返品したい'],
    ['billing.refund-late', '返金の期限が過ぎています'],
    ['account-setup.activation', '何日以内に有効化すればいいですか'],
    ['technical', 'Contoso Backupのサポートはどこですか？'],
    ['security-privacy', 'アカウントが乗っ取られました'],
  ],
};

const LEFT: readonly string[] = [
  'o botão está cinza',
  'o Azure Policy bloqueia a implantação',
  'il report non è disponibile',
  'il pulsante è grigio',
  'de knop is grijs',
  'het rapport is niet beschikbaar',
  'الزر رمادي',
  'التقرير غير متاح',
  '버튼이 회색이에요',
  '보고서가 안 보여요',
  'quem dá suporte quando cancelamos a assinatura?',
  'a conta Azure foi hackeada',
];

describe('the cues of a topic in each language', () => {
  for (const [language, cases] of Object.entries(CUED))
    for (const [issue, text] of cases)
      it(`read “${text}” (${language}) as ${issue}`, () => assert.equal(cuedIssue(text, 'customer'), issue));

  for (const text of LEFT)
    it(`leave “${text}” to the classifier`, () => assert.equal(cuedIssue(text, 'customer'), undefined));

  it('read payouts and private plans for staff', () => {
    assert.equal(cuedIssue('onde está o repasse do parceiro', 'partner'), 'offer-onboarding.rewards');
    assert.equal(cuedIssue('wanneer komt de uitbetaling', 'partner'), 'offer-onboarding.rewards');
    assert.equal(cuedIssue('متى تصل مستحقات الشركاء', 'partner'), 'offer-onboarding.rewards');
    assert.equal(
      cuedIssue('podemos usar planos privados no CSP?', 'partner'),
      'purchase-transaction.reselling-terms',
    );
    assert.equal(cuedIssue('compensação pela queda do Azure', 'partner'), 'sla.microsoft-service');
  });

  it('take a country in the person’s language', () => {
    for (const text of [
      'não é vendido na Espanha',
      'non è venduto in Spagna',
      'het wordt niet verkocht in Spanje',
    ])
      assert.equal(cuedIssue(text, 'customer'), 'purchase-transaction.not-available', text);
  });
});
