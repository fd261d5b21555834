/** Words that name one topic without doubt, where the topic changes who is responsible. Checked before the classifier. */
import type { Asker, Issue } from '../../terms.js';

/** The languages in which the classifier knows phrases too. */
type CueLanguage = 'en' | 'zh' | 'de' | 'fr' | 'es' | 'ja';

interface Cue {
  readonly issue: Issue;
  /** The askers for whom the cue counts; every asker when left out. */
  readonly askers?: readonly Asker[];
  readonly words: RegExp;
}

/** One pattern of all languages. A language that is left out has no such words, or the classifier knows them. */
function words(patterns: Readonly<Partial<Record<CueLanguage, string>>>): RegExp {
  return new RegExp(Object.values(patterns).join('|'), 'u');
}

const STAFF: readonly Asker[] = ['partner', 'publisher'];
const raw = String.raw;

/** The first that fits wins. Lower case, straight quotes, single spaces. */
const CUES: readonly Cue[] = [
  {
    issue: 'contract-legal.customer-agreement',
    words: words({
      en: raw`\b(mca|microsoft customer agreement)\b.{0,40}\b(accept|attest|sign|confirm)|\b(accept|attest|sign|confirm)\w*.{0,40}\b(mca|microsoft customer agreement)\b`,
      zh: '(客戶合約|客户协议).{0,12}(接受|確認|确认)|(接受|確認|确认).{0,12}(客戶合約|客户协议)',
      de: raw`(\bmca\b|kundenvereinbarung).{0,60}(akzept|zustimm|zugestimm|bestätig|unterschr|angenommen)|(akzept|zugestimm|bestätig).{0,40}(\bmca\b|kundenvereinbarung)`,
      fr: raw`contrat client microsoft.{0,60}(accept|sign|attest|confirm)|(accept|sign|attest|confirm).{0,40}contrat client microsoft`,
      es: raw`contrato de cliente de microsoft.{0,60}(acept|firm|confirm)|(acept|firm|confirm).{0,40}contrato de cliente de microsoft`,
      ja: raw`(\bmca\b|顧客契約).{0,20}(同意|承諾|確認|署名)|(同意|承諾|確認).{0,20}顧客契約`,
    }),
  },
  {
    issue: 'offer-onboarding.rewards',
    askers: STAFF,
    words: words({
      en: raw`\bco-?sell\b|\bmarketplace rewards\b`,
      zh: '共同銷售|共同销售|联合销售',
      ja: '共同販売',
    }),
  },
  {
    issue: 'offer-onboarding.rewards',
    askers: ['partner'],
    words: words({
      en: raw`\bpay-?outs?\b`,
      zh: '撥款|付款給合作夥伴|付款给合作伙伴',
      de: 'auszahlung',
      fr: raw`versements? (au|du|aux|des) partenaires?`,
      es: raw`pagos? (al|a los|del) (socios?|partners?)`,
      ja: 'ペイアウト',
    }),
  },
  {
    issue: 'purchase-transaction.private-offer-acceptance',
    words: words({
      en: raw`private offer.{0,60}(gr[ea]y|disabled|cannot|can't|unable|not able|won't).{0,40}|accept\w*.{0,40}(gr[ea]y|disabled|cannot|can't).{0,40}private offer|(cannot|can't|unable to) accept.{0,30}private offer`,
      zh: '接受.{0,12}(灰|無法|无法).{0,12}私人(優惠|优惠)|私人(優惠|优惠|供應項目).{0,12}(無法|无法|不能).{0,6}接受',
      de: raw`(privat\w* angebot|privatangebot|private offer).{0,60}(nicht (annehmen|akzeptieren|angenommen)|grau|deaktiviert)|(annehmen|akzeptieren).{0,40}(grau|deaktiviert).{0,40}(privat\w* angebot|privatangebot)`,
      fr: raw`offre privée.{0,60}(grisé|désactiv)|(impossible d'|n(e |')\w* pas |pas à )accepter.{0,30}offre privée|accepter.{0,40}(grisé|désactiv).{0,40}offre privée`,
      es: raw`oferta privada.{0,60}(gris|deshabilit|desactiv)|no (puedo|podemos|se puede|consigo) aceptar.{0,30}oferta privada|aceptar.{0,40}(gris|deshabilit|desactiv).{0,40}oferta privada`,
      ja: 'プライベート ?オファー.{0,20}(承諾|受け入れ|同意).{0,12}(でき|グレー|無効)|プライベート ?オファー.{0,16}(グレー|無効)|(承諾|受け入れ).{0,16}(グレー|無効|できな).{0,20}プライベート ?オファー',
    }),
  },
  {
    issue: 'purchase-transaction.private-offer',
    words: words({
      de: raw`(möchte|brauche|wünsche|hätte|bekomm|anforder)\w*.{0,40}(privat\w* angebot|privatangebot)|(privat\w* angebot|privatangebot).{0,40}(anforder|bekomm|erstell|brauch)`,
      fr: raw`(demand|veu|voul|souhait|besoin|obten|créer|faire).{0,30}offre privée`,
      es: raw`(quier|quer|necesit|solicit|pedir|crear|hacer|obtener).{0,30}oferta privada`,
      ja: 'プライベート ?オファー.{0,10}(ほしい|欲しい|作成|依頼|お願い|もらい|希望)',
    }),
  },
  {
    issue: 'purchase-transaction.own-administrator',
    words: words({
      en: raw`\b(our|my) (own )?(admin\w*|organi[sz]ation|company|it department)\b.{0,40}\b(block|forbid|forbad|disabl|not allow|doesn't allow|prevent)\w*.{0,40}\b(purchas|buy|marketplace)|private marketplace.{0,40}(block|not approved|not allow)`,
      zh: '(組織|組织|组织|管理員|管理员|公司).{0,12}(封鎖|不允許|停用|阻止|禁止|不允许).{0,12}(購買|市集|购买|市场)',
      de: raw`(unser|mein)\w* (eigen\w* )?(admin\w*|organisation|firma|unternehmen|it(-abteilung)?)\b.{0,40}(blockier|sperr|verbiet|untersag|erlaub\w* .{0,12}(nicht|kein)).{0,40}(kauf|käufe|marketplace|marktplatz)|privat\w* (marketplace|marktplatz).{0,40}(blockier|nicht (freigegeben|genehmigt))`,
      fr: raw`(notre|mon) (propre )?(administrateur|organisation|entreprise|société|service informatique)\b.{0,40}(bloqu|interdi|n'autoris|désactiv|empêch).{0,40}(achat|acheter|marketplace|place de marché)|(marketplace|place de marché) privée.{0,40}(bloqu|pas approuv)`,
      es: raw`(nuestr[oa]|mi) (propi[oa] )?(administrador\w*|organización|empresa|departamento de ti)\b.{0,40}(bloque|prohíb|prohib|no permit|impid|deshabilit).{0,40}(compr|marketplace)|marketplace privado.{0,40}(bloque|no aprobad)`,
      ja: '(管理者|組織|会社|社内).{0,14}(ブロック|禁止|許可し|許可され|無効).{0,16}(購入|マーケットプレース)|(購入|マーケットプレース).{0,14}(管理者|組織|会社).{0,12}(ブロック|禁止|許可)|(管理者|組織|会社).{0,20}(購入|マーケットプレース).{0,10}(ブロック|禁止|許可し|許可され)',
    }),
  },
  {
    issue: 'account-setup.missing-role',
    words: words({
      en: raw`\b(role|permissions?|rights?|privileges?)\b.{0,60}\b(to (buy|purchase|order|accept|subscribe)|in partner cent(er|re)|in the marketplace)\b|\b(to (buy|purchase|order)|partner cent(er|re))\b.{0,60}\b(missing|lack|not have|don't have|do not have|need)\w* .{0,20}\b(role|permissions?|rights?|privileges?)\b`,
      zh: '(缺少|沒有|没有).{0,10}(角色|權限|权限).{0,14}(購買|购买|訂購|订购|接受|合作夥伴中心|合作伙伴中心)|(購買|购买|訂購|合作夥伴中心|合作伙伴中心).{0,14}(缺少|沒有|没有).{0,10}(角色|權限|权限)',
      de: raw`(rolle|berechtigung|rechte?)\b.{0,50}(zum kauf|zu kaufen|zum annehmen|im partner cent)|(kaufen|partner center).{0,50}fehl\w*.{0,20}(rolle|berechtigung)|fehl\w* .{0,20}(rolle|berechtigung).{0,50}(kauf|partner center)`,
      fr: raw`(rôle|autorisation|droit|permission)s?.{0,50}(pour acheter|d'acheter|d'achat|pour accepter|espace partenaires|partner center)|(acheter|espace partenaires|partner center).{0,50}(manque|n'ai pas).{0,20}(rôle|autorisation|droit|permission)`,
      es: raw`(rol|permiso)s?\b.{0,50}(para comprar|de compra|para aceptar|centro de partners|partner center)|(comprar|centro de partners|partner center).{0,50}(falta|no tengo|sin).{0,20}(rol|permiso)`,
      ja: '(ロール|役割|権限).{0,6}(ない|なく|足り|不足).{0,14}(購入|承諾|パートナー ?センター)|(購入|承諾|パートナー ?センター).{0,16}(ロール|役割|権限).{0,8}(ない|なく|足り|不足|必要)',
    }),
  },
  {
    issue: 'subscription-management.transfer',
    words: words({
      en: raw`\b(transfer|move|moving|switch|change)\w*.{0,60}\b(another|other|different|new|previous|old) (csp )?(partner|provider|reseller)\b`,
      zh: '(更換|換|移轉|更换|换|转移|转到).{0,12}(合作夥伴|經銷商|合作伙伴|经销商)',
      de: raw`(wechsel|umzieh|umzug|übertrag|transfer|verschieb)\w*.{0,60}(ander|neu|alt|bisherig)\w* (csp-?)?(partner|reseller|händler)|(ander|neu|alt|bisherig)\w* (csp-?)?(partner|reseller|händler).{0,40}(wechsel|umzieh|übertrag|transfer|verschieb)`,
      fr: raw`(transférer|transfert|déplacer|changer|passer|migrer).{0,60}(autre|nouveau|ancien) (partenaire|revendeur)|changer de (partenaire|revendeur)`,
      es: raw`(transferir|transferencia|mover|cambiar|pasar|migrar).{0,60}(otro|nuevo|anterior) (socio|partner|revendedor|proveedor)|cambiar de (socio|partner|revendedor)`,
      ja: '(別|他|新しい|以前)の?(csp ?)?(パートナー|リセラー|販売店).{0,14}(移|変更|切り替え|乗り換え)|(パートナー|リセラー|販売店)を?(変更|乗り換え|切り替え)',
    }),
  },
  {
    issue: 'billing.tax',
    askers: ['customer', 'partner'],
    words:
      /\b(?:vat|gst|sales tax|value[- ]added tax|mehrwertsteuer|umsatzsteuer|tva|iva)\b|營業稅|加值稅|增值税|消費税/u,
  },
  {
    issue: 'billing.refund',
    words: words({
      en: raw`\bhow long\b.{0,40}\b(refund|money back)|\brefund (period|window|policy)\b.{0,30}\b(how long|length|last|hours|days)`,
      zh: '退款(期限|期間|期间).{0,6}(多久|多長|多长|幾天|几天|幾小時|几小时)|多久.{0,12}退款',
      de: 'wie lange.{0,40}(erstatt|geld zurück|zurückgeben)|(erstattungs|rückgabe|widerrufs|stornierungs)frist',
      fr: raw`(combien de temps|quel délai|délai).{0,40}rembours|rembours\w*.{0,40}(combien de temps|délai)`,
      es: raw`(cuánto tiempo|qué plazo|plazo).{0,40}(reembols|devoluc)|(reembols|devoluc)\w*.{0,40}(cuánto tiempo|plazo)`,
      ja: '(返金|払い戻し).{0,10}(期間|期限|いつまで|何日|何時間)|(いつまで|何日|何時間).{0,12}(返金|払い戻し)',
    }),
  },
];

/** The issue of these words, for this asker; undefined without a cue. */
export function cuedIssue(text: string, asker: Asker): Issue | undefined {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .slice(0, 1000);
  return CUES.find(({ askers, words }) => (askers?.includes(asker) ?? true) && words.test(folded))?.issue;
}

/** Every issue a cue can name, for the check that each issue is reachable by words. */
export const CUED_ISSUES: ReadonlySet<Issue> = new Set(CUES.map(({ issue }) => issue));
