/** The help card: what this person may ask, in example sentences, and the words that always work. */
import { clickAction } from '../buttons.js';
import type { GuideData } from '../card-data.js';
import { renderGuide } from '../guide.js';
import type { RenderContext, RenderedCard } from '../types.js';

/** Role-aware help: a customer is told nothing about what only partner staff may do. */
export function helpCard(data: GuideData, ctx: RenderContext): RenderedCard {
  const actions = [
    clickAction({ verb: 'other-offer' }, ctx.text('button.ask'), ctx),
    clickAction({ verb: 'restart' }, ctx.text('button.restart'), ctx),
    clickAction({ verb: 'cancel' }, ctx.text('button.cancel'), ctx),
  ];
  const points = ['help.find-offer', 'help.find-issue', `help.get.${ctx.asker}`, ...placeKey(data)].map(
    (key) => ctx.text(key),
  );
  const keys = { titleKey: 'help.title', introKey: `help.intro.${ctx.asker}` };
  return renderGuide({ ...keys, data, points, actions }, ctx);
}

function placeKey({ place }: GuideData): readonly string[] {
  return place === undefined ? [] : [`help.${place}`];
}
