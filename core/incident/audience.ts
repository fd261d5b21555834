/** Decides which recipients get an incident, and why: one decision for each recipient, each with its reason. */
import { quietUntil, type QuietHours } from './quiet.js';
import { compareSeverity, isOver, type Incident, type Severity } from './types.js';

/** A topic to which a recipient can subscribe. */
export interface Subscription {
  readonly what:
    | { readonly kind: 'offer'; readonly offerId: string }
    | { readonly kind: 'publisher'; readonly publisherId: string }
    | { readonly kind: 'everything' };
  /** The mildest severity that the recipient wants; `maintenance` includes planned work and all outages. */
  readonly from: Severity;
  /** Who set it: the recipient, or the default for a manager's team. */
  readonly by: 'reader' | 'team-default';
}

/** A person or channel that can get cards. */
export interface Recipient {
  readonly id: string;
  readonly kind: 'person' | 'channel';
  readonly tenantId: string;
  readonly subscriptions: readonly Subscription[];
  /** The recipient stopped all cards. This counts even where the platform would still deliver. */
  readonly optedOut: boolean;
  /** False after the recipient blocked or uninstalled the bot, until the bot is installed again. */
  readonly reachable: boolean;
  readonly quiet: QuietHours | null;
}

/** A silence: a topic, a reason and an end. */
export interface Silence {
  readonly id: string;
  /** The recipient for whom the silence counts; null for everybody of the tenant. */
  readonly readerId: string | null;
  readonly tenantId: string;
  readonly what: { readonly kind: 'incident'; readonly incidentId: string } | Subscription['what'];
  readonly reason: string;
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** Why a recipient gets the card. */
export type TellReason =
  | { readonly kind: 'offer'; readonly offerId: string; readonly by: Subscription['by'] }
  | { readonly kind: 'publisher'; readonly publisherId: string; readonly by: Subscription['by'] }
  | { readonly kind: 'everything'; readonly by: Subscription['by'] }
  /** The recipient has the card already: the card is updated until the end. */
  | { readonly kind: 'told-before' };

/** Why a recipient does not get the card. */
export type SkipReason =
  | { readonly kind: 'opted-out' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'not-subscribed' }
  | { readonly kind: 'below-severity'; readonly from: Severity }
  | { readonly kind: 'silenced'; readonly silenceId: string; readonly until: number }
  | { readonly kind: 'inhibited'; readonly by: string }
  /** The incident is unconfirmed, and other recipients were asked to confirm it. */
  | { readonly kind: 'unconfirmed' }
  /** The outage ended before this recipient got a card. */
  | { readonly kind: 'over-unheard' };

export type AudienceDecision =
  /**
   * `silently`: the card changes without an alert, because it is night there or the recipient has unsubscribed since.
   */
  | {
      readonly verdict: 'tell';
      readonly readerId: string;
      readonly reason: TellReason;
      readonly silently: boolean;
    }
  /** Quiet hours: the recipient gets the card at `until`, with the morning digest. */
  | {
      readonly verdict: 'hold';
      readonly readerId: string;
      readonly reason: TellReason;
      readonly until: number;
    }
  | {
      readonly verdict: 'skip';
      readonly readerId: string;
      readonly reason: SkipReason;
      /**
       * Why the recipient would get the card without the skip. The delivery counts as muted, and is sent when the skip
       * ends.
       */
      readonly asked?: TellReason;
    };

/** The facts besides recipient and incident. */
export interface AudienceFacts {
  readonly now: number;
  readonly silences: readonly Silence[];
  /** Open incidents that may suppress this one. */
  readonly openIncidents: readonly Incident[];
  /** Publisher id of an offer in the directory. */
  readonly publisherOf: (offerId: string) => string | undefined;
  /** True when this recipient has a card of this incident, or may have one. */
  readonly hasCard: (readerId: string) => boolean;
}

/**
 * One decision for each recipient, in their order. The first rule that matches decides: opted out; unreachable;
 * silenced; (has the card: told); over and unheard; not subscribed; too mild; unconfirmed; part of a publisher-wide
 * outage; quiet hours; told.
 */
export function decideAudience(
  incident: Incident,
  recipients: readonly Recipient[],
  facts: AudienceFacts,
): readonly AudienceDecision[] {
  const silences = facts.silences.filter(
    (silence) => silence.until > facts.now && covers(silence.what, incident, facts),
  );
  const wide = inhibitor(incident, facts);
  const quiet = quietMemo(facts.now);
  return recipients.map((recipient) => decide(incident, recipient, facts, { silences, wide, quiet }));
}

/** What is the same for every recipient of one incident. */
interface Shared {
  readonly silences: readonly Silence[];
  readonly wide: Incident | undefined;
  readonly quiet: (hours: QuietHours) => number | null;
}

/** Many recipients have the same quiet hours, and a look at a time zone is slow. */
function quietMemo(now: number): Shared['quiet'] {
  const known = new Map<string, number | null>();
  return (hours) => {
    const key = JSON.stringify([hours.zone, hours.from, hours.to, hours.days]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const until = quietUntil(hours, now);
    known.set(key, until);
    return until;
  };
}

function decide(
  incident: Incident,
  recipient: Recipient,
  facts: AudienceFacts,
  shared: Shared,
): AudienceDecision {
  const skip = (reason: SkipReason, found?: Match): AudienceDecision => ({
    verdict: 'skip',
    readerId: recipient.id,
    reason,
    ...(found?.kind === 'match' && { asked: found.reason }),
  });
  const kept = keptQuiet(recipient, shared);
  if (kept) return skip(kept, matching(incident, recipient, facts));
  if (facts.hasCard(recipient.id)) {
    const asked = matching(incident, recipient, facts).kind === 'match';
    const silently = !asked || peaceUntil(incident, recipient, shared) !== null;
    return { verdict: 'tell', readerId: recipient.id, reason: { kind: 'told-before' }, silently };
  }
  if (isOver(incident.state)) return skip({ kind: 'over-unheard' });
  const match = matching(incident, recipient, facts);
  if (match.kind !== 'match') return skip(match);
  if (!mayConfirm(incident, recipient)) return skip({ kind: 'unconfirmed' }, match);
  const { wide } = shared;
  if (wide && matching(wide, recipient, facts).kind === 'match')
    return skip({ kind: 'inhibited', by: wide.id }, match);
  return tellOrHold(incident, recipient, shared, match.reason);
}

/**
 * When no recipient could be asked to confirm, every recipient gets the card, so that a doubt never hides an outage.
 */
function mayConfirm({ unconfirmed }: Incident, recipient: Recipient): boolean {
  return !unconfirmed || unconfirmed.asked.length === 0 || unconfirmed.asked.includes(recipient.id);
}

/** The reason to skip a recipient, whatever the recipient follows. */
function keptQuiet(recipient: Recipient, shared: Shared): SkipReason | undefined {
  if (recipient.optedOut) return { kind: 'opted-out' };
  if (!recipient.reachable) return { kind: 'unreachable' };
  const silence = shared.silences.find((one) => holdsFor(one, recipient));
  return silence && { kind: 'silenced', silenceId: silence.id, until: silence.until };
}

function tellOrHold(
  incident: Incident,
  recipient: Recipient,
  shared: Shared,
  reason: TellReason,
): AudienceDecision {
  const until = peaceUntil(incident, recipient, shared);
  return until === null
    ? { verdict: 'tell', readerId: recipient.id, reason, silently: false }
    : { verdict: 'hold', readerId: recipient.id, reason, until };
}

/**
 * The end of the recipient's quiet hours; null outside of them, or when the outage is severe enough to override them.
 */
function peaceUntil(incident: Incident, recipient: Recipient, shared: Shared): number | null {
  if (recipient.quiet === null || compareSeverity(incident.severity, recipient.quiet.override) >= 0)
    return null;
  return shared.quiet(recipient.quiet);
}

function holdsFor(silence: Silence, recipient: Recipient): boolean {
  return (
    silence.readerId === recipient.id ||
    (silence.readerId === null && silence.tenantId === recipient.tenantId)
  );
}

/** True when the recipient follows the incident at its severity. */
export function isFollowed(
  incident: Incident,
  recipient: Recipient,
  facts: Pick<AudienceFacts, 'publisherOf'>,
): boolean {
  return matching(incident, recipient, facts).kind === 'match';
}

type Match =
  | { readonly kind: 'match'; readonly reason: TellReason }
  | Extract<SkipReason, { kind: 'not-subscribed' | 'below-severity' }>;

/**
 * The most specific matching subscription gives the reason. A match that is too mild is returned as `below-severity`.
 */
function matching(
  incident: Incident,
  recipient: Recipient,
  facts: Pick<AudienceFacts, 'publisherOf'>,
): Match {
  const fitting = recipient.subscriptions.filter((subscription) =>
    covers(subscription.what, incident, facts),
  );
  if (fitting.length === 0) return { kind: 'not-subscribed' };
  const loud = fitting.filter((subscription) => isLoudEnough(incident, subscription.from));
  if (loud.length === 0) {
    const from = fitting.map((s) => s.from).reduce((a, b) => (compareSeverity(b, a) < 0 ? b : a));
    return { kind: 'below-severity', from };
  }
  const best = loud.reduce((a, b) => (RANK[b.what.kind] < RANK[a.what.kind] ? b : a));
  return { kind: 'match', reason: { ...best.what, by: best.by } };
}
const RANK = { offer: 0, publisher: 1, everything: 2 } as const;

/** `none` hears every incident; `maintenance` also hears planned work; from `minor` on, planned work is left out. */
function isLoudEnough(incident: Incident, from: Severity): boolean {
  if (from === 'none') return true;
  if (from === 'maintenance') return incident.severity !== 'none';
  return compareSeverity(incident.severity, from) >= 0;
}

/** True when a topic covers an incident. A publisher-wide outage covers everybody who follows one of its offers. */
export function covers(
  what: Silence['what'],
  incident: Incident,
  facts: Pick<AudienceFacts, 'publisherOf'>,
): boolean {
  const { offers, publishers } = incident.affected;
  switch (what.kind) {
    case 'everything':
      return true;
    case 'incident':
      return what.incidentId === incident.id;
    case 'publisher':
      return (
        publishers.includes(what.publisherId) || offers.some((o) => facts.publisherOf(o) === what.publisherId)
      );
    case 'offer': {
      const publisher = facts.publisherOf(what.offerId);
      const wide = offers.length === 0 && publisher !== undefined && publishers.includes(publisher);
      return offers.includes(what.offerId) || wide;
    }
  }
}

/**
 * The open publisher-wide outage, at least as severe, that includes this incident; the oldest where there are several.
 */
function inhibitor(incident: Incident, facts: AudienceFacts): Incident | undefined {
  if (incident.affected.offers.length === 0) return undefined;
  const own = new Set(incident.affected.offers.map((offer) => facts.publisherOf(offer)));
  for (const publisher of incident.affected.publishers) own.add(publisher);
  return facts.openIncidents
    .filter((wide) => wide.id !== incident.id && !isOver(wide.state) && wide.affected.offers.length === 0)
    .filter((wide) => wide.unconfirmed === undefined)
    .filter((wide) => wide.affected.publishers.some((publisher) => own.has(publisher)))
    .filter((wide) => compareSeverity(wide.severity, incident.severity) >= 0)
    .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))[0];
}
