/** The cards that ask for the offer, and the cards that say which offer is not in the directory. */
import { clickAction, navigation, type ChoiceRow, linkAction } from '../kit/buttons.js';
import type {
  AskOfferData,
  OfferChoice,
  OfferChoicesData,
  PublisherChoice,
  PublisherChoicesData,
  NoOfferData,
} from '../kit/card-data.js';
import { plainName, LIMITS, plainText } from '../kit/safe-text.js';
import { say, sayIf, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { exactLine, labelled } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { renderChoices } from './choice-card.js';
import { understoodLine } from './guide.js';

/** Asks for the offer by name, part of a name, id, publisher or marketplace address. */
export function askOfferCard(data: AskOfferData, ctx: RenderContext): RenderedCard {
  const { offers = [] } = data;
  const example = offers.length > 0 ? undefined : data.offerNames.map(plainName).find((name) => name !== '');
  return renderChoices(
    {
      understood: understoodLine({ issue: data.issue, bought: data.bought }, ctx),
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

/** A person can compare five offers. For others, the person types more of the name. */
const MAX_CHOICES = 5;

/** Asks which offer is meant. */
export function offerChoicesCard(data: OfferChoicesData, ctx: RenderContext): RenderedCard {
  const offers = data.offers.slice(0, MAX_CHOICES);
  const total = Math.max(data.total ?? 0, data.offers.length);
  return renderChoices(
    {
      understood: understoodLine({ issue: data.issue, bought: data.bought }, ctx),
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

/** One offer as a row: name, publisher, and a remark on a withdrawn offer. */
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

/** Asks which publisher is meant: at most five, and "none of these". */
export function publisherChoicesCard(data: PublisherChoicesData, ctx: RenderContext): RenderedCard {
  const publishers = data.publishers.slice(0, MAX_CHOICES);
  const left = data.publishers.length - publishers.length;
  return renderChoices(
    {
      understood: understoodLine({ issue: data.issue, bought: data.bought }, ctx),
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

const NEAREST = 3;

/** Says that nothing matched and offers four ways on. */
export function noOfferCard(data: NoOfferData, ctx: RenderContext): RenderedCard {
  const nearest = data.nearest.slice(0, NEAREST);
  const without = { action: { verb: 'offer-none' } as const, label: ctx.text('button.without-offer') };
  return renderChoices(
    {
      understood: understoodLine({ issue: data.issue, bought: data.bought }, ctx),
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

/** The card for a pasted link to an offer that the directory does not have: it says so, and what to do. */
export interface UnknownLinkData {
  /** The offer's id in the link; absent where the link has only a number of Microsoft's. */
  readonly offerId?: string;
}

/** For everybody who reads the chat: the card shows only what the link showed. */
export function unknownLinkCard({ offerId }: UnknownLinkData, ctx: RenderContext): RenderedCard {
  const kind = offerId === undefined ? 'numbered' : 'unknown';
  const title = say(ctx, `link-card.${kind}.title`);
  const body = say(ctx, `link-card.${kind}.body`);
  const label = ctx.text('link-card.id');
  const id = plainText(offerId, LIMITS.contact);
  const details = id === '' ? [] : [exactLine(label, id)];
  const actions = linkAction(ctx.text('button.private-chat'), ctx.privateChat);
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, id === '' ? '' : labelled(label, id)]),
  };
}
