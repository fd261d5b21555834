/** The card that asks how the offer was bought, because that decides who bills and supports it. */
import { PURCHASE_CHANNELS } from '../../core/terms.js';
import { navigation } from '../kit/buttons.js';
import type { FactQuestionData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { channelName, understoodLine } from './understood.js';

/** Asks for the purchase channel. Who does not know gets the usual case, and the card says so. */
export function channelCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const known = PURCHASE_CHANNELS.map((channel) => ({
    action: { verb: 'answer-channel', channel } as const,
    label: channelName(channel, ctx),
  }));
  const unsure = {
    action: { verb: 'answer-channel', channel: 'unknown' } as const,
    label: channelName('unknown', ctx),
    detail: ctx.text('channel.unsure'),
  };
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'channel.title'),
      intro: say(ctx, 'channel.why'),
      groups: [{ rows: [...known, unsure] }],
      actions: navigation(ctx, true),
    },
    ctx,
  );
}
