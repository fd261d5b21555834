/** The card that asks which of several offers is meant: at most five, and none of these. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { OfferChoice, OfferChoicesData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say, sayIf } from '../kit/sentence.js';
import type { ChoiceRow } from '../kit/buttons.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** A person can compare five; more are reached by typing more of the name. */
export const MAX_CHOICES = 5;

/** Asks which offer is meant. */
export function offerChoicesCard(data: OfferChoicesData, ctx: RenderContext): RenderedCard {
  const offers = data.offers.slice(0, MAX_CHOICES);
  const total = Math.max(data.total ?? 0, data.offers.length);
  return renderChoices(
    {
      title: say(ctx, 'offers.title'),
      intro: say(ctx, introKey(data), { query: data.query, count: total }),
      groups: [{ rows: offers.map((offer) => offerRow(offer, ctx)) }],
      hint: sayIf(total > offers.length, ctx, 'offers.more', { count: total - offers.length }),
      actions: [
        clickAction({ verb: 'offer-none' }, ctx.text('button.none-of-these'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}

function introKey(data: OfferChoicesData): string {
  if (data.reason === 'typo') return 'offers.intro.similar';
  return data.reason === 'publisher' ? 'offers.intro.publisher' : 'offers.intro.several';
}

/** One offer as a row: name, publisher, and that it is withdrawn when it is. */
export function offerRow(offer: OfferChoice, ctx: RenderContext): ChoiceRow {
  const detail = offer.withdrawn
    ? say(ctx, 'offers.by-withdrawn', { publisher: offer.publisherName })
    : say(ctx, 'offers.by', { publisher: offer.publisherName });
  return {
    action: { verb: 'choose-offer', offerId: offer.offerId },
    label: offer.name.trim() === '' ? offer.offerId : offer.name,
    detail: detail.plain,
  };
}
