/** The weekly summary for a manager: what was down, how long, who acknowledged, and how fast the first card was. */
import { lasted, type PastOutage, type WeeklySummary } from '../../core/incident/weekly.js';
import { isOver } from '../../core/incident/types.js';
import { choiceRow, clickAction, joinFacts, rowName, type ChoiceRow } from '../kit/buttons.js';
import { textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { affectedNames, incidentTitle, localDay, type NameOf } from './outage-words.js';

export interface WeeklyData {
  readonly summary: WeeklySummary;
  readonly names: { readonly offer: NameOf; readonly publisher: NameOf; readonly person: NameOf };
  /** IANA zone of the recipient; UTC when empty. */
  readonly zone: string;
}

const MOST = 6;
/** Characters of a title or name. */
const LABEL = 90;

/** The worst outages first, a row for each. A click on a row shows the outage. */
export function weeklyCard(data: WeeklyData, ctx: RenderContext): RenderedCard {
  const { summary, zone } = data;
  const { outages, week, everything } = summary;
  const title = say(ctx, 'outage.weekly.title');
  const body = say(ctx, 'outage.weekly.body', {
    from: localDay(week.from, zone, ctx.language),
    until: localDay(week.until - 1, zone, ctx.language),
    count: outages.length,
  });
  const scope = say(ctx, everything ? 'outage.weekly.everything' : 'outage.weekly.followed');
  const rows = outages.slice(0, MOST).map((one) => rowOf(one, data, ctx));
  const count = outages.length - rows.length;
  const more = count > 0 ? [say(ctx, 'outage.weekly.more', { count })] : [];
  const details = [
    textBlock(scope.card, { subtle: true, spacing: 'small' }),
    ...rows.map((row) => choiceRow(row, ctx)),
    ...more.map((line) => textBlock(line.card, { spacing: 'small' })),
  ];
  const stop = clickAction({ verb: 'outage-weekly', on: false }, ctx.text('outage.button.no-weekly'), ctx);
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: [stop] },
    ),
    summary: oneLine(`${title.plain} – ${body.plain}`),
    text: paragraphs([
      title.plain,
      body.plain,
      scope.plain,
      [...rows.map(rowName), ...more.map((line) => line.plain)].join('\n'),
    ]),
  };
}

function rowOf(past: PastOutage, { names }: WeeklyData, ctx: RenderContext): ChoiceRow {
  const { incident } = past;
  const facts = [
    plainText(affectedNames(incident, names, ctx.language), LABEL),
    ctx.text('outage.weekly.worst', { severity: ctx.text(`outage.severity.${incident.worst}`) }),
    ctx.text(isOver(incident.state) ? 'outage.weekly.lasted' : 'outage.weekly.open', {
      duration: durationSaid(lasted(incident, ctx.now), ctx),
    }),
    acknowledgedSaid(past, names.person, ctx),
    firstCardSaid(past, ctx),
  ];
  return {
    action: { verb: 'outage-show', incidentId: incident.id },
    label: ctx.text('outage.title', { title: plainText(incidentTitle(incident, ctx.text), LABEL) }),
    detail: joinFacts(facts.filter((one) => one !== '')),
  };
}

function acknowledgedSaid({ incident, acknowledged }: PastOutage, person: NameOf, ctx: RenderContext) {
  if (!acknowledged) return ctx.text('outage.weekly.nobody');
  const duration = durationSaid(acknowledged.at - incident.startedAt, ctx);
  return ctx.text('outage.weekly.acknowledged', {
    name: plainText(person(acknowledged.by), LABEL),
    duration,
  });
}

function firstCardSaid({ incident, firstCardAt }: PastOutage, ctx: RenderContext): string {
  if (firstCardAt === null) return ctx.text('outage.weekly.no-card');
  return ctx.text('outage.weekly.first-card', {
    duration: durationSaid(firstCardAt - incident.startedAt, ctx),
  });
}

const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** `12 min`, `3 h 5 min` or `2 days 4 h`. */
export function durationSaid(ms: number, ctx: Pick<RenderContext, 'text'>): string {
  const total = Math.max(0, Math.round(ms / MINUTE_MS));
  if (total < HOUR) return ctx.text('outage.duration.minutes', { minutes: total });
  const hours = Math.floor((total % DAY) / HOUR);
  if (total < DAY) return ctx.text('outage.duration.hours', { hours, minutes: total % HOUR });
  return ctx.text('outage.duration.days', { days: Math.floor(total / DAY), hours });
}
