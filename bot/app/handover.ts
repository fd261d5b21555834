/** Joins hand-overs with the rest of the product: what the chat asks of them, and who brings both sides up to date. */
import { randomUUID } from 'node:crypto';
import type { Limiter } from '../../core/incident/rate.js';
import type { StaffPlace } from '../../core/handover/types.js';
import type { Clock, Log } from '../../core/ports.js';
import { closeSilent } from '../../core/services/handover/handover.js';
import { HandoverCourier } from '../../core/services/handover/handover-sender.js';
import type { HandoverServices } from '../../dialogs/handover/handover-services.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { Bell } from '../runtime/wake-signal.js';
import type { BotParts } from './bot.js';
import { handoverSender } from './handover-sender.js';
import type { Cleanup } from '../runtime/http-kit.js';
import { live } from './live-values.js';
import type { Stores } from '../store/stores.js';
import { proactive, type ProactiveDeps } from '../teams/proactive.js';
import { LOCAL_SERVICE_URL } from '../web/directline/hub.js';

/** How often conversations nobody writes in any more are looked for. */
const CHORES_MS = 60_000;
const LEASE_MS = 60_000;

export interface OpenHandover extends HandoverServices {
  /** Rings when there is something to send. */
  readonly bell: Bell;
}

/** What the chat needs, over the stores; the place follows what other instances choose. */
export async function openHandover(
  stores: Stores,
  options: { readonly now: Clock; readonly log: Log; readonly keepDays: number },
): Promise<OpenHandover> {
  const { now } = options;
  const bell = new Bell();
  const store = stores.handovers;
  let chosen: { readonly place: StaffPlace | undefined } = { place: await store.place() };
  const read = await live(async () => (chosen = { place: await store.place() }), options);
  return {
    bell,
    desk: { store, now, newId: randomUUID, poke: () => bell.ring() },
    keepDays: options.keepDays,
    place: () => {
      read();
      return chosen.place;
    },
    async choose(place, by) {
      await store.setPlace(place, by, now());
      chosen = { place };
      bell.ring();
    },
    people: staffNames(stores),
  };
}

function staffNames({ people }: Pick<Stores, 'people'>): HandoverServices['people'] {
  const key = (userId: string) => ({ channelId: 'msteams', userId });
  return {
    async remember(id, name) {
      if (name.trim() !== '') await people.set(key(id), { name: name.slice(0, 200) });
    },
    async namesOf(ids) {
      const names = new Map<string, string>();
      for (const id of new Set(ids)) {
        const { name } = await people.get(key(id));
        if (typeof name === 'string') names.set(id, name);
      }
      return (id) => names.get(id) ?? '';
    },
  };
}

export interface HandoverWiring {
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly handover: OpenHandover;
  readonly web: BotParts['web'];
  /** To channels outside this process. */
  readonly connectorFor: ProactiveDeps['connectorFor'];
  readonly mayAnswerTo: ProactiveDeps['mayAnswerTo'];
  /** The platform's limits, shared with everything else that is sent unasked. */
  readonly limiter: Limiter;
  readonly now: Clock;
  readonly log: Log;
  readonly onClose: (cleanup: Cleanup) => void;
}

/** Starts the workers, which end with the server. */
export function wireHandover(wiring: HandoverWiring): void {
  const { stores, services, handover, limiter, now, log } = wiring;
  const { bell, desk } = handover;
  const sender = handoverSender({
    services,
    handover,
    references: stores.references,
    proactive: proactive({ ...toBothSides(wiring), now }),
    isOwn: ({ reference }) => reference.serviceUrl === LOCAL_SERVICE_URL,
  });
  const sleep = (ms: number): Promise<void> => bell.wait(ms);
  const courier = new HandoverCourier({
    store: stores.handovers,
    sender,
    limiter,
    now,
    random: Math.random,
    sleep,
    poke: desk.poke,
    log,
  });
  let stopped = false;
  const working = courier.run(() => stopped);
  const close = (): Promise<unknown> =>
    stores.leases.withLease('handover-silence', LEASE_MS, () => closeSilent(desk));
  const timer = setInterval(() => {
    close().catch((error: unknown) => log.warn('handover.chore-failed', { error }));
  }, CHORES_MS).unref();
  wiring.onClose(async () => {
    stopped = true;
    clearInterval(timer);
    bell.ring();
    await working;
  });
}

/** The channel in this process has a connector of its own, and a service URL nobody else may name. */
function toBothSides({ web, connectorFor, mayAnswerTo }: HandoverWiring) {
  return {
    mayAnswerTo: (url: string) => url === LOCAL_SERVICE_URL || mayAnswerTo(url),
    connectorFor: (url: string) => {
      const own = web.authentication.localRequest().connectorFactory;
      return url === LOCAL_SERVICE_URL && own ? own.create(url, '') : connectorFor(url);
    },
  };
}
