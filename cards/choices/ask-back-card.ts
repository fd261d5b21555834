/** The card that asks back when a sentence was not clear: the nearest five kinds of issue, or another one. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { AskBackData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueRow, understoodLine } from './understood.js';

const NEAREST = 5;

/** Asks which of the nearest issues is meant. */
export function askBackCard(data: AskBackData, ctx: RenderContext): RenderedCard {
  const rows = [...new Set(data.issues)].slice(0, NEAREST).map((issue) => issueRow(issue, ctx));
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName }, ctx),
      title: say(ctx, 'ask-back.title'),
      groups: [{ rows }],
      hint: say(ctx, 'ask-back.hint'),
      actions: [
        clickAction({ verb: 'change', what: 'issue' }, ctx.text('button.something-else'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}
