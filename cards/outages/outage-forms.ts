/** The small forms that buttons of outage cards open: fields with fixed names, read back from the click. */
import { SEVERITIES, type Severity } from '../../core/incident/types.js';
import { clickAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext } from '../kit/types.js';

/** Hours that a silence may last; the forms offer these. */
export const SILENCE_HOURS = [4, 24, 72, 168] as const;
/** Severities from which a recipient can ask to be alerted, mildest first. */
export const FROM_SEVERITIES = SEVERITIES.filter((one) => one !== 'none' && one !== 'unknown');
/** Severities of a real outage. */
export const OUTAGE_SEVERITIES = ['minor', 'major', 'critical'] as const satisfies readonly Severity[];

/** A button that opens a form. One button sends the form; `more` stand beside that button. */
export function form(
  key: string,
  action: CardAction,
  body: readonly Element[],
  ctx: RenderContext,
  more: readonly Element[] = [],
): Element {
  const title = ctx.text(key);
  const actions = [clickAction(action, title, ctx), ...more];
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
}

/** One line of text input. */
export function textField(id: string, labelKey: string, maxLength: number, ctx: RenderContext): Element {
  return { type: 'Input.Text', id, label: ctx.text(labelKey), maxLength };
}

/** The reason for an action; the same length everywhere. */
export function reasonField(id: string, ctx: RenderContext): Element {
  return textField(id, 'outage.field.reason', 200, ctx);
}

export interface Choice {
  readonly title: string;
  readonly value: string;
}

/** One of several choices; `multiple` for any number of them. */
export function choiceField(
  id: string,
  labelKey: string,
  choices: readonly Choice[],
  value: string,
  ctx: RenderContext,
  multiple = false,
): Element {
  const several = multiple ? { isMultiSelect: true, style: 'expanded', wrap: true } : {};
  return { type: 'Input.ChoiceSet', id, label: ctx.text(labelKey), value, choices, ...several };
}

/** A severity to choose. */
export function severityField(
  id: string,
  labelKey: string,
  severities: readonly Severity[],
  value: Severity,
  ctx: RenderContext,
): Element {
  const choices = severities.map((one) => ({ title: ctx.text(`outage.severity.${one}`), value: one }));
  return choiceField(id, labelKey, choices, value, ctx);
}

/** The length of a silence. */
export function hoursField(id: string, ctx: RenderContext): Element {
  const choices = SILENCE_HOURS.map((hours) => ({
    title: ctx.text('outage.hours', { hours }),
    value: String(hours),
  }));
  return choiceField(id, 'outage.field.hours', choices, String(SILENCE_HOURS[0]), ctx);
}
