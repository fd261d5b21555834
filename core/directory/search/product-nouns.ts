/** Finds offers by their kind of product ("firewall not working"), when a sentence names no offer and no publisher. */
import type { Tables } from './index.js';
import { wordsOf } from './words.js';

/** General names of products in English, and the words for them in other languages. */
const NOUNS: Readonly<Record<string, string>> = {
  firewall: '防火牆|防火墙|ファイアウォール|방화벽|pare-feu|cortafuegos',
  backup: '備份|备份|バックアップ|백업|datensicherung|sauvegarde',
  crm: '客戶關係管理',
  erp: '',
  vpn: '',
  siem: '',
  gateway: '閘道|网关',
  antivirus: '防毒|杀毒',
  vault: '保管庫',
  timesheet: '工時表',
  timesheets: '工時表',
  payroll: '薪資|工资',
  helpdesk: '',
  ticketing: '',
  sandbox: '沙箱',
  honeypot: '',
  waf: '',
  edr: '',
  dlp: '',
};
const LONGEST = 400;
const MOST_OFFERS = 40;

/** Offers whose names contain the product noun of the sentence, in the order of the index; empty without a noun. */
export function offersByNoun(t: Tables, text: string): readonly number[] {
  const read = text.slice(0, LONGEST).toLowerCase();
  const words = new Set(wordsOf(read));
  const noun = Object.keys(NOUNS).find((word) => words.has(word) || saysOtherwise(read, NOUNS[word]!));
  const term = noun === undefined ? undefined : t.terms.exact(noun);
  if (term === undefined) return [];
  const offers = new Set([...t.postings.of(term)].map((entry) => t.entries[entry]!.offer));
  return [...offers].sort((a, b) => a - b).slice(0, MOST_OFFERS);
}

function saysOtherwise(text: string, words: string): boolean {
  return words !== '' && words.split('|').some((word) => text.includes(word));
}
