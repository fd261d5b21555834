/** The text in place of a missing contact: who can find the contact, and where. Never a blank. */
import type { Answer, ShownStep } from '../../core/services/answers/answer.js';
import { sayOf, stepName } from './answer-words.js';
import { clickAction, linkAction, primaryFirst } from '../kit/buttons.js';
import { type Block, actionRow, type Element, textBlock } from '../kit/elements.js';
import type { Sentence } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { punctuationOf } from '../../locales/language.js';

/** Partner Center's start page. A permanent link to the Overview tab of one offer does not exist. */
const PARTNER_CENTER = 'https://partner.microsoft.com/dashboard/home';

/** How to find the missing contact of a stop; empty where the stop has a contact. */
export function missingWords(shown: ShownStep, answer: Answer, ctx: RenderContext): string {
  if (shown.missing === undefined) return '';
  return sentences(shown, answer, ctx)
    .map((one) => one.plain)
    .join('\n');
}

/** The text for a further stop whose contact is missing for the same reason. */
export function stillMissing(ctx: RenderContext): Block {
  const said = ctx.text('missing.too');
  return { elements: [textBlock(said, { spacing: 'small' })], lines: [said] };
}

/** The text for a stop without a contact that this asker may use. */
export function missingContact(
  shown: ShownStep,
  answer: Answer,
  ctx: RenderContext,
  buttons: boolean,
): Block {
  const said = sentences(shown, answer, ctx);
  const ways = waysOut(shown, ctx);
  const isFirst = shown.step === answer.first.step;
  return {
    elements: [
      textBlock(said.map((one) => one.card).join(punctuationOf(ctx.language).gap), {
        spacing: 'small',
      }),
      ...(buttons ? actionRow(isFirst ? primaryFirst(ways) : ways) : []),
    ],
    lines: said.map((one) => one.plain),
  };
}

function sentences(shown: ShownStep, answer: Answer, ctx: RenderContext): readonly Sentence[] {
  const name = stepName(shown, ctx);
  return keys(shown, answer, ctx).map((key) => sayOf(answer, key, ctx, { name }));
}

function keys(shown: ShownStep, answer: Answer, ctx: RenderContext): readonly string[] {
  if (shown.missing === 'private-chat') return ['missing.private-chat'];
  if (shown.missing === 'own-side') return [`ask.${shown.step.way}`];
  if (shown.missing === 'unknown-offer') return [`missing.unknown-offer.${ctx.asker}`];
  if (ctx.asker === 'customer') return [customerKey(shown)];
  switch (shown.step.party) {
    case 'publisher':
      return publisherKeys(answer, ctx);
    case 'partner':
      return [ctx.asker === 'partner' ? 'missing.own-desk' : 'missing.partner-desk'];
    case 'provider':
      return ['missing.provider'];
    case 'microsoft':
      return ['missing.microsoft'];
    case 'community':
      return ['missing.community'];
    case 'customer':
    case 'administrator':
    case 'global-administrator':
    case 'other-partner':
    case 'agreement-partner':
      return [`ask.${shown.step.way}`];
  }
}

/** A customer without a contact can always turn to the partner. */
function customerKey(shown: ShownStep): string {
  return shown.step.party === 'partner' ? 'missing.partner-desk' : 'missing.partner-gets-it';
}

/** Partner Center has publishers' contacts; a reseller may have to ask its provider. */
function publisherKeys(answer: Answer, ctx: RenderContext): readonly string[] {
  if (ctx.asker === 'publisher') return ['missing.own-listing'];
  const place = answer.offer === undefined ? 'missing.publisher.listing' : 'missing.publisher.partner-center';
  const reseller = answer.facts.model === 'indirect-reseller' ? ['missing.publisher.ask-provider'] : [];
  return ['missing.publisher.none', place, ...reseller];
}

function waysOut(shown: ShownStep, ctx: RenderContext): readonly Element[] {
  // The foot of the card has the way to the private chat, once for all its contacts.
  if (shown.missing === 'private-chat') return [];
  if (shown.missing === 'unknown-offer') {
    return [clickAction({ verb: 'request-offer' }, ctx.text('button.request-offer'), ctx)];
  }
  if (ctx.asker !== 'partner' || shown.step.party !== 'publisher') return [];
  return linkAction(ctx.text('missing.open-partner-center'), PARTNER_CENTER);
}
