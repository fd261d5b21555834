/** The card for a wish for a person where nobody answers in the chat: the partner's desk, with the question so far. */
import type { HandoverNoteData } from '../../cards/handover/handover-note-card.js';
import { dutyOf } from '../../core/policy/modifiers.js';
import { sentenceSlices } from '../../core/services/answers/understand-sentence.js';
import { directoryFor, profileFor, type DeskServices } from '../shared/services.js';
import { inTimeSlices } from '../shared/time-slices.js';
import type { Turn } from '../shared/turn.js';
import type { RouteState } from './route-state.js';
import { sentenceContext } from './understand.js';
import { understandingContext } from './understanding-context.js';

/** The desk that is responsible for the issue, and the issue and offer for the prefilled mail. */
export async function deskNote(
  text: string,
  state: RouteState,
  services: DeskServices,
  turn: Turn,
): Promise<HandoverNoteData> {
  const asked = await askedBeside(text, state, services, turn);
  const profile = profileFor(services, turn.language);
  const desk = profile.desks[asked.issue ? dutyOf(asked.issue) : 'technical'];
  return { note: 'no-place', partnerName: profile.name, asked, ...(desk && { desk }) };
}

/** The issue and offer of a wish for a person: from the same words, else from the question before. */
async function askedBeside(text: string, { issue, offerId }: RouteState, services: DeskServices, turn: Turn) {
  const known = sentenceContext(understandingContext(services, turn));
  const { match, read } = await inTimeSlices(sentenceSlices(text, turn.asker, known));
  const named = match.kind === 'one' ? match.hit.offerId : (offerId ?? '');
  const offerName = directoryFor(services, turn.language).offers.get(named)?.name;
  return { issue: issue ?? (read.decision === 'answered' ? read.guess.issue : undefined), offerName };
}
