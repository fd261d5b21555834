/** The context for typed words: the directory, the classifier, the asker, and the route of each issue. */
import { routeQuestion } from '../../core/services/answers/route-question.js';
import { kindOf, type Issue } from '../../core/terms.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';
import type { RouteState } from './route-state.js';
import { type UnderstandingContext, sentenceContext } from './understand.js';
import {
  questionIn,
  questionSlices,
  type OneQuestion,
} from '../../core/services/answers/several-questions.js';
import { inTimeSlices, lookUpInSlices } from '../shared/time-slices.js';
import { eachSaid } from './spoken.js';
import { adds } from './turn-words.js';
import type { SentenceContext } from '../../core/services/answers/understand-sentence.js';

/** The directory and the classifier of this moment, for this asker. */
export function understandingContext(
  services: DeskServices,
  { asker, scope }: Pick<Turn, 'asker' | 'scope'>,
): UnderstandingContext {
  const view = services.view();
  const profile = services.profile();
  const route = (issue: Issue, state: RouteState) => {
    const { offerId, channel } = state;
    const question = { asker, shared: scope !== 'personal', issue, offerId: offerId ?? undefined, channel };
    return routeQuestion(question, view.directory, profile);
  };
  return {
    view,
    classifier: services.classifier(),
    asker,
    partnerName: profile.name,
    heard: new Map(),
    ...(services.asked && { timesAsked: services.asked.times }),
    leadsAlike: (a, b, state) => {
      const [one, other] = [route(a, state), route(b, state)];
      const contacts = [one, other].map(({ first }) => JSON.stringify([first.step, first.contact]));
      return one.decision.responsible === other.decision.responsible && contacts[0] === contacts[1];
    },
  };
}

/** Reads typed words in this context. Other conversations get their turn while a long text is read. */
export function readInSlices<T>(
  known: UnderstandingContext,
  read: (known: UnderstandingContext) => T,
): Promise<T> {
  return lookUpInSlices(known.view, (view, run) => read({ ...known, view, run }));
}

/**
 * At least two questions, or none; at a list of offers "both" asks about each. Words that add a question about another
 * offer leave the open question as the first.
 */
export async function severalSaid(
  state: RouteState,
  text: string,
  services: DeskServices,
  turn: Turn,
): Promise<readonly OneQuestion[]> {
  const each = eachSaid(text, state);
  if (each.length > 0) return each;
  const context = understandingContext(services, turn);
  const several = await inTimeSlices(questionSlices(text, turn.asker, sentenceContext(context)));
  if (several.length > 1) return several;
  return readInSlices(context, (view) => openAndAdded(state, text, turn, sentenceContext(view)));
}

/** A longer text may hold several questions itself. */
const SHORT = 200;

/**
 * The open question, and the one that the words add: "and Fabrikam CRM crashes". At the offer question the words are
 * about one offer, so both questions get it: "Contoso Sign, and it also crashes".
 */
function openAndAdded(
  { answered, issue, offerId }: RouteState,
  text: string,
  { asker }: Turn,
  known: SentenceContext,
): readonly OneQuestion[] {
  if (answered || issue === undefined || text.length > SHORT || !adds(text)) return [];
  const added = questionIn(text, asker, known);
  if (added === undefined) return [];
  const isOpen = typeof offerId !== 'string';
  const isNew = isOpen
    ? kindOf(added.issue) !== kindOf(issue)
    : ![undefined, offerId].includes(added.offerId);
  const about = offerId === undefined ? added.offerId : (offerId ?? undefined);
  return isNew ? [{ issue, ...(about !== undefined && { offerId: about }) }, added] : [];
}
