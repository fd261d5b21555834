/** What is talked about beside the question: each is asked in order, and the first that knows the turn answers it. */
import type { TurnContext } from 'botbuilder-core';
import { answerReport } from '../reports/contact-reports.js';
import { answerHandover } from '../handover/handover.js';
import type { RouteMemory } from './memory.js';
import { answerOutage } from '../outages/outages.js';
import type { DeskServices } from './services.js';
import { answerAdmin } from '../admin/admin.js';

/** True when it answered the turn; false leaves it to the next, and at last to the question. */
export type SideTalk = (
  context: TurnContext,
  services: DeskServices,
  route: Pick<RouteMemory, 'get'>,
) => Promise<boolean>;

const SIDE_TALKS: readonly SideTalk[] = [answerHandover, answerOutage, answerReport, answerAdmin];

/** True when one of them answered. */
export async function answerAside(...given: Parameters<SideTalk>): Promise<boolean> {
  for (const talk of SIDE_TALKS) if (await talk(...given)) return true;
  return false;
}
