/** The cards that ask for one fact the answer depends on: channel, country, hosting, refund window, move. */
import { AGREEMENTS, isPrivateOffer, PRIVATE_OFFERS, PURCHASE_CHANNELS, HOSTINGS } from '../../core/terms.js';
import { navigation, linkAction, clickAction } from '../kit/buttons.js';
import type { FactQuestionData } from '../kit/card-data.js';
import { say, NOTHING, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { countryName } from '../../core/policy/tax-countries.js';
import { renderCard } from '../kit/render.js';
import { textBlock } from '../kit/elements.js';
import { plainText } from '../kit/safe-text.js';
import { renderChoices } from './choice-card.js';
import { channelName, understoodLine } from './guide.js';

/**
 * Asks for the purchase channel, among those that the person's words or the issue leave open. A person who does not know
 * gets the usual case, and the card says so.
 */
export function channelCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const { channels = PURCHASE_CHANNELS } = data;
  const isNarrowed = channels.length < PURCHASE_CHANNELS.length;
  const known = channels.map((channel) => ({
    action: { verb: 'answer-channel', channel } as const,
    label:
      channel === PRIVATE_OFFERS.csp && isNarrowed && channels.some(isPrivateOffer)
        ? ctx.text(`channel.csp-private-offer.${ctx.asker === 'customer' ? 'customer' : 'staff'}`)
        : channelName(channel, ctx),
  }));
  const unsure = {
    action: { verb: 'answer-channel', channel: 'unknown' } as const,
    label: channelName('unknown', ctx),
    detail: ctx.text('channel.unsure'),
  };
  const others = { action: { verb: 'change', what: 'channel' } as const, label: ctx.text('channel.another') };
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'channel.title'),
      intro: say(ctx, 'channel.why'),
      groups: [{ rows: isNarrowed ? [...known, others, unsure] : [...known, unsure] }],
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

/** Asks who bills a private offer; "I do not know" is an answer too. */
export function agreementCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const side = ctx.asker === 'customer' ? 'customer' : 'staff';
  const known = AGREEMENTS.map((agreement) => ({
    action: { verb: 'answer-agreement', agreement } as const,
    label: ctx.text(`agreement.${side}.${agreement}`),
  }));
  const unsure = {
    action: { verb: 'answer-agreement', agreement: 'unknown' } as const,
    label: ctx.text('choice.unsure'),
  };
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'agreement.title'),
      intro: say(ctx, 'agreement.why'),
      groups: [{ rows: [...known, unsure] }],
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

/** Countries with a button; the person types every other country. */
export const FREQUENT_COUNTRIES = ['US', 'GB', 'DE', 'FR', 'JP', 'TW'] as const;

/** Asks for the country; "I do not know" is an answer too. */
export function countryCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const known = FREQUENT_COUNTRIES.map((country) => ({
    action: { verb: 'answer-country', country } as const,
    label: countryName(country, ctx.language),
  }));
  const unsure = {
    action: { verb: 'answer-country', country: 'unknown' } as const,
    label: ctx.text('choice.unsure'),
  };
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'country.title'),
      intro: say(ctx, 'country.why'),
      groups: [{ rows: [...known, unsure] }],
      hint: say(ctx, 'country.hint'),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

/** Asks for the hosting; "I do not know" is an answer too. */
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

/**
 * Asks yes or no. The card does not state the length of the period: published sources differ, and the order says it.
 */
export function refundWindowCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const side = ctx.asker === 'customer' ? 'customer' : 'staff';
  const rows = [true, false].map((open) => ({
    action: { verb: 'answer-refund-window', open } as const,
    label: ctx.text(open ? 'refund.open' : 'refund.over'),
  }));
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'refund.title'),
      intro: say(ctx, `refund.where.${side}`),
      groups: [{ rows }],
      hint: say(ctx, 'refund.unsure'),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

/** In a channel: asks the person to continue in the bot's personal chat, with a link that takes the sentence along. */
export interface MoveData {
  /** The person's words. */
  readonly asked: string;
  /** Why: a channel is no place for questions back, or a message said too little. */
  readonly from?: 'channel' | 'message';
}

/** Longest sentence that travels in the link, in characters. */
const MAX_MESSAGE = 400;

/** The card that moves a question with steps out of a channel. */
export function moveCard({ asked, from = 'channel' }: MoveData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, `move.${from}.title`);
  const body = say(ctx, `move.${from}.${ctx.privateChat === undefined ? 'manual' : 'body'}`);
  const sentence = plainText(asked, MAX_MESSAGE);
  const said = sentence === '' ? NOTHING : say(ctx, 'move.asked', { asked: sentence });
  const actions = [
    ...linkAction(ctx.text('button.private-chat'), withMessage(ctx.privateChat, sentence)),
    ...(from === 'channel' ? [clickAction({ verb: 'help' }, ctx.text('button.help'), ctx)] : []),
  ];
  const details = sentence === '' ? [] : [textBlock(said.card, { subtle: true, size: 'small' })];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, said.plain]),
  };
}

function withMessage(link: string | undefined, sentence: string): string | undefined {
  if (link === undefined || sentence === '') return link;
  return `${link}&message=${encodeURIComponent(sentence)}`;
}
