/** What the welcome and the help are made of: the names of the partner and of offers, and who reads them. */
import type { TurnContext } from 'botbuilder-core';
import { directoryFor, profileFor, type DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';
import { exampleOffers } from './examples.js';

/** The names in the welcome and the help, in the reader's language. */
export function guideOf(services: DeskServices, context: TurnContext) {
  const { language } = turnOf(context);
  return {
    partnerName: profileFor(services, language).name,
    offerNames: exampleOffers(directoryFor(services, language)),
  };
}

/** Whether an administrator reads, and where. */
export function whoReads(context: TurnContext) {
  const { scope, admin } = turnOf(context);
  return { admin, place: scope === 'personal' ? undefined : scope };
}
