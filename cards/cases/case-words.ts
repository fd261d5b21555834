/** The words of a case: its contact, its subject and what happened so far. And the button on an answer that opens a case. */
import type { Answer } from '../../core/services/answers/answer.js';
import type { ReachableStep } from '../../core/services/answers/open-first.js';
import { present, type CaseEvent, type ContactCase } from '../../core/services/cases/case.js';
import { stepName } from '../answer/answer-words.js';
import { issueName } from '../choices/guide.js';
import { clickAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import { LIMITS, plainText } from '../kit/safe-text.js';
import { say, type Sentence } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { localDay, localMoment } from '../outages/outage-words.js';

/** A case with the names and contacts that its reader may see now. */
export interface ShownCase {
  readonly one: ContactCase;
  /** Empty when the case is about no offer that the directory knows. */
  readonly offerName: string;
  /** The stops of the case, in their order. */
  readonly stops: readonly ReachableStep[];
}

/** The ids of the directory. */
const OFFER_ID = /^[\p{L}\p{N}._|:~-]{1,200}$/u;
const MOST_STOPS = 8;

/** `I wrote to them`: one click opens a case. None where nobody can be written to, or where the bot cannot ask later. */
export function wroteButton(
  { first, escalation, facts, offer }: Answer,
  ctx: RenderContext,
): readonly Element[] {
  const steps = [first, ...escalation].filter(({ contact, about }) => contact && about);
  if (!ctx.cases || first.contact === undefined || first.about === undefined) return [];
  if (offer && !OFFER_ID.test(offer.id)) return [];
  const action = {
    verb: 'case-open',
    issue: facts.issue,
    ...(offer && { offerId: offer.id }),
    steps: steps.slice(0, MOST_STOPS).map(({ step: { party, way } }) => ({ party, way })),
  } as const;
  return [clickAction(action, ctx.text('case.button.open'), ctx)];
}

/** `Contoso Backup · Billing`, or the issue alone. */
export function subjectOf({ one, offerName }: ShownCase, ctx: RenderContext): string {
  const issue = issueName(one.issue, ctx);
  return offerName === '' ? issue : `${plainText(offerName, LIMITS.name)} · ${issue}`;
}

/** The name and the way of the stop that the holder waits for. */
export function contactWords({ one, stops }: ShownCase, ctx: RenderContext): { name: string; way: string } {
  return wordsAt(stops, present(one).place, ctx);
}

function wordsAt(
  stops: ShownCase['stops'],
  place: number,
  ctx: RenderContext,
): { name: string; way: string } {
  const stop = stops[place];
  return stop === undefined
    ? { name: '', way: '' }
    : { name: stepName(stop, ctx), way: ctx.text(`way.${stop.step.way}`) };
}

/** `Written to Fabrikam (customer support) on 3 Mar 2026: Contoso Backup · Billing.` */
export function writtenSaid(shown: ShownCase, ctx: RenderContext): Sentence {
  const { at } = present(shown.one);
  const date = localDay(at, zoneOf(shown.one, ctx), ctx.language);
  return say(ctx, 'case.written', { ...contactWords(shown, ctx), date, subject: subjectOf(shown, ctx) });
}

/** When the bot asks next. */
export function dueSaid({ one }: ShownCase, ctx: RenderContext): Sentence {
  const key = one.dueAt >= one.endsAt ? 'case.ends' : 'case.due';
  return say(ctx, key, { date: localMoment(Math.max(one.dueAt, ctx.now), zoneOf(one, ctx), ctx.language) });
}

/** The earlier stops, and the last one when it did not answer: a line each. */
export function pastLines(shown: ShownCase, ctx: RenderContext): readonly Sentence[] {
  return shown.one.history.filter(({ kind }) => kind !== 'wrote').map((event) => pastLine(event, shown, ctx));
}

function pastLine({ at, kind, stop }: CaseEvent, { one, stops }: ShownCase, ctx: RenderContext): Sentence {
  const date = localDay(at, zoneOf(one, ctx), ctx.language);
  return say(ctx, `case.past.${kind}`, { ...wordsAt(stops, stop, ctx), date });
}

/** The lines below the first words of a message to the next contact. */
export function draftLines(shown: ShownCase, ctx: RenderContext): readonly string[] {
  const past = pastLines(shown, ctx);
  const { customer } = shown.one;
  return [
    ...(customer === '' ? [] : ['', ctx.text('case.customer', { customer: plainText(customer) })]),
    ...(past.length === 0 ? [] : ['', ctx.text('case.draft'), ...past.map(({ plain }) => `- ${plain}`)]),
  ];
}

function zoneOf({ holder }: ContactCase, ctx: RenderContext): string {
  return ctx.zone ?? holder.zone;
}
