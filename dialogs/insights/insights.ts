/** Insights in the chat, for staff alone with the bot: the command, other periods, and the weekly message. */
import type { TurnContext } from 'botbuilder-core';
import { isActionOf, type InsightAction } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { insightsCard, insightsClosedCard, type InsightsData } from '../../cards/insights/insights-card.js';
import { nextWeekly } from '../../core/incident/weekly.js';
import { periodOf } from '../../core/services/insights/insights.js';
import { isTyped } from '../../locales/commands.js';
import { recipientOf } from '../outages/outage-turn.js';
import { directoryNames } from '../outages/outage-view.js';
import { renderContext } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { turnOf } from '../shared/turn.js';
import type { InsightServices } from './insight-services.js';

/** Cards of insights belong to no question. */
const STEP = 'insights';
/** The period of the command. */
const USUAL_DAYS = 30;

/** Handles a turn about insights; false leaves the turn to the next handler. Customers have no such command. */
export async function answerInsights(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { insights } = services;
  const { input, asker, scope } = turnOf(context);
  if (!insights) return false;
  const action = input.kind === 'click' && isActionOf(input.action, 'insights') ? input.action : undefined;
  const isCommand = input.kind === 'text' && asker === 'partner' && asksForInsights(input.text);
  if (!action && !isCommand) return false;
  const closed = asker !== 'partner' ? 'staff-only' : scope === 'personal' ? undefined : 'private-only';
  const ctx = renderContext(turnOf(context), services, STEP);
  const card = closed
    ? insightsClosedCard(closed, ctx)
    : await allowed({ context, services, insights }, action ?? { verb: 'insights-show', days: USUAL_DAYS });
  await respond(context, card);
  return true;
}

/** True when the whole text is the command; a sentence that only contains the word is a question. */
function asksForInsights(text: string): boolean {
  return isTyped('command.insights', text);
}

interface InsightTalk {
  readonly context: TurnContext;
  readonly services: DeskServices;
  readonly insights: InsightServices;
}

async function allowed(talk: InsightTalk, action: InsightAction): Promise<RenderedCard> {
  if (action.verb === 'insights-show') return shown(talk, action.days);
  return shown(talk, USUAL_DAYS, await switchWeekly(talk, action.on));
}

async function shown(
  { context, services, insights }: InsightTalk,
  days: number,
  done?: InsightsData['done'],
): Promise<RenderedCard> {
  const ctx = renderContext(turnOf(context), services, STEP);
  const [read, dueAt] = await Promise.all([
    insights.read(periodOf(services.now(), days)),
    insights.digests.dueAt(recipientOf(context).id),
  ]);
  const data: InsightsData = {
    insights: read,
    names: directoryNames(services, ctx.language),
    link: insights.link?.(days),
    weekly: ctx.host === 'web' ? undefined : dueAt !== undefined,
    done,
  };
  return insightsCard(data, ctx);
}

/** Turns the weekly insights on or off. On the web no card can arrive. */
async function switchWeekly(
  { context, services, insights }: InsightTalk,
  on: boolean,
): Promise<NonNullable<InsightsData['done']>> {
  const { digests, recipients } = insights;
  const about = recipientOf(context);
  if (turnOf(context).host === 'web') return 'teams-only';
  if (!on) {
    await digests.stop(about.id);
    return 'weekly-off';
  }
  const now = services.now();
  await recipients.know(about, now);
  const zone = about.zone === '' ? ((await recipients.byId(about.id))?.zone ?? '') : about.zone;
  await digests.start(about.id, nextWeekly(zone, now));
  return 'weekly-on';
}
