/** Finds the open facts that would change the answer, by deciding for each alternative. */
import { AGREEMENTS, HOSTINGS, PURCHASE_CHANNELS, SUPPORT_TIERS, type PurchaseChannel } from '../terms.js';
import { decide } from './decide.js';
import { OPEN_QUESTIONS, type Decision, type OpenQuestion, type RouteFacts } from './decision.js';

/** The possible answers of each question, as facts. */
const ALTERNATIVES: Readonly<
  Record<OpenQuestion, (facts: RouteFacts, channels: readonly PurchaseChannel[]) => readonly RouteFacts[]>
> = {
  channel: (facts, channels) => channels.map((channel) => ({ ...facts, channel })),
  agreement: (facts) => AGREEMENTS.map((agreement) => ({ ...facts, agreement })),
  hosting: (facts) =>
    HOSTINGS.filter((hosting) => hosting !== 'unknown').map((hosting) => ({ ...facts, hosting })),
  country: (facts) => (['publisher', 'microsoft'] as const).map((taxBy) => ({ ...facts, taxBy })),
  'refund-window': (facts) => [withRefundWindow(facts, true), withRefundWindow(facts, false)],
};

/**
 * The facts once the refund window of the subscription is known. The subscription shows its length, not the policy:
 * published windows differ by date and by kind of offer.
 */
export function withRefundWindow(facts: RouteFacts, open: boolean): RouteFacts {
  if (facts.issue !== 'billing.refund' || open) return facts;
  return { ...facts, issue: 'billing.refund-late' };
}

/**
 * The questions to ask, in their order: unknown facts whose answers lead to another responsible
 * party, first contact or escalation, whatever the answers to the other open questions.
 * @param channels the purchase channels that are possible
 */
export function openQuestions(
  facts: RouteFacts,
  known: ReadonlySet<string>,
  channels: readonly PurchaseChannel[] = PURCHASE_CHANNELS,
): readonly OpenQuestion[] {
  const open = OPEN_QUESTIONS.filter((question) => !known.has(question));
  return open.filter((question) => isAskable(question, open) && changes(facts, question, open, channels));
}

/** The agreement matters for private offers alone, so the bot asks for it once it knows how the offer was bought. */
function isAskable(question: OpenQuestion, open: readonly OpenQuestion[]): boolean {
  return question !== 'agreement' || !open.includes('channel');
}

function changes(
  facts: RouteFacts,
  question: OpenQuestion,
  open: readonly OpenQuestion[],
  channels: readonly PurchaseChannel[],
): boolean {
  const others = open.filter((each) => each !== question);
  return worldsOf(facts, others, channels).some(
    (world) => new Set(ALTERNATIVES[question](world, channels).map(outcome)).size > 1,
  );
}

/** The facts with every combination of answers to the open questions. */
function worldsOf(
  facts: RouteFacts,
  open: readonly OpenQuestion[],
  channels: readonly PurchaseChannel[],
): readonly RouteFacts[] {
  return open.reduce<readonly RouteFacts[]>(
    (all, each) => all.flatMap((world) => ALTERNATIVES[each](world, channels)),
    [facts],
  );
}

/**
 * True when the bot has to know the offer: another offer leads to another answer, or the answer sends to the publisher
 * or the community of the offer.
 * @param channels the purchase channels that are possible
 */
export function offerChangesAnswer(
  facts: RouteFacts,
  known: ReadonlySet<string>,
  channels: readonly PurchaseChannel[] = PURCHASE_CHANNELS,
): boolean {
  const open = OPEN_QUESTIONS.filter((question) => question !== 'hosting' && !known.has(question));
  return worldsOf(facts, open, channels).some((world) => {
    const offers = offersOf(world);
    return offers.some(sendsToOffer) || new Set(offers.map(outcome)).size > 1;
  });
}

/** The facts for every sort of offer. */
function offersOf(facts: RouteFacts): readonly RouteFacts[] {
  return SUPPORT_TIERS.flatMap((supportTier) =>
    HOSTINGS.flatMap((hosting) =>
      (['partner', 'publisher'] as const).map((tier1) => ({ ...facts, supportTier, hosting, tier1 })),
    ),
  );
}

/** True when the answer names or sends to the publisher or the community of the offer. */
function sendsToOffer(facts: RouteFacts): boolean {
  const { responsible, first, escalation } = decide(facts);
  const parties = [responsible, first.party, ...escalation.map(({ party }) => party)];
  return parties.includes('publisher') || parties.includes('community');
}

function outcome(facts: RouteFacts): string {
  const { responsible, first, escalation }: Decision = decide(facts);
  return JSON.stringify([responsible, first, escalation]);
}
