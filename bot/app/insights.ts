/** Joins the insights with the rest of the product: counting, the page behind a signed link, and the weekly message. */
import { setTimeout as pause } from 'node:timers/promises';
import { hmacSigner } from '../../cards/kit/actions.js';
import type { Signer } from '../../cards/kit/types.js';
import { insightsCard } from '../../cards/insights/insights-card.js';
import { insightCsv, readInsights, type InsightsDeps } from '../../core/services/insights/read-insights.js';
import { sendWeeklyInsights } from '../../core/services/insights/weekly-insights.js';
import type { InsightServices } from '../../dialogs/insights/insight-services.js';
import { directoryNames } from '../../dialogs/outages/outage-view.js';
import { cardPoster } from '../teams/notifier.js';
import { insightLinks, registerInsightsPage } from '../web/insights/insights-page.js';
import { toldIn } from './bot.js';
import type { AppContext } from './context.js';
import { contextOf } from './outages.js';
import { signingKeys } from './signing-keys.js';

/** The pause between two looks for weekly insights that are due. */
const LOOK_MS = 15_000;
/** The pause between two batches. */
const BATCH_MS = 100;

/** The insight services for the chat, over the stores and the present directory. */
export async function openInsights(
  context: Pick<AppContext, 'config' | 'stores' | 'directory' | 'now' | 'log'>,
): Promise<InsightServices> {
  const { config, stores, now, log } = context;
  const { publicUrl } = config;
  const isPublic = publicUrl?.startsWith('https:');
  return {
    async count(note) {
      try {
        await stores.insights.count(note, now());
      } catch (error) {
        log.warn('insights.not-counted', { error });
      }
    },
    read: (period) => readInsights(readingOf(context), period),
    ...(publicUrl && isPublic && { link: insightLinks(publicUrl, await signerOf(context), now) }),
    digests: stores.insightDigests,
    recipients: stores.outages.recipients,
  };
}

/** What reading the insights needs. */
function readingOf({ stores, directory }: Pick<AppContext, 'stores' | 'directory'>): InsightsDeps {
  return {
    counts: stores.insights,
    since: stores.outages.history.since,
    deliveries: stores.outages.deliveries,
    publisherOf: (offerId) => directory.view().directory.offers.get(offerId)?.publisherId,
  };
}

async function signerOf(context: Pick<AppContext, 'config' | 'stores'>): Promise<Signer> {
  const [key, ...older] = await signingKeys(context, 'insight-links');
  return hmacSigner(key, older);
}

type InsightsContext = Pick<
  AppContext,
  'config' | 'stores' | 'directory' | 'services' | 'outward' | 'spans' | 'now' | 'log' | 'server'
>;

/** Registers the page, and starts the worker of the weekly message, which ends with the server. */
export async function startInsights(context: InsightsContext): Promise<void> {
  const { config, services, now, server } = context;
  const reading = readingOf(context);
  registerInsightsPage(server, {
    signer: await signerOf(context),
    now,
    defaultLanguage: config.defaultLanguage,
    brand: services.profile,
    isSample: services.isSample,
    read: (period) => readInsights(reading, period),
    csv: (period) => insightCsv(reading, period),
    names: (language) => directoryNames(services, language),
  });
  server.onClose(startWeeklyInsights(context));
}

/** Looks for due messages until the returned function is called, which resolves after the running work. */
function startWeeklyInsights(context: InsightsContext): () => Promise<void> {
  const { log } = context;
  const ending = new AbortController();
  const sleep = (ms: number): Promise<void> =>
    pause(ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
  const round = weeklyRound(context, sleep);
  const work = (async () => {
    while (!ending.signal.aborted) {
      const told = await round().catch((error: unknown) => {
        log.warn('insights.weekly-failed', { error });
        return 0;
      });
      await sleep(told > 0 ? BATCH_MS : LOOK_MS);
    }
  })();
  return async () => {
    ending.abort();
    await work;
  };
}

function weeklyRound(
  { stores, services, outward, spans, now, log, ...rest }: InsightsContext,
  sleep: (ms: number) => Promise<void>,
): () => Promise<number> {
  const { recipients } = stores.outages;
  const post = cardPoster({
    ...outward,
    references: stores.references,
    recipients,
    spans,
    now,
    told: toldIn({ stores, log }),
  });
  const reading = readingOf({ ...rest, stores });
  return () =>
    sendWeeklyInsights({
      digests: stores.insightDigests,
      recipients,
      read: (period) => readInsights(reading, period),
      sendInsights: (readerId, insights) =>
        post('insights-weekly', readerId, (recipient) => {
          const { first, last } = insights.period;
          const ctx = contextOf(recipient, services);
          const names = directoryNames(services, ctx.language);
          const link = services.insights?.link?.(last - first + 1);
          const data = { insights, names, weekly: true, ...(link !== undefined && { link }) };
          return Promise.resolve(insightsCard(data, ctx));
        }),
      limiter: outward.limiter,
      now,
      sleep,
    });
}
