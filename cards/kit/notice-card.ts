/** Short messages that always name a way forward: an old button, an error with its reference, cancelled, no files. */
import { clickAction } from './buttons.js';
import type { NoticeData, NoticeKind } from './card-data.js';
import { type Element, exactLine, labelled } from './elements.js';
import { renderCard } from './render.js';
import { plainText } from './safe-text.js';
import { oneLine, paragraphs, say } from './sentence.js';
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
    card: renderCard('notice', { title: title.card, body: body.card }, slots),
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
