/** Small Adaptive Card elements built in code: the parts of a card whose number depends on the data. */
import type { Language } from '../../core/terms.js';
import { punctuationOf } from '../../locales/language.js';
import { LIMITS, plainText } from './safe-text.js';

export type Element = Readonly<Record<string, unknown>>;

/** Elements for the card and lines for the text twin. */
export interface Block {
  readonly elements: readonly Element[];
  readonly lines: readonly string[];
}

interface TextStyle {
  readonly weight?: 'bolder';
  readonly size?: 'small' | 'medium' | 'large';
  readonly subtle?: boolean;
  readonly color?: 'accent' | 'attention' | 'warning' | 'good';
  readonly spacing?: 'none' | 'small' | 'medium' | 'large';
}

/** A wrapped text. `text` is read as Markdown: give locale text, or values that went through `safeText`. */
export function textBlock(text: string, style: TextStyle = {}): Element {
  const { subtle, ...rest } = style;
  return { type: 'TextBlock', text, wrap: true, ...rest, ...(subtle ? { isSubtle: true } : {}) };
}

/** A heading inside the card, announced as one. */
export function heading(text: string, size: 'medium' | 'large' = 'medium'): Element {
  return { type: 'TextBlock', text, wrap: true, style: 'heading', weight: 'bolder', size, spacing: 'medium' };
}

/** A label and a value shown letter for letter, never as Markdown, so that the reader can select and copy the value. */
export function exactLine(label: string, value: unknown): Element {
  const shown = plainText(value, LIMITS.url);
  return {
    type: 'RichTextBlock',
    spacing: 'small',
    inlines: [
      ...(label === '' ? [] : [{ type: 'TextRun', text: labelled(label, ''), isSubtle: true }]),
      { type: 'TextRun', text: shown },
    ],
  };
}

/** Label and value on one line; full-width punctuation needs no space after it. */
export function labelled(label: string, value: string): string {
  return label === '' || /[：。，）]$/.test(label) ? `${label}${value}` : `${label} ${value}`;
}

/** Items in one line, without "and". `Intl.ListFormat` would put only a space between Chinese items. */
export function listed(items: readonly string[], language: Language): string {
  return items.join(punctuationOf(language).comma);
}

/** A group of elements, e.g. one contact. */
export function box(items: readonly Element[], options: Readonly<Record<string, unknown>> = {}): Element {
  return { type: 'Container', items, ...options };
}

/** Buttons inside the card's body. Empty for no buttons. */
export function actionRow(actions: readonly Element[]): readonly Element[] {
  return actions.length === 0 ? [] : [{ type: 'ActionSet', actions, spacing: 'small' }];
}

/**
 * One line per item with its number. The number is text, not Markdown: as lists of one item each, Web Chat would number
 * all of them 1.
 */
export function numbered(items: readonly string[]): readonly Element[] {
  return items.map((item, at) => textBlock(`${at + 1}\\.\u00a0 ${item}`, { spacing: 'small' }));
}

/** `bullets` for text with addresses: shown letter for letter, so that no address becomes a link. */
export function exactBullets(items: readonly string[]): readonly Element[] {
  return items.map((item) => exactLine('', `•\u00a0 ${item}`));
}

/** One line per item with a bullet. The bullet is a letter, not Markdown, so that every client shows it the same. */
export function bullets(items: readonly string[]): readonly Element[] {
  return items.map((item) => textBlock(`•\u00a0 ${item}`, { spacing: 'small' }));
}
