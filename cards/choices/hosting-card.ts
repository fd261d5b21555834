/** The card that asks where the product runs, because Microsoft supports deployment only for Azure-based ones. */
import { HOSTINGS } from '../../core/terms.js';
import { navigation } from '../kit/buttons.js';
import type { FactQuestionData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { understoodLine } from './understood.js';

/** Asks for the hosting; not knowing is an answer. */
export function hostingCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const rows = HOSTINGS.map((hosting) => ({
    action: { verb: 'answer-hosting', hosting } as const,
    label: ctx.text(`hosting.${hosting}`),
    detail: ctx.text(`hosting.${hosting}.detail`),
  }));
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'hosting.title'),
      intro: say(ctx, 'hosting.why'),
      groups: [{ rows }],
      actions: navigation(ctx, true),
    },
    ctx,
  );
}
