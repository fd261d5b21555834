/** What a pasted link becomes when it is the page of an offer the directory does not have: said plainly, with what to do. */
import { linkAction } from '../kit/buttons.js';
import { exactLine, labelled } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { LIMITS, plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface UnknownLinkData {
  /** The offer's id as the link has it; absent where the link has only a number of Microsoft's. */
  readonly offerId?: string;
}

/** For everybody who reads the chat: it says nothing but what the link said. */
export function unknownLinkCard({ offerId }: UnknownLinkData, ctx: RenderContext): RenderedCard {
  const kind = offerId === undefined ? 'numbered' : 'unknown';
  const title = say(ctx, `link-card.${kind}.title`);
  const body = say(ctx, `link-card.${kind}.body`);
  const label = ctx.text('link-card.id');
  const id = plainText(offerId, LIMITS.contact);
  const details = id === '' ? [] : [exactLine(label, id)];
  const actions = linkAction(ctx.text('button.private-chat'), ctx.privateChat);
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, id === '' ? '' : labelled(label, id)]),
  };
}
