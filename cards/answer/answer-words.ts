/** Names and sentences of an answer: the names of the parties, and the values for the policy's sentences. */
import type { Answer, ShownStep } from '../../core/services/answers/answer.js';
import { countryName } from '../../core/policy/tax-countries.js';
import type { Way } from '../../core/policy/decision.js';
import type { Party } from '../../core/terms.js';
import { isUnspaced } from '../../locales/language.js';
import { NOTHING, type Sentence, say, sentenceCase } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { channelName, understoodLine } from '../choices/guide.js';

/** The party's own name, else its general name (`your indirect provider`). */
export function partyName(name: string, party: Party, ctx: RenderContext): string {
  if (name.trim() !== '') return name;
  const own = ctx.asker === 'customer' && (party === 'customer' || party === 'administrator');
  return ctx.text(own ? `party.${party}.own` : `party.${party}`);
}

/** The name at one stop of the route. */
export function stepName(step: ShownStep, ctx: RenderContext): string {
  return partyName(step.partyName, step.step.party, ctx);
}

/** Values of the sentences about an answer. */
function answerValues(answer: Answer, ctx: RenderContext): Readonly<Record<string, string>> {
  const steps = [answer.first, ...answer.escalation];
  const named = (party: Party) => steps.find((one) => one.step.party === party)?.partyName ?? '';
  return {
    partner: partyName(answer.partnerName, 'partner', ctx),
    provider: partyName(answer.providerName ?? named('provider'), 'provider', ctx),
    publisher: partyName(answer.offer?.publisherName ?? named('publisher'), 'publisher', ctx),
    offer: answer.offer?.name ?? ctx.text('answer.this-offer'),
  };
}

/** `Responsible: …`, marked when it is the reader's own company or the reader's partner. */
export function headline(answer: Answer, ctx: RenderContext): Sentence {
  const { responsible } = answer.decision;
  const name = partyName(answer.responsibleName, responsible, ctx);
  if (responsible === ctx.asker) return say(ctx, 'answer.responsible.you', { name });
  if (responsible === 'partner' && ctx.asker === 'customer') {
    return say(ctx, 'answer.responsible.your-partner', { name });
  }
  return say(ctx, 'answer.responsible', { name });
}

/** True where the reader acts alone, in a portal. */
export function isOwnWay(way: Way): boolean {
  return way === 'azure-portal-self' || way === 'partner-center-self';
}

/** True when the instruction names the party of the first stop. */
export function namesFirst(answer: Answer, ctx: RenderContext): boolean {
  const isOwn = answer.first.step.party === ctx.asker && answer.decision.responsible === ctx.asker;
  return !isOwnWay(answer.first.step.way) && !isOwn;
}

/** Why this party is responsible. Customers read "your partner" below the line that names their partner. */
export function reason(answer: Answer, ctx: RenderContext): Sentence {
  const isOwn = answer.decision.responsible === 'partner' && ctx.asker === 'customer';
  return sayOf(
    answer,
    answer.decision.reason,
    ctx,
    isOwn ? { partner: ctx.text('party.partner.yours') } : {},
  );
}

/** General names that stand in a sentence where the directory has no name. */
const GENERAL_NAMES = [
  'party.partner.yours',
  'party.publisher',
  'party.provider',
  'party.partner',
  'answer.this-offer',
];

/**
 * A sentence of the locales with the values of an answer. The sentences are written for names. A general name ("the
 * publisher") gets a capital at the beginning of a sentence, and no spaces in a script that has none.
 */
export function sayOf(
  answer: Answer,
  key: string,
  ctx: RenderContext,
  more: Readonly<Record<string, string>> = {},
): Sentence {
  const said = say(ctx, key, { ...answerValues(answer, ctx), ...more });
  const general = GENERAL_NAMES.map((name) => ctx.text(name));
  const fit = (text: string) => general.reduce((whole, name) => withGeneralName(whole, name, ctx), text);
  return { card: fit(said.card), plain: fit(said.plain) };
}

function withGeneralName(text: string, name: string, { language }: RenderContext): string {
  if (!text.includes(name)) return text;
  if (isUnspaced(language)) return text.replaceAll(new RegExp(` ?${name} ?`, 'g'), name);
  return text.replaceAll(new RegExp(`(^|[.!?] )${name}`, 'g'), `$1${sentenceCase(name)}`);
}

/** What to do, in one line: whom to contact, or that the reader's own company answers. */
export function instruction(answer: Answer, ctx: RenderContext): Sentence {
  const { first, decision } = answer;
  if (isOwnWay(first.step.way)) return say(ctx, 'answer.do-yourself');
  const values = { name: stepName(first, ctx) };
  if (decision.responsible !== ctx.asker) return say(ctx, 'answer.do.contact', values);
  return say(ctx, first.step.party === ctx.asker ? 'answer.do.yourself' : 'answer.do.backed', values);
}

/** The purchase channel that the answer assumes, or the country that decides it; nothing where there is neither. */
export function assumption(answer: Answer, ctx: RenderContext): Sentence {
  const { assumed, country } = answer;
  if (assumed === undefined)
    return country === undefined
      ? NOTHING
      : say(ctx, 'answer.country', { country: countryName(country, ctx.language) });
  if (assumed === 'partner') return sayOf(answer, 'answer.assumed.partner', ctx);
  return say(ctx, 'answer.assumed.other', { channel: channelName(assumed, ctx) });
}

/** The question: the issue and, where known, the offer and how it was bought. */
export function understood(answer: Answer, ctx: RenderContext): Sentence {
  const { facts, offer, bought } = answer;
  return understoodLine({ issue: facts.issue, offerName: offer?.name, bought }, ctx);
}
