/** The small form on an answer that says a contact is wrong, and the warning when several people have said so. */
import type { Answer, ShownStep } from '../../core/services/answers/answer.js';
import type { ContactAbout } from '../../core/services/reports/contact-about.js';
import { MAX_NOTE, REPORT_REASONS } from '../../core/services/reports/report-contact.js';
import { stepName } from '../answer/answer-words.js';
import { clickAction } from '../kit/buttons.js';
import type { StateLine } from '../answer/contact-state.js';
import type { Element } from '../kit/elements.js';
import { LIMITS, plainText } from '../kit/safe-text.js';
import { say } from '../kit/sentence.js';
import type { ReportableContact } from '../kit/action-table.js';
import type { RenderContext, Signer } from '../kit/types.js';

/** Names of the form fields, read back from the click. */
export const WRONG_FIELDS = { which: 'wrongContact', reason: 'wrongReason', note: 'wrongNote' } as const;
/** Contacts one form offers; an answer with more stops shows the first ones. */
const MOST_CONTACTS = 5;
/** The longest key of an owner in a button. */
const MAX_KEY = 240;
const SEEN_LENGTH = 16;

/** A mark of the contact's state that reveals none of its values; the mark covers hidden fields too. */
export function seenMark({ key, way, mark }: ContactAbout, signer: Signer): string {
  return signer.sign(`seen ${way} ${mark} ${key}`).slice(0, SEEN_LENGTH);
}

/** A button that opens the form on the card itself; none without a contact. `steps` are the stops on the card. */
export function wrongContactForm(answer: Answer, ctx: RenderContext): readonly Element[] {
  const steps = reportable(answer);
  if (steps.length === 0) return [];
  const title = ctx.text('wrong.button');
  const contacts = steps.map(({ about }): ReportableContact => {
    const { key, way } = about;
    return { key, way, seen: seenMark(about, ctx.signer) };
  });
  const actions = [clickAction({ verb: 'report-contact', contacts }, ctx.text('wrong.send'), ctx)];
  const body = [...(steps.length > 1 ? [whichField(steps, ctx)] : []), ...reasonAndNote(ctx)];
  return [{ type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } }];
}

/** The fields that say what is wrong with a contact. */
export function reasonAndNote(ctx: RenderContext): readonly Element[] {
  return [reasonField(ctx), noteField(ctx)];
}

/** The line under a contact that several people have reported as wrong. */
export function doubtLine({ about }: ShownStep, ctx: RenderContext): readonly StateLine[] {
  const people = about && ctx.doubted?.(about);
  return people === undefined ? [] : [{ said: say(ctx, 'wrong.doubted', { people }), alert: true }];
}

type Reportable = ShownStep & { readonly about: ContactAbout };

/** Each contact once, also when two stops have the same contact. */
function reportable({ first, escalation }: Answer): readonly Reportable[] {
  const found = new Map<string, Reportable>();
  for (const step of [first, ...escalation]) {
    const { about, contact } = step;
    if (!about || !contact || about.key.length > MAX_KEY) continue;
    const id = `${about.way} ${about.key}`;
    if (!found.has(id)) found.set(id, { ...step, about });
  }
  return [...found.values()].slice(0, MOST_CONTACTS);
}

/** The value is a position in the button's own list, which is signed. */
function whichField(steps: readonly Reportable[], ctx: RenderContext): Element {
  const choices = steps.map((step, at) => {
    const name = stepName(step, ctx);
    return {
      title: plainText(
        ctx.text('wrong.choice', { name, way: ctx.text(`way.${step.step.way}`) }),
        LIMITS.contact,
      ),
      value: String(at),
    };
  });
  const label = ctx.text('wrong.field.which');
  return { type: 'Input.ChoiceSet', id: WRONG_FIELDS.which, label, value: '0', choices };
}

function reasonField(ctx: RenderContext): Element {
  const choices = REPORT_REASONS.map((value) => ({ title: ctx.text(`wrong.reason.${value}`), value }));
  const label = ctx.text('wrong.field.reason');
  return {
    type: 'Input.ChoiceSet',
    id: WRONG_FIELDS.reason,
    label,
    placeholder: ctx.text('wrong.field.choose'),
    isRequired: true,
    errorMessage: ctx.text('wrong.said.no-reason.title'),
    choices,
  };
}

function noteField(ctx: RenderContext): Element {
  const label = ctx.text('wrong.field.note');
  return { type: 'Input.Text', id: WRONG_FIELDS.note, label, isMultiline: true, maxLength: MAX_NOTE };
}
