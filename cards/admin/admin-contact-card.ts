/** The form of one contact: its source and state, its fields, and a conflicting change of another administrator. */
import { contactMark } from '../../core/directory/correction.js';
import { DEAD_REASONS, type Contact } from '../../core/directory/types.js';
import { CORRECTED_FIELDS, type CorrectedField } from '../../core/services/directory/correct-contact.js';
import type { ContactKind } from '../../core/terms.js';
import { clickAction } from '../kit/buttons.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { type FormField, guidance, inputOf, plainAction, renderForm, unfolding } from './admin-form.js';
import { contactKindName, sourceName } from './admin-words.js';
import { longDate, verifiedLine } from '../answer/verified.js';

export interface ContactFormData {
  /** `offer:<id>` or `publisher:<id>` */
  readonly key: string;
  readonly kind: ContactKind;
  readonly ownerName: string;
  /** The contact as it is now. */
  readonly present: Contact | undefined;
  /** The source of the contact; absent for a contact that does not exist yet. */
  readonly source?: string;
  /** The administrator's input, when the form is shown again. */
  readonly typed?: Readonly<Partial<Record<CorrectedField, string>>>;
  readonly problem?:
    | { readonly kind: 'bad'; readonly fields: readonly CorrectedField[] }
    | { readonly kind: 'unreachable' }
    /** Another administrator changed the contact first; the name, where it is known. */
    | { readonly kind: 'conflict'; readonly by: string };
}

/** Name of the field with the reason why a contact is dead. */
export const REASON_FIELD = 'reason';

const STYLES = { email: 'email', upn: 'email', phone: 'tel', url: 'url' } as const;
const EMAIL_REGEX = '^\\S+@\\S+\\.\\S+$';

export function adminContactCard(data: ContactFormData, ctx: RenderContext): RenderedCard {
  const { key, kind, present, problem } = data;
  const mark = contactMark(present);
  const title = say(ctx, 'admin.contact.title', {
    kind: contactKindName(kind, ctx),
    name: data.ownerName,
  });
  const form = {
    title,
    body: bodySaid(data, ctx),
    lines: stateLines(data, ctx),
    fields: CORRECTED_FIELDS.map((field) => fieldOf(field, data, ctx)),
  };
  const save = clickAction(
    { verb: 'upkeep-save', key, kind, mark },
    ctx.text(problem?.kind === 'conflict' ? 'admin.button.mine' : 'admin.button.save'),
    ctx,
  );
  const back = ctx.text(problem?.kind === 'conflict' ? 'admin.button.theirs' : 'admin.button.back');
  const actions = [
    save,
    ...(present && problem?.kind !== 'conflict' ? presentActions(key, kind, mark, ctx) : []),
    plainAction({ verb: 'upkeep-open', key }, back, ctx),
  ];
  return renderForm({ ...form, actions }, ctx);
}

function presentActions(key: string, kind: ContactKind, mark: string, ctx: RenderContext) {
  const verify = plainAction(
    { verb: 'upkeep-verify', key, kind, mark },
    ctx.text('admin.button.verify'),
    ctx,
  );
  const dead = ctx.text('admin.button.dead');
  const reason = inputOf({
    id: REASON_FIELD,
    label: ctx.text('admin.field.deadReason'),
    value: DEAD_REASONS[0],
    choices: DEAD_REASONS.map((value) => ({ value, title: ctx.text(`admin.value.deadReason.${value}`) })),
  });
  return [
    verify,
    unfolding(dead, [reason], clickAction({ verb: 'upkeep-dead', key, kind, mark }, dead, ctx)),
  ];
}

function bodySaid({ problem, present }: ContactFormData, ctx: RenderContext): Sentence {
  switch (problem?.kind) {
    case 'bad':
      return say(ctx, 'admin.problem.bad');
    case 'unreachable':
      return say(ctx, 'admin.problem.unreachable');
    case 'conflict':
      return say(ctx, 'admin.problem.conflict', { name: problem.by });
    case undefined:
      return say(ctx, present?.deadSince ? 'admin.contact.revive' : 'admin.contact.body');
  }
}

function stateLines({ present, source }: ContactFormData, ctx: RenderContext): readonly Sentence[] {
  if (!present) return [say(ctx, 'admin.contact.none')];
  const date = longDate(present.deadSince, ctx.language) ?? present.deadSince ?? '';
  return [
    ...(present.deadSince === undefined
      ? []
      : [say(ctx, `dead.${present.deadReason ?? 'unknown'}`, { date })]),
    ...verifiedLine(present, 'publisher', ctx).map(({ said }) => said),
    ...(source === undefined ? [] : [say(ctx, 'admin.contact.source', { source: sourceName(source, ctx) })]),
  ];
}

function fieldOf(field: CorrectedField, data: ContactFormData, ctx: RenderContext): FormField {
  const { present, typed, problem } = data;
  const now = present?.[field] ?? '';
  const value = typed?.[field] ?? now;
  const style = field in STYLES ? STYLES[field as keyof typeof STYLES] : undefined;
  return {
    id: field,
    label: ctx.text(`admin.field.${field}`),
    value,
    ...guidance(field, ctx),
    ...(style === undefined ? {} : { style }),
    ...(style === 'email' ? { regex: EMAIL_REGEX } : {}),
    wrong: problem?.kind === 'bad' && problem.fields.includes(field),
    ...(problem?.kind === 'conflict' && value !== now ? { theirs: now } : {}),
  };
}
