/** One part of the partner profile in a form: the company, its looks, how customers buy, the policy, a desk, or one override. */
import {
  partFields,
  partMark,
  type PartFields,
  type ProfilePart,
} from '../../core/directory/profile-parts.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { clickAction } from '../kit/buttons.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { type FormField, plainAction, renderForm } from './admin-form.js';
import type { OwnerName } from './admin-words.js';
import { AS_PROFILE, profileInput } from './profile-input.js';

export interface PartFormData {
  /** The part as it is now. */
  readonly profile: PartnerProfile;
  readonly part: ProfilePart;
  readonly owner: OwnerName;
  readonly typed?: PartFields;
  readonly problem?:
    | { readonly kind: 'bad'; readonly fields: readonly string[] }
    /** The change would remove the administrator's own tenant from the partner's tenants. */
    | { readonly kind: 'own-tenant' }
    | { readonly kind: 'conflict'; readonly by: string };
}

export function adminPartCard(data: PartFormData, ctx: RenderContext): RenderedCard {
  const { profile, part, problem } = data;
  const present = partFields(profile, part) ?? {};
  const mark = partMark(profile, part);
  const conflict = problem?.kind === 'conflict';
  const save = ctx.text(conflict ? 'admin.button.mine' : 'admin.button.save');
  const back = ctx.text(conflict ? 'admin.button.theirs' : 'admin.button.back');
  const isSaid = part.kind === 'override' && Object.values(present).some((value) => value !== '');
  const actions = [
    clickAction({ verb: 'upkeep-part-save', part, mark }, save, ctx),
    ...(isSaid && !conflict
      ? [plainAction({ verb: 'upkeep-part-clear', part, mark }, ctx.text('admin.button.clear'), ctx)]
      : []),
    plainAction({ verb: 'upkeep-profile' }, back, ctx),
  ];
  const fields = Object.keys(present).map((field) => fieldOf(field, present, data, ctx));
  return renderForm({ title: titleSaid(data, ctx), body: bodySaid(data, ctx), fields, actions }, ctx);
}

function titleSaid({ part, owner }: PartFormData, ctx: RenderContext): Sentence {
  switch (part.kind) {
    case 'policy':
      return say(ctx, 'admin.part.policy');
    case 'desk':
      return say(ctx, `admin.desk.${part.desk}`);
    case 'override':
      return say(ctx, 'admin.part.override', { name: owner(part.id) });
    default:
      return say(ctx, `admin.part.${part.kind}`);
  }
}

function bodySaid({ part, problem }: PartFormData, ctx: RenderContext): Sentence {
  if (problem?.kind === 'conflict') return say(ctx, 'admin.problem.conflict', { name: problem.by });
  if (problem?.kind === 'own-tenant') return say(ctx, 'admin.problem.own-tenant');
  return say(ctx, problem ? 'admin.problem.bad' : `admin.part.${part.kind}.body`);
}

function fieldOf(field: string, present: PartFields, data: PartFormData, ctx: RenderContext): FormField {
  const { part, typed, problem } = data;
  const now = present[field] ?? '';
  const value = typed?.[field] ?? now;
  const input = profileInput(field, value, ctx, { inherits: part.kind === 'override' });
  return {
    id: field,
    label: ctx.text(`admin.field.${field}`),
    ...input,
    required: field === 'name',
    wrong: problem?.kind === 'bad' && problem.fields.includes(field),
    ...(problem?.kind === 'conflict' && value !== now
      ? { theirs: input.choices && !input.many && now === '' ? AS_PROFILE : now }
      : {}),
  };
}
