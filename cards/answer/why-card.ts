/** Rule and source of an answer as a card of its own, for whoever asks "why?" in words. */
import { whySection } from './answer-sections.js';
import { answerValues, headline } from './answer-words.js';
import { clickAction } from '../kit/buttons.js';
import type { AnswerData } from '../kit/card-data.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Says why this party is responsible. */
export function whyCard({ answer }: AnswerData, ctx: RenderContext): RenderedCard {
  const head = headline(answer, ctx);
  const reason = say(ctx, answer.decision.reason, answerValues(answer, ctx));
  const why = whySection(answer, ctx);
  const actions = [
    clickAction({ verb: 'not-helped' }, ctx.text('button.not-helped'), ctx),
    clickAction({ verb: 'help' }, ctx.text('button.help'), ctx),
  ];
  return {
    card: renderCard('notice', { title: head.card, body: reason.card }, { details: why.elements, actions }),
    summary: oneLine(head.plain),
    text: paragraphs([head.plain, reason.plain, why.lines.join('\n')]),
  };
}
