/** The cards for a person who reports a contact: the confirmation, and later the result. */
import type { ReportReason, SettlementKind } from '../../core/services/reports/report-contact.js';
import { clickAction } from '../kit/buttons.js';
import { type Element, exactLine, labelled } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { longDate } from '../answer/verified.js';

/** How one report ended for the reporter, as far as that is known at once. */
export const REPORT_ANSWERS = [
  'recorded',
  'before',
  'checked',
  'changed',
  'no-reason',
  'too-many',
  'not-admin',
  'admin-unsure',
  'private-only',
] as const;
export type ReportAnswer = (typeof REPORT_ANSWERS)[number];

export interface ReportSaidData {
  readonly kind: ReportAnswer;
}

/** The message right after the report. */
export function reportSaidCard({ kind }: ReportSaidData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, `wrong.said.${kind}.title`);
  const body = say(ctx, `wrong.said.${kind}.body`);
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { actions: waysOn(ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}

export interface ThanksData {
  /** The owner's name. */
  readonly name: string;
  readonly way: string;
  readonly reason: ReportReason;
  readonly reportedAt: number;
  readonly outcome: SettlementKind;
  /** The administrator's words. */
  readonly note: string;
}

/** The message when the report is settled, in the conversation of the report. */
export function thanksCard(data: ThanksData, ctx: RenderContext): RenderedCard {
  const name = data.name === '' ? ctx.text('wrong.somebody') : data.name;
  const date = longDate(new Date(data.reportedAt).toISOString(), ctx.language) ?? '';
  const title = say(ctx, `wrong.thanks.${data.outcome}.title`);
  const body = say(ctx, `wrong.thanks.${data.outcome}.body`, {
    name,
    way: ctx.text(`way.${data.way}`),
    reason: ctx.text(`wrong.reason.${data.reason}`),
    date,
  });
  const note = plainText(data.note);
  const label = ctx.text('wrong.thanks.note');
  const details: readonly Element[] = note === '' ? [] : [exactLine(label, note)];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: waysOn(ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, note === '' ? '' : labelled(label, note)]),
  };
}

function waysOn(ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [button({ verb: 'other-offer' }, 'button.ask'), button({ verb: 'help' }, 'button.help')];
}
