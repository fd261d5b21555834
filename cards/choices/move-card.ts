/** In a channel: asks the person to go on in the bot's personal chat, with a link that takes the sentence along. */
import { linkAction, clickAction } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import { textBlock } from '../kit/elements.js';
import { plainText } from '../kit/safe-text.js';
import { NOTHING, oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface MoveData {
  /** What the person wrote. */
  readonly asked: string;
  /** Why: a channel is no place for questions back, or a message of somebody said too little. */
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
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, said.plain]),
  };
}

function withMessage(link: string | undefined, sentence: string): string | undefined {
  if (link === undefined || sentence === '') return link;
  return `${link}&message=${encodeURIComponent(sentence)}`;
}
