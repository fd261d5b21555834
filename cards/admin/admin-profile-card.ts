/** The partner profile as administrators keep it: who answers first, what customers may see, desks, what differs per offer. */
import {
  DESK_NAMES,
  overriddenIds,
  overrideIn,
  SEE_FIELDS,
  type DeskName,
} from '../../core/directory/profile-parts.js';
import { PLAIN_PARTS, plainFields } from '../../core/directory/profile-plain-parts.js';
import type { CustomerMaySee, PartnerProfile } from '../../core/directory/profile.js';
import { type ChoiceRow, clickAction, rowName } from '../kit/buttons.js';
import { heading, type Element, listed, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { phoneText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { exactRow, inputOf, plainAction, unfolding } from './admin-form.js';
import { named, valueName, type OwnerName } from './admin-words.js';

export interface AdminProfileData {
  readonly profile: PartnerProfile;
  readonly owner: OwnerName;
  readonly note?: Sentence;
}

/** The field that names the offer or publisher of a new override. */
export const OVERRIDE_FIELD = 'override';
const MOST_OVERRIDES = 10;

export function adminProfileCard(
  { profile, owner, note }: AdminProfileData,
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'admin.profile.title', { name: profile.name });
  const body = note ?? say(ctx, 'admin.profile.body');
  const rows = [...plainRows(profile, ctx), policyRow(profile, ctx), ...deskRows(profile, ctx)];
  const ids = overriddenIds(profile);
  const overrides = ids.slice(0, MOST_OVERRIDES).map((id) => overrideRow(id, profile, owner, ctx));
  const overridesTitle = say(
    ctx,
    ids.length === 0 ? 'admin.profile.no-overrides' : 'admin.profile.overrides',
  );
  const more = ids.length - overrides.length;
  const rest = more > 0 ? [say(ctx, 'admin.profile.more', { count: more })] : [];
  const details: readonly Element[] = [
    ...rows.map((row) => exactRow(row, ctx)),
    heading(overridesTitle.card),
    ...overrides.map((row) => exactRow(row, ctx)),
    ...rest.map((line) => textBlock(line.card, { subtle: true, spacing: 'small' })),
  ];
  const slots = { details, actions: actionsOf(ctx) };
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, slots),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      rows.map((row) => `• ${rowName(row)}`).join('\n'),
      [
        overridesTitle.plain,
        ...overrides.map((row) => `• ${rowName(row)}`),
        ...rest.map((one) => one.plain),
      ].join('\n'),
    ]),
  };
}

/** Company, looks and sales: every value that is set. */
function plainRows(profile: PartnerProfile, ctx: RenderContext): readonly ChoiceRow[] {
  return PLAIN_PARTS.map((kind) => {
    const values = Object.entries(plainFields(profile, kind)).filter(([, value]) => value !== '');
    const shown = values.map(([field, value]) =>
      listed(
        value.split(',').map((one) => valueName(field, one.trim(), ctx)),
        ctx.language,
      ),
    );
    return {
      action: { verb: 'upkeep-part', part: { kind } },
      label: ctx.text(`admin.part.${kind}`),
      detail: shown.length > 0 ? shown.join(' · ') : ctx.text('admin.value.unset'),
    };
  });
}

function policyRow({ tier1, customerMaySee }: PartnerProfile, ctx: RenderContext): ChoiceRow {
  return {
    action: { verb: 'upkeep-part', part: { kind: 'policy' } },
    label: ctx.text('admin.part.policy'),
    detail: [tierText(tier1, ctx), ...seeTexts(customerMaySee, ctx)].join(' · '),
  };
}

function deskRows(profile: PartnerProfile, ctx: RenderContext): readonly ChoiceRow[] {
  const deskOf = (name: DeskName) => (name === 'provider' ? profile.provider?.desk : profile.desks[name]);
  return DESK_NAMES.flatMap((name): readonly ChoiceRow[] => {
    const desk = deskOf(name);
    if (!desk) return [];
    const phone = desk.phone === undefined ? undefined : phoneText(desk.phone);
    const detail = [desk.name, desk.email, phone, desk.hours].filter((one) => one !== undefined).join(' · ');
    return [
      {
        action: { verb: 'upkeep-part', part: { kind: 'desk', desk: name } },
        label: ctx.text(`admin.desk.${name}`),
        detail,
      },
    ];
  });
}

function overrideRow(id: string, profile: PartnerProfile, owner: OwnerName, ctx: RenderContext): ChoiceRow {
  const own = overrideIn(profile, id);
  const tier = own?.tier1 === undefined ? [] : [tierText(own.tier1, ctx)];
  const detail = [...tier, ...seeTexts(own?.customerMaySee ?? {}, ctx)].join(' · ');
  return {
    action: { verb: 'upkeep-part', part: { kind: 'override', id } },
    label: named(owner(id), id),
    detail,
  };
}

function tierText(tier1: 'partner' | 'publisher', ctx: RenderContext): string {
  return pairText('tier1', tier1, ctx);
}

function seeTexts(see: Partial<CustomerMaySee>, ctx: RenderContext): readonly string[] {
  return SEE_FIELDS.flatMap((field) =>
    see[field] === undefined ? [] : [pairText(field, String(see[field]), ctx)],
  );
}

function pairText(field: string, value: string, ctx: RenderContext): string {
  const label = ctx.text(`admin.field.${field}`);
  return ctx.text('card.pair', { label, value: ctx.text(`admin.value.${field}.${value}`) });
}

function actionsOf(ctx: RenderContext): readonly Element[] {
  const add = ctx.text('admin.button.override');
  const field = inputOf({ id: OVERRIDE_FIELD, label: ctx.text('admin.field.override'), value: '' });
  return [
    unfolding(add, [field], clickAction({ verb: 'upkeep-override' }, add, ctx)),
    plainAction({ verb: 'upkeep-profile-history' }, ctx.text('admin.button.history'), ctx),
    plainAction({ verb: 'upkeep-profile-undo' }, ctx.text('admin.button.undo'), ctx),
    plainAction({ verb: 'upkeep-menu' }, ctx.text('admin.button.menu'), ctx),
  ];
}
