/** What a question teaches: the sentence, and the issue or offer that the person chose after it. */
import type { TurnContext } from 'botbuilder-core';
import type { Lesson } from '../../core/ports.js';
import { turnOf } from '../shared/turn.js';
import type { DeskServices } from '../shared/services.js';
import { inTimeSlices } from '../shared/time-slices.js';
import type { HeardSentence, RouteState } from './route-state.js';

/** What the person typed in this turn. */
export interface SaidWords {
  readonly text: string;
  /** The words correct the answer before. */
  readonly corrects?: boolean;
  /** The words are a number or a label of the card, so they explain an earlier sentence. */
  readonly chosen?: boolean;
}

type Taught = Pick<Lesson, 'reason' | 'about' | 'text' | 'read' | 'chosen'>;

export interface Learnt {
  /** The new state, with the sentence that the next choice explains. */
  readonly state: RouteState;
  readonly lessons: readonly Taught[];
}

/** Compares the question before and after one turn. Pure. */
export function learnFrom(before: RouteState, next: RouteState, said?: SaidWords): Learnt {
  const carried = said?.corrects ? before.heard : next.heard;
  const lessons = carried ? [...aboutIssue(carried, next), ...aboutOffer(carried, next)] : [];
  const read = said && !said.chosen ? heardIn(said.text, next) : undefined;
  const isRead = carried === undefined || next.issue !== before.issue;
  const heard = read && isRead ? read : carried && explained(carried, next);
  return { state: { ...next, heard }, lessons };
}

/** Undefined for words in which the bot read nothing. */
function heardIn(text: string, { issue, issueView, offerView }: RouteState): HeardSentence | undefined {
  const name = offerView?.kind === 'none' ? offerView.asked : undefined;
  const isUnclear = issue === undefined && issueView?.kind === 'nearest';
  if (issue === undefined && !isUnclear && name === undefined) return undefined;
  return { text, ...(issue !== undefined && { issue }), ...(name !== undefined && { name }) };
}

/** The sentence after a choice: the next different choice is a correction. */
function explained(heard: HeardSentence, { issue, offerId }: RouteState): HeardSentence {
  const { name, ...rest } = heard;
  const isNamed = offerId === undefined && name !== undefined;
  return { ...rest, ...(issue !== undefined && { issue }), ...(isNamed && { name }) };
}

function aboutIssue(
  { text, issue: read, name }: HeardSentence,
  { issue: chosen }: RouteState,
): readonly Taught[] {
  if (chosen === undefined || chosen === read) return [];
  if (read !== undefined) return [{ reason: 'corrected', about: 'issue', text, read, chosen }];
  // A name alone says nothing about the issue.
  return name === text ? [] : [{ reason: 'asked-back', about: 'issue', text, chosen }];
}

function aboutOffer({ name }: HeardSentence, { offerId }: RouteState): readonly Taught[] {
  if (name === undefined || typeof offerId !== 'string') return [];
  return [{ reason: 'asked-back', about: 'offer', text: name, chosen: offerId }];
}

/** The lesson of an answer that did not help; none when the person chose everything from lists. */
export function notHelpedLesson({ heard, issue }: RouteState): readonly Taught[] {
  return heard?.issue && issue
    ? [{ reason: 'not-helped', about: 'issue', text: heard.text, read: issue }]
    : [];
}

/** Stores the lessons, redacted. A failed record never prevents an answer. */
export async function recordLessons(
  services: DeskServices,
  context: TurnContext,
  lessons: readonly Taught[],
): Promise<void> {
  const { language, asker } = turnOf(context);
  const { from, conversation } = context.activity;
  const giver = { userId: from.id, conversationId: conversation.id };
  for (const lesson of lessons) {
    const text = services.redact(
      lesson.about === 'issue' ? await besideOffer(lesson.text, services) : lesson.text,
    );
    try {
      await services.lessons?.record({ ...lesson, text, at: services.now(), language, asker }, giver);
    } catch (error) {
      services.log.warn('lessons.not-recorded', { error });
    }
  }
}

/** The sentence without the offer's name: the words that say what is wrong are the same for every offer. */
async function besideOffer(text: string, services: DeskServices): Promise<string> {
  const { words } = await inTimeSlices(services.view().index.slices.inSentence(text));
  const rest = words === '' ? text : text.replace(words, ' ').replace(/\s+/gu, ' ').trim();
  return /[\p{L}\p{N}]{2}/u.test(rest) ? rest : text;
}
