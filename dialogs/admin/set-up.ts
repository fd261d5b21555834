/** Answers a turn while the desk has no partner profile. */
import type { TurnContext } from 'botbuilder-core';
import { notSetUpCard, setUpCard } from '../../cards/admin/set-up-cards.js';
import type { SetUp } from '../../core/directory/profile.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';

/** Sends the set-up card to an administrator alone with the bot; sends all others the notice with a reference. */
export async function answerSetUp(context: TurnContext, services: DeskServices, setUp: SetUp): Promise<void> {
  const turn = turnOf(context);
  const ctx = renderContext(turn, services, '');
  if (turn.admin && turn.scope === 'personal') return void (await say(context, setUpCard(setUp, ctx)));
  await say(context, notSetUpCard({ reference: turnedAway(services) }, ctx));
}

/** A new reference, which the log has too. */
export function turnedAway({ newReference, log }: DeskServices): string {
  const reference = newReference();
  log.warn('set-up.turned-away', { reference });
  return reference;
}
