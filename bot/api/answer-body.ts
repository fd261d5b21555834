/** The answer of the desk as JSON. It lists every field that leaves the server, so that a new field stays inside. */
import { z } from 'zod';
import {
  assumption,
  headline,
  instruction,
  partyName,
  reason,
  stepName,
} from '../../cards/answer/answer-words.js';
import { missingWords } from '../../cards/answer/missing-contact.js';
import { issueName } from '../../cards/choices/guide.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { seenMark } from '../../cards/reports/wrong-contact.js';
import { WAYS } from '../../core/policy/decision.js';
import type { Answer, ShownContact, ShownStep } from '../../core/services/answers/answer.js';
import { reachableAnswer, type ReachableStep } from '../../core/services/answers/open-first.js';
import type { RoutedBody } from './api.js';

type Stop = NonNullable<RoutedBody['first']>;
type Contact = NonNullable<Stop['contact']>;

/** The facts of an answer, in the reader's language. Every contact is one that this asker may see. */
export function answerBody(given: Answer, ctx: RenderContext) {
  const answer = reachableAnswer(given, ctx.now);
  const { facts, decision, offer, responsibleName } = answer;
  const { title, url, date, readOn, fact } = decision.source;
  const assumed = assumption(answer, ctx).plain;
  const stop = (step: ReachableStep) => stopBody(step, answer, ctx);
  return {
    result: 'answer' as const,
    issue: { id: facts.issue, name: issueName(facts.issue, ctx) },
    ...(offer && {
      offer: { id: offer.id, name: offer.name, publisher: offer.publisherName, onSale: !offer.withdrawn },
    }),
    responsible: {
      party: decision.responsible,
      name: partyName(responsibleName, decision.responsible, ctx),
    },
    reason: reason(answer, ctx).plain,
    instruction: instruction(answer, ctx).plain,
    ...(assumed !== '' && { assumption: assumed }),
    first: stop(answer.first),
    escalation: answer.escalation.map(stop),
    source: { title, url, date, readOn, statement: fact },
  };
}

/** `Responsible: Contoso`, with the reason: one line of a list of rules. */
export function ruleLine(answer: Answer, ctx: RenderContext): string {
  const { title, url } = answer.decision.source;
  const first = stepName(answer.first, ctx);
  return `${headline(answer, ctx).plain} ${reason(answer, ctx).plain} → ${first}. ${title}: ${url}`;
}

function stopBody(step: ReachableStep, answer: Answer, ctx: RenderContext): Stop {
  const { first, then } = step.order ?? {};
  const [contact, other] = first ? [first, then ?? other2(step, first)] : [step.contact, step.also];
  const why = missingWords(step, answer, ctx);
  const reference = referenceOf(step, ctx);
  return {
    party: step.step.party,
    name: stepName(step, ctx),
    way: step.step.way,
    ...(contact && { contact: contactBody(contact) }),
    ...(other && { otherContact: contactBody(other) }),
    ...(why !== '' && { whyNoContact: why }),
    ...(reference !== undefined && { reference }),
  };
}

/** The contact beside the first one. */
function other2({ contact, also }: ReachableStep, first: ShownContact): ShownContact | undefined {
  return first === contact ? also : contact;
}

function contactBody({ name, email, phone, url, upn, hours, verifiedOn, deadSince }: ShownContact): Contact {
  const fields = { name, email, phone, url, teamsUser: upn, hours, verifiedOn, deadSince };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The owner, the way and a mark of the values, which reveals none of them. */
const Reference = z.tuple([z.string(), z.enum(WAYS), z.string()]);

function referenceOf({ about, contact }: ShownStep, { signer }: RenderContext): string | undefined {
  if (!about || !contact) return undefined;
  return Buffer.from(JSON.stringify([about.key, about.way, seenMark(about, signer)])).toString('base64url');
}

/** The contact that a reference names; undefined for text that is no reference. */
export function readReference(text: string) {
  try {
    const [key, way, seen] = Reference.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return { key, way, seen };
  } catch {
    return undefined;
  }
}
