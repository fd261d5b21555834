/** The topics beside the question: the bot asks each in order, and the first that recognises the turn answers it. */
import type { TurnContext } from 'botbuilder-core';
import { answerReport } from '../reports/contact-reports.js';
import { answerCase } from '../cases/cases.js';
import { answerHandover } from '../handover/handover.js';
import { answerInsights } from '../insights/insights.js';
import type { RouteMemory } from './memory.js';
import { answerOutage } from '../outages/outages.js';
import type { DeskServices } from './services.js';
import { answerAdmin } from '../admin/admin.js';

/** True when it answered the turn; false leaves the turn to the next topic, and finally to the question. */
export type SideTalk = (
  context: TurnContext,
  services: DeskServices,
  route: Pick<RouteMemory, 'get'>,
) => Promise<boolean>;

const SIDE_TALKS: readonly SideTalk[] = [
  answerHandover,
  answerOutage,
  answerReport,
  answerCase,
  answerInsights,
  answerAdmin,
];

/** True when one of them answered. */
export async function answerAside(...given: Parameters<SideTalk>): Promise<boolean> {
  for (const talk of SIDE_TALKS) if (await talk(...given)) return true;
  return false;
}
