/** What a clicked card becomes for the one who clicked: the choice made, without its buttons. */
import type { UsedData } from './card-data.js';
import { renderCard } from './render.js';
import { oneLine, paragraphs, say, type Said } from './sentence.js';
import type { CardAction } from './action-table.js';
import type { RenderContext, RenderedCard } from './types.js';
import { channelName, issueName } from '../choices/understood.js';

/** The clicked card without buttons; names the choice where the button itself says it. */
export function usedCard(data: UsedData, ctx: RenderContext): RenderedCard {
  const title = data.action === undefined ? say(ctx, 'used.title') : chosen(data.action, ctx);
  const body = say(ctx, 'used.body');
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, {}),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}

function chosen(action: CardAction, ctx: RenderContext): Said {
  switch (action.verb) {
    case 'choose-issue':
      return say(ctx, 'used.chosen', { choice: issueName(action.issue, ctx) });
    case 'choose-group':
      return say(ctx, 'used.chosen', { choice: ctx.text(`kind.${action.kind}`) });
    case 'answer-channel':
      return say(ctx, 'used.chosen', { choice: channelName(action.channel, ctx) });
    case 'answer-hosting':
      return say(ctx, 'used.chosen', { choice: ctx.text(`hosting.${action.hosting}`) });
    case 'answer-refund-window':
      return say(ctx, 'used.chosen', { choice: ctx.text(action.open ? 'refund.open' : 'refund.over') });
    default:
      return say(ctx, 'used.title');
  }
}
