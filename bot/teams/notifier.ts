/** Sends outage cards: one request for each card, without retries by the SDK, and only to allowed hosts. */
import type { Activity, ConversationReference } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { Delivery } from '../../core/incident/delivery.js';
import type { Digest } from '../../core/incident/quiet.js';
import type { WeeklySummary } from '../../core/incident/weekly.js';
import { retryAfterMs, type SendResult } from '../../core/incident/delivery-outcome.js';
import type { CardSender, RecipientProfile, RecipientStore } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import type { Clock } from '../../core/ports.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { cardActivity } from '../../dialogs/shared/send-card.js';
import type { Spans } from '../runtime/spans.js';
import { connectorCache } from './proactive-connectors.js';
import type { MarkSample } from './sample-mark.js';
import { sendSpan } from './send-spans.js';
import type { Language } from '../../core/terms.js';

/** Notes that a conversation has a new message that the bot wrote by itself. Never throws. */
export type Told = (channelId: string, conversationId: string) => Promise<void>;

/** How a message reaches a recipient of outage cards. */
export interface PosterDeps {
  /** A separate client: its settings must not affect the clients that answer turns. */
  readonly connectorFor: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly references: {
    list(filter: {
      readonly channelId: string;
      readonly conversationId: string;
    }): Promise<readonly { readonly reference: Readonly<Record<string, unknown>> }[]>;
  };
  readonly recipients: Pick<RecipientStore, 'byId'>;
  readonly mayAnswerTo: (serviceUrl: string) => boolean;
  readonly mark: MarkSample;
  readonly spans: Spans;
  readonly now: Clock;
  /** Not called for outage cards: they keep their own times. */
  readonly told?: Told;
}

export interface NotifierDeps extends PosterDeps {
  readonly render: {
    card(delivery: Delivery, incident: Incident, recipient: RecipientProfile): Promise<RenderedCard>;
    alert(incident: Incident, recipient: RecipientProfile): RenderedCard;
    digest(digest: Digest, recipient: RecipientProfile): RenderedCard;
    weekly(summary: WeeklySummary, recipient: RecipientProfile): Promise<RenderedCard>;
  };
}

/** Milliseconds that one request may take. */
export const SEND_TIMEOUT_MS = 10_000;
const OPTIONS = { timeout: SEND_TIMEOUT_MS };

/** Sends the queue's cards, the digest in the morning, and the weekly summary. Never throws. */
export type Notifier = CardSender & {
  digest(digest: Digest): Promise<SendResult>;
  weekly(summary: WeeklySummary): Promise<SendResult>;
};

export function createNotifier(deps: NotifierDeps): Notifier {
  const client = connectorCache(deps.connectorFor);
  const to = (action: string, readerId: string, send: Send) =>
    sendSpan(deps.spans, `outage-${action}`, () => reached(deps, client, readerId, send));
  return {
    create: (delivery, incident) =>
      to('create', delivery.readerId, async (line, recipient) =>
        posted(line, await deps.render.card(delivery, incident, recipient)),
      ),
    update: (delivery, incident) =>
      to('update', delivery.readerId, async ({ connector, conversationId, activity }, recipient) => {
        const id = delivery.activityId ?? '';
        const card = activity(await deps.render.card(delivery, incident, recipient), false);
        return connector.conversations.updateActivity(conversationId, id, { ...card, id }, OPTIONS);
      }),
    reply: (delivery, incident) =>
      to('reply', delivery.readerId, ({ connector, conversationId, activity }, recipient) => {
        const id = delivery.activityId ?? '';
        const card = { ...activity(deps.render.alert(incident, recipient), true), replyToId: id };
        return connector.conversations.replyToActivity(conversationId, id, card, OPTIONS);
      }),
    digest: (digest) =>
      to('digest', digest.readerId, (line, recipient) =>
        postedAndTold(line, deps.render.digest(digest, recipient)),
      ),
    weekly: (summary) =>
      to('weekly', summary.readerId, async (line, recipient) =>
        postedAndTold(line, await deps.render.weekly(summary, recipient)),
      ),
  };
}

/** Posts a card of another feature to such a recipient, with an alert. Never throws. */
export function cardPoster(deps: PosterDeps) {
  const client = connectorCache(deps.connectorFor);
  return (
    name: string,
    readerId: string,
    render: (recipient: RecipientProfile) => Promise<RenderedCard>,
  ): Promise<SendResult> =>
    sendSpan(deps.spans, name, () =>
      reached(deps, client, readerId, async (line, recipient) =>
        postedAndTold(line, await render(recipient)),
      ),
    );
}

interface Line {
  readonly connector: ConnectorClient;
  readonly conversationId: string;
  readonly activity: (card: RenderedCard, rings: boolean) => Partial<Activity>;
  readonly told: () => Promise<void>;
}
/** Sends the card as a new message, with an alert. */
function posted({ connector, conversationId, activity }: Line, card: RenderedCard) {
  return connector.conversations.sendToConversation(conversationId, activity(card, true), OPTIONS);
}

async function postedAndTold(line: Line, card: RenderedCard) {
  const sent = await posted(line, card);
  await line.told();
  return sent;
}

type Send = (line: Line, recipient: RecipientProfile) => Promise<{ readonly id?: string }>;

async function reached(
  deps: PosterDeps,
  client: (serviceUrl: string) => Promise<ConnectorClient>,
  readerId: string,
  send: Send,
): Promise<SendResult> {
  try {
    const recipient = await deps.recipients.byId(readerId);
    const saved = recipient && (await deps.references.list(recipient.address))[0];
    if (!recipient || !saved) return { kind: 'answered', status: 404, code: 'ConversationNotFound' };
    const reference = saved.reference as Partial<ConversationReference>;
    const serviceUrl = reference.serviceUrl ?? '';
    if (!deps.mayAnswerTo(serviceUrl)) return { kind: 'answered', status: 400, code: 'ServiceUrlNotAllowed' };
    const connector = await client(serviceUrl);
    const conversationId = recipient.address.conversationId;
    const plain = activityFor(reference, conversationId, recipient.language);
    const activity: Line['activity'] = (card, rings) => deps.mark(plain(card, rings), recipient.language);
    const { channelId } = recipient.address;
    const told = async () => deps.told?.(channelId, conversationId);
    const line = { connector, conversationId, activity, told };
    const { id } = await send(line, recipient);
    return { kind: 'answered', status: 200, activityId: id };
  } catch (error) {
    return resultOf(error, deps.now());
  }
}

function activityFor(
  reference: Partial<ConversationReference>,
  conversationId: string,
  language: Language,
): Line['activity'] {
  return (card, rings) => ({
    ...cardActivity(card, language),
    channelId: reference.channelId,
    from: reference.bot,
    recipient: reference.user,
    conversation: { ...reference.conversation, id: conversationId } as Activity['conversation'],
    ...(rings && { channelData: { notification: { alert: true } } }),
  });
}

interface RequestFailure {
  readonly name?: string;
  readonly code?: unknown;
  readonly statusCode?: number;
  /** The identity library's error code. */
  readonly errorCode?: unknown;
  readonly message?: string;
  readonly body?: { readonly error?: { readonly code?: string } };
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}
/** The request did not leave this machine. */
const NOT_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The identity service was unreachable; it did not refuse. */
const NO_IDENTITY = /network|endpoints_resolution|openid_config|timeout/i;

/**
 * The result of a failed request. Nothing is sent before there is a token, so after a token failure the card was
 * certainly not sent.
 */
export function resultOf(error: unknown, now: number): SendResult {
  const failure = (error ?? {}) as RequestFailure;
  const code = typeof failure.code === 'string' ? failure.code : '';
  if (typeof failure.statusCode === 'number') {
    const after = retryAfterMs(failure.response?.headers?.get('retry-after'), now);
    const reason = failure.body?.error?.code ?? code;
    return { kind: 'answered', status: failure.statusCode, code: reason, retryAfterMs: after };
  }
  if (failure.name === 'AbortError' || code === 'ETIMEDOUT') return { kind: 'timed-out' };
  if (NOT_SENT.has(code) || [...NOT_SENT].some((one) => failure.message?.includes(one)))
    return { kind: 'answered', status: 408, code: 'unreachable' };
  if (typeof failure.errorCode === 'string')
    return NO_IDENTITY.test(failure.errorCode)
      ? { kind: 'answered', status: 408, code: 'unreachable' }
      : { kind: 'no-token' };
  const said = `${failure.name ?? ''} ${code} ${/^Authentication:/.exec(failure.message ?? '')?.[0] ?? ''}`;
  if (/auth|msal|credential|token/i.test(said)) return { kind: 'no-token' };
  return { kind: 'reset' };
}
