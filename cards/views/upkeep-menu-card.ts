/** Where administrators begin: find an offer or publisher, or open the partner profile. */
import { clickAction } from '../buttons.js';
import { renderCard } from '../render.js';
import { oneLine, paragraphs, say } from '../say.js';
import type { RenderContext, RenderedCard } from '../types.js';
import { inputOf, plainAction } from '../upkeep-form.js';

export interface UpkeepMenuData {
  readonly offers: number;
  readonly publishers: number;
  /** Reports of wrong contacts are kept here too. */
  readonly reports: boolean;
  /** What just happened, as the end of a locale key; none when asked for. */
  readonly note?: 'nothing-found' | 'unknown';
}

/** Name of the field to search with. */
export const FIND_FIELD = 'find';

export function upkeepMenuCard(data: UpkeepMenuData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'upkeep.menu.title');
  const body = say(ctx, data.note ? `upkeep.note.${data.note}` : 'upkeep.menu.body', {
    offers: data.offers,
    publishers: data.publishers,
  });
  const label = ctx.text('upkeep.menu.find');
  const find = inputOf({ id: FIND_FIELD, label, value: '', placeholder: ctx.text('upkeep.menu.example') });
  const actions = [
    clickAction({ verb: 'upkeep-find' }, ctx.text('upkeep.button.find'), ctx),
    plainAction({ verb: 'upkeep-profile' }, ctx.text('upkeep.button.profile'), ctx),
    ...(data.reports ? [plainAction({ verb: 'reports-list' }, ctx.text('reports.button.list'), ctx)] : []),
  ];
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details: [find], actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, ctx.text('upkeep.menu.words')]),
  };
}
