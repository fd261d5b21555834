/** The card for an offer the directory does not know: the nearest three, how to try again, and how to ask for it. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { NoOfferData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { offerRow } from './offer-choices-card.js';

const NEAREST = 3;

/** Says that nothing matched and offers four ways on. */
export function noOfferCard(data: NoOfferData, ctx: RenderContext): RenderedCard {
  const nearest = data.nearest.slice(0, NEAREST);
  const without = { action: { verb: 'offer-none' } as const, label: ctx.text('button.without-offer') };
  return renderChoices(
    {
      title: say(ctx, 'no-offer.title', { query: data.query }),
      intro: say(ctx, nearest.length > 0 ? 'no-offer.nearest' : 'no-offer.nothing-near'),
      groups: [{ rows: [...nearest.map((offer) => offerRow(offer, ctx)), without] }],
      hint: say(ctx, 'no-offer.hint'),
      actions: [
        clickAction({ verb: 'request-offer' }, ctx.text('button.request-offer'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}
