/** The changes of an offer, a publisher or the partner profile: who changed which field, when, and the source. */
import type { FieldChange } from '../../core/directory/diff.js';
import { exactBullets, type Element, textBlock } from '../kit/elements.js';
import { localMoment } from '../outages/outage-words.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { plainAction } from './admin-form.js';
import { actorName, changeSaid, type OwnerName, type PersonName, sourceName } from './admin-words.js';

export interface HistoryLine {
  readonly at: number;
  readonly actor: string;
  /** Absent where every change comes from people. */
  readonly source?: string;
  readonly changes: readonly FieldChange[];
}

export interface HistoryNames {
  readonly person: PersonName;
  readonly owner: OwnerName;
}

export interface AdminHistoryData {
  readonly title: Sentence;
  readonly lines: readonly HistoryLine[];
  readonly names: HistoryNames;
  /** Absent where there is no change to undo. */
  readonly undo?: CardAction;
  readonly back: CardAction;
}

const MOST_CHANGES = 5;
/** Entries one card shows. */
export const MOST_ENTRIES = 6;

export function adminHistoryCard(data: AdminHistoryData, ctx: RenderContext): RenderedCard {
  const { title, lines, names, undo, back } = data;
  const body = say(ctx, lines.length === 0 ? 'admin.history.none' : 'admin.history.body');
  const entries = lines.slice(0, MOST_ENTRIES).map((line) => ({
    head: headSaid(line, names, ctx),
    changes: changesSaid(line.changes, names.owner, ctx),
  }));
  const details: readonly Element[] = entries.flatMap(({ head, changes }) => [
    textBlock(head.card, { weight: 'bolder', spacing: 'medium' }),
    ...exactBullets(changes.map((one) => one.plain)),
  ]);
  const actions = [
    ...(undo ? [plainAction(undo, ctx.text('admin.button.undo'), ctx)] : []),
    plainAction(back, ctx.text('admin.button.return'), ctx),
  ];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      ...entries.map(({ head, changes }) =>
        [head.plain, ...changes.map((one) => `• ${one.plain}`)].join('\n'),
      ),
    ]),
  };
}

/** Shows only as many changes as fit on the card. A sync that a correction overruled changed nothing. */
export function changesSaid(
  changes: readonly FieldChange[],
  owner: OwnerName,
  ctx: RenderContext,
): readonly Sentence[] {
  if (changes.length === 0) return [say(ctx, 'admin.change.none')];
  const more = changes.length - MOST_CHANGES;
  return [
    ...changes.slice(0, MOST_CHANGES).map((change) => changeSaid(change, owner, ctx)),
    ...(more > 0 ? [say(ctx, 'admin.change.more', { count: more })] : []),
  ];
}

function headSaid({ at, actor, source }: HistoryLine, names: HistoryNames, ctx: RenderContext): Sentence {
  const values = {
    at: localMoment(at, ctx.zone ?? '', ctx.language),
    name: actorName(actor, names.person, ctx),
  };
  return source === undefined
    ? say(ctx, 'admin.history.by', values)
    : say(ctx, 'admin.history.from', { ...values, source: sourceName(source, ctx) });
}
