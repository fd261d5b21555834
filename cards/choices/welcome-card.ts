/** The first card a person sees: what this is for, how to ask, and in which languages. */
import { LANGUAGES } from '../../core/terms.js';
import { clickAction } from '../kit/buttons.js';
import type { GuideData } from '../kit/card-data.js';
import { renderGuide } from './guide.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Greets partner staff, a customer or a publisher. */
export function welcomeCard(data: GuideData, ctx: RenderContext): RenderedCard {
  const others = LANGUAGES.filter((language) => language !== ctx.language);
  const actions = [
    clickAction({ verb: 'other-offer' }, ctx.text('button.ask'), ctx),
    clickAction({ verb: 'help' }, ctx.text('button.help'), ctx),
    ...others.map((language) =>
      clickAction({ verb: 'language', language }, ctx.text(`language.${language}`), ctx),
    ),
  ];
  const keys = { titleKey: 'welcome.title', introKey: `welcome.intro.${ctx.asker}` };
  return renderGuide({ ...keys, data, points: [], actions }, ctx);
}
