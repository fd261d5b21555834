/** The cards that hold one sentence: notices, and the stub of a card that was used. */
import { channelName, issueName } from '../choices/guide.js';
import { clickAction } from './buttons.js';
import type { NoticeData, NoticeKind, UsedData } from './card-data.js';
import { type Element, exactLine, labelled } from './elements.js';
import { countryName } from '../../core/policy/tax-countries.js';
import { renderCard } from './render.js';
import { plainText } from './safe-text.js';
import { oneLine, paragraphs, say, type Sentence } from './sentence.js';
import type { CardAction } from './action-table.js';
import type { RenderContext, RenderedCard } from './types.js';

/** Notices that end something; the next thing is a new question, not starting over. */
const ENDED: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'cancelled',
  'request-recorded',
  'language-set',
  'greeting',
  'thanks',
  'goodbye',
  'agreed',
  'are-you-a-bot',
  'insult',
  'hesitation',
  'how-are-you',
  'are-you-there',
  'laughter',
  'not-numbered',
]);

/** Says one thing and gives buttons to go on. */
export function noticeCard(data: NoticeData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, `notice.${data.kind}.title`);
  const body = say(ctx, `notice.${data.kind}.body`);
  const reference = data.kind === 'error' ? plainText(data.reference, 60) : '';
  const label = ctx.text('notice.reference');
  const details = reference === '' ? [] : [exactLine(label, reference)];
  const slots = { details, actions: waysOn(data.kind, ctx) };
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, slots),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, reference === '' ? '' : labelled(label, reference)]),
  };
}

function waysOn(kind: NoticeKind, ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  const first = ENDED.has(kind)
    ? button({ verb: 'other-offer' }, 'button.ask')
    : button({ verb: 'restart' }, 'button.restart');
  return [first, button({ verb: 'help' }, 'button.help')];
}

/** An answered question as one line without buttons; names the choice where the button itself says it. */
export function usedCard(data: UsedData, ctx: RenderContext): RenderedCard {
  const line = data.action === undefined ? say(ctx, 'used.closed') : chosen(data.action, ctx);
  return {
    card: renderCard('notice', ctx.language, { title: line.card, body: '' }, {}),
    summary: oneLine(line.plain),
    text: line.plain,
  };
}

function chosen(action: CardAction, ctx: RenderContext): Sentence {
  switch (action.verb) {
    case 'choose-issue':
    case 'ask-about':
      return say(ctx, 'used.chosen', { choice: issueName(action.issue, ctx) });
    case 'choose-group':
      return say(ctx, 'used.chosen', { choice: ctx.text(`kind.${action.kind}`) });
    case 'answer-channel':
      return say(ctx, 'used.chosen', { choice: channelName(action.channel, ctx) });
    case 'answer-agreement': {
      const side = ctx.asker === 'customer' ? 'customer' : 'staff';
      const key = action.agreement === 'unknown' ? 'choice.unsure' : `agreement.${side}.${action.agreement}`;
      return say(ctx, 'used.chosen', { choice: ctx.text(key) });
    }
    case 'answer-country': {
      const { country } = action;
      const choice = country === 'unknown' ? ctx.text('choice.unsure') : countryName(country, ctx.language);
      return say(ctx, 'used.chosen', { choice });
    }
    case 'answer-hosting':
      return say(ctx, 'used.chosen', { choice: ctx.text(`hosting.${action.hosting}`) });
    case 'answer-refund-window':
      return say(ctx, 'used.chosen', { choice: ctx.text(action.open ? 'refund.open' : 'refund.over') });
    default:
      return say(ctx, 'used.closed');
  }
}
