/** Who handles the tax of a marketplace purchase in each country, by the page `tax` of 1 September 2022. */
import type { TaxHandler } from '../terms.js';

/** ISO codes. Two of the names on the page are misspelt there; they are read as Djibouti and Mayotte. */
const BY_PUBLISHER = new Set(
  `AF AL DZ AS AD AO AI AQ AR AG AW AZ BD BZ BJ BM BT BO BQ BA BW BV VG BN BF BI CV CM KY CF TD CX CC KM CG CD CK CR CI CW DJ DM DO EC EG SV GQ ER ET FK FO FJ GA GH GI GL GD GP GU GT GG GN GW GY HT HM HN HK IQ IL JM JP JE JO KI KW KG LA LB LS LR LY MO MG MW MV ML MH MQ MR MU YT FM MN ME MS MA MZ MM NA NR NP NI NE NU NF MK PK PS PA PY PE PH QA RW KN SN LK TZ TT TN TM UY VI VU VA VE WF YE ZM ZW BH GE KZ MD OM TJ UG UA UZ`.split(
    ' ',
  ),
);
/** Brazil and some Mexican purchases are resold by Microsoft, which then handles the tax too. */
const BY_MICROSOFT = new Set(
  `AM AU AT BB BY BG BE KH CA CL CO HR CY CZ DK EE FI FR DE GR HU IS IN ID IE IT KE LV LI LT LU MY MT MC NL NZ NG NO PL PT RO RU SA RS SG SK SI ZA KR ES SE CH TW TH TR AE GB US PR VN BR MX`.split(
    ' ',
  ),
);

/** Every country the page names, as ISO codes. */
const TAX_COUNTRIES: readonly string[] = [...BY_PUBLISHER, ...BY_MICROSOFT].sort();

/** Who handles the tax there; `unknown` for a country the page does not name. */
export function taxHandlerOf(country: string): TaxHandler {
  if (BY_PUBLISHER.has(country)) return 'publisher';
  return BY_MICROSOFT.has(country) ? 'microsoft' : 'unknown';
}

/** Languages in which people write a country's name, besides those of the product. */
const COUNTRY_LANGUAGES = ['de', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pt', 'zh-Hans'];

/** The ISO code of a country said by its code or by its name in a common language; undefined for any other words. */
export function countryNamed(text: string, languages: readonly string[]): string | undefined {
  const said = text.normalize('NFKC').trim().toLowerCase();
  const aliased = ALIASES[said];
  if (aliased) return aliased;
  const codes = TAX_COUNTRIES;
  const byCode = codes.find((code) => code.toLowerCase() === said);
  if (byCode) return byCode;
  const names = [...languages, ...COUNTRY_LANGUAGES].map(
    (language) => new Intl.DisplayNames([language], { type: 'region' }),
  );
  return codes.find((code) => names.some((name) => name.of(code)?.toLowerCase() === said));
}

/** Names that are also first names, places or everyday words: they count only as the whole answer. */
const AMBIGUOUS: ReadonlySet<string> = new Set([
  'GE',
  'JO',
  'TD',
  'JE',
  'GN',
  'TR',
  'CU',
  'ML',
  'NE',
  'OM',
  'PE',
  'TG',
]);

/** The country that a sentence names; the longest name wins, because "Guinea" stands in "Equatorial Guinea". */
export function countryIn(text: string, languages: readonly string[]): string | undefined {
  const said = ` ${text.normalize('NFKC').toLowerCase()} `;
  let found: { readonly code: string; readonly size: number } | undefined;
  for (const [name, code] of [...namesOf(languages), ...longAliases()]) {
    if (name.length > (found?.size ?? 0) && stands(name, said)) found = { code, size: name.length };
  }
  return found?.code;
}

function namesOf(languages: readonly string[]): readonly (readonly [string, string])[] {
  return languages.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region' });
    const clear = TAX_COUNTRIES.filter((code) => !AMBIGUOUS.has(code));
    return clear.map((code) => [(names.of(code) ?? code).toLowerCase(), code] as const);
  });
}

function longAliases(): readonly (readonly [string, string])[] {
  return Object.entries(ALIASES).flatMap(([name, code]) =>
    code && name !== 'turkey' ? [[name, code] as const] : [],
  );
}

/** True where the name is a word of the text; in a script without spaces, anywhere. */
function stands(name: string, said: string): boolean {
  const at = said.indexOf(name);
  if (at < 0) return false;
  const isLetter = (one: string | undefined) => /[a-zà-ÿ]/u.test(one ?? '');
  return !isLetter(name[0]) || (!isLetter(said[at - 1]) && !isLetter(said[at + name.length]));
}

/** The name of a country in one language. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames([language], { type: 'region' }).of(code) ?? code;
}

const ALIASES: Readonly<Record<string, string | undefined>> = {
  usa: 'US',
  'u.s.': 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  uae: 'AE',
  holland: 'NL',
  korea: 'KR',
  turkey: 'TR',
  'hong kong': 'HK',
  香港: 'HK',
  臺灣: 'TW',
};
