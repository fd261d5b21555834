/** The card that asks whether the refund period is still open, because afterwards the publisher must agree. */
import { navigation } from '../kit/buttons.js';
import type { FactQuestionData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { understoodLine } from './understood.js';

/** Asks yes or no. The length of the period is not stated: published sources differ, the order itself says it. */
export function refundWindowCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const side = ctx.asker === 'customer' ? 'customer' : 'staff';
  const rows = [true, false].map((open) => ({
    action: { verb: 'answer-refund-window', open } as const,
    label: ctx.text(open ? 'refund.open' : 'refund.over'),
  }));
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'refund.title'),
      intro: say(ctx, `refund.where.${side}`),
      groups: [{ rows }],
      hint: say(ctx, 'refund.unsure'),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}
