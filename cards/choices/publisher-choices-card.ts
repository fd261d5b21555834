/** The card that asks which publisher is meant, before its offers are listed. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { PublisherChoice, PublisherChoicesData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say, sayIf } from '../kit/sentence.js';
import { MAX_CHOICES } from './offer-choices-card.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Asks which publisher is meant: at most five, and none of these. */
export function publisherChoicesCard(data: PublisherChoicesData, ctx: RenderContext): RenderedCard {
  const publishers = data.publishers.slice(0, MAX_CHOICES);
  const left = data.publishers.length - publishers.length;
  return renderChoices(
    {
      title: say(ctx, 'publishers.title'),
      intro: say(ctx, 'publishers.intro', { query: data.query }),
      groups: [{ rows: publishers.map((publisher) => publisherRow(publisher, ctx)) }],
      hint: sayIf(left > 0, ctx, 'offers.more', { count: left }),
      actions: [
        clickAction({ verb: 'offer-none' }, ctx.text('button.none-of-these'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}

function publisherRow(publisher: PublisherChoice, ctx: RenderContext) {
  const count = publisher.offerCount;
  return {
    action: { verb: 'choose-publisher', publisherId: publisher.publisherId } as const,
    label: publisher.name.trim() === '' ? publisher.publisherId : publisher.name,
    ...(count === undefined ? {} : { detail: ctx.text('publishers.count', { count }) }),
  };
}
