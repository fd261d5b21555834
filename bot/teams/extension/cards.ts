/**
 * Cards of the message extension. A card in a chat shows only what everybody in the chat may see; a private view
 * shows what its viewer may see.
 */
import { type Subject, closedAnswer } from '../../../dialogs/question/closed-answer.js';
import { freshState } from '../../../dialogs/question/route-state.js';
import type { DeskServices } from '../../../dialogs/shared/services.js';
import { lookUpInSlices } from '../../../dialogs/shared/time-slices.js';
import { LONGEST_READ, questionIn } from '../../../core/understanding/pasted.js';
import { smallTalkOf } from '../../../core/understanding/small-talk.js';
import { understandFirst } from '../../../dialogs/question/understand.js';
import type { Asker } from '../../../core/terms.js';
import { clickAction } from '../../../cards/kit/buttons.js';
import { encodeAction, refreshedFor } from '../../../cards/kit/actions.js';
import type { RenderContext } from '../../../cards/kit/types.js';
import { renderContext } from '../../../dialogs/shared/send-card.js';
import type { Turn } from '../../../dialogs/shared/turn.js';
import { textIn } from '../../../locales/text.js';

/** The offer and the issue of a sentence, where they are clear; undefined when neither is clear. */
export async function subjectOf(
  text: string,
  services: DeskServices,
  asker: Asker,
): Promise<Subject | undefined> {
  const sentence = questionIn(text.trim().slice(0, LONGEST_READ));
  if (sentence === '' || smallTalkOf(sentence) !== undefined) return undefined;
  const classifier = services.classifier();
  const { state } = await lookUpInSlices(services.view(), (view) =>
    understandFirst(freshState('', ''), sentence, { view, classifier, asker }),
  );
  const offerId = state.offerId ?? undefined;
  if (state.issue === undefined && offerId === undefined) return undefined;
  return { ...(offerId && { offerId }), ...(state.issue && { issue: state.issue }) };
}

/** What a person says in a message. The result is escaped before it is shown, never shown as HTML. */
export function wordsOfMessage(content: unknown): string {
  return typeof content === 'string' ? questionIn(content.slice(0, 2 * LONGEST_READ)) : '';
}

const CARD = 'application/vnd.microsoft.card.adaptive';

export interface CardAttachment {
  readonly contentType: typeof CARD;
  readonly content: object;
}

type Shared = readonly [subject: Subject, turn: Turn, services: DeskServices, from: string | undefined];

/** A card for the chat with what customers may see, and a private view for the person who inserted it. */
export function sharedCard(...shared: Shared): CardAttachment {
  return sharedView(...shared).attachment;
}

/** The same with the summary of the card, for its preview. */
export function sharedView(...[subject, turn, services, from]: Shared): {
  readonly attachment: CardAttachment;
  readonly summary: string;
} {
  const reader = { asker: 'customer', scope: 'group', language: turn.language } as const;
  const text = textIn(turn.language, reader.asker);
  const ctx = { ...renderContext({ ...turn, ...reader, text }, services, ''), privateChat: undefined };
  const { card, summary } = closedAnswer(subject, services, reader, ctx);
  const own = turn.asker === 'customer' || from === undefined ? [] : [from];
  const content = refreshedFor(card, { verb: 'show-answer', ...subject }, own, ctx);
  return { attachment: { contentType: CARD, content }, summary };
}

/** A card in a private dialog, with a button that inserts the shared card into the chat. */
export function dialogCard(subject: Subject, turn: Turn, services: DeskServices): CardAttachment {
  const reader = { asker: turn.asker, scope: 'personal', language: turn.language } as const;
  const ctx = renderContext({ ...turn, ...reader }, services, '');
  const { card } = closedAnswer(subject, services, reader, ctx);
  const actions = [...((card.actions as readonly object[] | undefined) ?? []), insertButton(subject, ctx)];
  return { contentType: CARD, content: { ...card, actions } };
}

/** Dialogs support only Action.Submit. */
function insertButton(subject: Subject, ctx: RenderContext): object {
  const data = encodeAction({ verb: 'show-answer', ...subject }, ctx);
  return {
    ...clickAction({ verb: 'show-answer', ...subject }, ctx.text('extension.insert'), {
      ...ctx,
      host: 'web',
    }),
    data,
  };
}
