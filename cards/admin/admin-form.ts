/** The form of every administration card with inputs: lines above, labelled inputs, and each error beside its field. */
import { type ChoiceRow, choiceRow, clickAction, rowName, rowDetail } from '../kit/buttons.js';
import { box, type Element, exactLine, labelled, listed, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { LIMITS, plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** Texts are finished. Values are raw, and this file makes them safe. */
export interface FormField {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Choices instead of free text. */
  readonly choices?: readonly Choice[];
  /** Any number of the choices; the field holds their values, separated by commas. */
  readonly many?: boolean;
  readonly style?: 'email' | 'tel' | 'url';
  readonly placeholder?: string;
  readonly required?: boolean;
  /** What the field must be. The client says so before it sends, and the server says so after. */
  readonly rule?: string;
  readonly regex?: string;
  /** The server refused this value. */
  readonly wrong?: boolean;
  /** The present value, where another administrator changed it first. */
  readonly theirs?: string;
}

export interface Form {
  readonly title: Sentence;
  readonly body: Sentence;
  /** State, source and the like, above the inputs. */
  readonly lines?: readonly Sentence[];
  readonly fields: readonly FormField[];
  readonly actions: readonly Element[];
}

/** An example of a good value; the same in every language. */
const EXAMPLES: Readonly<Record<string, string>> = {
  email: 'support@contoso.com',
  upn: 'name@contoso.com',
  phone: '+1 425 555 0100',
  url: 'https://support.contoso.com',
  hours: 'Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25',
  providerName: 'Fabrikam Distribution',
  tenantIds: '11111111-2222-4333-8444-555555555555',
  logo: 'https://www.contoso.com/logo.png',
  colour: '#0f5c8c',
  country: 'US',
  customerRegions: 'West Europe, East US',
};
/** A shorter example inside the empty field, where a phone would cut the long one. */
const SHORT_EXAMPLES: Readonly<Record<string, string>> = { hours: 'Europe/Berlin; Mo-Fr 09:00-17:00' };
/** Fields whose example a phone would cut at any length: words say what belongs there. */
const WORDS_INSTEAD: ReadonlySet<string> = new Set(['tenantIds']);
const ALWAYS_OPEN = 'UTC; 24/7';

/** What an empty field shows, and what a wrong one is told. */
export function guidance(field: string, ctx: RenderContext): Pick<FormField, 'placeholder' | 'rule'> {
  const example = EXAMPLES[field] ?? '';
  const words = WORDS_INSTEAD.has(field) ? ctx.text(`admin.placeholder.${field}`) : undefined;
  const shown = words ?? SHORT_EXAMPLES[field] ?? example;
  return {
    placeholder: shown === '' ? ctx.text('admin.placeholder.name') : shown,
    rule: ctx.text(`admin.rule.${field}`, { example, always: ALWAYS_OPEN }),
  };
}

/** Longest text of an input. */
const MAX_INPUT = 400;

export function renderForm(form: Form, ctx: RenderContext): RenderedCard {
  const { title, body, lines = [], fields } = form;
  const details: readonly Element[] = [
    ...lines.map((line) => textBlock(line.card, { spacing: 'small', subtle: true })),
    ...fields.flatMap((field) => fieldElements(field, ctx)),
  ];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: form.actions },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      lines.map((line) => line.plain).join('\n'),
      fields.map((field) => fieldText(field, ctx)).join('\n'),
    ]),
  };
}

/** A button that sends no input: the administrator can go back from a form with errors. */
export function plainAction(action: CardAction, title: string, ctx: RenderContext): Element {
  const made = clickAction(action, title, ctx);
  const associatedInputs = 'none';
  const { fallback } = made as { fallback?: Element };
  return { ...made, associatedInputs, ...(fallback && { fallback: { ...fallback, associatedInputs } }) };
}

/** A tappable row whose second line has addresses: shown letter for letter, never made links that would be pressed instead. */
export function exactRow(row: ChoiceRow, ctx: RenderContext): Element {
  const made = choiceRow({ action: row.action, label: row.label }, ctx) as Element & {
    readonly items: readonly Element[];
  };
  const text = rowDetail(row);
  const run = { type: 'TextRun', text, isSubtle: true, size: 'small' };
  const detail = text === '' ? [] : [{ type: 'RichTextBlock', spacing: 'none', inlines: [run] }];
  const selectAction = clickAction(row.action, rowName(row), ctx);
  return { ...made, items: [...made.items, ...detail], selectAction };
}

/** A small form behind a button of the card. */
export function unfolding(title: string, body: readonly Element[], action: Element): Element {
  return {
    type: 'Action.ShowCard',
    title,
    card: { type: 'AdaptiveCard', version: '1.5', body, actions: [action] },
  };
}

/** One input. */
export function inputOf(field: FormField): Element {
  const { id, label, rule } = field;
  const value = plainText(field.value, MAX_INPUT);
  const common = { id, label, ...(value === '' ? {} : { value }), spacing: 'small' };
  const checked = {
    ...(field.required ? { isRequired: true } : {}),
    ...(rule ? { errorMessage: rule } : {}),
  };
  if (field.choices) {
    const style = field.many ? { style: 'expanded', isMultiSelect: true, wrap: true } : { style: 'compact' };
    return { type: 'Input.ChoiceSet', ...common, choices: field.choices, ...style, ...checked };
  }
  return {
    type: 'Input.Text',
    ...common,
    maxLength: MAX_INPUT,
    // Web Chat names the field by it when it reads a new card out.
    placeholder: field.placeholder ?? label,
    ...(field.style ? { style: field.style } : {}),
    ...(field.regex ? { regex: field.regex } : {}),
    ...checked,
  };
}

function fieldElements(field: FormField, ctx: RenderContext): readonly Element[] {
  const wrong = field.wrong && field.rule ? [ruleLine(field.rule)] : [];
  if (field.theirs === undefined) return [inputOf(field), ...wrong];
  const now = exactLine(
    ctx.text('admin.conflict.now', { field: field.label }),
    shownValue(field, field.theirs, ctx),
  );
  const mine = inputOf({ ...field, label: ctx.text('admin.conflict.mine', { field: field.label }) });
  // One above the other: beside each other, a phone cuts the values and breaks addresses.
  return [box([now, mine], { style: 'emphasis', spacing: 'small' }), ...wrong];
}

/** Shown letter for letter, so that the address of an example does not become a link. */
function ruleLine(text: string): Element {
  const run = { type: 'TextRun', text, weight: 'bolder', size: 'small' };
  return { type: 'RichTextBlock', spacing: 'none', inlines: [run] };
}

function fieldText(field: FormField, ctx: RenderContext): string {
  const value = shownValue(field, field.value, ctx);
  const line = ctx.text('card.pair', { label: field.label, value });
  const wrong = field.wrong && field.rule ? `  ${field.rule}` : undefined;
  const theirs =
    field.theirs === undefined
      ? undefined
      : `  ${labelled(ctx.text('admin.conflict.now', { field: field.label }), shownValue(field, field.theirs, ctx))}`;
  return [line, wrong, theirs].filter((one) => one !== undefined).join('\n');
}

function shownValue({ choices, many }: FormField, value: string, ctx: RenderContext): string {
  const titleOf = (one: string) => choices?.find((choice) => choice.value === one)?.title ?? one;
  const shown = many ? listed(value.split(',').map(titleOf), ctx.language) : titleOf(value);
  return shown === '' ? ctx.text('admin.nothing') : plainText(shown, LIMITS.url);
}
