/** Expressions that are compiled when a text first has the letters that they need. */
import { alternativesOf, neededLetters, type NeededLetters } from './needed-letters.js';

/** Like a `RegExp`. Twelve languages have hundreds of them, and a compiled one takes up to 2 MB. */
export class LazyExpression {
  private searched: NeededLetters | 'not-read' = 'not-read';
  private compiled: RegExp | undefined;

  /** @param needs when known; otherwise read from the source at the first text */
  constructor(
    private readonly source: string,
    private readonly flags: string,
    private readonly needs: () => NeededLetters = () => neededLetters(source),
  ) {}

  /** The compiled expression; undefined when the text lacks letters that each fitting text has. */
  for(text: string): RegExp | undefined {
    if (!this.mayFit(text)) return undefined;
    this.compiled ??= new RegExp(this.source, this.flags);
    return this.compiled;
  }

  test(text: string): boolean {
    return this.for(text)?.test(text) ?? false;
  }

  private mayFit(text: string): boolean {
    if (this.compiled) return true;
    const isAnyCase = this.flags.includes('i');
    if (this.searched === 'not-read') {
      const needs = this.needs();
      this.searched = isAnyCase ? needs?.map((letters) => letters.toLowerCase()) : needs;
    }
    const said = isAnyCase ? text.toLowerCase() : text;
    return this.searched?.some((letters) => said.includes(letters)) ?? true;
  }
}

/** Expressions of which a text has to fit one. */
export class AnyExpression {
  private readonly all: readonly LazyExpression[];

  /**
   * @param sources the alternatives of each are compiled one by one
   * @param fits `whole` when an alternative has to fit the whole text
   */
  constructor(sources: readonly string[], flags: string, fits: 'whole' | 'part' = 'part') {
    this.all = sources.flatMap(alternativesOf).map(({ source, needs }) => {
      const framed = fits === 'whole' ? `^(?:${source})$` : source;
      return new LazyExpression(framed, flags, () => needs);
    });
  }

  test(text: string): boolean {
    return this.all.some((one) => one.test(text));
  }
}
