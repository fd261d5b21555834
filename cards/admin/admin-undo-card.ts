/** Asks whether the last change is really to be taken back, and says exactly what that will do. */
import type { FieldChange } from '../../core/directory/diff.js';
import { clickAction } from '../kit/buttons.js';
import { bullets } from '../kit/elements.js';
import { localMoment } from '../outages/outage-words.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { plainAction } from './admin-form.js';
import { actorName } from './admin-words.js';
import { changesSaid, type HistoryNames } from './admin-history-card.js';

export interface AdminUndoData {
  /** What it is a change of: an offer's or publisher's name, or the partner's. */
  readonly name: string;
  readonly at: number;
  readonly actor: string;
  /** What taking it back changes. */
  readonly changes: readonly FieldChange[];
  readonly names: HistoryNames;
  readonly yes: CardAction;
  readonly no: CardAction;
  /** Somebody changed something after the card that was pressed; this one is of now. */
  readonly late?: boolean;
}

export function adminUndoCard(data: AdminUndoData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'admin.undo.title', { name: data.name });
  const body = say(ctx, data.late ? 'admin.undo.late' : 'admin.undo.body', {
    name: actorName(data.actor, data.names.person, ctx),
    at: localMoment(data.at, ctx.zone ?? '', ctx.language),
  });
  const changes = changesSaid(data.changes, data.names.owner, ctx);
  const actions = [
    clickAction(data.yes, ctx.text('admin.button.undo-yes'), ctx),
    plainAction(data.no, ctx.text('admin.button.undo-no'), ctx),
  ];
  const details = bullets(changes.map((one) => one.card));
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, changes.map((one) => `• ${one.plain}`).join('\n')]),
  };
}
