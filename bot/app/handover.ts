/** Connects hand-overs with the rest of the product: the services for the chat, and the messages to both sides. */
import { randomUUID } from 'node:crypto';
import { entryText } from '../../cards/handover/handover-words.js';
import type { Entry, Handover, Line, StaffChannel } from '../../core/handover/types.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import {
  HandoverCourier,
  type HandoverSender,
  type Reach,
} from '../../core/services/handover/handover-sender.js';
import { closeSilent } from '../../core/services/handover/handover.js';
import {
  staffCard,
  staffContext,
  visitorCard,
  visitorContext,
} from '../../dialogs/handover/handover-view.js';
import { cardActivity } from '../../dialogs/shared/send-card.js';
import { profileFor } from '../../dialogs/shared/services.js';
import { WakeSignal } from '../runtime/wake-signal.js';
import type { Stores } from '../store/stores.js';
import { proactive, type Conversation, type Proactive } from '../teams/proactive.js';
import { LOCAL_SERVICE_URL } from '../web/directline/hub.js';
import { toEveryChannel, toldIn } from './bot.js';
import type { AppContext, AppServices } from './context.js';
import { live } from './live-values.js';
import { personNames } from './people.js';
import { LANGUAGE_TRAITS } from '../../core/terms.js';

/** How often the server checks for silent hand-overs. */
const CHORES_MS = 60_000;
const LEASE_MS = 60_000;

/** Opens the services for the chat. The staff channel follows changes of other instances. */
export async function openHandover({
  stores,
  config,
  now,
  log,
}: Pick<AppContext, 'stores' | 'config' | 'now' | 'log'>): Promise<AppServices['handover']> {
  const wake = new WakeSignal();
  const store = stores.handovers;
  const names = personNames(stores);
  const chosen = await live(() => store.staffChannel(), { now, log });
  return {
    wake,
    handoverDeps: { store, now, newId: randomUUID, wake: () => wake.wake() },
    keepDays: config.widget.keepDays,
    staffChannel: chosen,
    async choose(channel, by) {
      await store.setStaffChannel(channel, by, now());
      await chosen.refresh();
      wake.wake();
    },
    people: {
      remember: names.remember,
      async namesOf(ids) {
        const known = await names.namesOf(ids);
        return (id) => known.get(id) ?? '';
      },
    },
  };
}

/** Starts the workers, which end with the server. */
export function startHandover(
  context: Pick<AppContext, 'stores' | 'services' | 'web' | 'outward' | 'spans' | 'now' | 'log' | 'server'>,
): void {
  const { stores, services, outward, now, log, server } = context;
  const { wake, handoverDeps } = services.handover;
  const sender = handoverSender({
    services,
    references: stores.references,
    proactive: proactive({ ...toEveryChannel(context), spans: context.spans, now, told: toldIn(context) }),
    isOwn: ({ reference }) => reference.serviceUrl === LOCAL_SERVICE_URL,
  });
  const courier = new HandoverCourier({
    store: stores.handovers,
    sender,
    limiter: outward.limiter,
    now,
    random: Math.random,
    sleep: (ms) => wake.wait(ms),
    wake: handoverDeps.wake,
    log,
  });
  let stopped = false;
  const working = courier.run(() => stopped);
  const close = (): Promise<unknown> =>
    stores.leases.withLease('handover-silence', LEASE_MS, () => closeSilent(handoverDeps));
  const timer = setInterval(() => {
    close().catch((error: unknown) => log.warn('handover.close-failed', { error }));
  }, CHORES_MS).unref();
  server.onClose(async () => {
    stopped = true;
    clearInterval(timer);
    wake.wake();
    await working;
  });
}

interface SenderDeps {
  readonly services: AppServices;
  readonly references: Pick<Stores['references'], 'list'>;
  readonly proactive: Proactive;
  /** True for conversations of the in-process channel, which has no limits. */
  readonly isOwn: (visitor: Handover['visitor']) => boolean;
}

type Message = ReturnType<typeof cardActivity>;

const ALERT = { channelData: { notification: { alert: true } } };

function handoverSender(deps: SenderDeps): HandoverSender {
  return {
    reach: (handover, side, line) =>
      side === 'visitor' ? Promise.resolve(visitorReach(deps, handover)) : staffReach(deps, line),
  };
}

function visitorReach(deps: SenderDeps, first: Handover): Reach {
  const { visitor } = first;
  const { services, proactive } = deps;
  const { handover } = services;
  const to = { conversationId: visitor.conversationId, reference: visitor.reference };
  const { language } = visitorContext(first, services, false);
  const card = async (one: Handover) => cardActivity(await visitorCard(one, services, handover), language);
  return {
    place: visitor.conversationId,
    tenantId: deps.isOwn(visitor) ? undefined : '',
    isFormer: false,
    card: async (one) => proactive.send(to, await card(one)),
    update: async (one, cardId) => proactive.update(to, cardId, await card(one)),
    entry: async (one, entry) => {
      const message = await words(deps, entry, visitorContext(one, services, false));
      const isAnswer = entry.by !== null && entry.what.kind === 'text';
      // The closed chat counts the answers of staff that the visitor has not read.
      return proactive.send(to, isAnswer ? { ...message, channelData: { fromStaff: true } } : message);
    },
    remove: () => Promise.resolve({ kind: 'answered', status: 200 }),
  };
}

/** The channel that contains the card. Without a card, the present staff channel. */
async function staffReach(deps: SenderDeps, line: Line): Promise<Reach | undefined> {
  const { services, proactive } = deps;
  const { handover } = services;
  // Read from the store, because another instance may have changed the channel a moment ago.
  const { store } = handover.handoverDeps;
  const chosen = await store.staffChannel();
  const isHere = line.activityId === null || line.place === chosen?.conversationId;
  const channel = isHere ? chosen : await store.staffChannelAt(line.place);
  if (!channel) return undefined;
  const to = await known(deps, channel);
  const { language } = staffContext(channel, services);
  const card = async (one: Handover) =>
    cardActivity(await staffCard(one, channel, services, handover), language);
  return {
    place: channel.conversationId,
    tenantId: channel.tenantId,
    isFormer: chosen !== undefined && channel.conversationId !== chosen.conversationId,
    card: async (one) => proactive.send(to, { ...(await card(one)), ...ALERT }),
    update: async (one, cardId) => proactive.update(to, cardId, await card(one)),
    entry: async (_one, entry, cardId) => {
      const message = { ...(await words(deps, entry, staffContext(channel, services))), ...ALERT };
      return answered(proactive, to, channel, cardId, message);
    },
    remove: (id) => proactive.remove(to, id),
  };
}

/** In a channel the thread is a separate conversation. A group chat has no threads. */
function answered(
  proactive: Proactive,
  to: Conversation,
  { kind }: StaffChannel,
  cardId: string,
  message: Message,
): Promise<SendResult> {
  if (kind === 'group') return proactive.reply(to, cardId, message);
  return proactive.send({ ...to, conversationId: `${to.conversationId};messageid=${cardId}` }, message);
}

/**
 * The reference from the latest activity there, because the service URL may have changed since the channel was chosen.
 */
async function known({ references }: SenderDeps, channel: StaffChannel): Promise<Conversation> {
  const { channelId, conversationId } = channel;
  const [saved] = await references.list({ channelId, conversationId });
  return { conversationId, reference: saved?.reference ?? channel.reference };
}

async function words(
  { services }: SenderDeps,
  entry: Entry,
  ctx: Parameters<typeof entryText>[2],
): Promise<Message> {
  const person = await services.handover.people.namesOf(entry.by === null ? [] : [entry.by]);
  const partnerName = profileFor(services, ctx.language).name;
  const text = entryText(entry, { partnerName, person }, ctx);
  return { type: 'message', text, textFormat: 'plain', locale: LANGUAGE_TRAITS[ctx.language].locale };
}
