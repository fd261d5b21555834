/** Joins an incident with the directory and the policy for one recipient's card. */
import type { Subscription, TellReason } from '../../core/incident/audience.js';
import { ourRegions } from '../../core/incident/scope.js';
import type { Incident } from '../../core/incident/types.js';
import { routeQuestion } from '../../core/services/answers/route-question.js';
import type { Answer } from '../../core/services/answers/answer.js';
import type { Asker, Language } from '../../core/terms.js';
import type { NameOf } from '../../cards/outages/outage-words.js';
import type { OutageTopic } from '../../cards/kit/action-table.js';
import type { OutageData } from '../../cards/outages/outage-card.js';
import { directoryFor, type DeskServices } from '../shared/services.js';

/** The data that depends on the reader. */
export interface OutageReading {
  readonly asker: Asker;
  /** Other people read the card too: it leaves out contacts that customers may not see. */
  readonly shared: boolean;
  readonly reason?: TellReason;
  readonly subscribed: boolean;
  /** The subscription that brought the card; absent: the affected offer or publisher. */
  readonly topic?: OutageTopic;
  /** The recipient's own silence that covers it. */
  readonly silence?: OutageData['silence'];
  /** The delivery counts. */
  readonly ledger?: OutageData['ledger'];
  /** Open incidents that may be the same outage. */
  readonly others?: OutageData['others'];
  /** The last action, as a locale key. */
  readonly notice?: string;
  readonly zone: string;
  readonly language: Language;
  readonly person: NameOf;
  readonly actions: boolean;
}

type Services = Pick<DeskServices, 'view' | 'profile'>;

/** All data of the card. */
export function outageData(incident: Incident, services: Services, reading: OutageReading): OutageData {
  const { person, asker: _asker, shared: _shared, language, ...rest } = reading;
  const names = { ...directoryNames(services, language), person };
  return {
    ...rest,
    incident,
    names,
    topic: reading.topic ?? topicOf(incident),
    // Only the partner may see where its customers are, and other people read a shared card.
    ours: reading.shared
      ? undefined
      : ourRegions(incident.affected.regions, services.profile().customerRegions),
    answer: answerOf(incident, services, reading),
  };
}

/** Names of offers and publishers, as the directory has them now for readers of this language. */
export function directoryNames(
  services: Pick<DeskServices, 'view'>,
  language: Language,
): { offer: NameOf; publisher: NameOf } {
  const directory = directoryFor(services, language);
  return {
    offer: (id) => directory.offers.get(id)?.name ?? id,
    publisher: (id) => directory.publishers.get(id)?.name ?? id,
  };
}

/** The topic that the Follow button on the card adds. */
function topicOf({ affected }: Incident): OutageTopic {
  const [offer] = affected.offers;
  if (offer !== undefined) return { kind: 'offer', id: offer };
  const [publisher] = affected.publishers;
  return publisher === undefined ? { kind: 'everything' } : { kind: 'publisher', id: publisher };
}

/** The recipient's subscription that covers an incident, most specific first. */
export function followedTopic(
  { affected }: Incident,
  subscriptions: readonly Subscription[],
  services: Services,
): OutageTopic | undefined {
  const { offers } = services.view().directory;
  const publishers = new Set(affected.publishers);
  for (const id of affected.offers) publishers.add(offers.get(id)?.publisherId ?? '');
  const topics = subscriptions.flatMap(({ what }): OutageTopic[] => {
    if (what.kind === 'everything') return [{ kind: 'everything' }];
    if (what.kind === 'publisher') {
      return publishers.has(what.publisherId) ? [{ kind: 'publisher', id: what.publisherId }] : [];
    }
    const wide = affected.offers.length === 0 && publishers.has(offers.get(what.offerId)?.publisherId ?? '');
    return wide || affected.offers.includes(what.offerId) ? [{ kind: 'offer', id: what.offerId }] : [];
  });
  return (
    topics.find((one) => one.kind === 'offer') ??
    topics.find((one) => one.kind === 'publisher') ??
    topics.find((one) => one.kind === 'everything')
  );
}

/** The policy's answer for an outage of the offer; of any offer of the publisher when all of them are down. */
function answerOf(incident: Incident, services: Services, reading: OutageReading): Answer {
  const { asker, shared, language } = reading;
  const { directory } = services.view();
  const issue = incident.owner === 'microsoft' ? 'outage.microsoft-platform' : 'outage';
  const [named] = incident.affected.offers;
  const [publisher] = incident.affected.publishers;
  const offerId = named ?? anyOffer(publisher, services);
  const question = { asker, issue, offerId, channel: 'partner', shared } as const;
  return routeQuestion(question, directory, services.profile(), { language });
}

function anyOffer(publisherId: string | undefined, services: Services): string | undefined {
  if (publisherId === undefined) return undefined;
  for (const offer of services.view().directory.offers.values())
    if (offer.publisherId === publisherId) return offer.id;
  return undefined;
}
