/** Tells in which language a text is written, and only when that is sure. */

import everyday from './written-words.json' with { type: 'json' };

/** A character of a word. Scripts without spaces are left out: their sentence goes on after an address or a number. */
const SIGN = String.raw`[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;

/** What is not the person's own wording: addresses, ids, quotations and code. */
const NOT_OWN = new RegExp(
  [
    `https?://${SIGN}+|www\\.${SIGN}+|[\\w-]+(?:\\.[\\w-]+)+${SIGN}*|${SIGN}+@${SIGN}+`,
    '`[^`]*`|"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|「[^」]*」|『[^』]*』',
    `${SIGN}*\\d${SIGN}*`,
  ].join('|'),
  'gu',
);
/** Longer texts are cut: a language shows in its first sentences. */
const MOST_READ = 600;

/**
 * The language of a text as a BCP 47 tag, also when the product does not speak it; undefined when the text leaves a doubt. A
 * name, a number and one or two words leave a doubt. `zh` is Chinese in characters that both scripts share.
 */
export function writtenIn(text: string): string | undefined {
  const own = text.slice(0, MOST_READ).normalize('NFC').replace(NOT_OWN, ' ');
  const latin = latinLanguage(own);
  const other = otherScript(own);
  // A sentence of one language that names something in another script leaves a doubt.
  if (latin !== undefined && other !== undefined) return undefined;
  return other ?? latin;
}

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/** Fewer letters may be a name. */
const FEWEST_LETTERS = 4;

function otherScript(text: string): string | undefined {
  const hiragana = count(text, /\p{Script=Hiragana}/gu);
  const kana = hiragana + count(text, /\p{Script=Katakana}/gu);
  const han = count(text, /\p{Script=Han}/gu);
  if (hiragana >= 2 && kana + han >= FEWEST_LETTERS) return 'ja';
  if (kana === 0 && isChinese(text, han)) return chineseScript(text);
  for (const { tag, letters } of OWN_SCRIPTS) if (count(text, letters) >= FEWEST_LETTERS) return tag(text);
  return undefined;
}

/** Words that make Chinese sentences, in both scripts. A name has none of them. */
const CHINESE_WORDS =
  /[的了嗎吗呢吧是我你您他她們们這这那哪有沒没無无不要會会能想誰谁怎什為为把被給给讓让跟]|請問|请问/gu;

function isChinese(text: string, han: number): boolean {
  if (han < FEWEST_LETTERS) return false;
  return han >= 8 || count(text, CHINESE_WORDS) > 0;
}

/** Everyday characters that only one of the two scripts has. */
const TRADITIONAL =
  /[並亂佈併來係個們備傳僅價償優儲內兩冊別刪則創劃動務勵區協卻參員問啓啟單嗎嘗嚴國圍圖團執報場塊壞夠夥學實審寫寬寶將專尋對導屆層屬帳帶幣幫幾廠張強彈後從復態慣憑應戶掃掛採換撥擁擇擔據擬擺擾敗數斷於時暫書會東條業構標樣機檔檢欄權歐歸氣決沒況洩減準漲潛潤潰瀏為無營爲牆狀獎獨現產畫異當發盜盡確碼稅稱筆節範簡簽約級細紹終組結絕絡給統綁經維網緊線編練縮織繫繳繼續罰羣習聯職腦腳臺與興舊蓋藍處虛號衆術補裝裡製複覈見規視覽觀訂計訊討訓託記訪設許訴註詢試話該詳誌認語誤說誰課調請論諾謝證識議護讀變讓負財貨販責貴買費貼資賠質賬購蹤車軟較載輕輸轉辦這連週進運過達違適遷選還郵釣鈕銀銷錄錢錯鎖鏈鏡鐘鑰長閃閉開間閱關陸隊際隨隱雙離電靜響頁項順須預頭頻題額願類顯駐駭驗驟體魚麼點齊]/gu;
const SIMPLIFIED =
  /[与专业东两严个为么习书买乱产仅从们众优伙会传体偿储关兴内册写决况减几凭划则创删别办务动励区协单却厂参双发变号吗启员响团围国图场坏块墙处备够头奖学宝实审宽对寻导将尝尽层届属币帐带帮应开张弹强归当录态惯愿户执扫扰护报担拟拥拨择挂换摆数断无旧时显暂术机权条来构标栏样档检欧气汇没浏润涨溃潜点状独现电画盖盗码确离种称税笔签简类紧约级线练组细织终绍经绑结给络绝统继续维编缩缴网罚职联脑脚节营蓝虚补装见观规视览计订认讨让训议讯记许论设访证识诉试话询该详语误说请诺读课谁调谢负财责败账货质贩购贴贵费资赔踪车转软轻载较输达迁过运还这进违连适选邮钓钥钮钱银链销锁错镜长闪闭问间阅队际陆随隐静页项顺须预频题额驻骇验骤鱼齐]/gu;

/** `zh-Hant` or `zh-Hans` where the characters tell; otherwise `zh`. */
function chineseScript(text: string): string {
  const traditional = count(text, TRADITIONAL);
  const simplified = count(text, SIMPLIFIED);
  if (traditional > simplified) return 'zh-Hant';
  return simplified > traditional ? 'zh-Hans' : 'zh';
}

/** Scripts of one language, or of one that its own letters tell apart. */
const OWN_SCRIPTS: readonly { readonly letters: RegExp; readonly tag: (text: string) => string }[] = [
  { letters: /\p{Script=Hangul}/gu, tag: () => 'ko' },
  { letters: /\p{Script=Arabic}/gu, tag: (text) => (/[پچژگک]/u.test(text) ? 'fa' : 'ar') },
  { letters: /\p{Script=Cyrillic}/gu, tag: (text) => (/[іїєґ]/u.test(text) ? 'uk' : 'ru') },
  { letters: /\p{Script=Greek}/gu, tag: () => 'el' },
  { letters: /\p{Script=Hebrew}/gu, tag: () => 'he' },
  { letters: /\p{Script=Thai}/gu, tag: () => 'th' },
  { letters: /\p{Script=Devanagari}/gu, tag: () => 'hi' },
];

/** Letters that one of the languages has, and the others hardly. */
const LATIN_LETTERS: Readonly<Record<string, RegExp>> = {
  de: /[ßäöü]/u,
  fr: /[œêèàùîô]|\b[ldjcnsmt]’|\bqu['’]/u,
  es: /[ñ¿¡]/u,
  pt: /[ãõ]/u,
  pl: /[łąęśżź]/u,
  sv: /å/u,
  tr: /[ışğ]/u,
};

/** The languages of each everyday word that makes sentences. A word of several languages counts less. */
const LANGUAGES_OF = new Map<string, string[]>();
for (const [language, words] of Object.entries(everyday))
  for (const word of words.split(' ')) LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language]);

const FEWEST_WORDS = 4;
/** The points of a sure language, and how far it must lead. */
const SURE = 2;
const LEAD = 1.6;
/** English is the language of error messages and names. It is the person's own when the person speaks or asks in it. */
const ENGLISH_SPEAKER =
  /^\s*(?:do|does|did|is|are|can|could|would|will|has|have|any)\b|\b(?:i|i'm|my|we|our|me|us|how|what|who|why|where|can i|can we|could you|please|help|hello|hi|thanks)\b/u;

function latinLanguage(text: string): string | undefined {
  const lower = text.toLowerCase();
  const words = lower.replace(/[’]/g, "'").match(/\p{Script=Latin}+(?:'\p{Script=Latin}+)*/gu) ?? [];
  if (words.length < FEWEST_WORDS) return undefined;
  const [best, second] = [...pointsOf(lower, words)].sort(([, a], [, b]) => b - a);
  if (!best || best[1] < SURE || best[1] < LEAD * (second?.[1] ?? 0)) return undefined;
  const [language, points] = best;
  // A long text with few words of a language is a list of names.
  if (points < words.length / 8) return undefined;
  return language === 'en' && !ENGLISH_SPEAKER.test(lower) ? undefined : language;
}

function pointsOf(lower: string, words: readonly string[]): ReadonlyMap<string, number> {
  const points = new Map<string, number>();
  const add = (language: string, more: number) => points.set(language, (points.get(language) ?? 0) + more);
  for (const word of new Set(words.flatMap((one) => [one, ...one.split("'")]))) {
    const languages = LANGUAGES_OF.get(word) ?? [];
    for (const language of languages) add(language, 1 / languages.length);
  }
  for (const [language, letters] of Object.entries(LATIN_LETTERS))
    if (letters.test(lower)) add(language, 0.5);
  return points;
}
