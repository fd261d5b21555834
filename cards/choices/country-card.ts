/** The card that asks for the country of the invoice, because that decides who handles the tax. */
import { countryName } from '../../core/policy/tax-countries.js';
import { navigation } from '../kit/buttons.js';
import type { FactQuestionData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { understoodLine } from './understood.js';

/** Countries with a button; every other one is typed. */
export const FREQUENT_COUNTRIES = ['US', 'GB', 'DE', 'FR', 'JP', 'TW'] as const;

/** Asks for the country; not knowing it is an answer. */
export function countryCard(data: FactQuestionData, ctx: RenderContext): RenderedCard {
  const known = FREQUENT_COUNTRIES.map((country) => ({
    action: { verb: 'answer-country', country } as const,
    label: countryName(country, ctx.language),
  }));
  const unsure = {
    action: { verb: 'answer-country', country: 'unknown' } as const,
    label: ctx.text('choice.unsure'),
  };
  return renderChoices(
    {
      understood: understoodLine(data, ctx),
      title: say(ctx, 'country.title'),
      intro: say(ctx, 'country.why'),
      groups: [{ rows: [...known, unsure] }],
      hint: say(ctx, 'country.hint'),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}
