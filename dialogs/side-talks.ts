/** What is talked about beside the question: each is asked in order, and the first that knows the turn answers it. */
import type { TurnContext } from 'botbuilder-core';
import { answerReport } from './contact-reports.js';
import { answerOutage } from './outages.js';
import type { DeskServices } from './services.js';

/** True when it answered the turn; false leaves it to the next, and at last to the question. */
export type SideTalk = (context: TurnContext, services: DeskServices) => Promise<boolean>;

const SIDE_TALKS: readonly SideTalk[] = [answerOutage, answerReport];

/** True when one of them answered. */
export async function answerAside(context: TurnContext, services: DeskServices): Promise<boolean> {
  for (const talk of SIDE_TALKS) if (await talk(context, services)) return true;
  return false;
}
