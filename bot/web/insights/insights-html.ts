/** The HTML of the insights page: the picture as SVG in the page's own colours, and every count as a table. */
import { barsOf, CHART } from '../../../cards/insights/bar-picture.js';
import {
  daysSaid,
  figureLines,
  issueName,
  languageSaid,
  pictureSaid,
  type InsightNames,
} from '../../../cards/insights/insights-card.js';
import { localDay, type NameOf } from '../../../cards/outages/outage-words.js';
import { durationSaid } from '../../../cards/outages/weekly-card.js';
import type { InsightShare, Insights } from '../../../core/services/insights/insights.js';
import { INSIGHT_DAY_MS } from '../../../core/services/insights/ports.js';
import type { RenderContext } from '../../../cards/kit/types.js';
import { ASSETS } from '../pages/assets.js';
import { colourStyle, logoImage, type Brand } from '../pages/brand.js';
import { escapeHtml, writtenAs } from '../pages/html.js';

/** The words and the look of the page. */
export interface Shown extends Pick<RenderContext, 'language' | 'text'> {
  readonly brand: Brand;
  /** For the style element with the partner's colour. */
  readonly nonce: string;
  readonly sample: boolean;
}

interface PageData {
  readonly insights: Insights;
  readonly names: InsightNames;
  /** When the link ends, in milliseconds since the epoch. */
  readonly until: number;
}

/** The page. @param csv the address of the daily counts */
export function insightsPage(data: PageData, shown: Shown, csv: string): string {
  const { insights } = data;
  const { text } = shown;
  const { questions, answered, period } = insights;
  const body = text('insights.body', { ...daysSaid(period, shown), questions, answered });
  const until = new Date(data.until).toISOString().slice(11, 16);
  return frame(
    shown,
    `<p>${escapeHtml(body)}</p>
    ${picture(insights, shown)}
    ${figureLines(insights, shown)
      .map(({ plain }) => `<p>${escapeHtml(plain)}</p>`)
      .join('\n    ')}
    ${tables(data, shown)}
    <p><a href="${escapeHtml(csv)}">${escapeHtml(text('insights.page.csv'))}</a></p>
    <p class="quiet">${escapeHtml(text('insights.page.note', { until }))}</p>`,
  );
}

/** Says that the link has ended, and how to get a new one. */
export function expiredPage(shown: Shown): string {
  return frame(shown, `<p>${escapeHtml(shown.text('insights.page.expired'))}</p>`);
}

function frame(shown: Shown, main: string): string {
  const { language, brand, nonce, sample, text } = shown;
  const title = escapeHtml(text('insights.title'));
  return `<!doctype html>
<html ${writtenAs(language)}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title}</title>
  <link rel="stylesheet" href="${ASSETS}/chat/palette.css">
  <link rel="stylesheet" href="${ASSETS}/mail/mail.css">
  <link rel="stylesheet" href="${ASSETS}/insights/insights.css">
  ${colourStyle(nonce, brand.colour)}
</head>
<body>
  <header>
    ${logoImage(brand)}
    <p>${escapeHtml(brand.name)}</p>
  </header>
  <main>
    ${sample ? `<p class="sample">${escapeHtml(text('sample.page'))}</p>` : ''}
    <h1>${title}</h1>
    ${main}
  </main>
</body>
</html>
`;
}

function picture(insights: Insights, shown: Shown): string {
  const said = pictureSaid(insights, shown);
  if (!said) return '';
  const bars = barsOf(insights.days).map(
    ({ x, y, width, height, part }) =>
      `<rect class="${part}" x="${x}" y="${y}" width="${width}" height="${height}"/>`,
  );
  const words = escapeHtml(said.plain);
  return `<figure>
      <svg viewBox="0 0 ${CHART.width} ${CHART.height}" role="img" aria-label="${words}">${bars.join('')}</svg>
      <figcaption>${words}</figcaption>
    </figure>`;
}

function tables({ insights, names }: PageData, shown: Shown): string {
  const { text, language } = shown;
  const day = (at: number) => localDay(at * INSIGHT_DAY_MS, 'UTC', language);
  const days = insights.days.filter(isBusy);
  const desks = text('insights.page.desks');
  const answers = ['answered', 'not-helped'];
  const shares: readonly (readonly [string, readonly InsightShare[], NameOf])[] = [
    ['offers', insights.offers, names.offer],
    ['publishers', insights.publishers, names.publisher],
    ['issues', insights.issues, (id) => issueName(id, shown)],
    ['languages', insights.languages, languageSaid],
  ];
  return [
    table(
      'days',
      ['answered', 'open'],
      days.map((one) => [day(one.day), one.answered, one.leftOpen]),
      shown,
    ),
    ...shares.map(([name, list, nameOf]) =>
      table(
        name,
        answers,
        list.map((one) => [nameOf(one.id), one.answered, one.notHelped]),
        shown,
      ),
    ),
    table(
      'contacts',
      ['times'],
      insights.wrongContacts.map((one) => [ownerName(one.about, names, desks), one.times]),
      shown,
    ),
    table('outages', ['times', 'first-card'], outageRows({ insights, names }, shown), shown),
  ].join('');
}

function outageRows(
  { insights, names }: Pick<PageData, 'insights' | 'names'>,
  shown: Shown,
): readonly Cells[] {
  return insights.outages.map(({ publisherId, outages, firstCardMs }) => [
    names.publisher(publisherId),
    outages,
    firstCardMs === null ? '' : durationSaid(firstCardMs, shown),
  ]);
}

const isBusy = ({ answered, leftOpen }: Insights['days'][number]): boolean => answered + leftOpen > 0;

function ownerName(about: string, names: InsightNames, desks: string): string {
  const [kind, id] = [about.slice(0, about.indexOf(':')), about.slice(about.indexOf(':') + 1)];
  return kind === 'offer' ? names.offer(id) : kind === 'publisher' ? names.publisher(id) : desks;
}

type Cells = readonly (string | number)[];

/** A table with names in its first column. Nothing without rows. */
function table(name: string, columns: readonly string[], rows: readonly Cells[], { text }: Shown): string {
  if (rows.length === 0) return '';
  const title = escapeHtml(text(`insights.table.${name}`));
  const heads = columns.map((one) => `<th scope="col">${escapeHtml(text(`insights.column.${one}`))}</th>`);
  const lines = rows.map(
    ([first = '', ...rest]) =>
      `<tr><th scope="row">${escapeHtml(String(first))}</th>${rest
        .map((cell) => `<td>${escapeHtml(String(cell))}</td>`)
        .join('')}</tr>`,
  );
  return `<table>
      <thead><tr><th scope="col">${title}</th>${heads.join('')}</tr></thead>
      <tbody>${lines.join('\n')}</tbody>
    </table>`;
}
