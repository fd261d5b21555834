/** Words that name one topic without doubt, where the topic changes who is responsible. Checked before the classifier. */
import { countryIn } from '../../policy/tax-countries.js';
import { LANGUAGES, type Asker, type Issue } from '../../terms.js';

/** The languages in which the classifier knows phrases too. */
type CueLanguage = 'en' | 'zh' | 'de' | 'fr' | 'es' | 'ja';

interface Cue {
  readonly issue: Issue;
  /** The askers for whom the cue counts; every asker when left out. */
  readonly askers?: readonly Asker[];
  readonly words: RegExp;
  /** True where the words count only in a text that names a country. */
  readonly withCountry?: boolean;
}

/** One pattern of all languages. A language that is left out has no such words, or the classifier knows them. */
function words(patterns: Readonly<Partial<Record<CueLanguage, string>>>): RegExp {
  return new RegExp(Object.values(patterns).join('|'), 'u');
}

const STAFF: readonly Asker[] = ['partner', 'publisher'];
const BUYERS: readonly Asker[] = ['customer', 'partner'];
const raw = String.raw;

/** The first that fits wins. Lower case, straight quotes, single spaces. */
const CUES: readonly Cue[] = [
  {
    issue: 'contract-legal.customer-agreement',
    words: words({
      en: raw`\b(mca|microsoft customer agreement)\b.{0,40}\b(accept|attest|sign|confirm)|\b(accept|attest|sign|confirm)\w*.{0,40}\b(mca|microsoft customer agreement)\b|\bcustomers? (must|has to|have to|needs? to|did not|didn't|has not|hasn't)\b.{0,20}\b(accept|sign|confirm)\w*.{0,20}\bcustomer agreement\b|\battest\w*.{0,30}\bcustomer agreement\b|\bcustomer agreement\b.{0,30}\battest`,
      zh: '(客戶合約|客戶協議|客户协议).{0,12}(接受|確認|确认|證明|证明)|(接受|確認|确认|證明|证明).{0,12}(客戶合約|客戶協議|客户协议)',
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
      en: raw`private offer.{0,60}(gr[ea]y|disabled|cannot|can't|unable|not able|won't).{0,40}|accept\w*.{0,40}(gr[ea]y|disabled|cannot|can't).{0,40}private offer|(cannot|can't|unable to|not able to|not allowed to) accept.{0,30}private offer|\bwho\b.{0,30}\baccept\w*.{0,40}private offer|private offer.{0,40}\bwho\b.{0,30}\baccept|\b(permissions?|roles?|rights?|allowed)\b.{0,30}\b(to|for) accept\w*.{0,30}private offer|\baccept\w*.{0,20}private offer.{0,40}\b(permissions?|roles?|rights?)\b|accept button.{0,40}private offer.{0,40}(missing|inactive|not active)|private offer.{0,40}accept button.{0,20}(missing|inactive|not active)|\baccept( offer)? button\b.{0,16}\b(gr[ea]y(ed)?|disabled|inactive|missing|not active|not clickable|dead)\b|\b(gr[ea]y(ed)?|disabled|inactive)( out)? accept( offer)? button\b|\bbutton to accept\b.{0,30}\b(gr[ea]y(ed)?|disabled|inactive|missing)\b`,
      zh: '接受.{0,12}(灰|無法|无法).{0,12}私人(優惠|优惠)|私人(優惠|优惠|供應項目).{0,12}(無法|无法|不能).{0,6}接受|私人(優惠|优惠|供應項目).{0,14}(灰|按不了|不能按|無法按|无法点)|(誰|谁|哪個角色|什麼角色|哪个角色|什么角色|哪些人|什麼人|什么人).{0,12}接受.{0,14}私人(優惠|优惠)|私人(優惠|优惠).{0,10}(誰|谁|什麼人|什么人).{0,10}接受|(沒有|没有|缺少|無|无).{0,4}接受.{0,10}私人(優惠|优惠).{0,8}(權限|权限|角色)|接受.{0,10}私人(優惠|优惠).{0,12}(權限|权限|角色)|接受.{0,4}(按鈕|按钮|鍵|键).{0,6}(灰|停用|不能|無法|无法|按不|點不|点不|不見|消失)',
      de: raw`(privat\w* angebot|privatangebot|private offer).{0,60}(nicht (annehmen|akzeptieren|angenommen)|grau|deaktiviert)|(annehmen|akzeptieren).{0,40}(grau|deaktiviert).{0,40}(privat\w* angebot|privatangebot)|\bwer\b.{0,30}(privat\w* angebot|privatangebot|private offer).{0,30}(annehmen|akzeptieren)`,
      fr: raw`offre privée.{0,60}(grisé|désactiv)|(impossible d'|n(e |')\w* pas |pas à )accepter.{0,30}offre privée|accepter.{0,40}(grisé|désactiv).{0,40}offre privée|\bqui\b.{0,30}accepter.{0,30}offre privée`,
      es: raw`oferta privada.{0,60}(gris|deshabilit|desactiv)|no (puedo|podemos|se puede|consigo) aceptar.{0,30}oferta privada|aceptar.{0,40}(gris|deshabilit|desactiv).{0,40}oferta privada|quién.{0,30}aceptar.{0,30}oferta privada`,
      ja: 'プライベート ?オファー.{0,20}(承諾|受け入れ|同意).{0,12}(でき|グレー|無効)|プライベート ?オファー.{0,16}(グレー|無効)|(承諾|受け入れ).{0,16}(グレー|無効|できな).{0,20}プライベート ?オファー|(誰|だれ).{0,12}プライベート ?オファー.{0,10}(承諾|受け入れ)|プライベート ?オファー.{0,10}(承諾|受け入れ).{0,16}(誰|だれ)|(承諾|同意|受け入れ)(する)?ボタン.{0,8}(グレー|灰色|押せ|無効|クリックでき)',
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
      en: raw`\b(our|my) (own )?(admin\w*|organi[sz]ation|company|it department)\b.{0,40}\b(block|forbid|forbad|disabl|not allow|doesn't allow|prevent)\w*.{0,40}\b(purchas|buy|marketplace)|private (azure )?marketplace.{0,40}(block|not approved|not allow|doesn't allow|does not allow|prevent)|(blocked|not approved|not allowed|not available).{0,30}private (azure )?(marketplace|store)|\b(azure polic(y|ies)|polic(y|ies) (in|of) (our )?azure)\b.{0,40}\b(block|den(y|ie)|forbid|prevent|disallow|stop|not allow)\w*.{0,40}\b(purchas|buy|order|marketplace)|\b(purchas|buy|order)\w*.{0,40}\b(blocked|denied|disallowed|forbidden|prevented|stopped) by .{0,20}\bazure polic|\b(ea|enterprise|enrol+ment|billing|it) admin\w*.{0,40}\b(block|forbid|forbad|disabl|turned off|switched off|not allow|doesn't allow|prevent)\w*.{0,40}\b(purchas|buy|marketplace)|\badmin\w*\b.{0,12}\b(to|must|should|can|could|has to) (allow|enable|permit|unblock)\b.{0,30}\b(purchas|buy|marketplace)|\bonly free (offers|purchases|products|plans)\b.{0,30}\b(allow|permit)|\b(enrol+ment|enterprise agreement|ea)\b.{0,20}\b(block|forbid|prevent|disallow|not allow|doesn't allow)\w*.{0,30}\b(purchas|buy|marketplace)|\b(purchas\w*|marketplace)\b.{0,30}\b(disabled|blocked|turned off|switched off|forbidden) (by|in|on|under|for) .{0,20}\b(admin\w*|enrol+ment|organi[sz]ation|company)\b`,
      zh: '(組織|組织|组织|管理員|管理员|公司).{0,12}(封鎖|不允許|停用|阻止|禁止|不允许).{0,12}(購買|市集|购买|市场)|(管理員|管理员).{0,6}(停用|封鎖|關閉|禁止|关闭|禁用).{0,24}(購買|市集|购买|市场|marketplace)|私人 ?(市集|市场|商城|marketplace).{0,10}(封鎖|封锁|阻止|禁止|不允許|不允许|未核准|未批准|沒有核准|没有批准)|(封鎖|封锁|阻止|未核准|未批准).{0,8}私人 ?(市集|市场|商城|marketplace)|azure ?(policy|原則|策略).{0,12}(封鎖|封锁|阻止|拒絕|拒绝|禁止|不允許|不允许).{0,16}(購買|訂購|市集|购买|订购|市场)',
      de: raw`(unser|mein)\w* (eigen\w* )?(admin\w*|organisation|firma|unternehmen|it(-abteilung)?)\b.{0,40}(blockier|sperr|verbiet|untersag|erlaub\w* .{0,12}(nicht|kein)).{0,40}(kauf|käufe|marketplace|marktplatz)|privat\w* (marketplace|marktplatz).{0,40}(blockier|nicht (freigegeben|genehmigt))|azure[ -](policy|richtlinie)\w*.{0,40}(blockier|sperr|verbiet|verhinder).{0,40}(kauf|käufe|marketplace|marktplatz)`,
      fr: raw`(notre|mon) (propre )?(administrateur|organisation|entreprise|société|service informatique)\b.{0,40}(bloqu|interdi|n'autoris|désactiv|empêch).{0,40}(achat|acheter|marketplace|place de marché)|(marketplace|place de marché) privée.{0,40}(bloqu|pas approuv)|(azure policy|stratégie azure).{0,40}(bloqu|interdi|empêch).{0,40}(achat|acheter|marketplace|place de marché)`,
      es: raw`(nuestr[oa]|mi) (propi[oa] )?(administrador\w*|organización|empresa|departamento de ti)\b.{0,40}(bloque|prohíb|prohib|no permit|impid|deshabilit).{0,40}(compr|marketplace)|marketplace privado.{0,40}(bloque|no aprobad)|(azure policy|directiva de azure).{0,40}(bloque|prohíb|prohib|impid).{0,40}(compr|marketplace)`,
      ja: '(管理者|組織|会社|社内).{0,14}(ブロック|禁止|許可し|許可され|無効).{0,16}(購入|マーケットプレース)|(購入|マーケットプレース).{0,14}(管理者|組織|会社).{0,12}(ブロック|禁止|許可)|(管理者|組織|会社).{0,20}(購入|マーケットプレース).{0,10}(ブロック|禁止|許可し|許可され)|azure ?(policy|ポリシー).{0,20}(購入|マーケットプレース).{0,10}(ブロック|禁止|拒否)',
    }),
  },
  {
    issue: 'account-setup.missing-role',
    words: words({
      en: raw`\b(role|permissions?|rights?|privileges?)\b.{0,60}\b(to (buy|purchase|order|accept|subscribe)|in partner cent(er|re)|in the marketplace)\b|\b(to (buy|purchase|order)|partner cent(er|re))\b.{0,60}\b(missing|lack|not have|don't have|do not have|need)\w* .{0,20}\b(role|permissions?|rights?|privileges?)\b|\b(cannot|can't|unable to|not able to|not allowed to) (buy|purchase|order)\b.{0,60}\b(role|permissions?|rights?|privileges?)\b.{0,20}\b(missing|lack\w*|not assigned)|\b(role|permissions?|rights?|privileges?)\b.{0,20}\b(missing|not assigned)\b.{0,40}\b(cannot|can't|unable to|not able to|not allowed to) (buy|purchase|order)\b`,
      zh: '(缺少|沒有|没有).{0,4}(購買|购买|訂購|订购).{0,12}的?(角色|權限|权限)|(缺少|沒有|没有).{0,10}(角色|權限|权限).{0,14}(購買|购买|訂購|订购|接受|合作夥伴中心|合作伙伴中心)|(購買|购买|訂購|合作夥伴中心|合作伙伴中心).{0,14}(缺少|沒有|没有).{0,10}(角色|權限|权限)|(不能|無法|无法|不允許|不允许).{0,4}(購買|购买|訂購|订购).{0,12}(角色|權限|权限)',
      de: raw`(rolle|berechtigung|rechte?)\b.{0,50}(zum kauf|zu kaufen|zum annehmen|im partner cent)|(kaufen|partner center).{0,50}fehl\w*.{0,20}(rolle|berechtigung)|fehl\w* .{0,20}(rolle|berechtigung).{0,50}(kauf|partner center)`,
      fr: raw`(rôle|autorisation|droit|permission)s?.{0,50}(pour acheter|d'acheter|d'achat|pour accepter|espace partenaires|partner center)|(acheter|espace partenaires|partner center).{0,50}(manque|n'ai pas).{0,20}(rôle|autorisation|droit|permission)`,
      es: raw`(rol|permiso)s?\b.{0,50}(para comprar|de compra|para aceptar|centro de partners|partner center)|(comprar|centro de partners|partner center).{0,50}(falta|no tengo|sin).{0,20}(rol|permiso)`,
      ja: '(ロール|役割|権限).{0,6}(ない|なく|足り|不足).{0,14}(購入|承諾|パートナー ?センター)|(購入|承諾|パートナー ?センター).{0,16}(ロール|役割|権限).{0,8}(ない|なく|足り|不足|必要)',
    }),
  },
  {
    issue: 'subscription-management.transfer',
    words: words({
      en: raw`\b(chang|switch|leav)\w* (our|the|their|its|my) (csp|(csp )?(partner|provider|reseller))\b(?! (of|on) record)|\b(losing|gaining|source|target) (partner|csp)\b.{0,40}\b(releas|approv|accept|transfer|subscription)|\bbilling ownership\b.{0,40}\b(transfer|move)|\b(transfer|move)\w*.{0,30}\bbilling ownership\b|\b(transfer|move|moving|switch|change)\w*.{0,60}\b(another|other|different|new|previous|old|former) (csp|(csp )?(partner|provider|reseller))\b|\b(com(e|es|ing)|came) (over )?(to us )?from (another|a different|an?other) (csp|partner|provider|reseller)\b|\b(another|other|different|previous|old|former) (csp|(csp )?(partner|provider|reseller))\b.{0,40}\btransfer|\bleav(e|es|ing) (its|their|the|our|my) ((old|previous|former|current|present) )?(csp|(csp )?(partner|provider|reseller))\b|\btak(e|ing) over\b.{0,40}\bfrom (another|a different|the (old|previous|former)) (csp|(csp )?(partner|provider|reseller))\b`,
      zh: '(更換|換|移轉|更换|换|转移|转到).{0,12}(合作夥伴|經銷商|合作伙伴|经销商)|[從从].{0,10}(合作夥伴|經銷商|合作伙伴|经销商|csp).{0,8}(轉|移|換|转|换)',
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
      en: raw`\bhow long\b.{0,40}\b(refund|money back)|\buntil when\b.{0,12}\b(can|may) (i |we )?return\b|\brefund (period|window|policy)\b.{0,30}\b(how long|length|last|hours|days)|\b(how long|how many (days|hours)|what is|what's|when (is|does))\b.{0,40}\b(cancel\w*|refund|return) (window|period|deadline)\b|\bcancel\w* (window|period|deadline)\b.{0,30}\b(how long|length|last|hours|days)|\b(how long|how many (days|hours)|until when)\b(?! does it take).{0,20}\b(to|can|may) (i |we |a customer |the customer )?cancel\b`,
      zh: '退款(期限|期間|期间).{0,6}(多久|多長|多长|幾天|几天|幾小時|几小时)|多久.{0,12}退款|(取消|退訂|退订)的?(期限|期間|期间|時限|时限|窗口).{0,6}(多久|多長|多长|幾|几|什麼|什么)|(多久|幾天|几天|幾小時|几小时)[內内]?(可以|能)?取消',
      de: 'wie lange.{0,40}(erstatt|geld zurück|zurückgeben)|(erstattungs|rückgabe|widerrufs|stornierungs)frist',
      fr: raw`(combien de temps|quel délai|délai).{0,40}(rembours|d'annulation|de rétractation)|rembours\w*.{0,40}(combien de temps|délai)`,
      es: raw`(cuánto tiempo|qué plazo|plazo).{0,40}(reembols|devoluc|cancelación)|(reembols|devoluc)\w*.{0,40}(cuánto tiempo|plazo)`,
      ja: '(返金|払い戻し|キャンセル).{0,10}(期間|期限|いつまで|何日|何時間)|(いつまで|何日|何時間).{0,12}(返金|払い戻し)',
    }),
  },
  {
    // Bought by mistake, and may it be given back: no word of it says "refund".
    issue: 'billing.refund',
    askers: BUYERS,
    words: words({
      en: raw`\b(bought|purchased|ordered)\b.{0,40}\b(by mistake|by accident|accidentally|the wrong (one|product|plan))\b.{0,60}\b(return|give (it )?back|send (it )?back|undo)\b|\b(return|give back|send back)\b(?! to).{0,60}\b(bought|purchased|ordered)\b.{0,20}\b(by mistake|by accident|accidentally)\b`,
      zh: '(買錯|买错|訂錯|订错|誤買|误买|買到錯).{0,40}(退(?![出訂订休])|取消)|(可以|能|能不能|可不可以|可否|要怎麼|怎麼|如何)(退貨|退货|退掉)|(可以|能|能不能|可不可以|可否)退(嗎|吗|$|[？?])',
    }),
  },
  {
    issue: 'billing.refund-late',
    words: words({
      zh: '(超過|超过|過了|过了|逾)[^，。,]{0,6}(退款|退費|退费|取消)的?(期限|期間|期间|時限|时限)',
    }),
  },
  {
    issue: 'account-setup.activation',
    askers: BUYERS,
    words: words({
      en: raw`\b(how many days|by when|until when|deadline|time limit)\b.{0,50}\bactivat(e|ed|ion)\b|\bactivation\b.{0,20}\b(deadline|time limit)\b|\bnot activate\w*.{0,40}\b(within|in) \d+ days`,
      zh: '(幾天|几天|多少天)[內内]?.{0,4}(啟用|激活)|(啟用|激活)的?(期限|時限|时限)|(沒有|没有|未|沒)在?期限[內内].{0,2}(啟用|激活)',
    }),
  },
  {
    issue: 'sla.microsoft-service',
    askers: ['partner'],
    words: words({
      en: raw`\b(claim|request|ask for|apply for|get)\b.{0,20}\bcredits?\b.{0,30}\b(azure|microsoft)\b.{0,20}\b(outage|downtime|sla)|\bcredits?\b.{0,20}\b(azure|microsoft)\b.{0,10}\b(outage|downtime)`,
      zh: '(azure|微軟|微软|microsoft).{0,8}(停機|中斷|故障|停机|中断).{0,12}(抵扣|抵免|賠償|補償|赔偿|补偿)',
    }),
  },
  {
    // Private plans are not for subscriptions of a CSP reseller; a CSP private offer is.
    issue: 'purchase-transaction.reselling-terms',
    askers: STAFF,
    words: words({
      en: raw`\bprivate plans?\b.{0,40}\bcsp\b|\bcsp\b.{0,40}\bprivate plans?\b|\b(can|may|do) (we|i|resellers|partners) (use|sell|resell|offer)\b.{0,20}\bprivate plans?\b`,
      zh: '(私人|專用|专用)(方案|计划).{0,16}csp|csp.{0,16}(私人|專用|专用)(方案|计划)',
    }),
  },
  {
    issue: 'payment',
    askers: BUYERS,
    words: words({
      en: raw`\b(how long|how many days|when)\b.{0,40}\b(unpaid|not paid|non-?payment)\b.{0,40}\b(suspend|cancel|end)|\b(how long|how many days|what is|what's|when|is there)\b.{0,30}\bgrace period\b|\bgrace period\b.{0,40}\b(how long|last|length|days|payment|unpaid|suspen\w*)\b`,
      zh: '寬限期|宽限期|(沒|未|没)(有)?付款.{0,12}(暫停|停用|取消|暂停).{0,6}(多久|幾天|几天)|(沒|未|没)(有)?付款.{0,8}(多久|幾天|几天).{0,6}(暫停|停用|取消|暂停)',
      de: 'nachfrist|kulanzfrist|karenzzeit',
      fr: 'période de grâce|délai de grâce',
      es: 'per[ií]odo de gracia',
      ja: '猶予期間',
    }),
  },
  {
    issue: 'purchase-transaction.not-available',
    askers: BUYERS,
    words: words({
      en: raw`\b(not|isn't|aren't|no longer) (offered|sold|for sale|available (for purchase|to buy)|orderable)\b.{0,20}\b(in|for) (our|my|the|this|your|their) (country|region|market)\b|\bnot available in (our|my|this|your|their) (country|market)\b|\bnot to be sold in\b|\b(cannot|can't|unable to|not able to|can (we|i|they) not|can't (we|i|they)|could not) (buy|purchase|order)\b.{0,40}\bin (our|my|this|their) (country|market|region)\b`,
      zh: '(市場|國家|地區|市场|国家|地区)(?:為什麼|为什么)?(不能|無法|无法)(買|购|購|訂|订)|(市場|國家|地區|市场|国家|地区)[^，。,.]{0,6}(不允許|不允许|不能|無法|无法|不|未)(提供|銷售|販售|購買|销售|购买)|(不在|未在|沒有在|没有在).{0,8}(國家|地區|市場|国家|地区|市场).{0,6}(提供|銷售|販售|销售)',
      de: raw`in (unser|dies|mein|ihr)\w* (land|region|markt) nicht (angeboten|verkauft|erhältlich)|nicht (angeboten|verkauft|erhältlich).{0,10}in (unser|dies|mein|ihr)\w* (land|region|markt)`,
      fr: raw`(pas|plus) (proposée?|vendue?|en vente) (dans|sur) (notre|mon|votre|ce) (pays|région|marché)`,
      es: raw`no (se ofrece|se vende|está a la venta) en (nuestr[oa]|mi|su|est[ea]) (país|región|mercado)`,
      ja: '(国|地域|市場)で(は|も)?(提供|販売|購入).{0,4}(ない|ません)',
    }),
  },
  {
    issue: 'purchase-transaction.not-available',
    askers: BUYERS,
    withCountry: true,
    words: words({
      en: raw`\b(not|isn't|aren't|no longer) (being )?(offered|sold|for sale|available (for purchase|to buy)|orderable) (to customers )?in\b`,
      zh: '(沒有|没有|不|未)在.{1,10}(銷售|販售|上架|销售)|(沒有|没有|未|不)(銷售|販售|上架|销售)',
      de: raw`\bin .{2,20}nicht (angeboten|verkauft)|nicht in .{2,20}(angeboten|verkauft)`,
      fr: raw`(pas|plus) (proposée?|vendue?|en vente) (en|au|aux|à)\b`,
      es: raw`no (se ofrece|se vende|está a la venta) en\b`,
      ja: 'では?(販売|提供)されてい(ない|ません)',
    }),
  },
  {
    // States inside the product, in the words that the store uses for subscriptions.
    issue: 'how-to-docs-training',
    words: words({
      en: raw`^(?=.*\bhow (do|can|to)\b).*\bspending limit\b.{0,30}\b(in|inside|of|for) (the |our |my |a |this )?(app|application|module|product|project|team|department)\b`,
      zh: '(怎麼|如何|怎样|怎么).{0,16}(專案|部門|模組|應用程式|项目|部门|模块|应用).{0,6}(消費|支出|花費|消费|花费)(上限|限額|限额)|(專案|部門|模組|應用程式|项目|部门|模块|应用).{0,6}(消費|支出|花費|消费|花费)(上限|限額|限额).{0,12}(怎麼|如何|怎样|怎么)',
    }),
  },
  {
    issue: 'technical',
    words: words({
      en: raw`\b(users?|colleagues?|employees?|coworkers?)\b(?!.{0,40}\bsubscription).{0,30}\b(pending|awaiting|waiting for) activation\b|\b(pending|awaiting|waiting for) activation (for|of) ((my|our|a|an|the|one|some|new|his|her) )*(users?|colleagues?|employees?|coworkers?)\b|\bspending limit\b.{0,10}\b(in|inside|of) (the |our |my |a |this )?(app|application|module|product|project|team|department)\b`,
      zh: '(使用者|同事|員工|用户|员工)[^訂订]{0,10}(待啟用|等待啟用|待激活|等待激活)|(待啟用|等待啟用|待激活|等待激活)的?(使用者|同事|員工|用户|员工)|(專案|部門|模組|應用程式|项目|部门|模块|应用).{0,6}(消費|支出|花費|消费|花费)(上限|限額|限额)',
    }),
  },
  {
    // Asks for the support of a product, and names no other kind of issue.
    issue: 'technical',
    words: words({
      en: raw`^(?!.*\b(bill|invoic|refund|licen[cs]e|seats?|payment|pay|contract|cancel|order|purchas|outage|refund|tax|deploy))who (supports|provides support for|gives support for) [^.?!]{2,100}[.?!]?$`,
      zh: '^(?!.*(帳單|發票|退款|授權|付款|合約|取消|訂購|購買|部署|账单|发票|授权|合同))[^，。？?]{2,100}由(誰|谁)(來|来)?(提供)?(支援|支持)[？?]?$',
    }),
  },
  {
    // A break-in at a product. Microsoft's own services have a topic of their own, which the classifier reads.
    issue: 'security-privacy',
    words: words({
      en: raw`^(?!.*\b(azure|microsoft|entra|office|outlook)\b).*\b(hacked|data (breach|leak)|passwords? (\w+ ){0,3}(stolen|leaked)|(stole|stolen|leaked) (\w+ ){0,2}passwords?)\b`,
      zh: '^(?!.*(azure|microsoft|微軟|微软)).*(被駭|被黑客|遭駭|密碼.{0,3}(外流|外洩|洩漏|被偷|被盜)|密码.{0,3}(外泄|泄露|泄漏|被偷|被盗)|(資料|個資)(外洩|洩漏)|数据泄露|資安事件)',
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
  return CUES.find(
    ({ askers, words, withCountry }) =>
      (askers?.includes(asker) ?? true) &&
      words.test(folded) &&
      (!withCountry || countryIn(folded, LANGUAGES) !== undefined),
  )?.issue;
}

/** Every issue a cue can name, for the check that each issue is reachable by words. */
export const CUED_ISSUES: ReadonlySet<Issue> = new Set(CUES.map(({ issue }) => issue));
