/** The card that asks which offer it is about, and shows the ways to say it. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { AskOfferData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { plainName } from '../kit/safe-text.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { understoodLine } from './understood.js';
import { offerRow } from './offer-choices-card.js';

/** Asks for the offer by name, part of a name, id, publisher or marketplace address. */
export function askOfferCard(data: AskOfferData, ctx: RenderContext): RenderedCard {
  const { offers = [] } = data;
  const example = offers.length > 0 ? undefined : data.offerNames.map(plainName).find((name) => name !== '');
  return renderChoices(
    {
      understood: understoodLine({ issue: data.issue }, ctx),
      title: say(ctx, 'ask-offer.title'),
      intro: say(ctx, 'ask-offer.how'),
      groups: [{ rows: offers.map((offer) => offerRow(offer, ctx)) }],
      ...(example === undefined ? {} : { hint: say(ctx, 'ask-offer.example', { offer: example }) }),
      actions: [
        clickAction({ verb: 'offer-none' }, ctx.text('button.without-offer'), ctx),
        ...navigation(ctx, data.issue !== undefined),
      ],
    },
    ctx,
  );
}
