/** The administrators' queue of reported contacts: first the most reported ones, then the oldest. */
import type { ReportedContact } from '../../core/services/reports/report-contact.js';
import { type ChoiceRow, choiceRow, clickAction, rowName } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { reportedTitle } from './report-contact-card.js';

export interface QueuedContact extends ReportedContact {
  /** The owner's name. */
  readonly name: string;
}

export interface ReportQueueData {
  /** In the order of the queue. */
  readonly contacts: readonly QueuedContact[];
}

/** Rows that one card shows; the card counts the rest. */
const MOST_ROWS = 8;

export function reportQueueCard({ contacts }: ReportQueueData, ctx: RenderContext): RenderedCard {
  const count = contacts.length;
  const title = say(ctx, 'reports.title', { count });
  const body = say(ctx, count === 0 ? 'reports.none' : count > MOST_ROWS ? 'reports.more' : 'reports.body', {
    count,
    shown: MOST_ROWS,
  });
  const rows = contacts.slice(0, MOST_ROWS).map((one) => rowOf(one, ctx));
  const details = rows.map((row) => choiceRow(row, ctx));
  const actions = [clickAction({ verb: 'reports-list' }, ctx.text('reports.button.again'), ctx)];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, rows.map((row) => `• ${rowName(row)}`).join('\n')]),
  };
}

function rowOf(one: QueuedContact, ctx: RenderContext): ChoiceRow {
  const reasons = [...new Set(one.reports.map(({ reason }) => ctx.text(`wrong.reason.${reason}`)))].slice(
    0,
    2,
  );
  const detail = ctx.text('reports.row', { people: one.people, reasons: reasons.join(' · ') });
  return { action: { verb: 'reports-show', about: one.about }, label: reportedTitle(one, ctx), detail };
}
