/** Collects what a card about a case shows, as its holder may see it now. And the words that ask for cases. */
import type { ShownCase } from '../../cards/cases/case-words.js';
import { officeHours } from '../../core/directory/working-time.js';
import { parseHours } from '../../core/directory/hours.js';
import { reachableStep } from '../../core/services/answers/open-first.js';
import { stopNow } from '../../core/services/answers/route-question.js';
import type { CaseStop, ContactCase, HoursOf } from '../../core/services/cases/case.js';
import type { CaseRequest } from '../../core/services/cases/keep-cases.js';
import type { RouteStep } from '../../core/policy/decision.js';
import { isTimeZone } from '../../core/time.js';
import { foldWords, typedWords } from '../../locales/commands.js';
import type { DeskServices } from '../shared/services.js';

const LONGEST = 60;
const WORDS = { list: new Set(typedWords('command.cases')), team: new Set(typedWords('command.team-cases')) };

/** The list that the whole text asks for; undefined for a sentence that only contains the words. */
export function caseListAsked(text: string): 'list' | 'team' | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = foldWords(text);
  return WORDS.list.has(folded) ? 'list' : WORDS.team.has(folded) ? 'team' : undefined;
}

type Services = Pick<DeskServices, 'view' | 'profile'>;

/** The hours of a contact, as far as the holder may see them; office hours in the holder's zone without any. */
export function hoursOfStops(services: Services): HoursOf {
  return (stop, one) => {
    const { contact } = stopShown(stop, one, services);
    const zone = isTimeZone(one.holder.zone) ? one.holder.zone : 'UTC';
    return (contact?.hours === undefined ? undefined : parseHours(contact.hours)) ?? officeHours(zone);
  };
}

/** Only the holder reads the card, so it counts as the asker alone. */
function stopShown(
  step: RouteStep,
  { holder, issue, offerId }: Pick<ContactCase, 'holder' | 'issue' | 'offerId'>,
  { view, profile }: Services,
) {
  const question = { asker: holder.asker, issue, offerId };
  const { party, way } = step;
  return stopNow({ party, way }, question, view().directory, profile());
}

/** The stops of an answer to which this person can write. */
export function stopsOf(
  steps: readonly RouteStep[],
  topic: Pick<CaseRequest, 'holder' | 'issue' | 'offerId'>,
  services: Services,
): readonly CaseStop[] {
  return steps.flatMap((step) => {
    const { contact, about } = stopShown(step, topic, services);
    return contact && about ? [{ ...step, ...about }] : [];
  });
}

/** The case with names and contacts. @param now milliseconds since the epoch */
export function shownCase(one: ContactCase, services: Services, now: number): ShownCase {
  const { directory } = services.view();
  const offerName = one.offerId === undefined ? '' : (directory.offers.get(one.offerId)?.name ?? '');
  return {
    one,
    offerName,
    stops: one.stops.map((stop) => reachableStep(stopShown(stop, one, services), now)),
  };
}
