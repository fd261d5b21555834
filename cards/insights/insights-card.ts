/** What people asked and what became of it, for managers: a picture, the same facts as text, and the way to the page. */
import type { Insights, InsightShare } from '../../core/services/insights/insights.js';
import { INSIGHT_DAY_MS } from '../../core/services/insights/ports.js';
import { isIssue, LANGUAGES, languageName } from '../../core/terms.js';
import { isUnspaced } from '../../locales/language.js';
import { clickAction, linkAction } from '../kit/buttons.js';
import { listed, textBlock, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText, safeText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say, type Sentence } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { localDay, type NameOf } from '../outages/outage-words.js';
import { durationSaid } from '../outages/weekly-card.js';
import { INSIGHT_WINDOWS } from '../kit/action-table.js';
import { barPicture } from './bar-picture.js';

export interface InsightNames {
  readonly offer: NameOf;
  readonly publisher: NameOf;
}

export interface InsightsData {
  readonly insights: Insights;
  readonly names: InsightNames;
  /** https link to the page, with its own end; absent where the server has no public address. */
  readonly link?: string;
  /** Whether the reader gets the weekly insights; undefined where no card can arrive. */
  readonly weekly?: boolean;
  /** What just happened, as a locale key. */
  readonly done?: 'weekly-on' | 'weekly-off' | 'teams-only';
}

/** Entries of one list. The page shows all of them. */
const MOST = 5;
const LABEL = 60;
const LONGEST_LIST = 500;

/** The card. A period without anything has no picture. */
export function insightsCard(data: InsightsData, ctx: RenderContext): RenderedCard {
  const { insights, done } = data;
  const { questions, answered, period } = insights;
  const title = say(ctx, 'insights.title');
  const body = say(ctx, 'insights.body', { ...daysSaid(period, ctx), questions, answered });
  const told = done === undefined ? [] : [say(ctx, `insights.done.${done}`)];
  const picture = pictureSaid(insights, ctx);
  const lines = [...figureLines(insights, ctx), ...listLines(data, ctx)];
  const details: readonly Element[] = [
    ...told.map((line) => textBlock(line.card, { weight: 'bolder' })),
    ...pictureElements(insights, picture),
    ...lines.map((line) => textBlock(line.card, { spacing: 'small' })),
  ];
  const slots = { details, actions: actionsFor(data, ctx) };
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, slots),
    summary: oneLine(`${title.plain} – ${body.plain}`),
    text: paragraphs([
      title.plain,
      ...told.map((line) => line.plain),
      body.plain,
      picture?.plain,
      lines.map((line) => line.plain).join('\n'),
    ]),
  };
}

/** Says why this reader or place gets no insights. */
export function insightsClosedCard(why: 'staff-only' | 'private-only', ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'insights.title');
  const body = say(ctx, `insights.closed.${why}`);
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details: [], actions: [] },
    ),
    summary: oneLine(body.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}

/** The first and the last day of a period, in the reader's language. */
export function daysSaid(
  { first, last }: Insights['period'],
  { language }: Pick<RenderContext, 'language'>,
): { readonly from: string; readonly until: string } {
  const said = (day: number) => localDay(day * INSIGHT_DAY_MS, 'UTC', language);
  return { from: said(first), until: said(last) };
}

/** What the picture shows, in words; undefined without a question. */
export function pictureSaid({ days }: Insights, ctx: Pick<RenderContext, 'language' | 'text'>) {
  const whole = days.map(({ day, answered, leftOpen }) => ({ day, count: answered + leftOpen }));
  const [most] = [...whole].sort((a, b) => b.count - a.count);
  if (!most || most.count === 0) return undefined;
  const day = localDay(most.day * INSIGHT_DAY_MS, 'UTC', ctx.language);
  const said = ctx.text('insights.picture', { count: most.count, day });
  return { card: said, plain: said };
}

function pictureElements(insights: Insights, said: Sentence | undefined): readonly Element[] {
  if (!said) return [];
  return [
    {
      type: 'Image',
      url: barPicture(insights.days),
      altText: said.plain,
      size: 'stretch',
      spacing: 'medium',
    },
    textBlock(said.card, { subtle: true, size: 'small', spacing: 'small' }),
  ];
}

/** Sentences with the counts that belong to no list. */
export function figureLines(insights: Insights, ctx: Pick<RenderContext, 'text'>): readonly Sentence[] {
  const { times, leftOpen, waits } = insights;
  const minutes = (value: number) => durationSaid(value * 60_000, ctx);
  return [
    say(ctx, 'insights.answers', {
      atOnce: times['at-once'],
      afterAsking: times['after-asking'],
      leftOpen,
    }),
    say(ctx, 'insights.trouble', {
      unanswered: times.unanswered,
      notHelped: times['not-helped'],
      wrong: times['contact-wrong'],
    }),
    say(ctx, 'insights.handovers', { count: times['handed-over'], taken: times.taken }),
    ...(waits.half === null || waits.most === null
      ? []
      : [say(ctx, 'insights.waits', { half: minutes(waits.half), most: minutes(waits.most) })]),
  ];
}

function listLines({ insights, names }: InsightsData, ctx: RenderContext): readonly Sentence[] {
  const { offers, publishers, issues, languages, outages } = insights;
  const shares = (title: string, of: readonly InsightShare[], name: (id: string) => string) => ({
    title,
    items: of.filter(({ answered }) => answered > 0).map(({ id, answered }) => [name(id), answered] as const),
  });
  const lists = [
    shares('offers', offers, names.offer),
    shares('publishers', publishers, names.publisher),
    shares('issues', issues, (id) => issueName(id, ctx)),
    shares('languages', languages, languageSaid),
  ];
  const counted = lists.map(({ title, items }) => ({
    title,
    said: items.slice(0, MOST).map(([name, times]) => `${plainText(name, LABEL)} ${times}`),
  }));
  const down = outages.slice(0, MOST).map((one) => outageSaid(one, names.publisher, ctx));
  return [...counted, { title: 'outages', said: down }]
    .filter(({ said }) => said.length > 0)
    .map(({ title, said }) => listSaid(`insights.list.${title}`, listed(said, ctx.language), ctx));
}

/** Five names are longer than a usual value of a sentence. */
function listSaid(key: string, list: string, { text }: RenderContext): Sentence {
  return { card: text(key, { list: safeText(list, LONGEST_LIST) }), plain: text(key, { list }) };
}

/** A kind of issue by its name. A kind of an older version has only its id. */
export const issueName = (id: string, { text }: Pick<RenderContext, 'text'>): string =>
  isIssue(id) ? text(`issue.${id}`) : id;

/** A language by its own name. */
export function languageSaid(id: string): string {
  const language = LANGUAGES.find((one) => one === id);
  return language === undefined ? id : languageName(language);
}

function outageSaid(
  { publisherId, outages, firstCardMs }: Insights['outages'][number],
  name: NameOf,
  ctx: RenderContext,
): string {
  const said = `${plainText(name(publisherId), LABEL)} ${outages}`;
  if (firstCardMs === null) return said;
  const first = ctx.text('insights.first-card', { duration: durationSaid(firstCardMs, ctx) });
  return isUnspaced(ctx.language) ? `${said}（${first}）` : `${said} (${first})`;
}

function actionsFor({ insights, link, weekly }: InsightsData, ctx: RenderContext): readonly Element[] {
  const { first, last } = insights.period;
  const others = INSIGHT_WINDOWS.filter((days) => days !== last - first + 1);
  const button = weekly ? 'no-weekly' : 'weekly';
  return [
    ...linkAction(ctx.text('insights.button.page'), link),
    ...others.map((days) =>
      clickAction({ verb: 'insights-show', days }, ctx.text('insights.button.days', { days }), ctx),
    ),
    ...(weekly === undefined
      ? []
      : [clickAction({ verb: 'insights-weekly', on: !weekly }, ctx.text(`insights.button.${button}`), ctx)]),
  ];
}
