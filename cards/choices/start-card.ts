/** A customer's first card: one line of greeting and the first question that is still open, with answers to press. */
import { LANGUAGES } from '../../core/terms.js';
import { clickAction } from '../kit/buttons.js';
import type { StartData } from '../kit/card-data.js';
import { type ChoiceCard, renderChoices } from './choice-card.js';
import type { Element } from '../kit/elements.js';
import { say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueGroups } from './issue-choices-card.js';
import { offerRow } from './offer-choices-card.js';

/** Asks for the product; where it is known, for what it is about, with a button to name another product. */
export function startCard(data: StartData, ctx: RenderContext): RenderedCard {
  return renderChoices(data.known === undefined ? productQuestion(data, ctx) : issueQuestion(data, ctx), ctx);
}

function productQuestion(data: StartData, ctx: RenderContext): ChoiceCard {
  const any = data.offers.length > 0;
  return {
    understood: say(ctx, 'start.greeting', { partner: data.partnerName }),
    title: say(ctx, 'start.product'),
    intro: say(ctx, any ? 'start.how' : 'start.how-without-offers'),
    groups: [{ rows: data.offers.map((offer) => offerRow(offer, ctx)) }],
    actions: [button({ verb: 'offer-none' }, 'button.without-offer', ctx), ...always(ctx)],
  };
}

function issueQuestion(data: StartData, ctx: RenderContext): ChoiceCard {
  return {
    understood: say(ctx, 'start.greeting', { partner: data.partnerName }),
    title: say(ctx, 'start.issue', { offer: data.known }),
    intro: say(ctx, 'issues.free-text'),
    groups: issueGroups(ctx),
    actions: [button({ verb: 'change', what: 'offer' }, 'button.change-offer', ctx), ...always(ctx)],
  };
}

function always(ctx: RenderContext): readonly Element[] {
  const others = LANGUAGES.filter((language) => language !== ctx.language);
  return [
    button({ verb: 'help' }, 'button.help', ctx),
    ...others.map((language) => button({ verb: 'language', language }, `language.${language}`, ctx)),
  ];
}

const button = (action: CardAction, key: string, ctx: RenderContext): Element =>
  clickAction(action, ctx.text(key), ctx);
