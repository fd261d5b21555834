/** The card that names back the questions found in one text, before they are answered one after the other. */
import { textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueName, type Understood } from './guide.js';
import { safeText } from '../kit/safe-text.js';

export interface SeveralQuestionsData {
  readonly questions: readonly Understood[];
}

/** A numbered line for each question. */
export function severalQuestionsCard({ questions }: SeveralQuestionsData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, questions.length === 2 ? 'several.title.two' : 'several.title.three');
  const body = say(ctx, 'several.body');
  const lines = questions.map((one, at) => `${at + 1} · ${lineOf(one, ctx)}`);
  const details = lines.map((line) => textBlock(safeText(line), { weight: 'bolder', spacing: 'small' }));
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, lines.join('\n'), body.plain]),
  };
}

function lineOf({ issue, offerName }: Understood, ctx: RenderContext): string {
  const names = [issue === undefined ? '' : issueName(issue, ctx), offerName ?? ''];
  return names.filter((name) => name !== '').join(' · ');
}
