/** The shape all question cards share: what is understood, the question, tappable answers, a hint, and navigation. */
import { type ChoiceRow, choiceRow, rowName } from '../kit/buttons.js';
import { type Block, type Element, heading } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { NOTHING, type Sentence, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Rows under an optional heading. */
export interface RowGroup {
  readonly title?: string;
  readonly rows: readonly ChoiceRow[];
}

export interface ChoiceCard {
  /** Stands before the question. */
  readonly top?: Block;
  readonly understood?: Sentence;
  readonly title: Sentence;
  readonly intro?: Sentence;
  readonly groups: readonly RowGroup[];
  readonly hint?: Sentence;
  readonly actions: readonly Element[];
}

/** Renders a question card and its text twin, in which the answers are numbered. */
export function renderChoices(card: ChoiceCard, ctx: RenderContext): RenderedCard {
  const { understood = NOTHING, title, intro = NOTHING, hint = NOTHING } = card;
  const data = { understood: understood.card, title: title.card, intro: intro.card, hint: hint.card };
  const top = card.top ?? { elements: [], lines: [] };
  const rows = card.groups.flatMap((group) => groupElements(group, ctx));
  return {
    card: renderCard('choices', ctx.language, data, { top: top.elements, rows, actions: card.actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      ...top.lines,
      understood.plain,
      title.plain,
      intro.plain,
      listText(card.groups),
      hint.plain,
    ]),
  };
}

function groupElements(group: RowGroup, ctx: RenderContext): readonly Element[] {
  const title = group.title === undefined ? [] : [{ ...heading(group.title), size: 'default' }];
  return [...title, ...group.rows.map((row) => choiceRow(row, ctx))];
}

function listText(groups: readonly RowGroup[]): string {
  let number = 0;
  return groups
    .flatMap((group) => [
      ...(group.title === undefined ? [] : [group.title]),
      ...group.rows.map((row) => `${++number}. ${rowName(row)}`),
    ])
    .join('\n');
}
