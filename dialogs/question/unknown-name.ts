/** Finds the name of a product in a sentence that names no known offer. Days, greetings and people are no products. */
import { wordsOf } from '../../core/directory/search/words.js';
import { isEveryday } from '../../core/everyday.js';
import { marketplaceUrlIn } from '../../core/directory/marketplace-url.js';
import { fold } from '../../core/text.js';
import { concernsMicrosoft } from '../../core/understanding/microsoft-products.js';
import { isKnownWord, shippedModel } from '../../core/understanding/model.js';

/** Two or more capitalised words in a row, at most eight. */
const CAPITALS = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]+(?:[ -]\p{Lu}[\p{L}\p{N}]+){1,7}/gu;
const MOST_WORDS = 5;
const LONGEST = 1_000;

/** Words that begin sentences, name days and months, greet, or close a mail. */
const NO_NAME = new Set(
  [
    'monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun today yesterday tomorrow morning afternoon evening night weekend week month year',
    'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
    'montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz mai juni juli oktober dezember heute gestern',
    'lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre',
    'lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    'good dear hello hi hey greetings sir madam mr mrs ms dr team support all everyone everybody guten tag hallo liebe lieber bonjour hola',
    'best kind warm wishes regards sincerely yours cheers thanks thank you please help urgent asap hello',
    'the a an our my your their we i it this that these those since on at in after before when while during because if as last next every first second third now then also and but or so yes no not is are was can could does do how what why who where which with without for from of to by new',
  ]
    .join(' ')
    .split(' '),
);

/** From these words on, the writer signs. */
const SIGNED =
  /(?:^|[\s.!?,])(?:(?:best|kind|warm|many) (?:regards|wishes)|regards|sincerely|yours truly|cheers|thanks(?: in advance)?|thank you|viele grüße|mit freundlichen grüßen|cordialement|saludos)[\s,.!]+(?=\p{Lu})/iu;
/** A person that the words introduce or greet. */
const PERSON =
  /\b(?:my name is|i am|i'm|this is|dear|hi|hello|hey|mr\.?|mrs\.?|ms\.?|dr\.?|herr|frau|liebe[r]?|spoke (?:to|with)|talked (?:to|with)|colleagues?|customer|contact(?:ed)?)\s+\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+){0,2}/giu;

/** The unknown name, or the marketplace address, in the text; undefined when there is none. */
export function unknownNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  const url = marketplaceUrlIn(read);
  if (url !== undefined) return url;
  const own = read
    .slice(0, SIGNED.exec(read)?.index)
    .replace(PERSON, (person) => person.replace(/\p{Lu}/gu, 'x'));
  return [...own.matchAll(CAPITALS)].map(([words]) => trimmed(words)).find((name) => name !== undefined);
}

/** The name without days and sentence starts around it; undefined when less than two words are left. */
function trimmed(words: string): string | undefined {
  const list = words.split(/(?<=[ -])/u);
  const isNone = (word = '') => NO_NAME.has(fold(word.replace(/[ -]$/u, '')));
  while (list.length > 0 && isNone(list[0])) list.shift();
  while (list.length > 0 && isNone(list.at(-1))) list.pop();
  const name = list.slice(0, MOST_WORDS).join('').trim();
  return list.length >= 2 && isName(name) ? name : undefined;
}

function isName(name: string): boolean {
  const words = name.split(/[ -]/).map((word) => fold(word));
  return words.some(
    (word) => word.length >= 4 && !isEveryday(word) && !/^(?:microsoft|azure|teams|office)$/.test(word),
  );
}

/**
 * One word where only a product fits: it does not start, or something is done in it. Expressions that ignore the case
 * do not say which letters it has: compiling classes of letters for them takes 0.1 s.
 */
const LONELY: readonly RegExp[] = [
  /(?:^|[.!?,]\s+)(?:(?:hi|hello|hey|my|our|the|since \w+|now|today)[,!]?\s+){0,3}(\S{4,})\s+(?:(?:(?:does not|doesn['’]?t|will not|won['’]?t|cannot|can['’]t) (?:work|start|open|load|sync|launch|respond|install)|(?:is|seems|has been) (?:not working|not responding|down|broken|offline|(?:very |so |too )?slow)|isn['’]?t (?:working|responding)|not working|(?:keeps|is) crashing|crash(?:es|ed)|freezes|hangs|has stopped|stopped working))\b/iu,
  /^how (?:do|can|could|should|to)\b.{3,80}\b(?:in|with|using)\s+(\S{4,}?)\s*[?.!]*$/iu,
  /(?<![\p{Script=Latin}\d] ?)(\p{Lu}[\p{Script=Latin}\d]{3,})\s?(?:一直|突然|又)?(?:打不開|打不开|開不了|开不了|開不起來|不能用|無法(?:使用|開啟|啟動|登入)|无法(?:使用|打开|启动|登录)|用不了|壞了|坏了|當機|当机|當掉|閃退|闪退|登入不了|登不進去)/u,
  /^(\p{Lu}[\p{Script=Latin}\d]{3,})(?:が|は)(?:動|起動|開|使え|落ち|ログイン)/u,
  /^(\p{Lu}[\p{L}\d]{3,}) ne (?:marche|fonctionne|démarre|s['’]ouvre) (?:pas|plus)/u,
];
/** Things in an office that are no products of the marketplace. */
const THINGS = new Set(
  'printer laptop tablet keyboard camera headset browser mouse screen mailbox macro plugin popup notebook desktop wifi internet router website webpage synchronization synchronisation'.split(
    ' ',
  ),
);

const CAPITALISED = /^\p{Lu}[\p{L}\p{N}]{3,}$/u;

/** A name of one word that neither the language nor the directory knows; undefined for a thing or a Microsoft product. */
export function lonelyNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  const found = LONELY.map((pattern) => pattern.exec(read)?.[1]).find((name) => name !== undefined);
  if (found === undefined || !CAPITALISED.test(found)) return undefined;
  const word = fold(found);
  const isKnown = [word, word.replace(/s$/u, ''), word.replace(/es$/u, '')].some(isOrdinary);
  return isKnown || concernsMicrosoft(found, isOrdinary) ? undefined : found;
}

function isOrdinary(word: string): boolean {
  return NO_NAME.has(word) || THINGS.has(word) || isEveryday(word) || isKnownWord(shippedModel(), word);
}

/** A word or two that are not a sentence: the person typed a name. */
export function isNameAlone(text: string): boolean {
  const words = wordsOf(text);
  const telling = words.filter((word) => !isEveryday(word)).length;
  return words.length > 0 && words.length <= 3 && telling > words.length / 2;
}

const QUOTED =
  /(?:"([^"\n]{2,40})"|“([^”\n]{2,40})”|「([^」\n]{2,20})」|『([^』\n]{2,20})』|《([^》\n]{2,20})》|„([^“”\n]{2,40})[“”]|«\s?([^»\n]{2,40}?)\s?»|(?<![\p{L}\p{N}])'([^'\n]{2,40})'(?![\p{L}\p{N}]))/gu;
/** What a screen shows also stands in quotation marks. */
const SHOWN_BEFORE =
  /(?:error|message|says?|saying|shows?|reads|gets?|got|code|button|field|tab|page|click(?:ed|ing)?|press(?:ed)?|status|role|permission|fehler|meldung|erreur|erroren?|顯示|显示|出現|出现|訊息|消息|錯誤|错误|按鈕|按钮|按下?|點選?|点击?|狀態|状态|表示|エラー|메시지|오류)[^\p{L}\p{N}]*(?:that |the |an? |is |me |了|是|:|：)*\s*$/iu;
const SHOWN_INSIDE =
  /錯誤|错误|失敗|失败|無法|无法|不能|沒有|没有|請|请|エラー|失敗しました|ません|ください|못|실패|오류|\b(?:error|failed|failure|denied|invalid|cannot|unable|not)\b/iu;

/** A name in quotation marks; undefined for a quoted message, button or sentence. */
export function quotedNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  for (const match of read.matchAll(QUOTED)) {
    const name =
      match
        .slice(1)
        .find((part) => part !== undefined)
        ?.trim() ?? '';
    const before = read.slice(Math.max(0, match.index - 40), match.index);
    if (!SHOWN_BEFORE.test(before) && !SHOWN_INSIDE.test(name) && isQuotedName(name)) return name;
  }
  return undefined;
}

/** Words without a space between them, or capitalised words of which one is no everyday word. */
function isQuotedName(name: string): boolean {
  if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u.test(name)) return !/[，。！？、]/u.test(name);
  const words = name.split(/[ -]/).filter((word) => word !== '');
  const telling = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word) && !isEveryday(fold(word)));
  return words.length <= MOST_WORDS && telling.length > 0 && telling.length * 2 >= words.length;
}
