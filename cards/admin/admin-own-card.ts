/** The form with which an administrator corrects the offer itself: the name shown, and whether it is still sold. */
import { ownMark } from '../../core/directory/correction.js';
import { clickAction } from '../kit/buttons.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { type FormField, plainAction, renderForm } from './admin-form.js';

interface Own {
  readonly name: string;
  readonly withdrawn: boolean;
}

export interface OwnFormData {
  readonly key: string;
  /** The offer as it is now. */
  readonly present: Own;
  readonly typed?: Own;
  readonly problem?: { readonly kind: 'bad-name' } | { readonly kind: 'conflict'; readonly by: string };
}

/** Names of the form fields, read back from the click. */
export const OWN_FIELDS = { name: 'offerName', sale: 'sale' } as const;
export const WITHDRAWN = 'withdrawn';
const ON_SALE = 'on-sale';

export function adminOwnCard(data: OwnFormData, ctx: RenderContext): RenderedCard {
  const { key, present, typed = present, problem } = data;
  const conflict = problem?.kind === 'conflict';
  const body = conflict
    ? say(ctx, 'admin.problem.conflict', { name: problem.by })
    : say(ctx, problem ? 'admin.problem.bad' : 'admin.own.body');
  const theirs = (mine: string, now: string) => (conflict && mine !== now ? { theirs: now } : {});
  const saleOf = ({ withdrawn }: Own) => (withdrawn ? WITHDRAWN : ON_SALE);
  const fields: readonly FormField[] = [
    {
      id: OWN_FIELDS.name,
      label: ctx.text('admin.field.name-shown'),
      value: typed.name,
      required: true,
      rule: ctx.text('admin.rule.name'),
      wrong: problem?.kind === 'bad-name',
      ...theirs(typed.name, present.name),
    },
    {
      id: OWN_FIELDS.sale,
      label: ctx.text('admin.field.sale'),
      value: saleOf(typed),
      choices: [ON_SALE, WITHDRAWN].map((value) => ({
        value,
        title: ctx.text(`admin.value.sale.${value}`),
      })),
      ...theirs(saleOf(typed), saleOf(present)),
    },
  ];
  const save = ctx.text(conflict ? 'admin.button.mine' : 'admin.button.save');
  const back = ctx.text(conflict ? 'admin.button.theirs' : 'admin.button.back');
  const actions = [
    clickAction({ verb: 'upkeep-own-save', key, mark: ownMark(present) }, save, ctx),
    plainAction({ verb: 'upkeep-open', key }, back, ctx),
  ];
  return renderForm(
    { title: say(ctx, 'admin.own.title', { name: present.name }), body, fields, actions },
    ctx,
  );
}
