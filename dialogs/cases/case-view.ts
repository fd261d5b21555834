/** Collects what a card about a case shows, as its holder may see it now. And the words that ask for cases. */
import type { ShownCase } from '../../cards/cases/case-words.js';
import { officeHours } from '../../core/directory/working-time.js';
import { parseHours } from '../../core/directory/hours.js';
import { reachableStep } from '../../core/services/answers/open-first.js';
import { stopNow, type Prefers } from '../../core/services/answers/route-question.js';
import type { CaseStop, ContactCase, HoursOf } from '../../core/services/cases/case.js';
import { answersBetter } from '../../core/services/cases/contact-quality.js';
import type { CaseRequest } from '../../core/services/cases/keep-cases.js';
import type { RouteStep } from '../../core/policy/decision.js';
import { isTimeZone } from '../../core/time.js';
import { isTyped } from '../../locales/commands.js';
import { directoryFor, type DeskServices } from '../shared/services.js';

/** The list that the whole text asks for; undefined for a sentence that only contains the words. */
export function caseListAsked(text: string): 'list' | 'team' | undefined {
  if (isTyped('command.cases', text)) return 'list';
  return isTyped('command.team-cases', text) ? 'team' : undefined;
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
  step: RouteStep | CaseStop,
  { holder, issue, offerId }: Pick<ContactCase, 'holder' | 'issue' | 'offerId'>,
  { view, profile }: Services,
) {
  const question = { asker: holder.asker, issue, offerId };
  const { party, way } = step;
  const isMeant = ({ key }: { readonly key: string }) => 'key' in step && step.key === key;
  return stopNow({ party, way }, question, view().directory, profile(), {
    language: holder.language,
    prefers: isMeant,
  });
}

/** The stops of an answer to which this person can write, with the contact that the answer showed first. */
export function stopsOf(
  steps: readonly RouteStep[],
  topic: Pick<CaseRequest, 'holder' | 'issue' | 'offerId'>,
  services: Pick<DeskServices, 'view' | 'profile' | 'cases' | 'now'>,
): readonly CaseStop[] {
  const { holder, issue, offerId } = topic;
  const question = { asker: holder.asker, issue, offerId };
  return steps.flatMap((step) => {
    const seen = { language: holder.language, prefers: prefersOf(services) };
    const shown = stopNow(step, question, services.view().directory, services.profile(), seen);
    const { order, also, about, alsoAbout } = reachableStep(shown, services.now());
    const written = order?.first !== undefined && order.first === also ? alsoAbout : about;
    return order && written ? [{ ...step, ...written }] : [];
  });
}

/** Of two contacts of equal standing, the one that answers clearly better comes first. */
export function prefersOf({ cases }: Pick<DeskServices, 'cases'>): Prefers {
  return (other, usual) => answersBetter(cases?.qualityOf(other), cases?.qualityOf(usual));
}

/** The case with names and contacts. @param now milliseconds since the epoch */
export function shownCase(one: ContactCase, services: Services, now: number): ShownCase {
  const directory = directoryFor(services, one.holder.language);
  const offerName = one.offerId === undefined ? '' : (directory.offers.get(one.offerId)?.name ?? '');
  return {
    one,
    offerName,
    stops: one.stops.map((stop) => reachableStep(stopShown(stop, one, services), now)),
  };
}
