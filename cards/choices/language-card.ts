/** The card that asks for the language; each language is named in itself. */
import { LANGUAGES } from '../../core/terms.js';
import { navigation } from '../kit/buttons.js';
import type { LanguageData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Asks for the language of everything that follows. */
export function languageCard(_data: LanguageData, ctx: RenderContext): RenderedCard {
  const rows = LANGUAGES.map((language) => ({
    action: { verb: 'language', language } as const,
    label: ctx.text(`language.${language}`),
    ...(language === ctx.language ? { detail: ctx.text('language.current') } : {}),
  }));
  return renderChoices(
    { title: say(ctx, 'language.title'), groups: [{ rows }], actions: navigation(ctx, false) },
    ctx,
  );
}
