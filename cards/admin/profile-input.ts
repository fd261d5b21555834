/** The input of one value of the partner profile: its choices, or what a text must be. */
import { carriesWhiteText, contrastWithWhite, hexColour, shadeForWhiteText } from '../../core/colour.js';
import { SEE_FIELDS } from '../../core/directory/profile-parts.js';
import { CSP_MODELS, LANGUAGES, PURCHASE_CHANNELS, RESELLER_DUTIES } from '../../core/terms.js';
import type { RenderContext } from '../kit/types.js';
import { type Choice, type FormField, guidance } from './admin-form.js';
import { valueName } from './admin-words.js';

/** A choice needs a value; this value is read back as an empty one. */
export const AS_PROFILE = 'as-profile';

const STYLES: Readonly<Record<string, FormField['style']>> = {
  email: 'email',
  upn: 'email',
  phone: 'tel',
  url: 'url',
};
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

type ProfileInput = Pick<FormField, 'value' | 'choices' | 'many' | 'style' | 'placeholder' | 'rule'>;

/** @param inherits an empty choice means "as in the profile" */
export function profileInput(
  field: string,
  value: string,
  ctx: RenderContext,
  { inherits = false } = {},
): ProfileInput {
  const choices = choicesOf(field, inherits, ctx);
  const many = MANY.has(field);
  const style = STYLES[field];
  const isUnset = choices?.[0]?.value === AS_PROFILE && value === '';
  return {
    value: isUnset ? AS_PROFILE : value,
    ...(choices ? { choices, many } : ruleOf(field, value, ctx)),
    ...(style === undefined ? {} : { style }),
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

/** What a field may be, where it is not free text. */
function choicesOf(field: string, inherits: boolean, ctx: RenderContext): readonly Choice[] | undefined {
  const values = VALUES[field];
  if (!values) return undefined;
  const own = values.map((value) => ({ value, title: valueName(field, value, ctx) }));
  if (inherits) return [{ value: AS_PROFILE, title: ctx.text('admin.value.as-profile') }, ...own];
  return OPTIONAL.has(field) ? [{ value: AS_PROFILE, title: ctx.text('admin.value.unset') }, ...own] : own;
}
