/** Renders the queue's cards for each reader: language, zone, contacts and reason are the reader's own. */
import { outageAlertCard } from '../../cards/outages/outage-alert-card.js';
import { outageCard } from '../../cards/outages/outage-card.js';
import { outageDigestCard } from '../../cards/outages/outage-digest-card.js';
import type { RenderContext } from '../../cards/kit/types.js';
import type { ReaderProfile } from '../../core/incident/ports.js';
import { followedTopic, outageData } from '../../dialogs/outages/outage-view.js';
import type { OutageServices } from '../../dialogs/outages/outage-services.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { textIn } from '../../locales/text.js';
import type { NotifierDeps } from '../teams/notifier.js';

type Services = Pick<DeskServices, 'view' | 'profile' | 'signer' | 'now' | 'mailLink' | 'reports'>;

export function outageCards(services: Services, people: OutageServices['people']): NotifierDeps['render'] {
  return {
    async card(delivery, incident, reader) {
      const person = await people.namesOf(incident.acts.map((act) => act.by));
      const topic = followedTopic(incident, reader.subscriptions, services);
      const data = outageData(incident, services, {
        asker: 'partner',
        shared: reader.kind === 'channel',
        reason: delivery.reason,
        subscribed: topic !== undefined,
        topic,
        zone: reader.zone,
        person,
        actions: true,
      });
      return outageCard(data, contextOf(reader, services));
    },
    alert: (incident, reader) => outageAlertCard({ incident }, contextOf(reader, services)),
    digest: (digest, reader) => outageDigestCard({ digest, zone: reader.zone }, contextOf(reader, services)),
  };
}

function contextOf({ language }: ReaderProfile, services: Services): RenderContext {
  const { signer, now, mailLink, reports } = services;
  return {
    text: textIn(language),
    language,
    host: 'teams',
    asker: 'partner',
    signer,
    step: 'outage',
    now: now(),
    ...(reports && { doubted: reports.doubted }),
    mailLink,
  };
}
