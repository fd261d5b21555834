/** One part of the partner profile in a form: the company, its looks, how customers buy, the policy, a desk, or one override. */
import {
  partFields,
  partMark,
  SEE_FIELDS,
  type PartFields,
  type ProfilePart,
} from '../../core/directory/profile-parts.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { carriesWhiteText, contrastWithWhite, hexColour, shadeForWhiteText } from '../../core/colour.js';
import { CSP_MODELS, LANGUAGES, PURCHASE_CHANNELS, RESELLER_DUTIES } from '../../core/terms.js';
import { clickAction } from '../kit/buttons.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { type Choice, type FormField, guidance, plainAction, renderForm } from './admin-form.js';
import { valueName, type OwnerName } from './admin-words.js';

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

const STYLES: Readonly<Record<string, FormField['style']>> = {
  email: 'email',
  upn: 'email',
  phone: 'tel',
  url: 'url',
};

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
  const choices = choicesOf(field, part, ctx);
  const style = STYLES[field];
  return {
    id: field,
    label: ctx.text(`admin.field.${field}`),
    value: choices && !MANY.has(field) && value === '' ? AS_PROFILE : value,
    ...(choices ? { choices, many: MANY.has(field) } : ruleOf(field, value, ctx)),
    ...(style === undefined ? {} : { style }),
    required: field === 'name',
    wrong: problem?.kind === 'bad' && problem.fields.includes(field),
    ...(problem?.kind === 'conflict' && value !== now
      ? { theirs: choices && !MANY.has(field) && now === '' ? AS_PROFILE : now }
      : {}),
  };
}

/**
 * What the field must be. For a colour on which white text is unreadable: the contrast, and a shade that is dark
 * enough.
 */
function ruleOf(field: string, value: string, ctx: RenderContext): ReturnType<typeof guidance> {
  const general = guidance(field, ctx);
  const colour = field === 'colour' ? hexColour(value.trim()) : undefined;
  if (colour === undefined || carriesWhiteText(colour)) return general;
  const values = { colour, contrast: contrastWithWhite(colour), shade: shadeForWhiteText(colour) };
  return { ...general, rule: ctx.text('admin.rule.colour.contrast', values) };
}

/** A choice needs a value; this value is read back as an empty one. */
export const AS_PROFILE = 'as-profile';

/** Fields with any number of choices. */
const MANY: ReadonlySet<string> = new Set(['resellerKeeps', 'languages']);
/** Fields that may stay empty. */
const OPTIONAL: ReadonlySet<string> = new Set(['usualChannel', 'helpsWithDirectPurchases']);
const VALUES: Readonly<Record<string, readonly string[]>> = {
  tier1: ['partner', 'publisher'],
  ...Object.fromEntries(SEE_FIELDS.map((field) => [field, ['true', 'false']])),
  model: CSP_MODELS,
  resellerKeeps: RESELLER_DUTIES,
  languages: LANGUAGES,
  usualChannel: PURCHASE_CHANNELS,
  helpsWithDirectPurchases: ['true', 'false'],
};

/** What a field may be, where it is not free text. */
function choicesOf(field: string, part: ProfilePart, ctx: RenderContext): readonly Choice[] | undefined {
  const values = VALUES[field];
  if (!values) return undefined;
  const own = values.map((value) => ({ value, title: valueName(field, value, ctx) }));
  if (part.kind === 'override')
    return [{ value: AS_PROFILE, title: ctx.text('admin.value.as-profile') }, ...own];
  return OPTIONAL.has(field) ? [{ value: AS_PROFILE, title: ctx.text('admin.value.unset') }, ...own] : own;
}
