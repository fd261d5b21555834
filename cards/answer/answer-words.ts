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

/** Values of `reason.`, `note.` and `prepare.` sentences. */
export function answerValues(answer: Answer, ctx: RenderContext): Readonly<Record<string, string>> {
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
  const values = answerValues(answer, ctx);
  if (answer.decision.responsible !== 'partner' || ctx.asker !== 'customer')
    return say(ctx, answer.decision.reason, values);
  const partner = ctx.text('party.partner.yours');
  const said = say(ctx, answer.decision.reason, { ...values, partner });
  // The sentence is written for a name: words of an unspaced script take no spaces, and other sentences begin with a capital.
  const begin = (text: string) =>
    isUnspaced(ctx.language)
      ? text.replaceAll(new RegExp(` ?${partner} ?`, 'g'), partner)
      : text.replaceAll(new RegExp(`(^|[.!?:] )${partner}`, 'g'), `$1${sentenceCase(partner)}`);
  return { card: begin(said.card), plain: begin(said.plain) };
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
  if (assumed === 'partner') return say(ctx, 'answer.assumed.partner', answerValues(answer, ctx));
  return say(ctx, 'answer.assumed.other', { channel: channelName(assumed, ctx) });
}

/** The question: the issue and, where known, the offer and how it was bought. */
export function understood(answer: Answer, ctx: RenderContext): Sentence {
  const { facts, offer, bought } = answer;
  return understoodLine({ issue: facts.issue, offerName: offer?.name, bought }, ctx);
}
