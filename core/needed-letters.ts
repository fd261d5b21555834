/** What letters a text must have before an expression can fit it. Most expressions fit few texts, and compiling one costs memory. */

/** Letters of which each fitting text has at least one; undefined where nothing is known. */
export type NeededLetters = readonly string[] | undefined;

/** Texts are searched for each of them, so a longer list costs more than the expression. */
const MOST = 400;

/**
 * The letters that an expression needs, read from its source: an expression of `(?:invoice|bill)s? is wrong` needs
 * " is wrong". What this reader does not know makes the need unknown and never wrong.
 */
export function neededLetters(source: string): NeededLetters {
  const reader = new SourceReader(source);
  const needs = reader.readAlternatives();
  return reader.isUnderstood ? needs : undefined;
}

/** One alternative of an expression. */
export interface Alternative {
  readonly source: string;
  readonly needs: NeededLetters;
}

/** The alternatives of an expression that stand at its top: `a(?:b|c)|d` has two. */
export function alternativesOf(source: string): readonly Alternative[] {
  const reader = new SourceReader(source);
  reader.readAlternatives();
  return reader.isUnderstood ? reader.top : [{ source, needs: undefined }];
}

const OPENING = /\?(?::|=|!|<=|<!|<\w+>)/y;
const REST_OF_CLASS = /(?:\\[^]|[^\]\\])*\]/y;
const ESCAPED = /[pPu]\{[^}]*\}|u[\da-f]{4}|x[\da-f]{2}|k<\w+>|\d+|[^]/iuy;
const TIMES = /(?:[?*+]|\{\d+(?:,\d*)?\})\??/y;

/** Reads the source of one expression from its beginning to its end. */
class SourceReader {
  private at = 0;
  private depth = 0;
  private isBroken = false;
  /** The alternatives outside all groups. */
  readonly top: Alternative[] = [];

  constructor(private readonly source: string) {}

  private get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  get isUnderstood(): boolean {
    return this.isAtEnd && !this.isBroken;
  }

  /** Reads until the group ends. One of the alternatives fits, so one of all their letters is there. */
  readAlternatives(): NeededLetters {
    const all: NeededLetters[] = [];
    let from = this.at;
    for (;;) {
      const needs = this.readSequence();
      all.push(needs);
      if (this.depth === 0) this.top.push({ source: this.source.slice(from, this.at), needs });
      if (!this.takes('|')) break;
      from = this.at;
    }
    if (all.some((needs) => needs === undefined)) return undefined;
    const union = [...new Set(all.flatMap((needs) => needs ?? []))];
    return union.length > MOST ? undefined : union;
  }

  /** All parts of a sequence have to fit, so the letters that say most are enough. */
  private readSequence(): NeededLetters {
    let best: NeededLetters;
    let run = '';
    const offer = (needs: NeededLetters) => {
      if (worth(needs) > worth(best)) best = needs;
    };
    const endRun = () => {
      offer(run === '' ? undefined : [run]);
      run = '';
    };
    while (!this.isAtEnd && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const { letter, needs } = this.readItem();
      const times = this.readTimes();
      if (letter !== undefined && times !== 'maybe-none') run += letter;
      if (letter === undefined || times !== 'once') endRun();
      if (times !== 'maybe-none') offer(needs);
    }
    endRun();
    return best;
  }

  private readItem(): { readonly letter?: string; readonly needs?: NeededLetters } {
    const sign = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += sign.length;
    if (sign === '(') return { needs: this.readGroup() };
    if (sign === '[') return this.readClass();
    if (sign === '\\') return this.readEscape();
    return '.^$'.includes(sign) ? {} : { letter: sign };
  }

  private readGroup(): NeededLetters {
    const opening = this.take(OPENING);
    this.depth++;
    const needs = this.readAlternatives();
    this.depth--;
    if (!this.takes(')')) this.isBroken = true;
    // What must not be there tells nothing of what is there.
    return opening.endsWith('!') ? undefined : needs;
  }

  private readClass(): object {
    this.take(REST_OF_CLASS);
    return {};
  }

  private readEscape(): { readonly letter?: string } {
    const whole = this.take(ESCAPED);
    return /^[^\p{L}\p{N}]$/u.test(whole) ? { letter: whole } : {};
  }

  /** How often the item before may stand there. */
  private readTimes(): 'once' | 'more' | 'maybe-none' {
    const times = this.take(TIMES);
    if (times === '') return 'once';
    return /^(?:[?*]|\{0+[,}])/.test(times) ? 'maybe-none' : 'more';
  }

  /** What the expression fits here, which may be nothing. It has the flag `y`. */
  private take(expression: RegExp): string {
    expression.lastIndex = this.at;
    const [taken = ''] = expression.exec(this.source) ?? [];
    this.at += taken.length;
    return taken;
  }

  private takes(sign: string): boolean {
    if (this.source[this.at] !== sign) return false;
    this.at++;
    return true;
  }
}

/** Longer letters are rarer. The shortest of a list counts, because a text needs only one of them. */
function worth(needs: NeededLetters): number {
  return needs ? Math.min(...needs.map((letters) => weight(letters))) : 0;
}

/** A Chinese sign says as much as a short word. */
function weight(letters: string): number {
  return [...letters].reduce((sum, letter) => sum + (letter > '\u2e80' ? 3 : letter === ' ' ? 0.5 : 1), 0);
}
