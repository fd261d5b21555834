/** Microsoft's published errors: found in pasted text, each with an issue, a party, advice and a source. */
import assert from 'node:assert/strict';
import { decide } from '../../../core/policy/decide.js';
import { ASIAN_SENTENCES } from '../../../core/policy/errors/asian-sentences.js';
import { EUROPEAN_SENTENCES } from '../../../core/policy/errors/european-sentences.js';
import { ADVICE_KEYS } from '../../../core/policy/errors/advice.js';
import { publishedTranslations, STORE_ERRORS, storeErrorIn } from '../../../core/policy/store-errors.js';
import { citedIn } from '../../../core/policy/sources.js';
import { LANGUAGES, type Asker, type Issue, type Party } from '../../../core/terms.js';
import { rawText } from '../../../locales/text.js';

const USUAL = {
  model: 'direct-bill',
  channel: 'partner',
  supportTier: 'publisher',
  hosting: 'saas',
  tier1: 'partner',
  resellerKeeps: [],
  partnerHelps: false,
  taxBy: 'unknown',
  agreement: 'own',
} as const;

/** text, issue, responsible party for the usual asker */
const PASTED: readonly [string, Issue, Party][] = [
  [
    'Error 900146: This request … third-party marketplace products',
    'subscription-management.transfer',
    'partner',
  ],
  ['900128', 'purchase-transaction', 'microsoft'],
  [
    '"code": 800041, "description": "This item has already been activated"',
    'account-setup.activation',
    'publisher',
  ],
  ['CAN’T   UPDATE a subscription\nbefore activating it', 'account-setup.activation', 'publisher'],
  ['We couldn’t identify this purchase. Reopen this subscription', 'account-setup.activation', 'publisher'],
  [
    "Cannot complete purchase as your enrollment for this subscription doesn't allow purchase of marketplace products.",
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    "cannot be purchased as it is not to be sold in market: 'FR'",
    'purchase-transaction.not-available',
    'publisher',
  ],
  ['error code 13605', 'contract-legal.customer-agreement', 'partner'],
  ['You have passed your 72-hour cancellation window.', 'billing.refund-late', 'publisher'],
  // The number in other shapes.
  ['HTTP 403 (2091)', 'purchase-transaction.not-available', 'publisher'],
  ['Fehlercode 2085', 'purchase-transaction.not-available', 'publisher'],
  ['錯誤代碼：900203', 'contract-legal.customer-agreement', 'partner'],
  ['エラーコード 800070', 'purchase-transaction.not-available', 'publisher'],
  ['{"code":"900308","source":"PartnerCenter"}', 'account-setup.missing-role', 'global-administrator'],
  ['we keep getting 800081 when adding seats', 'account-setup.activation', 'publisher'],
  [
    'Hi,\n\nwhen I move the licences I get 900146.\n\nRegards\nAnn',
    'subscription-management.transfer',
    'partner',
  ],
  ['Error 900169. Input currency should be partner or market currency', 'purchase-transaction', 'microsoft'],
  // The sentence cut, quoted, escaped, contracted or not.
  [
    'This request for transfer of billing ownership can’t be completed',
    'subscription-management.transfer',
    'partner',
  ],
  [
    'a third-party marketplace products dont transfer with subscriptions',
    'subscription-management.transfer',
    'partner',
  ],
  [
    '&quot;your enrollment does not allow purchase of marketplace products&quot;',
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    'Your Azure enrollment administrator can enable purchase of paid marketplace products.',
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    'This offer is not available to Microsoft Azure Cloud Solution Provider subscribers',
    'purchase-transaction.not-available',
    'publisher',
  ],
  [
    'The Publisher: contoso does not make available Offer: vault, Plan: one in your Subscription/Azure account’s region: MD.',
    'purchase-transaction.not-available',
    'publisher',
  ],
  [
    "The 'unknown' payment instrument(s) is not supported for offer with OfferId: 'vault'",
    'payment',
    'partner',
  ],
  ['the subscription shows PendingFulfillmentStart', 'account-setup.activation', 'publisher'],
  ['The dimension for which the usage is passed is invalid for this offer/plan.', 'technical', 'publisher'],
  [
    'You do not have permission to accept this private offer',
    'purchase-transaction.private-offer-acceptance',
    'partner',
  ],
  [
    'You do not have the required permissions to accept this private offer.',
    'purchase-transaction.private-offer-acceptance',
    'partner',
  ],
  [
    "Resource 'vault' was disallowed by policy. Policy identifiers: …",
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  ['my SaaS subscription is pending activation', 'account-setup.activation', 'publisher'],
  [
    "The purchase failed because subscription 'one' has a spending limit",
    'purchase-transaction',
    'microsoft',
  ],
  ['Remove the spending limit from your subscription', 'purchase-transaction', 'microsoft'],
  [
    'This offer is not available for Cloud Solution Providers',
    'purchase-transaction.not-available',
    'publisher',
  ],
  // The reason inside a wrapper counts.
  [
    '{"code":"MarketplacePurchaseEligibilityFailed","details":[{"message":"Legal terms have not been accepted for this item on this subscription."}]}',
    'contract-legal.marketplace-terms',
    'microsoft',
  ],
  [
    'Error: Code=MarketplacePurchaseEligibilityFailed; Message=See inner errors',
    'purchase-transaction',
    'microsoft',
  ],
];

/** text, id: the sentence in another language, cut, wrapped, in the other Han script or beside other words. */
const IN_OTHER_LANGUAGES: readonly [string, string][] = [
  ['系統顯示我們無法識別此購買，怎麼辦？', 'we-could-not-identify-this'],
  ['我们无法识别此购买项。 请在 Azure 门户重新打开', 'we-could-not-identify-this'],
  ['エラー: この購入を特定できませんでした。', 'we-could-not-identify-this'],
  ['"이 구매를 식별할 수 없습니다."', 'we-could-not-identify-this'],
  ['Dieser Kauf konnte nicht identifiziert werden.', 'we-could-not-identify-this'],
  ['Nous n’avons pas pu identifier cet achat', 'we-could-not-identify-this'],
  ['No pudimos identificar esta compra.', 'we-could-not-identify-this'],
  ['Não foi possível identificar esta compra.', 'we-could-not-identify-this'],
  ['o portal diz: nao foi possivel identificar esta compra', 'we-could-not-identify-this'],
  ["Non è stato possibile identificare l'acquisto", 'we-could-not-identify-this'],
  [
    'We kunnen deze aankoop niet identificeren. Open dit SaaS-abonnement opnieuw',
    'we-could-not-identify-this',
  ],
  ['Foutmelding: Dit item is al geactiveerd', '800041'],
  ['Kan een abonnement niet bijwerken voordat het wordt geactiveerd', '800081'],
  ['Microsoft Partner-overeenkomst is niet geaccepteerd door de indirecte reseller', '900123'],
  ['De 1234567 partner-id heeft geen commerciële relatie met de klant-id 42', '20002'],
  ['Uw klantaccount wordt momenteel beoordeeld', '800073'],
  ['código de erro 900146', '900146'],
  ['errore n. 800081', '800081'],
  ['foutcode 800041', '800041'],
  ['رمز الخطأ ٨٠٠٠٤١', '800041'],
  ['يظهر لي خطأ رقم 900146', '900146'],
  ['오류 번호 900146', '900146'],
  ['錯誤：此專案已啟用', '800041'],
  ['Cet élément a déjà été activé', '800041'],
  ['impossible de mettre a jour un abonnement avant de l activer', '800081'],
  ['需要有 Azure 方案，才能\n使用計量付費方案購買\nSaaS 訂用帳戶', '900128'],
  ['因為協力廠商 Marketplace 產品未與訂用帳戶一起轉移，所以無法完', '900146'],
  ['您的客户帐户目前正在进行审核。请在几天后回来查看。', '800073'],
  ['要求的資產數目 25 超過 10 每個客戶允許的剩餘資產限制', '800089'],
  ['合作夥伴標識碼 1234567 與客戶標識碼 3f2504e0-4f89-11d3-9a0c-0305e82c3301 沒有商務關係', '20002'],
  ['파트너는 제안에 유효하지 않습니다', '2006'],
  ['エラー900146が出ます', '900146'],
  ['오류 코드 800081', '800081'],
  ['出現錯誤800041，請問怎麼處理', '800041'],
];

/** text, id: a sentence of a published page, as somebody pastes it into a question of the same language. */
const PASTED_IN_A_QUESTION: readonly [string, string][] = [
  [
    'Beim Kauf erscheint: „Der EA-Administrator hat Azure Marketplace Käufe deaktiviert.“ Was nun?',
    'ea-administrator-has-disabled-azure',
  ],
  [
    'Laut Portal gehört das Abonnement zu einer Region, in der das Angebot nicht verfügbar ist.',
    'subscription-…-belongs-to-a',
  ],
  [
    'Fehler: Das Abonnement-/Abrechnungskonto ist keinem gültigen Zahlungsmittel (z. B. einer gültigen Kreditkarte) zugeordnet.',
    'not-associated-with-a-valid',
  ],
  ['Beim Planwechsel steht da: Der neue Plan ist mit dem aktuellen Plan identisch.', 'the-new-plan-is-the'],
  [
    'Wir bekommen 403: Die Anforderung versucht, auf ein SaaS-Abonnement für ein Angebot zuzugreifen, das mit einer anderen Azure AD-App-ID veröffentlicht wurde',
    'published-with-a-different-azure',
  ],
  ['Die Antwort war: Der Batch enthielt mehr als 25 Nutzungsereignisse.', 'the-batch-contained-more-than'],
  ['Meine Debit- oder Kreditkarte wurde abgelehnt.', 'your-credit-card-was-declined'],
  [
    'Al comprar aparece: "El administrador de EA ha habilitado las compras solo para las ofertas gratuitas".',
    'ea-admin-has-enabled-purchases',
  ],
  [
    'El portal dice que Marketplace privado está habilitado para la suscripción y la oferta no está en la lista de ofertas permitidas.',
    'private-marketplace-is-enabled-for',
  ],
  [
    'Nos sale este mensaje: el nuevo plan no existe o no está disponible para esta suscripción de SaaS específica',
    'the-new-plan-does-not',
  ],
  ['La respuesta: El recurso está suspendido o nunca se activó.', 'the-resource-is-suspended-or'],
  ['¿Por qué? La tarjeta de crédito no se acepta en su país o región', 'the-card-is-not-accepted'],
  [
    'A compra falha: o ISV se recusou a vender por meio de um CSP. O que fazer?',
    'isv-declined-to-sell-through',
  ],
  [
    'O erro é: A nova quantidade é maior ou menor que o limite do plano atual.',
    'the-new-quantity-is-greater',
  ],
  ['Aparece: a oferta nao foi encontrada no marketplace', 'offer-…-is-not-found'],
  ['Você não está autorizado a fornecer um uso para este recurso.', 'you-are-not-authorized-to'],
  [
    'Cartões de crédito ou débito pré-pago ou virtuais não são aceitos como pagamentos de assinaturas do Azure.',
    'prepaid-and-virtual-cards-are',
  ],
  [
    "Durante l'acquisto appare: Gli acquisti non sono consentiti per le sottoscrizioni con un limite di spesa",
    'purchases-are-not-allowed-for',
  ],
  [
    'L’amministratore EA ha disabilitato gli acquisti su Azure Marketplace. Cosa devo fare?',
    'ea-administrator-has-disabled-azure',
  ],
  [
    'Il fornitore di software indipendente (ISV) ha smesso di vendere l’offerta, almeno nella propria area geografica.',
    'publisher-has-stopped-selling-the',
  ],
  ['Messaggio: Il nuovo piano è identico a quello del piano corrente.', 'the-new-plan-is-the'],
  ['InvalidQuantity: La quantità passata è inferiore o uguale a 0.', 'InvalidQuantity'],
  [
    'Le portail affiche : l’offre ne figure pas dans la liste des offres autorisées, la place de marché privée est activée pour l’abonnement',
    'private-marketplace-is-enabled-for',
  ],
  ["L'ISV a refusé de vendre via un CSP, que faire ?", 'isv-declined-to-sell-through'],
  [
    'عند الشراء تظهر الرسالة: تم رفض بطاقة الائتمان أو بطاقة الخصم الخاصة بي.',
    'your-credit-card-was-declined',
  ],
  [
    '購入すると「このアイテムは使用できません。 詳細については、「Azure in Cloud Solution Provider (CSP)」を参照してください」と表示されます。',
    '400072',
  ],
  ['注文時のメッセージ：パートナーがオファーに対して有効ではありません。どうすればよいですか？', '2006'],
  ['カートを送信すると「要求コンテキストにパートナートークンがありません。」と出ました', '800001'],
  ['エラー：オファー ID が無効です。', '800004'],
  ['APIの応答は「プロビジョニング情報を取得できません。」でした', '800007'],
  ['カート ID を取得できません。と表示されます', '800008'],
  ['このカタログ項目では、インベントリを利用できません。なぜでしょうか', '800010'],
  [
    '予約を買おうとしたら、このサブスクリプションは有効な Azure サブスクリプションではありません。と言われました',
    '800011',
  ],
  ['お客様の画面に「このサブスクリプションはアクティブなサブスクリプションではありません。」', '800012'],
  ['このサブスクリプションでは、ＲＩの購入が有効になっていません。どこで設定しますか', '800013'],
  ['この注文に対して\n保留中の調整が要求されています。', '800014'],
  ['MPN Id は、有効な間接リセラーではありません。誰に聞けばいいですか', '800016'],
  ['検証中に「サンドボックスの制限に達しました。」が出る', '800018'],
  ['この操作は、サンドボックス テナントに対してのみ有効です。', '800019'],
  ['カタログ項目は購入に適合していません。と出て買えません', '800020'],
  [
    'クレジットラインがこの購入の最小しきい値に達していないため、このトランザクションの対象になりません。注文を更新してください',
    '800023',
  ],
  ['結果：このトランザクションの対象ではありません。', '800024'],
  ['リセラー プログラムの状態がアクティブではありません。', '800039'],
  ['資産の状態を Active から Cancelled に変更することはできません。', '800040'],
  ['有効化しようとすると「この項目は既にアクティブ化されています。」', '800041'],
  ['価格情報へのアクセス権は付与されません。権限はどこで付けますか', '800043'],
  ['注文が進行中です。 数分で最近の注文の注文履歴を確認してください。', '800060'],
  ['エラー：注文を取り消すことはできません。', '800061'],
  [
    'この注文 9x1 を取り消すことはできません。PATCH /customers/1/subscriptions/2 を使用して、サブスクリプションを中断します。',
    '800063',
  ],
  ['カート 7f2a が別の要求によって処理されています。', '800064'],
  ['既に送信されているカート 7f2a をチェックアウトすることはできません。', '800065'],
  ['転送は別の要求によって処理されています。いつ終わりますか', '900104'],
  ['ポータルに「この購入を特定できませんでした」と出ます', 'we-could-not-identify-this'],
  ['儲存變更時出現「sometimesubscription 尚未就緒，請再試一次」', '800082'],
  ['系統回應：無法 x 將資產狀態變更為 Cancelled', '800040'],
  ['無法取得具有租使用者識別碼和來源布建識別碼之客戶的 AAD 訂用帳戶，怎麼辦？', '900140'],
  ['API 傳回 目錄專案識別碼不存在。', '900142'],
  ['錯誤：已符合沙箱限制', '800018'],
  ['購買時顯示：產品/服務不再可供購買', '2091'],
  ['接口返回：产品/服务 API 不支持 ID MS-AZR-0145P 为的项目。', '2100'],
  ['合作伙伴 ID 与客户 ID 1234567 42 没有商业关系。请问怎么办？', '20002'],
  ['错误：无效输入', '400056'],
];

/** text, id: repeated from memory, cut off, with other names and numbers, or with the line breaks of a screenshot. */
const NOT_EXACT: readonly [string, string][] = [
  ["it says we couldn't identify this purchase", 'we-could-not-identify-this'],
  ['We couldn’t identify\nthis purchase. Re-\nopen this SaaS subscription', 'we-could-not-identify-this'],
  ["it told me I can't update the subscription before activating it", '800081'],
  ["it said the third-party marketplace products don't transfer with the subscription", '900146'],
  ['the message was: an azure plan is required to buy a saas subscription with metered billing', '900128'],
  ['Your customer account is currently under rev', '800073'],
  ['An Azure plan is required to purchase a SaaS subscr', '900128'],
  ['You have passed your 168-hour cancellation window.', '900213'],
  ['The requested number of 25 seat/s exceeded the remaining limit of 10 seats', '800088'],
  ['Subscription with ID 3f2504e0-4f89-11d3-9a0c-0305e82c3301 not found.', '20003'],
  ['error code 800041?', '800041'],
  ['900146?', '900146'],
];

/** Texts with numbers and everyday words that are no published error. */
const NO_ERRORS: readonly string[] = [
  'invoice 900.146',
  'we paid $900146',
  'error 2006a happened in 2006',
  'room 4018',
  'x9001469',
  'invoice number 900146',
  'order 800041 is late',
  'fatura 900146',
  'ordine n. 800041',
  'factuurnummer 900146',
  'فاتورة رقم 900146',
  '청구서 번호 900146',
  'de bestelling is niet beschikbaar',
  'our PO 800081 was not delivered',
  'ticket #900128',
  '800041 seats',
  '900,146 users',
  'phone 900146',
  'customer id 900146',
  'since 2006 we see errors',
  'error since 2006',
  'the error appears 2006 times',
  'in 2030 we will renew',
  'error 800999',
  'Error 500 in the app',
  'can I remove users from the subscription',
  'We need an Azure plan for our customer',
  'how do I accept a private offer',
  'the app says: this operation is not supported when I save a report',
  'something went wrong',
  'You do not have permission to delete this record in Contoso CRM',
  'You do not have permission to open this file',
  'You do not have the required permissions to open this file',
  'You do not have permission to accept this invitation',
  'You do not have permission to purchase marketplace products',
  'the login was disallowed by policy',
  'was disallowed by policy to sign in',
  'pending activation for my user',
  'our subscription has a spending limit in the app budget module',
  'how do I remove the spending limit of a project in Contoso Budget',
  // Near a published sentence, and about something else.
  'it says the item was already activated in my game',
  'the app says this item cannot be found',
  'it says the quantity is not available',
  'it says you have no permission to print in Contoso CRM',
  'the message says our subscription is active',
  'it shows that an order was created',
  'the app told me to accept the terms',
  'please update my subscription before Friday',
  'we could not identify the user who deleted the file',
  'our own accounting could not identify the payment',
  'the customer account is under review by our sales team',
  'the new plan is cheaper than the current plan',
  'I want to reopen this subscription',
  'the offer we got from the publisher is not good enough',
  'our enrollment in the training was not confirmed',
  'the private marketplace of our city',
  'the resource planning was suspended',
  'your card has arrived',
  'the batch contained wrong invoices',
  'the transfer of the domain is in progress',
  'Contoso 專案 此專案已啟用多重要素驗證',
  '無法登入 Contoso CRM',
  '找不到我的訂閱',
  '無法更新我的訂閱數量',
  '我們無法識別這位使用者',
  '此訂閱包含備份功能嗎',
  '客戶帳戶的密碼無法重設',
  '訂單900146什麼時候到',
  '發票號碼900146',
  '我们的项目已启用',
  'この購入について質問があります',
  'アイテムが見つかりません',
  '이 구매에 대해 문의합니다',
  'impossible de mettre à jour mon application',
  "l'abonnement n'est pas actif",
  'dieser Kauf war ein Fehler',
  'der neue Plan ist günstiger als der aktuelle Plan',
  'ist der neue Plan mit dem aktuellen Vertrag vereinbar?',
  'unser EA-Administrator hat die Käufe freigegeben',
  'das Angebot ist nicht in der Liste, die der Kunde bekommen hat',
  'gibt es für dieses Angebot bzw. diesen Plan eine Testversion?',
  'ich möchte mich mit einer anderen Azure AD-App-ID anmelden',
  'sie sind nicht autorisiert, die Nutzung der App zu sehen',
  'das SaaS-Abonnement weist einen Fehler in der Anmeldung auf',
  'ich weiß nicht, wie der Status des SaaS-Abonnements ist',
  'wer ist der Anbieter der Kreditkarte, die wir hinterlegt haben?',
  'la suscripción de SaaS se encuentra activa desde ayer',
  'mi usuario no está en la lista de clientes',
  'hablé con el proveedor de la tarjeta de crédito sobre el cargo',
  'esta licencia de uso no es válida para esta oferta de la tienda',
  'la suscripción pertenece a una cuenta de facturación de otra empresa',
  'no está autorizado a entrar en la aplicación de Contoso',
  'el nuevo plan no está disponible en mi país',
  'la cuenta está asociada a un instrumento de pago válido',
  'a assinatura de SaaS está em estado ativo desde ontem',
  'o provedor de cartão de crédito mudou a taxa',
  'a empresa se recusou a vender por meio de boleto',
  'você não está autorizado a entrar no aplicativo',
  'a quantidade de licenças é maior do que o previsto',
  'a nova quantidade de licenças está errada na fatura',
  'a oferta não foi enviada ao cliente',
  'non si dispone delle autorizzazioni necessarie per aprire il file',
  "il mio piano è identico a quello del collega dell'altro ufficio",
  "l'amministratore EA ha disabilitato gli accessi degli utenti",
  "la sottoscrizione appartiene a un account di fatturazione dell'azienda",
  "il cliente non è presente nell'elenco dei clienti",
  'gli acquisti non sono stati registrati in contabilità',
  "la nuova quantità di licenze non corrisponde all'ordine",
  "l'administrateur EA a activé des achats pour notre service",
  'cet abonnement appartient à un compte de facturation',
  'le client ne figure pas dans la liste des clients',
  'تم رفض طلب الإجازة الخاص بي',
  'لا تظهر بطاقة الائتمان في صفحة الدفع',
  'تم تحديث الاشتراك في التطبيق الخاص بنا',
  'このサブスクリプションはアクティブなのに、アプリが使えません',
  'このサブスクリプションは有効なはずですが、開けません',
  'このサブスクリプションはいつまで有効ですか',
  'このサブスクリプションではどの機能が使えますか',
  'サブスクリプションを取り消すことはできますか',
  'この注文を取り消すことはできませんか',
  'この注文全体を取り消すことはできません。代わりに、サブスクリプションを中断します',
  'ご質問の内容を特定できませんでした',
  '注文が進行中です。いつ届きますか',
  '注文の作成に失敗しました',
  'このアイテムは使用できません。詳細については管理者に聞いてください',
  'カートをチェックアウトすることはできません',
  'この操作は管理者に対してのみ有効ですか',
  'サポートにお問い合わせください',
  'この機能はサポートされていません',
  '予期しないエラーです',
  'パートナーがオファーに対して返信してくれません',
  'このトランザクションの対象となる商品は何ですか',
  '電話の転送は既に設定されています',
  '資産の状態を確認したい',
  '価格情報へのアクセス権をください',
  '更新訂閱失敗',
  '這個訂用帳戶還沒有註冊',
  '已符合資格，如何購買？',
  '找不到報價單',
  '無法處理這筆退款',
  '服務不再提供了嗎？',
  '這項作業不支援手機',
  '产品和服务还能购买吗？',
  '我与客户没有商业关系',
  '输入的数据无效',
  '合作伙伴与客户的关系怎么建立',
];

/** text, asker, code: a number of fewer than six digits, which products of customers use too. */
const SHORT_CODES: readonly [string, Asker, string | undefined][] = [
  ['Contoso Backup: error code 2001', 'customer', undefined],
  ['error 3000', 'customer', undefined],
  ['Fehlercode 2085 in Fabrikam Vault', 'customer', undefined],
  ['error code 2001', 'partner', '2001'],
  ['error 3000', 'publisher', '3000'],
  ['Partner Center shows error code 2001', 'customer', '2001'],
  ['the marketplace says error 2085', 'customer', '2085'],
  ['HTTP 403 (2091)', 'customer', '2091'],
  ['市集顯示錯誤代碼 2085', 'customer', '2085'],
  ['error 900146', 'customer', '900146'],
];

describe('published errors', () => {
  it('are at least 200 different errors, with advice in every language and a fact from the cited page', () => {
    assert.ok(STORE_ERRORS.length >= 200, String(STORE_ERRORS.length));
    assert.equal(new Set(STORE_ERRORS.map(({ id }) => id)).size, STORE_ERRORS.length);
    for (const { id, source, code, says } of STORE_ERRORS) {
      assert.ok(citedIn(source), id);
      assert.ok(code ?? says, id);
    }
    for (const language of LANGUAGES) {
      const missing = ADVICE_KEYS.filter((key) => !rawText(language)[`error.${key}`]);
      assert.deepEqual(missing, []);
    }
    const used = new Set(STORE_ERRORS.map(({ advice }) => advice));
    assert.deepEqual(
      ADVICE_KEYS.filter((key) => !used.has(key)),
      [],
    );
  });

  it('are found by their own code and by their own sentence', () => {
    for (const error of STORE_ERRORS) {
      if (error.code) assert.equal(storeErrorIn(`Error code ${error.code}`, 'partner')?.code, error.code);
      if (error.says) {
        const found = storeErrorIn(error.says.replaceAll('…', 'x').toUpperCase(), 'customer');
        assert.equal(found?.issue, error.issue, error.id);
      }
    }
  });

  for (const [text, issue, party] of PASTED) {
    it(`“${text.slice(0, 60)}” means ${issue}, for ${party}`, () => {
      const found = storeErrorIn(text, 'partner');
      assert.equal(found?.issue, issue);
      assert.ok(found);
      assert.equal(decide({ ...USUAL, asker: found.seenBy, issue: found.issue }).responsible, party);
    });
  }

  it('are found by the sentence that is published in another language', () => {
    const translations = publishedTranslations();
    for (const { id, issue } of STORE_ERRORS) {
      for (const says of translations.get(id) ?? []) {
        assert.equal(storeErrorIn(says.replaceAll('…', 'x12'), 'customer')?.issue, issue, `${id} ${says}`);
      }
    }
    for (const [text, id] of IN_OTHER_LANGUAGES) assert.equal(storeErrorIn(text, 'customer')?.id, id, text);
  });

  it('are found in a question of the same language', () => {
    for (const [text, id] of PASTED_IN_A_QUESTION) assert.equal(storeErrorIn(text, 'customer')?.id, id, text);
  });

  it('have an id for every translated sentence', () => {
    const lines = [...ASIAN_SENTENCES, ...EUROPEAN_SENTENCES]
      .flatMap((table) => table.split('\n'))
      .filter((line) => line.trim() !== '');
    const translations = publishedTranslations();
    const used = STORE_ERRORS.reduce((sum, { id }) => sum + (translations.get(id)?.length ?? 0), 0);
    assert.ok(lines.length > 200, String(lines.length));
    assert.equal(used, lines.length);
  });

  it('are found when somebody repeats or cuts the message', () => {
    for (const [text, id] of NOT_EXACT) assert.equal(storeErrorIn(text, 'customer')?.id, id, text);
  });

  it('are looked for in a long text without a delay', () => {
    const started = performance.now();
    storeErrorIn('此訂用帳戶不是有效的訂用帳戶因為無法更新'.repeat(200), 'customer');
    storeErrorIn(
      'it says the subscription cannot be updated because the plan is not '.repeat(60),
      'customer',
    );
    assert.ok(performance.now() - started < 3_000);
  });

  it('are not found in amounts, invoice numbers and everyday words', () => {
    for (const text of NO_ERRORS) assert.equal(storeErrorIn(text, 'partner')?.id, undefined, text);
  });

  it('give a short code of a customer a meaning only beside the name of the store', () => {
    for (const [text, asker, code] of SHORT_CODES) assert.equal(storeErrorIn(text, asker)?.code, code, text);
  });

  it('give a six-digit code alone its meaning, and a short number none', () => {
    for (const { code } of STORE_ERRORS) {
      if (code === undefined || !/^\d+$/.test(code)) continue;
      assert.equal(storeErrorIn(code, 'partner')?.code, code.length >= 6 ? code : undefined);
    }
  });
});
