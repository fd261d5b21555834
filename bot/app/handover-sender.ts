/** Sends hand-overs to either side: cards and words for a visitor's conversation, and a thread in the staff's channel. */
import { entryText } from '../../cards/handover/handover-words.js';
import type { Entry, Handover, Line, StaffPlace } from '../../core/handover/types.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { HandoverSender, Reach } from '../../core/services/handover/handover-sender.js';
import type { HandoverServices } from '../../dialogs/handover/handover-services.js';
import {
  staffCard,
  staffContext,
  visitorCard,
  visitorContext,
} from '../../dialogs/handover/handover-view.js';
import { cardActivity } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { Stores } from '../store/stores.js';
import type { Conversation, Proactive } from '../teams/proactive.js';

export interface SenderDeps {
  readonly services: DeskServices;
  readonly handover: HandoverServices;
  readonly references: Pick<Stores['references'], 'list'>;
  readonly proactive: Proactive;
  /** True for conversations of the channel in this process, which has no limits. */
  readonly isOwn: (visitor: Handover['visitor']) => boolean;
}

type Message = ReturnType<typeof cardActivity>;

const RINGS = { channelData: { notification: { alert: true } } };

export function handoverSender(deps: SenderDeps): HandoverSender {
  return {
    reach: (handover, side, line) =>
      side === 'visitor' ? Promise.resolve(visitorReach(deps, handover)) : staffReach(deps, line),
  };
}

function visitorReach(deps: SenderDeps, { visitor }: Handover): Reach {
  const { services, handover, proactive } = deps;
  const to = { conversationId: visitor.conversationId, reference: visitor.reference };
  const card = async (one: Handover) => cardActivity(await visitorCard(one, services, handover));
  return {
    place: visitor.conversationId,
    tenantId: deps.isOwn(visitor) ? undefined : '',
    isFormer: false,
    card: async (one) => proactive.send(to, await card(one)),
    update: async (one, cardId) => proactive.update(to, cardId, await card(one)),
    entry: async (one, entry) =>
      proactive.send(to, await words(deps, entry, visitorContext(one, services, false))),
    remove: () => Promise.resolve({ kind: 'answered', status: 200 }),
  };
}

/** Where the card stands; before there is one, the place of the moment. */
async function staffReach(deps: SenderDeps, line: Line): Promise<Reach | undefined> {
  const { services, handover, proactive } = deps;
  const chosen = handover.place();
  const isHere = line.activityId === null || line.place === chosen?.conversationId;
  const place = isHere ? chosen : await handover.desk.store.placeAt(line.place);
  if (!place) return undefined;
  const to = await known(deps, place);
  const card = async (one: Handover) => cardActivity(await staffCard(one, place, services, handover));
  return {
    place: place.conversationId,
    tenantId: place.tenantId,
    isFormer: chosen !== undefined && place.conversationId !== chosen.conversationId,
    card: async (one) => proactive.send(to, { ...(await card(one)), ...RINGS }),
    update: async (one, cardId) => proactive.update(to, cardId, await card(one)),
    entry: async (_one, entry, cardId) => {
      const said = { ...(await words(deps, entry, staffContext(place, services))), ...RINGS };
      return answered(proactive, to, place, cardId, said);
    },
    remove: (id) => proactive.remove(to, id),
  };
}

/** In a channel the thread is a conversation of its own; a group chat has none. */
function answered(
  proactive: Proactive,
  to: Conversation,
  { kind }: StaffPlace,
  cardId: string,
  said: Message,
): Promise<SendResult> {
  if (kind === 'group') return proactive.reply(to, cardId, said);
  return proactive.send({ ...to, conversationId: `${to.conversationId};messageid=${cardId}` }, said);
}

/** The reference as the last activity from there gave it: its service URL may have changed since the place was chosen. */
async function known({ references }: SenderDeps, place: StaffPlace): Promise<Conversation> {
  const { channelId, conversationId } = place;
  const [saved] = await references.list({ channelId, conversationId });
  return { conversationId, reference: saved?.reference ?? place.reference };
}

async function words(
  { services, handover }: SenderDeps,
  entry: Entry,
  ctx: Parameters<typeof entryText>[2],
): Promise<Message> {
  const person = await handover.people.namesOf(entry.by === null ? [] : [entry.by]);
  const text = entryText(entry, { partnerName: services.profile().name, person }, ctx);
  return { type: 'message', text, textFormat: 'plain' };
}
