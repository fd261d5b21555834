/** Learning in administration: review what people chose, try a phrase or alias, learn it, and take it back. */
import { learnedCard, lessonReviewCard, lessonTryCard, meaningOf } from '../../cards/admin/lesson-cards.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { type Sentence, say } from '../../cards/kit/sentence.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import type { Lesson } from '../../core/ports.js';
import { forgetLearned, listLearned, teach, type Teaching } from '../../core/services/answers/learn.js';
import { keptSentences, trySlices } from '../../core/services/answers/replay.js';
import { reviewSlices } from '../../core/services/answers/review-lessons.js';
import { isIssue } from '../../core/terms.js';
import { menu } from './admin-contacts.js';
import { namesFor, type AdminTurn } from './admin-context.js';
import type { LearningServices } from './admin-services.js';
import { ownerNames } from './admin-view.js';

const MONTH_MS = 30 * 86_400_000;
/** The newest sentences that one card looks through. */
const MOST_SENTENCES = 300;

export type LearningClick = Extract<
  AdminAction,
  { verb: 'upkeep-review' | 'upkeep-try' | 'upkeep-learn' | 'upkeep-learned' | 'upkeep-unlearn' }
>;

/** Answers a button of the cards about learning. */
export async function clickLearning(turn: AdminTurn, action: LearningClick): Promise<RenderedCard> {
  const { learning } = turn.admin;
  if (!learning) return menu(turn);
  // Another process may have learned or forgotten a phrase.
  await learning.refresh();
  switch (action.verb) {
    case 'upkeep-review':
      return review(turn, learning);
    case 'upkeep-try':
      return tryLesson(turn, learning, action);
    case 'upkeep-learn':
      return learnLesson(turn, learning, action);
    case 'upkeep-learned':
      return showLearned(turn, learning);
    case 'upkeep-unlearn':
      return unlearn(turn, learning, action.id);
  }
}

async function review(turn: AdminTurn, learning: LearningServices, note?: Sentence): Promise<RenderedCard> {
  const { services, ctx, now } = turn;
  const { directory, index } = services.view();
  const lessons = (await learning.lessons.list(now - MONTH_MS)).slice(0, MOST_SENTENCES);
  const knowing = { index, classifier: services.classifier() };
  const { open } = await learning.inSlices(reviewSlices(lessons, knowing));
  return lessonReviewCard({ groups: open, owner: ownerNames(directory), ...(note && { note }) }, ctx);
}

type ToLearn = Extract<AdminAction, { verb: 'upkeep-try' | 'upkeep-learn' }>;

async function tryLesson(
  turn: AdminTurn,
  learning: LearningServices,
  { lesson: id, to }: ToLearn,
): Promise<RenderedCard> {
  const { services, ctx, now } = turn;
  const lesson = await learning.lessons.byId(id);
  const teaching = lesson && teachingOf(lesson, to);
  if (!teaching) return review(turn, learning, say(ctx, 'admin.done.learn-gone'));
  const { directory, index } = services.view();
  const since = now - MONTH_MS;
  const [unanswered, lessons, phrases] = await Promise.all([
    learning.unanswered.list(since),
    learning.lessons.list(since),
    learning.phrases.list(),
  ]);
  const kept = keptSentences(unanswered.slice(0, MOST_SENTENCES), lessons.slice(0, MOST_SENTENCES));
  const partnerName = services.profile().name;
  const present = { directory, index, classifier: services.classifier(), partnerName, phrases };
  const replay = await learning.inSlices(trySlices(teaching, kept, present));
  const { about, words } = teaching;
  return lessonTryCard({ lesson: id, to, about, words, replay, owner: ownerNames(directory) }, ctx);
}

async function learnLesson(
  turn: AdminTurn,
  learning: LearningServices,
  { lesson: id, to }: ToLearn,
): Promise<RenderedCard> {
  const { services, admin, ctx, actor, now } = turn;
  const lesson = await learning.lessons.byId(id);
  const teaching = lesson && teachingOf(lesson, to);
  if (!teaching) return review(turn, learning, say(ctx, 'admin.done.learn-gone'));
  const { directory } = services.view();
  const done = await teach({ ...learning, directory: admin.directory }, directory, teaching, { actor, now });
  services.log.info('admin.learned', { outcome: done.kind, about: teaching.about });
  await Promise.all([admin.refresh(), learning.refresh()]);
  const meaning = meaningOf(teaching.about, to, ownerNames(directory), ctx);
  const note =
    done.kind === 'learned'
      ? say(ctx, 'admin.done.learned', { words: teaching.words, meaning })
      : say(ctx, done.kind === 'known' ? 'admin.done.learn-known' : 'admin.done.learn-gone');
  return review(turn, learning, note);
}

/** Undefined when a lesson of another kind, or an unknown issue, is meant. */
function teachingOf({ about, text: words }: Lesson, to: string): Teaching | undefined {
  if (about === 'offer') return { about, words, offerId: to };
  return isIssue(to) ? { about, words, issue: to } : undefined;
}

async function showLearned(
  turn: AdminTurn,
  learning: LearningServices,
  note?: Sentence,
): Promise<RenderedCard> {
  const learned = await listLearned({ ...learning, directory: turn.admin.directory });
  const names = await namesFor(
    turn,
    learned.flatMap(({ actor }) => actor ?? []),
  );
  return learnedCard({ learned, ...names, ...(note && { note }) }, turn.ctx);
}

async function unlearn(turn: AdminTurn, learning: LearningServices, id: string): Promise<RenderedCard> {
  const { services, admin, ctx, actor, now } = turn;
  const gone = await forgetLearned({ ...learning, directory: admin.directory }, id, { actor, now });
  services.log.info('admin.unlearned', { outcome: gone ? 'taken-back' : 'gone' });
  await Promise.all([admin.refresh(), learning.refresh()]);
  const note = gone
    ? say(ctx, 'admin.done.unlearned', { words: gone.words })
    : say(ctx, 'admin.done.learn-gone');
  return showLearned(turn, learning, note);
}
