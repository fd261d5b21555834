/** The cards that tell an administrator the result: found, refused, undone. */
import { renderChoices } from '../choices/choice-card.js';
import { plainText } from '../kit/safe-text.js';
import { say, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { linkAction, clickAction } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import type { FieldChange } from '../../core/directory/diff.js';
import { exactBullets } from '../kit/elements.js';
import { localMoment } from '../outages/outage-words.js';
import type { CardAction } from '../kit/action-table.js';
import { plainAction } from './admin-form.js';
import { named, actorName } from './admin-words.js';
import { changesSaid, type HistoryNames } from './admin-history-card.js';

/** Several offers or publishers an administrator may have meant. */
export interface AdminFoundData {
  readonly asked: string;
  /** `offer:<id>` or `publisher:<id>`, with what to call it. */
  readonly found: readonly { readonly key: string; readonly name: string; readonly detail: string }[];
}

/** Rows one card shows. */
const MOST_FOUND = 8;

export function adminFoundCard({ asked, found }: AdminFoundData, ctx: RenderContext): RenderedCard {
  const rows = found.slice(0, MOST_FOUND).map(({ key, name, detail }) => ({
    action: { verb: 'upkeep-open', key } as const,
    label: named(name, key),
    ...(plainText(detail) === '' ? {} : { detail }),
  }));
  const title = say(ctx, 'admin.found.title', { asked });
  const actions = [plainAction({ verb: 'upkeep-menu' }, ctx.text('admin.button.menu'), ctx)];
  return renderChoices({ title, groups: [{ rows }], actions }, ctx);
}

/** Says why a person cannot edit the directory here and now, and what the person can do instead. */
export interface AdminRefusedData {
  readonly why: 'not-admin' | 'admin-unsure' | 'private-only';
}

export function adminRefusedCard({ why }: AdminRefusedData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, `admin.refused.${why}.title`);
  const body = say(ctx, `admin.refused.${why}.body`);
  const actions = why === 'private-only' ? linkAction(ctx.text('button.private-chat'), ctx.privateChat) : [];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}

/** Asks whether to undo the last change, and says exactly what the undo does. */
export interface AdminUndoData {
  /** What it is a change of: an offer's or publisher's name, or the partner's. */
  readonly name: string;
  readonly at: number;
  readonly actor: string;
  /** What the undo changes. */
  readonly changes: readonly FieldChange[];
  readonly names: HistoryNames;
  readonly yes: CardAction;
  readonly no: CardAction;
  /** Somebody made another change after the administrator opened the card; this card shows the present state. */
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
  const details = exactBullets(changes.map((one) => one.plain));
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, changes.map((one) => `• ${one.plain}`).join('\n')]),
  };
}
