/** Joins outages with the rest of the product: the chat services, the intake route, the workers. */
import { randomUUID } from 'node:crypto';
import { outageAlertCard, outageDigestCard } from '../../cards/outages/outage-notice-cards.js';
import { outageCard } from '../../cards/outages/outage-card.js';
import { weeklyCard } from '../../cards/outages/weekly-card.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { offerNamed } from '../../core/directory/offer-named.js';
import { languagesOf } from '../../core/directory/profile.js';
import { createGuard } from '../../core/incident/guard.js';
import { ledgerOfCounts } from '../../core/incident/ledger.js';
import { mayName } from '../../core/incident/scope.js';
import type { OutageSource, RecipientProfile } from '../../core/incident/ports.js';
import type { ReceiveDeps } from '../../core/services/outages/receive-outage.js';
import { parseUrl } from '../../core/url.js';
import { directoryNames, followedTopic, outageData } from '../../dialogs/outages/outage-view.js';
import type { OutageServices } from '../../dialogs/outages/outage-turn.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import { graphToken } from '../directory/graph-client.js';
import { registerDemoSender } from '../outages/demo-sender.js';
import { registerIntake } from '../outages/intake.js';
import { SourceWatch } from '../outages/source-watch.js';
import { amazonSns } from '../outages/sns.js';
import type { NotifierDeps } from '../teams/notifier.js';
import { sourceNewsText, type TellAdministrators } from './admin-notes.js';
import type { Config } from './config.js';
import type { AppContext } from './context.js';
import { startOutageWorkers } from './outage-workers.js';
import { personNames } from './people.js';
import { outsideFetch } from '../runtime/outside-fetch.js';

/** The outage services for the chat, over the stores and the present directory. */
export function openOutages(
  context: Pick<AppContext, 'config' | 'stores' | 'directory' | 'now'>,
): OutageServices {
  const { config, stores } = context;
  const { deliveries, incidents, recipients, silences, weekly } = stores.outages;
  const { releaseFrom } = config.outages;
  const names = personNames(stores);
  return {
    receiveDeps: { ...intakeDesk(context), releaseFrom },
    recipients,
    silences,
    weekly,
    ledger: async (id) => {
      const [counts, undecided] = await Promise.all([deliveries.counts(id), incidents.undecided(id)]);
      return { ...ledgerOfCounts(counts), undecided };
    },
    releaseFrom,
    unreadableSince: (offerId) => unreadableSince(context, offerId),
    people: {
      remember: names.remember,
      async namesOf(ids) {
        const known = await names.namesOf(ids);
        return (id) => known.get(id) ?? id;
      },
    },
  };
}

/**
 * Since when the bot cannot read a page that reports on the offer; null while it reads every such page. The longest
 * failure counts.
 */
export async function unreadableSince(
  { stores, directory }: Pick<AppContext, 'stores' | 'directory'>,
  offerId: string,
): Promise<number | null> {
  const { sources } = stores.outages;
  const health = await sources.health();
  const failing = [...health].filter(([, { failingSince }]) => failingSince !== null);
  if (failing.length === 0) return null;
  const publisherOf = (id: string) => directory.view().directory.offers.get(id)?.publisherId;
  const polled = (await sources.list()).filter(
    (source) => source.active && source.auth.kind === 'polled' && mayName(offerId, source, publisherOf),
  );
  const times = polled.flatMap(({ id }) => health.get(id)?.failingSince ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

/** The needs for changing incidents. */
function intakeDesk({
  stores,
  directory,
  now,
}: Pick<AppContext, 'stores' | 'directory' | 'now'>): ReceiveDeps {
  const { incidents, silences, recipients } = stores.outages;
  const publisherOf = (offerId: string) => directory.view().directory.offers.get(offerId)?.publisherId;
  const offerIdOf = (named: string) => offerNamed(directory.view().directory.offers, named)?.id ?? named;
  const guard = createGuard();
  return { incidents, silences, recipients, publisherOf, offerIdOf, now, newId: randomUUID, guard };
}

/** Registers `POST /api/outages/{source}` and starts the workers, which end with the server. */
export function startOutages(
  context: Pick<
    AppContext,
    'config' | 'stores' | 'services' | 'outward' | 'graphToken' | 'spans' | 'now' | 'log' | 'server'
  >,
  tell: TellAdministrators,
): void {
  const { config, stores, services, outward, spans, now, log, server } = context;
  const { receiveDeps, people } = services.outages;
  const { sources, secrets } = stores.outages;
  const watch = new SourceWatch({
    sources,
    tell: (news) => tell((language) => sourceNewsText(news, language), news.source),
    now,
    log,
  });
  registerIntake(server, {
    receiveDeps,
    sources,
    secrets,
    log,
    spans,
    amazon: amazonSns(outsideFetch(config.privateHosts)),
    watch,
  });
  if (!config.registration) startDemo(context);
  const workers = startOutageWorkers({
    ...outward,
    stores,
    receiveDeps,
    watch,
    render: outageCards(services, people),
    tokenFor: pollTokens(config, context.graphToken),
    fetch: outsideFetch(config.privateHosts),
    spans,
    now,
    log,
  });
  server.onClose(() => workers.stop());
}

/** Local mode has a sender of its own, to show an outage. */
function startDemo({
  stores,
  services,
  now,
  log,
  server,
}: Pick<AppContext, 'stores' | 'services' | 'now' | 'log' | 'server'>): void {
  const offer = () => firstOnSale(services.view());
  registerDemoSender(server, { sources: stores.outages.sources, offer, now, log });
}

function firstOnSale({ directory }: ReturnType<DeskServices['view']>) {
  for (const offer of directory.offers.values()) if (!offer.withdrawn) return offer;
  return undefined;
}

type Services = Pick<DeskServices, 'view' | 'profile' | 'signer' | 'now' | 'mailLink' | 'reports'>;

/** Renders the queue's cards for each recipient, with the recipient's own language, time zone, contacts and reason. */
function outageCards(services: Services, people: OutageServices['people']): NotifierDeps['render'] {
  return {
    async card(delivery, incident, recipient) {
      const person = await people.namesOf(incident.acts.map((act) => act.by));
      const ctx = contextOf(recipient, services);
      const topic = followedTopic(incident, recipient.subscriptions, services);
      const data = outageData(incident, services, {
        asker: 'partner',
        shared: recipient.kind === 'channel',
        reason: delivery.reason,
        subscribed: topic !== undefined,
        topic,
        zone: recipient.zone,
        language: ctx.language,
        person,
        actions: true,
      });
      return outageCard(data, ctx);
    },
    alert: (incident, recipient) => outageAlertCard({ incident }, contextOf(recipient, services)),
    digest: (digest, recipient) =>
      outageDigestCard({ digest, zone: recipient.zone }, contextOf(recipient, services)),
    async weekly(summary, recipient) {
      const acts = summary.outages.flatMap(({ acknowledged }) => acknowledged?.by ?? []);
      const ctx = contextOf(recipient, services);
      const names = { ...directoryNames(services, ctx.language), person: await people.namesOf(acts) };
      return weeklyCard({ summary, names, zone: recipient.zone }, ctx);
    },
  };
}

/** The context of a card that answers no turn, for a recipient of outage cards. */
export function contextOf(recipient: RecipientProfile, services: Services): RenderContext {
  const language = offeredLanguage(languagesOf(services.profile()), recipient.language);
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

export type TokenFor = (source: OutageSource) => Promise<string | undefined>;

const GRAPH = 'https://graph.microsoft.com';

/**
 * Tokens for the polled sources: only Microsoft Graph gets a token of the bot's registration. `token` replaces the
 * sign-in with the registration.
 */
export function pollTokens(
  { registration }: Pick<Config, 'registration'>,
  token = registration && graphToken(registration),
): TokenFor {
  return async ({ auth }) => {
    const isGraph = auth.kind === 'polled' && parseUrl(auth.url)?.origin === GRAPH;
    return isGraph ? token?.() : undefined;
  };
}
