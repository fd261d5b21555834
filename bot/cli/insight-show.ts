/** `insights show`: what people asked and what became of it, as lines, JSON or CSV. */
import type { Command } from 'commander';
import { periodOf, type InsightShare, type Insights } from '../../core/services/insights/insights.js';
import { INSIGHT_DAY_MS } from '../../core/services/insights/ports.js';
import { insightCsv, readInsights } from '../../core/services/insights/read-insights.js';
import type { Directory } from '../../core/directory/types.js';
import { print, printListing, withCliContext } from './cli-context.js';
import { refuse } from './insight-lessons.js';

const MOST_DAYS = 3650;

interface ShowOptions {
  readonly days: string;
  readonly limit: string;
  readonly csv?: boolean;
}

/** Adds the command to `insights`. */
export function addShowCommand(insights: Command): void {
  insights
    .command('show')
    .description(
      'show what people asked, what became of it, hand-overs, wrong contacts and outages, as counts',
    )
    .option('--days <days>', 'look back this many days', '30')
    .option('--limit <rows>', 'show at most this many rows of each list', '10')
    .option('--csv', 'print the daily counts as CSV instead')
    .action(show);
}

function show({ days: given, limit, csv }: ShowOptions): Promise<void> {
  const days = Number(given);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return Promise.resolve(refuse(`--days ${given}: give a whole number from 1 to ${MOST_DAYS}`));
  return withCliContext({ seed: true, reads: true }, async ({ stores, now }) => {
    const directory = await stores.directory.load();
    const reading = {
      counts: stores.insights,
      since: stores.outages.history.since,
      deliveries: stores.outages.deliveries,
      publisherOf: (offerId: string) => directory.offers.get(offerId)?.publisherId,
    };
    const period = periodOf(now(), days);
    if (csv) return print(await insightCsv(reading, period));
    const insights = await readInsights(reading, period);
    printListing(fieldsOf(insights), linesOf(insights, directory, Number(limit)));
  });
}

const dateOf = (day: number): string => new Date(day * INSIGHT_DAY_MS).toISOString().slice(0, 10);

/** The insights with dates in place of numbers of days. */
function fieldsOf({ period, days, ...rest }: Insights) {
  return {
    from: dateOf(period.first),
    until: dateOf(period.last),
    ...rest,
    days: days.map(({ day, ...one }) => ({ day: dateOf(day), ...one })),
  };
}

function linesOf(insights: Insights, { offers, publishers }: Directory, limit: number): readonly string[] {
  const { period, times, questions, answered, leftOpen, waits, outages, wrongContacts } = insights;
  const offer = (id: string) => offers.get(id)?.name ?? id;
  const publisher = (id: string) => publishers.get(id)?.name ?? id;
  const share = (title: string, list: readonly InsightShare[], name: (id: string) => string) =>
    section(
      title,
      list.map(
        (one) => `${name(one.id)} (${one.id}): ${one.answered} answered, ${one.notHelped} did not help`,
      ),
      limit,
    );
  return [
    `${dateOf(period.first)} to ${dateOf(period.last)} (UTC): ${questions} questions, ${answered} answered.`,
    `At once ${times['at-once']}, after asking back ${times['after-asking']}, left open ${leftOpen}.`,
    `Not understood ${times.unanswered}, did not help ${times['not-helped']}, contacts reported wrong ${times['contact-wrong']}.`,
    `Handed over ${times['handed-over']}, taken by staff ${times.taken}${waitsSaid(waits)}.`,
    ...share('Offers', insights.offers, offer),
    ...share('Publishers', insights.publishers, publisher),
    ...share('Kinds of issue', insights.issues, (id) => id),
    ...share('Languages', insights.languages, (id) => id),
    ...section(
      'Wrong contacts',
      wrongContacts.map((one) => `${one.about || 'desks'}: ${one.times}`),
      limit,
    ),
    ...section(
      'Outages',
      outages.map((one) => outageLine(one, publisher)),
      limit,
    ),
  ];
}

function waitsSaid({ half, most }: Insights['waits']): string {
  return half === null || most === null ? '' : `: half within ${half} min, nine of ten within ${most} min`;
}

function outageLine(
  { publisherId, outages, firstCardMs }: Insights['outages'][number],
  name: (id: string) => string,
): string {
  const card =
    firstCardMs === null ? 'no card' : `half had a card within ${Math.round(firstCardMs / 60_000)} min`;
  return `${name(publisherId)} (${publisherId}): ${outages}, ${card}`;
}

function section(title: string, rows: readonly string[], limit: number): readonly string[] {
  if (rows.length === 0) return [];
  const more = rows.length > limit ? [`  … and ${rows.length - limit} more`] : [];
  return [`${title}:`, ...rows.slice(0, limit).map((row) => `  ${row}`), ...more];
}
