/** The shape welcome and help share: a heading, what this is for, example sentences, and the words that always work. */
import type { GuideData } from '../kit/card-data.js';
import { box, bullets, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainName } from '../kit/safe-text.js';
import { oneLine, paragraphs, say, type Said } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface Guide {
  /** Locale keys of heading and first sentence. */
  readonly titleKey: string;
  readonly introKey: string;
  readonly data: GuideData;
  /** Further sentences of the locale files. */
  readonly points: readonly string[];
  readonly actions: readonly Element[];
}

const EXAMPLES = 3;

/** Renders a guide for this asker. */
export function renderGuide(guide: Guide, ctx: RenderContext): RenderedCard {
  const title = say(ctx, guide.titleKey);
  const intro = say(ctx, guide.introKey, { partner: guide.data.partnerName });
  const examplesTitle = say(ctx, 'guide.examples');
  const commands = say(ctx, 'guide.commands');
  const examples = exampleSentences(guide.data, ctx);
  const data = {
    title: title.card,
    intro: intro.card,
    examplesTitle: examplesTitle.card,
    commands: commands.card,
  };
  const slots = {
    examples: bullets(examples.map((one) => one.card)),
    more: guide.points.length === 0 ? [] : [box(bullets(guide.points), { spacing: 'medium' })],
    actions: guide.actions,
  };
  const list = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n');
  return {
    card: renderCard('guide', data, slots),
    summary: oneLine(`${title.plain} ${intro.plain}`),
    text: paragraphs([
      title.plain,
      intro.plain,
      `${examplesTitle.plain}\n${list(examples.map((one) => one.plain))}`,
      list(guide.points),
      commands.plain,
    ]),
  };
}

function exampleSentences(data: GuideData, ctx: RenderContext): readonly Said[] {
  const names = data.offerNames
    .map(plainName)
    .filter((name) => name !== '')
    .slice(0, EXAMPLES);
  if (names.length === 0) return [say(ctx, 'guide.example.any')];
  return names.map((offer, at) => say(ctx, `guide.example.${ctx.asker}.${at + 1}`, { offer }));
}
