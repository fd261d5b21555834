/** Every card of the insights with ordinary data, or with one text in every name. */
import { insightsCard, insightsClosedCard } from '../../cards/insights/insights-card.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { insightsOf, periodOf, type Insights } from '../../core/services/insights/insights.js';
import type { InsightCount } from '../../core/services/insights/ports.js';
import { affects, incident, MINUTE, NOON } from './incidents.js';

type View = (ctx: RenderContext) => RenderedCard;

export const INSIGHT_NAMES: Readonly<Record<string, string>> = {
  'fabrikam.backup': 'Contoso Backup',
  'fabrikam.mail': 'Contoso Mail',
  fabrikam: 'Fabrikam',
};

const PERIOD = periodOf(NOON, 30);

/** Thirty days with questions, hand-overs, reports and an outage. */
function sampleInsights(): Insights {
  const count = (over: Partial<InsightCount>): InsightCount => ({
    day: PERIOD.last,
    event: 'at-once',
    about: 'offer:fabrikam.backup',
    issue: 'billing',
    language: 'en',
    asker: 'customer',
    within: 0,
    times: 1,
    ...over,
  });
  const days = Array.from({ length: 30 }, (_, n) =>
    count({ day: PERIOD.first + n, times: 3 + ((n * 7) % 11) }),
  );
  const counts = [
    ...days,
    count({ event: 'asked-back', times: 9, day: PERIOD.last - 4 }),
    count({
      event: 'after-asking',
      times: 6,
      day: PERIOD.last - 4,
      about: 'offer:fabrikam.mail',
      language: 'de',
    }),
    count({ event: 'not-helped', times: 2 }),
    count({ event: 'unanswered', times: 4 }),
    count({ event: 'handed-over', times: 3 }),
    count({ event: 'taken', times: 3, within: 15 }),
    count({ event: 'contact-wrong', about: 'publisher:fabrikam' }),
  ];
  const down = { ...incident({ affected: affects({ offers: ['fabrikam.backup'] }) }), startedAt: NOON };
  const outages = [{ incident: down, firstCardAt: NOON + 2 * MINUTE }];
  return insightsOf(counts, outages, PERIOD, () => 'fabrikam');
}

/** The views by name. */
export function insightViews(nameOf: (id: string) => string): Readonly<Record<string, View>> {
  const data = {
    insights: sampleInsights(),
    names: { offer: nameOf, publisher: nameOf },
    link: 'https://desk.northwind.example/go/insights?d=30&e=1&s=x',
    weekly: false,
  };
  const empty = insightsOf([], [], PERIOD, () => undefined);
  return {
    insights: (ctx) => insightsCard(data, ctx),
    'insights-weekly': (ctx) => insightsCard({ ...data, weekly: true, done: 'weekly-on' }, ctx),
    'insights-empty': (ctx) => insightsCard({ insights: empty, names: data.names }, ctx),
    'insights-staff-only': (ctx) => insightsClosedCard('staff-only', ctx),
    'insights-private-only': (ctx) => insightsClosedCard('private-only', ctx),
  };
}
