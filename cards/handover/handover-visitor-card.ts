/** The visitor's side of a hand-over: the state, who gets the visitor's messages, and how to end it. */
import { isOpen } from '../../core/handover/types.js';
import { clickAction } from '../kit/buttons.js';
import { box, type Element, exactLine, labelled, textBlock } from '../kit/elements.js';
import { statusSaid, stuckSaid, whenSaid, type StatusData } from './handover-words.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say, sayIf } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface HandoverVisitorData extends StatusData {
  /** Of the desk that answers. */
  readonly hours?: string;
  /** Days that the conversation is kept, for a visitor who leaves and comes back. */
  readonly keepDays: number;
  /** The visitor's messages that could not be delivered so far. */
  readonly stuck: number;
}

export function handoverVisitorCard(data: HandoverVisitorData, ctx: RenderContext): RenderedCard {
  const { handover, partnerName } = data;
  const values = { partner: partnerName, days: data.keepDays };
  const open = isOpen(handover);
  const title = statusSaid(data, 'visitor', ctx);
  const body = say(ctx, open ? `handover.writes.${handover.writesTo}` : 'handover.writes.over', values);
  const when =
    open && handover.status !== 'taken' ? whenSaid(data.hours, ctx) : sayIf(false, ctx, 'handover.read-then');
  const back = sayIf(open, ctx, 'handover.come-back', values);
  const stuck = stuckSaid(data.stuck, handover, 'visitor', ctx);
  const label = ctx.text('handover.your-contact');
  const contact = open ? plainText(handover.topic.contact?.value ?? '', 254) : '';
  const details = [
    ...(stuck.card === '' ? [] : [box([textBlock(stuck.card)], { style: 'warning' })]),
    ...[when.card, back.card]
      .filter((line) => line !== '')
      .map((line) => textBlock(line, { spacing: 'small' })),
    ...(contact === '' ? [] : [exactLine(label, contact)]),
  ];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: ways(data, ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      stuck.plain,
      when.plain,
      back.plain,
      contact === '' ? '' : labelled(label, contact),
    ]),
  };
}

function ways({ handover, partnerName }: HandoverVisitorData, ctx: RenderContext): readonly Element[] {
  const { id: handoverId, writesTo } = handover;
  const button = (action: CardAction, key: string, values = {}) =>
    clickAction(action, ctx.text(key, values), ctx);
  if (!isOpen(handover)) {
    return [
      ...(ctx.talk ? [button({ verb: 'handover-ask', notHelped: false }, 'button.talk')] : []),
      button({ verb: 'other-offer' }, 'button.ask'),
    ];
  }
  const partner = plainText(partnerName, 60);
  return [
    writesTo === 'staff'
      ? button({ verb: 'handover-turn', handoverId, to: 'bot' }, 'handover.button.to-bot')
      : button({ verb: 'handover-turn', handoverId, to: 'staff' }, 'handover.button.to-staff', { partner }),
    button({ verb: 'handover-end', handoverId }, 'handover.button.end'),
  ];
}
