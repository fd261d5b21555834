/** Finds the column of a header in other words, in other languages, or with a typing error. */
import type { CONTACT_PREFIX } from './columns.js';
import { KNOWN_COLUMNS, TRANSLATED, languageColumn, plainHeader, type Column } from './columns.js';
import { languageHeaders } from './language-headers.js';

/** Words for each kind of contact; a header joins one of them with a word for a field. */
const WHOSE: Readonly<Record<(typeof CONTACT_PREFIX)[keyof typeof CONTACT_PREFIX], readonly string[]>> = {
  support: ['support', 'support contact', 'customer support', 'technical support', 'tech support', 'helpdesk', 'help desk', 'service desk', 'kundensupport', 'assistance', 'soporte', '支援', '技術支援', '客戶支援', '客服', '支援聯絡人', '支持', '技术支持', 'サポート'],
  engineering: ['engineering', 'engineering contact', 'engineer', 'technical contact', 'development', 'technik', '工程', '工程師', '工程聯絡人', '技術聯絡人', '技術窓口'],
  csp: ['csp', 'csp contact', 'csp program', 'csp program contact', 'channel manager', 'channel contact', 'partner manager', 'partner contact', 'csp 計畫', 'csp 聯絡人', '通路', '通路聯絡人', '夥伴計畫'],
}; // prettier-ignore

const FIELD_WORDS: Readonly<Record<'name' | 'email' | 'phone' | 'upn' | 'hours' | 'verified_on', readonly string[]>> = {
  name: ['name', 'contact name', 'person', '姓名', '名稱', '聯絡人', '担当者'],
  email: ['email', 'mail', 'email address', 'mail address', 'emailadresse', 'courriel', 'correo', '電子郵件', '電郵', '信箱', '郵件', 'email 地址', '電子郵件地址', '邮箱', '电子邮件', 'メール', 'メールアドレス'],
  phone: ['phone', 'telephone', 'tel', 'phone number', 'telephone number', 'phone no', 'tel no', 'hotline', 'telefon', 'telefonnummer', 'téléphone', 'teléfono', '電話', '電話號碼', '聯絡電話', '电话', '電話番号'],
  upn: ['teams', 'teams address', 'chat', 'teams 帳號'],
  hours: ['hours', 'opening hours', 'office hours', 'service hours', 'öffnungszeiten', '服務時間', '營業時間'],
  verified_on: ['last verified', 'checked on', '確認日期'],
}; // prettier-ignore
const PAGE_WORDS = ['url', 'page', 'website', 'web site', 'web page', 'link', 'site', 'portal', 'web', '網址', '網頁', '網站', '連結', '入口網站', '网址', 'サイト']; // prettier-ignore

/** Other names of the columns without contacts. */
const OTHER: Readonly<Partial<Record<Column, readonly string[]>>> = {
  offer_id: ['product id', 'marketplace id', 'marketplace offer id', 'produkt id', '產品識別碼', '產品 id', '優惠識別碼', '供應項目識別碼', '商品編號', '產品編號', '产品编号'],
  offer_name: ['product', 'offer', 'product name', 'offer title', 'offer display name', 'title', 'solution', 'solution name', 'application', 'app', 'app name', 'name', 'display name', 'produkt', 'produktname', 'produit', 'producto', '產品', '產品名稱', '供應項目', '供應項目名稱', '優惠名稱', '方案名稱', '解決方案', '名稱', '产品名称', '製品名'],
  aliases: ['alias', 'also known as', 'other names', 'synonyms', '別名', '其他名稱'],
  publisher_id: ['isv id', 'vendor id', 'seller id', '發行者識別碼', '發行者 id'],
  publisher_name: ['publisher', 'isv', 'isv name', 'vendor', 'vendor name', 'company', 'company name', 'manufacturer', 'seller', 'hersteller', 'anbieter', 'éditeur', 'fournisseur', 'fabricante', '發行者', '發行者名稱', '發行商', '廠商', '廠商名稱', '公司', '公司名稱', '供應商', '厂商', 'ベンダー', '会社名'],
  publisher_aliases: ['publisher alias', 'isv aliases', '發行者別名'],
  summary: ['description', 'short description', 'beschreibung', '摘要', '說明', '描述', '簡介'],
  support_tier: ['support level', '支援層級', '支援等級'],
  hosting: ['hosting model', '託管', '託管方式'],
  categories: ['category', 'kategorie', '類別', '分類'],
  plans: ['skus'],
  verified_on: ['last verified', 'checked on', 'last checked', '確認日期', '驗證日期', '最後確認'],
  withdrawn: ['retired', 'discontinued', 'end of sale', 'stop sell', '已下架', '停售'],
  documentation_url: ['docs', 'documentation', 'manual', 'user guide', '文件', '說明文件', '使用手冊'],
  privacy_url: ['privacy', 'privacy policy', '隱私權', '隱私權政策', '隱私權原則'],
  terms_url: ['terms', 'terms of use', 'license terms', '條款', '使用條款', '授權條款'],
  marketing_url: ['marketing', 'marketing material', 'product page', '行銷資料', '產品網頁'],
  collateral_url: ['collateral', 'sales collateral', 'sales material', '銷售資料'],
  status_url: ['status page', 'service status', '狀態頁', '狀態網頁', '服務狀態'],
}; // prettier-ignore

let known: ReadonlyMap<string, Column> | undefined;

/** The column of each other name of a header. */
function aliases(): ReadonlyMap<string, Column> {
  known ??= readAliases();
  return known;
}

function readAliases(): ReadonlyMap<string, Column> {
  const all = new Map<string, Column>();
  const add = (words: string, column: Column) => {
    const key = plainHeader(words);
    if (!all.has(key)) all.set(key, column);
  };
  for (const [column, names] of Object.entries(OTHER)) for (const name of names) add(name, column as Column);
  for (const [prefix, whose] of Object.entries(WHOSE) as [keyof typeof WHOSE, readonly string[]][]) {
    for (const who of whose) {
      for (const [field, words] of Object.entries(FIELD_WORDS)) {
        for (const word of words)
          for (const name of [`${who} ${word}`, `${word} ${who}`, `${who}${word}`])
            add(name, `${prefix}_${field}` as Column);
      }
      const page: Column = prefix === 'support' ? 'support_url' : `${prefix}_url`;
      for (const word of PAGE_WORDS) for (const name of [`${who} ${word}`, `${who}${word}`]) add(name, page);
    }
  }
  // A contact column without a kind belongs to the support contact.
  for (const field of ['email', 'phone', 'hours'] as const) {
    for (const word of FIELD_WORDS[field])
      for (const name of [word, `contact ${word}`]) add(name, `support_${field}`);
  }
  for (const name of ['contact', 'contact name', 'contact person', 'ansprechpartner', '聯絡人', '联系人'])
    add(name, 'support_name');
  for (const word of PAGE_WORDS) add(`contact ${word}`, 'support_url');
  return all;
}

/** One letter more, less or different, in a name long enough to be unmistakable. */
const NEAR_FROM = 8;

/** The column of a header; undefined when there is none, or two are possible. */
export function columnMeant(header: string): Column | undefined {
  const plain = plainHeader(header);
  if (plain === '') return undefined;
  if (KNOWN_COLUMNS.has(plain)) return plain as Column;
  const alias = aliases().get(plain);
  if (alias) return alias;
  const translated = translatedColumn(header);
  if (translated !== undefined) return translated === OTHER_LANGUAGE ? undefined : translated;
  if (plain.length < NEAR_FROM) return undefined;
  const near = new Set<Column>();
  for (const name of KNOWN_COLUMNS) if (isOneSlipAway(plain, name)) near.add(name as Column);
  for (const [name, column] of aliases()) if (isOneSlipAway(plain, name)) near.add(column);
  return near.size === 1 ? [...near][0] : undefined;
}

const OTHER_LANGUAGE = 'other-language';

/** The column of a text in one language, or that the header names a language which the product does not have. */
function translatedColumn(header: string): Column | typeof OTHER_LANGUAGE | undefined {
  let isOther = false;
  for (const { base, language } of languageHeaders(header)) {
    const named = KNOWN_COLUMNS.has(base) ? base : aliases().get(base);
    const column = Object.values(TRANSLATED).find((one) => one === named);
    if (column !== undefined && language !== undefined) return languageColumn(column, language);
    isOther ||= column !== undefined;
  }
  return isOther ? OTHER_LANGUAGE : undefined;
}

function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let at = 0;
  while (at < Math.min(a.length, b.length) && a[at] === b[at]) at += 1;
  const rest = (text: string, skipped: number) => text.slice(at + skipped);
  if (a.length === b.length) return rest(a, 1) === rest(b, 1);
  return a.length > b.length ? rest(a, 1) === rest(b, 0) : rest(a, 0) === rest(b, 1);
}

/** The column of each header of a file. */
export interface HeaderColumns {
  readonly columns: ReadonlyMap<string, Column>;
  readonly unknown: readonly string[];
  /** Those of `unknown` that end in a language which the product does not have. */
  readonly otherLanguages: readonly string[];
}

let last: { readonly key: string; readonly found: HeaderColumns } | undefined;

/** The columns of these headers. An exact name wins over a synonym; of two synonyms the first wins. */
export function columnsOf(headers: readonly string[]): HeaderColumns {
  // All records of a table have the same headers.
  const key = headers.join('\u0000');
  if (last?.key === key) return last.found;
  const found = find(headers);
  last = { key, found };
  return found;
}

function find(headers: readonly string[]): HeaderColumns {
  const columns = new Map<string, Column>();
  const taken = new Set<Column>();
  const take = (header: string, column: Column | undefined) => {
    if (column === undefined || taken.has(column) || columns.has(header)) return;
    columns.set(header, column);
    taken.add(column);
  };
  for (const header of headers) {
    const plain = plainHeader(header);
    if (KNOWN_COLUMNS.has(plain)) take(header, plain as Column);
  }
  for (const header of headers) take(header, columnMeant(header));
  const unknown = headers.filter((header) => !columns.has(header));
  const otherLanguages = unknown.filter((header) => translatedColumn(header) === OTHER_LANGUAGE);
  return { columns, unknown, otherLanguages };
}
