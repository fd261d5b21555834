/** The open cases of a person, the ageing cases of a manager's team, and single sentences about cases. */
import { type ChoiceRow, choiceRow, clickAction, joinFacts, rowName } from '../kit/buttons.js';
import { box, type Element, exactLine, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { contactWords, dueSaid, subjectOf, writtenSaid, type ShownCase } from './case-words.js';

/** Rows that one card shows; the card counts the rest. */
const MOST_ROWS = 6;

export interface CaseListData {
  /** The next due first. */
  readonly cases: readonly ShownCase[];
  /** True for a reader who may ask for the cases of a team. */
  readonly hasTeam: boolean;
}

export function caseListCard({ cases, hasTeam }: CaseListData, ctx: RenderContext): RenderedCard {
  const count = cases.length;
  const title = say(ctx, 'cases.title', { count });
  const body = say(ctx, `cases.${stateOf(count)}`, { count, shown: MOST_ROWS });
  const rows = cases.slice(0, MOST_ROWS).map((one) => rowOf(one, ctx));
  const actions = [
    ...(hasTeam ? [clickAction({ verb: 'case-team' }, ctx.text('case.button.team'), ctx)] : []),
    clickAction({ verb: 'other-offer' }, ctx.text('button.ask'), ctx),
  ];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details: rows.map((row) => choiceRow(row, ctx)), actions },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, rows.map((row) => `• ${rowName(row)}`).join('\n')]),
  };
}

const stateOf = (count: number): string => (count === 0 ? 'none' : count > MOST_ROWS ? 'more' : 'body');

function rowOf(shown: ShownCase, ctx: RenderContext): ChoiceRow {
  const { one } = shown;
  const customer = ctx.asker === 'customer' || one.customer === '' ? [] : [plainText(one.customer)];
  return {
    action: { verb: 'case-show', caseId: one.id },
    label: ctx.text('wrong.choice', contactWords(shown, ctx)),
    detail: joinFacts([subjectOf(shown, ctx), ...customer, dueSaid(shown, ctx).plain]),
  };
}

export interface TeamCase extends ShownCase {
  /** The holder's name; empty when it is unknown. */
  readonly holder: string;
}

/** For a manager: who waits for whom and since when. The holders' words about customers are not here. */
export function teamCasesCard(
  { cases }: { readonly cases: readonly TeamCase[] },
  ctx: RenderContext,
): RenderedCard {
  const count = cases.length;
  const title = say(ctx, 'cases.team.title', { count });
  const body = say(ctx, `cases.team.${stateOf(count)}`, { count, shown: MOST_ROWS });
  const rows = cases.slice(0, MOST_ROWS).map((shown) => ({
    holder: plainText(shown.holder) || ctx.text('case.colleague'),
    written: writtenSaid(shown, ctx),
  }));
  const details: readonly Element[] = rows.map(({ holder, written }) =>
    box([exactLine('', holder), textBlock(written.card, { spacing: 'none', subtle: true })], {
      style: 'emphasis',
      spacing: 'small',
    }),
  );
  const actions = [clickAction({ verb: 'case-list' }, ctx.text('case.button.list'), ctx)];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      rows.map(({ holder, written }) => `• ${holder} – ${written.plain}`).join('\n'),
    ]),
  };
}

/** What the bot says instead of a case. */
export const CASE_ANSWERS = [
  'gone',
  'private-only',
  'no-contact',
  'too-many',
  'no-colleague',
  'several-colleagues',
  'no-team',
] as const;
export type CaseAnswer = (typeof CASE_ANSWERS)[number];

export function caseSaidCard({ kind }: { readonly kind: CaseAnswer }, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'cases.said.title');
  const body = say(ctx, `cases.said.${kind}`);
  const actions =
    kind === 'private-only' ? [] : [clickAction({ verb: 'case-list' }, ctx.text('case.button.list'), ctx)];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { actions }),
    summary: oneLine(body.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}
