/** What an administrator may say of the offer itself in a form: the name shown, and whether it is still sold. */
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
  /** As it stands now. */
  readonly present: Own;
  readonly typed?: Own;
  readonly problem?: { readonly kind: 'bad-name' } | { readonly kind: 'conflict'; readonly by: string };
}

/** Names of the form fields, read back from the click. */
export const OWN_FIELDS = { name: 'offerName', sale: 'sale' } as const;
export const WITHDRAWN = 'withdrawn';
const ON_SALE = 'on-sale';

export function upkeepOwnCard(data: OwnFormData, ctx: RenderContext): RenderedCard {
  const { key, present, typed = present, problem } = data;
  const conflict = problem?.kind === 'conflict';
  const body = conflict
    ? say(ctx, 'upkeep.problem.conflict', { name: problem.by })
    : say(ctx, problem ? 'upkeep.problem.bad' : 'upkeep.own.body');
  const theirs = (mine: string, now: string) => (conflict && mine !== now ? { theirs: now } : {});
  const saleOf = ({ withdrawn }: Own) => (withdrawn ? WITHDRAWN : ON_SALE);
  const fields: readonly FormField[] = [
    {
      id: OWN_FIELDS.name,
      label: ctx.text('upkeep.field.name-shown'),
      value: typed.name,
      required: true,
      rule: ctx.text('upkeep.rule.name'),
      wrong: problem?.kind === 'bad-name',
      ...theirs(typed.name, present.name),
    },
    {
      id: OWN_FIELDS.sale,
      label: ctx.text('upkeep.field.sale'),
      value: saleOf(typed),
      choices: [ON_SALE, WITHDRAWN].map((value) => ({
        value,
        title: ctx.text(`upkeep.value.sale.${value}`),
      })),
      ...theirs(saleOf(typed), saleOf(present)),
    },
  ];
  const save = ctx.text(conflict ? 'upkeep.button.mine' : 'upkeep.button.save');
  const back = ctx.text(conflict ? 'upkeep.button.theirs' : 'upkeep.button.back');
  const actions = [
    clickAction({ verb: 'upkeep-own-save', key, mark: ownMark(present) }, save, ctx),
    plainAction({ verb: 'upkeep-open', key }, back, ctx),
  ];
  return renderForm(
    { title: say(ctx, 'upkeep.own.title', { name: present.name }), body, fields, actions },
    ctx,
  );
}
