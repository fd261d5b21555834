/** The first card of administration: find an offer or publisher, or open the partner profile. */
import { clickAction } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import { textBlock } from '../kit/elements.js';
import { oneLine, paragraphs, say, type Sentence } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { inputOf, plainAction } from './admin-form.js';
import { longDate } from '../answer/verified.js';

export interface AdminMenuData {
  readonly offers: number;
  readonly publishers: number;
  /** Reports of wrong contacts are kept here too. */
  readonly reports: boolean;
  /** True: the administrator can start the doctor here. */
  readonly doctor?: boolean;
  /** True: the administrator can decide here what the bot learns. */
  readonly learning?: boolean;
  /** Sources whose last run failed or was refused; their earlier rows still count. */
  readonly failing?: readonly FailingSource[];
  /** What just happened, as the end of a locale key; absent when the administrator opened the menu. */
  readonly note?: 'nothing-found' | 'unknown';
}

/** A source that cannot be read. Operators see the reason with `directory sources`. */
export interface FailingSource {
  readonly name: string;
  /** ISO date of the last successful run; absent: never. */
  readonly goodOn?: string;
}

/** The most sources that the card names; it counts the others. */
const MOST_NAMED = 5;

/** Name of the field to search with. */
export const FIND_FIELD = 'find';

export function adminMenuCard(data: AdminMenuData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'admin.menu.title');
  const body = say(ctx, data.note ? `admin.note.${data.note}` : 'admin.menu.body', {
    offers: data.offers,
    publishers: data.publishers,
  });
  const label = ctx.text('admin.menu.find');
  const find = inputOf({ id: FIND_FIELD, label, value: '', placeholder: ctx.text('admin.menu.example') });
  const actions = [
    clickAction({ verb: 'upkeep-find' }, ctx.text('admin.button.find'), ctx),
    plainAction({ verb: 'upkeep-profile' }, ctx.text('admin.button.profile'), ctx),
    ...(data.doctor ? [plainAction({ verb: 'upkeep-doctor' }, ctx.text('admin.button.doctor'), ctx)] : []),
    ...(data.learning ? [plainAction({ verb: 'upkeep-review' }, ctx.text('admin.button.lessons'), ctx)] : []),
    ...(data.reports ? [plainAction({ verb: 'reports-list' }, ctx.text('reports.button.list'), ctx)] : []),
  ];
  const failing = failingLines(data.failing ?? [], ctx);
  const details = [
    ...failing.map((line) => textBlock(line.card, { spacing: 'small', weight: 'bolder' })),
    find,
  ];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      failing.map((line) => line.plain).join('\n'),
      ctx.text('admin.menu.words'),
    ]),
  };
}

function failingLines(failing: readonly FailingSource[], ctx: RenderContext): readonly Sentence[] {
  if (failing.length === 0) return [];
  const named = failing.slice(0, MOST_NAMED).map(({ name, goodOn }) => {
    const date = longDate(goodOn, ctx.language);
    return date === undefined
      ? say(ctx, 'admin.menu.source-never', { name })
      : say(ctx, 'admin.menu.source', { name, date });
  });
  return [say(ctx, 'admin.menu.sources', { count: failing.length, command: 'directory sources' }), ...named];
}
