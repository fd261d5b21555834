/** Says why somebody cannot keep the directory here and now, and what they can do instead. */
import { linkAction } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface AdminRefusedData {
  readonly why: 'not-admin' | 'admin-unsure' | 'private-only';
}

export function adminRefusedCard({ why }: AdminRefusedData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, `admin.refused.${why}.title`);
  const body = say(ctx, `admin.refused.${why}.body`);
  const actions = why === 'private-only' ? linkAction(ctx.text('button.private-chat'), ctx.privateChat) : [];
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}
