/** A sentence in its two forms: escaped for the card, and plain for the text twin. */
import { plainText, safeText } from './safe-text.js';
import type { RenderContext } from './types.js';

export interface Sentence {
  readonly card: string;
  readonly plain: string;
}

export type SayValues = Readonly<Record<string, string | number | undefined>>;

/** Longest value inside a sentence. */
const MAX_VALUE = 100;

/** Both forms of one locale sentence. The values are raw; this function makes them safe. */
export function say(ctx: Pick<RenderContext, 'text'>, key: string, values: SayValues = {}): Sentence {
  const through = (clean: (value: unknown, max: number) => string) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : clean(value, MAX_VALUE),
      ]),
    );
  return { card: ctx.text(key, through(safeText)), plain: ctx.text(key, through(plainText)) };
}

/** `say` when the condition holds, else two empty texts (the card then leaves the line out). */
export function sayIf(condition: unknown, ctx: RenderContext, key: string, values: SayValues = {}): Sentence {
  return condition ? say(ctx, key, values) : NOTHING;
}

/** Locale text that needs no escaping, in both forms. */
export const sameWords = (text: string): Sentence => ({ card: text, plain: text });

/** The text with a capital letter at its beginning. */
export const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const NOTHING: Sentence = { card: '', plain: '' };

/** Paragraphs of the text twin, without the empty ones. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part.trim() !== '').join('\n\n');
}

/**
 * One line for a toast or a screen reader: without markup and addresses, which a toast shows raw or turns into links.
 */
export function oneLine(text: string): string {
  const bare = text
    .replace(/!?\[([^\]]{0,200})\]\([^)\s]{0,500}\)/g, '$1')
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, '')
    .replace(/\b(?:https?:\/\/|www\.)[!-~]{1,500}/gi, '')
    .replace(/[*_~`]{1,3}(?=\S)([^*_~`]{1,200}?)[*_~`]{1,3}/g, '$1');
  return plainText(bare.replace(/\s{2,}/g, ' '), 200);
}
