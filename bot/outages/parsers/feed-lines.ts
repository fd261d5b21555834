/** Sorts the lines of one feed entry into labels, headings of updates, and text. */
import type { OutageState } from '../../../core/incident/types.js';
import { htmlToText } from './html.js';
import { pageTime } from './times.js';
import { foldWord, isRemark, stateOf } from './words.js';

/** One update of an entry. */
export interface Segment {
  readonly at: number | null;
  /** True when a line gives a time, readable or not. */
  readonly dated: boolean;
  readonly state: OutageState | null;
  /** The words of its heading; null when it has no heading. */
  readonly heading: string | null;
  readonly text: string;
}

type Label = 'status' | 'type' | 'components' | 'start' | 'end' | 'severity' | 'regions';

export interface Lines {
  readonly segments: readonly Segment[];
  readonly labels: ReadonlyMap<string, readonly string[]>;
}

/** The longest content that is read of one entry, and the maximum number of lines. */
const CONTENT = 65_536;
const LINES = 500;

const LABEL_WORDS: Readonly<Record<Label, string>> = {
  status: 'status|state|current status|zustand|stand|état|statut|estado|estado actual|situação|stato|狀態|状态|ステータス|状態|状況|상태|الحالة',
  type: 'type|kind|typ|art|tipo|soort|類型|类型|種類|種別|タイプ|유형|종류|النوع',
  components:
    'affected components|components affected|components|component|affected services|services affected|affected service|service|services|impacted services|impacted components|betroffene komponenten|betroffene dienste|composants affectés|composants concernés|services affectés|services concernés|componentes afectados|servicios afectados|componentes afetados|serviços afetados|componenti interessati|componenti coinvolti|servizi interessati|getroffen componenten|getroffen onderdelen|getroffen diensten|受影響的元件|受影響元件|受影響的服務|受影響服務|受影响的组件|受影响组件|受影响的服务|受影响服务|影響を受けるコンポーネント|影響コンポーネント|影響を受けるサービス|対象コンポーネント|影響範囲|영향을 받는 구성 요소|영향받는 구성요소|영향받는 서비스|영향을 받는 서비스|المكونات المتأثرة|الخدمات المتأثرة',
  start:
    'start|starts|started|start time|starts at|started at|start date|begin|begins|began|scheduled for|scheduled start|beginn|start der wartung|début|inicio|início|inizio|aanvang|begintijd|開始|開始時間|開始日時|开始|开始时间|시작|시작 시간|البداية|وقت البدء',
  end: 'end|ends|ended|end time|ends at|ended at|end date|until|scheduled end|resolved at|ende|fin|fim|fine|einde|eindtijd|結束|結束時間|结束|结束时间|終了|終了日時|종료|종료 시간|النهاية|وقت الانتهاء',
  severity: 'severity|impact|priority|schweregrad|auswirkung|priorität|gravité|impacto|gravedad|gravidade|gravità|impatto|ernst|嚴重性|影響程度|严重性|重大度|影響度|심각도|영향도|الخطورة|التأثير',
  regions: 'region|regions|affected regions|location|locations|affected locations|standorte|regionen|régions|regiones|regiões|regioni|regio’s|區域|地區|区域|地区|リージョン|지역|المناطق',
}; // prettier-ignore
const LABELS = new Map(
  Object.entries(LABEL_WORDS).flatMap(([label, list]) =>
    list.split('|').map((one) => [foldWord(one), label as Label] as const),
  ),
);

// Private-use characters stand for the ends of markup while the tags are removed.
const TIME = '\ue000';
const TIME_END = '\ue001';
const STRONG = '\ue002';
const STRONG_END = '\ue003';

/** The lines of an entry's content. @param notAfter the entry's own time; gives the year of times without a year. */
export function linesOf(html: string, notAfter: number | null): Lines {
  const reader = new LineReader(notAfter);
  const marked = html
    .slice(0, CONTENT)
    .replace(/[\ue000-\ue003]/g, '')
    .replace(/<(?:small|time)\b[^>]*>/gi, `<p>${TIME}`)
    .replace(/<\/(?:small|time)>/gi, `${TIME_END}<br>`)
    .replace(/<(?:strong|b|h[1-6])>/gi, STRONG)
    .replace(/<(?:strong|b|h[1-6])\s[^>]*>/gi, STRONG)
    .replace(/<\/(?:strong|b)>/gi, STRONG_END)
    .replace(/<\/h[1-6]>/gi, `${STRONG_END}<br>`);
  for (const one of htmlToText(marked, CONTENT).split('\n', LINES)) reader.take(one.trim());
  return reader.lines();
}

interface Open {
  at: number | null;
  dated: boolean;
  state: OutageState | null;
  heading: string | null;
  text: string[];
}

class LineReader {
  readonly #segments: Open[] = [];
  readonly #labels = new Map<string, string[]>();
  /** The present label; its values are in the lines below it. */
  #listing: string[] | undefined;

  constructor(private readonly notAfter: number | null) {}

  take(line: string): void {
    const plain = line.replace(/[\ue000-\ue003]/g, '').trim();
    if (plain === '') return this.#blank();
    if (line.includes(TIME) || this.#isTime(plain)) return this.#dated(plain);
    if (this.#label(plain)) return;
    const bold = new RegExp(
      `^${STRONG}([^${STRONG_END}]{1,60})${STRONG_END}\\s*[-–—:：]?\\s*(.*)$`,
      'su',
    ).exec(line);
    if (this.#heading(plain, bold)) return;
    // A sentence is not a name, so the list has ended.
    if (plain.length > 80 || /[.!?。]$/u.test(plain)) this.#listing = undefined;
    if (this.#listing) return void this.#listing.push(plain);
    this.#segments.at(-1)?.text.push(plain);
  }

  lines(): Lines {
    const segments = this.#segments.map(({ text, ...one }) => ({ ...one, text: text.join('\n').trim() }));
    return { segments, labels: this.#labels };
  }

  #blank(): void {
    if (!this.#listing) this.#segments.at(-1)?.text.push('');
  }

  #isTime(plain: string): boolean {
    return plain.length <= 50 && /\d:\d\d/.test(plain) && this.#time(plain) !== null;
  }

  #time(plain: string): number | null {
    return this.notAfter === null ? null : pageTime(plain, this.notAfter);
  }

  #dated(plain: string): void {
    this.#listing = undefined;
    this.#segments.push({ at: this.#time(plain), dated: true, state: null, heading: null, text: [] });
  }

  #label(plain: string): boolean {
    const [, name = plain, value = ''] = /^([^:：]{2,40})\s*[:：]\s*(.*)$/u.exec(plain) ?? [];
    const label = LABELS.get(foldWord(name));
    if (label === undefined || (name === plain && label !== 'components' && label !== 'regions'))
      return false;
    const list = label === 'components' || label === 'regions';
    const values = list ? value.split(/[,،、;]\s*/u).filter((one) => one !== '') : [value];
    if (value === '' && !list) return false;
    const known = this.#labels.get(label);
    const kept = list ? [...(known ?? []), ...values] : (known ?? values);
    this.#labels.set(label, kept);
    this.#listing = value === '' ? kept : undefined;
    return true;
  }

  /** `Resolved - text`, a line that contains only a state, or a bold heading under a time. */
  #heading(plain: string, bold: RegExpExecArray | null): boolean {
    const [, before = plain, after = ''] = /^(.{1,60}?)\s*(?:\s[-–—]|[:：])\s*(.*)$/su.exec(plain) ?? [];
    const [heading, text] = bold ? [bold[1] ?? '', bold[2] ?? ''] : [before, after];
    const head = heading.replace(/[\s:：–—-]+$/u, '').trim();
    const state = stateOf(head);
    const last = this.#segments.at(-1);
    const waiting = last?.dated === true && last.heading === null && last.text.every((one) => one === '');
    const isHead = state !== undefined || ((bold !== null || isRemark(head)) && waiting);
    if (!isHead) return false;
    this.#listing = undefined;
    const segment = waiting && last ? last : { at: null, dated: false, state: null, heading: null, text: [] };
    if (segment !== last) this.#segments.push(segment);
    Object.assign(segment, { state: state ?? null, heading: head });
    const rest = text.replace(/[\ue000-\ue003]/g, '').replace(/^[-–—:：]\s*/u, '');
    if (rest !== '') segment.text.push(rest);
    return true;
  }
}
