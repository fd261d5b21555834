/** Recognises a text that only names a possible responsible party: "Microsoft?", "why not the publisher?". */
import { plainWords } from './wishes.js';

/** Longer texts say more than a name. */
const LONGEST = 60;

const PARTIES = [
  String.raw`microsoft|ms|msft|azure support|微軟|微软|マイクロソフト|마이크로소프트`,
  String.raw`(?:the |our |my |your )?(?:publishers?|isv|vendor|manufacturer|software company|csp(?: partner)?|partner|reseller|provider|indirect provider|distributor)`,
  '(?:我們的?|我们的?|你們|你们)?(?:發行者|发布者|發行商|发行商|廠商|厂商|原廠|原厂|合作夥伴|合作伙伴|夥伴|伙伴|經銷商|经销商|代理商|供應商|供应商)',
  String.raw`(?:der |die |unser |unsere |mein |den |unseren )?(?:herausgeber|hersteller|anbieter|partner|händler|reseller)`,
  String.raw`(?:l'|le |la |notre |mon )?(?:éditeur|fournisseur|partenaire|revendeur)`,
  String.raw`(?:el |la |nuestro |mi )?(?:editor|proveedor|fabricante|socio|revendedor)`,
  '(?:発行元|ベンダー|メーカー|パートナー|販売店|販売代理店|공급업체|제조사|게시자|파트너|리셀러)',
];

/** Words around the name that ask whether the party is responsible. */
const BEFORE = String.raw`(?:(?:and|but|so|no|why not|not|is it|isn't it|it is|it's|is|isn't|should i (?:ask|contact|call)|shall i (?:ask|contact|call)|can i (?:ask|contact|call)|do i (?:ask|contact|call)|why|what about|how about|und|aber|warum nicht|nicht|ist es|et|mais|pourquoi pas|y|pero|por qué no|是|不是|為什麼不是|为什么不是|為什麼|为什么|那|應該找|应该找|找|要找|是不是) ?)*`;
const AFTER = String.raw`(?: ?(?:responsible|in charge|not|then|or what|right|instead|zuständig|verantwortlich|responsable|嗎|吗|呢|的責任|的责任|負責嗎|负责吗|負責|负责|ですか|では|じゃないの|인가요|아닌가요))*`;

let compiled: RegExp | undefined;

/** True when the whole text names a party, with or without the question whether that party is responsible. */
export function namesParty(text: string, ...partnerNames: readonly string[]): boolean {
  if (text.length > LONGEST) return false;
  compiled ??= new RegExp(`^${BEFORE}(?:${PARTIES.join('|')})${AFTER}$`, 'u');
  const said = plainWords(text, LONGEST);
  const isPartner = partnerNames.some((name) => said === plainWords(name, LONGEST));
  return said !== '' && (isPartner || compiled.test(said));
}
