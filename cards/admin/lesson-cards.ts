/** The administrators' cards about learning: what people chose, what a phrase would change, and what was learned. */
import type { Learned } from '../../core/services/answers/learn.js';
import type { Replay, ReplayReading } from '../../core/services/answers/replay.js';
import type { LessonGroup } from '../../core/services/answers/review-lessons.js';
import { hasText } from '../../locales/text.js';
import type { CardAction } from '../kit/action-table.js';
import { actionRow, box, type Element, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { localMoment } from '../outages/outage-words.js';
import { plainAction } from './admin-form.js';
import { actorName, type OwnerName, type PersonName } from './admin-words.js';

/** Groups one card shows. */
const MOST_GROUPS = 5;
const MOST_CHANGES = 8;
const MOST_LEARNED = 8;
const MOST_CHOICES = 3;

/** One part of a list: lines, and the buttons under them. */
interface Part {
  readonly lines: readonly Sentence[];
  readonly actions?: readonly Element[];
}

export interface LessonReviewData {
  /** Most frequent first. */
  readonly groups: readonly LessonGroup[];
  readonly owner: OwnerName;
  readonly note?: Sentence;
}

export function lessonReviewCard(
  { groups, owner, note }: LessonReviewData,
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'admin.lessons.title', { count: groups.length });
  const body = note ?? say(ctx, groups.length === 0 ? 'admin.lessons.none' : 'admin.lessons.body');
  const parts = groups.slice(0, MOST_GROUPS).map((group) => groupPart(group, owner, ctx));
  return listCard({ title, body, parts, actions: [button('learned', { verb: 'upkeep-learned' }, ctx)] }, ctx);
}

function groupPart(group: LessonGroup, owner: OwnerName, ctx: RenderContext): Part {
  const { id: lesson, about, text, times, reasons, chosen } = group;
  const choices = chosen
    .slice(0, MOST_CHOICES)
    .map((one) =>
      ctx.text('admin.lessons.choice', { name: meaningOf(about, one.value, owner, ctx), times: one.times }),
    );
  const why = {
    times,
    asked: reasons['asked-back'],
    corrected: reasons.corrected,
    failed: reasons['not-helped'],
  };
  const [first] = chosen;
  const to = first?.value ?? '';
  return {
    lines: [
      say(ctx, 'admin.lessons.text', { text }),
      say(ctx, 'admin.lessons.why', why),
      first
        ? say(ctx, 'admin.lessons.chosen', { choices: choices.join(' · ') })
        : say(ctx, 'admin.lessons.no-choice'),
    ],
    ...(first && {
      actions: [
        learnButton({ lesson, to, meaning: meaningOf(about, to, owner, ctx) }, ctx),
        button('try', { verb: 'upkeep-try', lesson, to }, ctx),
      ],
    }),
  };
}

export interface LessonTryData {
  readonly lesson: string;
  /** An issue or an offer id. */
  readonly to: string;
  readonly about: LessonGroup['about'];
  readonly words: string;
  readonly replay: Replay;
  readonly owner: OwnerName;
}

export function lessonTryCard(data: LessonTryData, ctx: RenderContext): RenderedCard {
  const { lesson, to, about, words, replay, owner } = data;
  const meaning = meaningOf(about, to, owner, ctx);
  const title = say(ctx, 'admin.try.title', { words, meaning });
  const count = replay.differences.length;
  const body = say(ctx, 'admin.try.body', { count, sentences: replay.sentences });
  const parts = replay.differences.slice(0, MOST_CHANGES).map(({ text, before, after }) => ({
    lines: [
      say(ctx, 'admin.lessons.text', { text }),
      say(ctx, 'admin.try.change', {
        before: readingOf(before, owner, ctx),
        after: readingOf(after, owner, ctx),
      }),
    ],
  }));
  const actions = [
    learnButton({ lesson, to, meaning }, ctx),
    button('lessons', { verb: 'upkeep-review' }, ctx),
  ];
  return listCard({ title, body, parts, actions }, ctx);
}

export interface LearnedData {
  /** Newest first. */
  readonly learned: readonly Learned[];
  readonly owner: OwnerName;
  readonly person: PersonName;
  readonly note?: Sentence;
}

export function learnedCard({ learned, owner, person, note }: LearnedData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'admin.learned.title', { count: learned.length });
  const body = note ?? say(ctx, learned.length === 0 ? 'admin.learned.none' : 'admin.learned.body');
  const parts = learned.slice(0, MOST_LEARNED).map((one) => ({
    lines: [
      say(ctx, 'admin.learned.item', {
        words: one.words,
        meaning: meaningOf(one.about, one.about === 'issue' ? one.issue : one.offerId, owner, ctx),
      }),
      bySaid(one, person, ctx),
    ],
    actions: [button('unlearn', { verb: 'upkeep-unlearn', id: one.id }, ctx)],
  }));
  return listCard({ title, body, parts, actions: [button('lessons', { verb: 'upkeep-review' }, ctx)] }, ctx);
}

function bySaid({ actor, at }: Learned, person: PersonName, ctx: RenderContext): Sentence {
  if (actor === undefined || at === undefined) return say(ctx, 'admin.learned.unknown');
  const moment = localMoment(at, ctx.zone ?? '', ctx.language);
  return say(ctx, 'admin.history.by', { at: moment, name: actorName(actor, person, ctx) });
}

/** An issue or an offer by its name on cards. */
export function meaningOf(
  about: LessonGroup['about'],
  value: string,
  owner: OwnerName,
  ctx: RenderContext,
): string {
  if (about === 'offer') return owner(value);
  return hasText(`issue.${value}`) ? ctx.text(`issue.${value}`) : value;
}

function readingOf({ issue, offerId }: ReplayReading, owner: OwnerName, ctx: RenderContext): string {
  const asks = ctx.text('admin.try.asks');
  const kind = issue === undefined ? asks : meaningOf('issue', issue, owner, ctx);
  return offerId === undefined ? kind : `${kind} · ${owner(offerId)}`;
}

interface LearnTarget {
  readonly lesson: string;
  readonly to: string;
  readonly meaning: string;
}

function learnButton({ lesson, to, meaning }: LearnTarget, ctx: RenderContext): Element {
  const title = ctx.text('admin.button.learn', { meaning: plainText(meaning, 60) });
  return plainAction({ verb: 'upkeep-learn', lesson, to }, title, ctx);
}

function button(name: string, action: CardAction, ctx: RenderContext): Element {
  return plainAction(action, ctx.text(`admin.button.${name}`), ctx);
}

interface ListCard {
  readonly title: Sentence;
  readonly body: Sentence;
  readonly parts: readonly Part[];
  readonly actions: readonly Element[];
}

function listCard({ title, body, parts, actions }: ListCard, ctx: RenderContext): RenderedCard {
  const details = parts.map(({ lines, actions: own = [] }) =>
    box(
      [
        ...lines.map((line, at) =>
          textBlock(line.card, at === 0 ? { weight: 'bolder' } : { spacing: 'none', subtle: true }),
        ),
        ...actionRow(own),
      ],
      { style: 'emphasis', spacing: 'small' },
    ),
  );
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: [...actions, button('menu', { verb: 'upkeep-menu' }, ctx)] },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      ...parts.map(({ lines }) => lines.map((line) => line.plain).join('\n')),
    ]),
  };
}
