/** Joins cases with the rest of the product: the services for the chat, and the worker that asks what became of them. */
import { randomUUID } from 'node:crypto';
import { caseCard, type CaseNote } from '../../cards/cases/case-card.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { languagesOf } from '../../core/directory/profile.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { CaseMessage, ContactCase, NewHolder } from '../../core/services/cases/case.js';
import { QUALITY_MS, qualityKey, qualityOf } from '../../core/services/cases/contact-quality.js';
import { sendDueCases, type RemindDeps } from '../../core/services/cases/remind.js';
import type { Language } from '../../core/terms.js';
import type { Colleagues } from '../../dialogs/cases/case-services.js';
import { hoursOfStops, shownCase } from '../../dialogs/cases/case-view.js';
import { cardActivity } from '../../dialogs/shared/send-card.js';
import { foldWords } from '../../locales/commands.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import { WakeSignal } from '../runtime/wake-signal.js';
import type { SavedReference } from '../store/conversations/reference-store.js';
import { proactive, type Conversation, type Proactive } from '../teams/proactive.js';
import { referenceOf } from '../teams/reference-keeper.js';
import { LOCAL_SERVICE_URL } from '../web/directline/hub.js';
import { toEveryChannel } from './bot.js';
import type { AppContext, AppServices } from './context.js';
import { graphPeople, personNames } from './people.js';
import { keptLanguage } from './reports.js';
import { passedSince } from '../../core/time.js';

const DAY_MS = 86_400_000;

/** The chat's services for cases, over the stores. */
export async function openCases(
  context: Pick<AppContext, 'config' | 'stores' | 'directory' | 'now' | 'log' | 'people'> &
    Pick<AppServices, 'profile'>,
): Promise<AppServices['cases']> {
  const { config, stores, directory, profile, now } = context;
  const wake = new WakeSignal();
  const names = personNames(stores);
  const asks = config.peopleUses.includes('manager') || config.peopleUses.includes('team');
  const people = asks ? await graphPeople(context) : undefined;
  const managerOf = async (personId: string | undefined): Promise<string | null> => {
    const told = personId === undefined ? undefined : await people?.managerOf(personId);
    return told?.kind === 'known' ? told.value.id : null;
  };
  const quality = await openQuality(context);
  return {
    store: stores.cases,
    hoursOf: hoursOfStops({ view: directory.view, profile }),
    newId: randomUUID,
    now,
    endsAfterMs: config.caseDays * DAY_MS,
    wake: () => wake.wake(),
    signal: wake,
    referenceOf,
    colleagues: (name) => colleaguesOf(name, context, managerOf),
    managerOf,
    knowsManagers: people !== undefined,
    nameOf: async (userId) => (await names.namesOf([userId])).get(userId) ?? '',
    async toldAt({ channelId, conversationId, userId }) {
      const other = await stores.told.at(channelId, conversationId);
      return channelId === 'msteams'
        ? Math.max(other, await stores.outages.lastCardAt(`p|${userId}`))
        : other;
    },
    rememberName: names.remember,
    qualityOf: quality,
  };
}

/** Figures this old are read again on use. */
const QUALITY_STALE_MS = 60_000;

/** How well contacts answer, a minute old at most while the bot is used. A failed read keeps the last figures. */
async function openQuality({
  stores,
  now,
  log,
}: Pick<AppContext, 'stores' | 'now' | 'log'>): Promise<AppServices['cases']['qualityOf']> {
  const read = async () => qualityOf(await stores.cases.attempts(now() - QUALITY_MS));
  let [current, readAt] = [await read(), now()];
  const refresh = async (): Promise<void> => {
    readAt = now();
    current = await read();
  };
  return (contact) => {
    if (passedSince(readAt, now()) >= QUALITY_STALE_MS)
      refresh().catch((error: unknown) => log.warn('cases.figures-not-read', { error }));
    return current.get(qualityKey(contact));
  };
}

/** Staff whose name, or the account of whose name, is the given one; else those whose name begins with it. */
async function colleaguesOf(
  name: string,
  { stores, config }: Pick<AppContext, 'stores' | 'config'>,
  managerOf: (personId: string | undefined) => Promise<string | null>,
): Promise<Colleagues> {
  const wanted = foldWords(name);
  if (wanted === '') return { kind: 'none' };
  const found: { readonly chat: SavedReference; readonly name: string; readonly exact: boolean }[] = [];
  for await (const chat of stores.references.personal('msteams')) {
    const { user } = chat.reference as { user?: { name?: unknown } };
    const called = typeof user?.name === 'string' ? user.name : '';
    const folded = foldWords(called);
    if (folded === wanted || folded.startsWith(`${wanted} `))
      found.push({ chat, name: called, exact: folded === wanted });
  }
  const exact = found.filter((one) => one.exact);
  const [first, ...others] = exact.length > 0 ? exact : found;
  if (!first) return { kind: 'none' };
  if (others.length > 0) return { kind: 'several' };
  return { kind: 'one', name: first.name, to: await holderOf(first.chat, config.defaultLanguage, managerOf) };
}

async function holderOf(
  { channelId, conversationId, userId, tenantId, reference }: SavedReference,
  defaultLanguage: Language,
  managerOf: (personId: string | undefined) => Promise<string | null>,
): Promise<NewHolder> {
  const { user, locale } = reference as { user?: { aadObjectId?: unknown }; locale?: unknown };
  const personId = typeof user?.aadObjectId === 'string' ? user.aadObjectId : undefined;
  const language = (typeof locale === 'string' ? languageFor(locale) : undefined) ?? defaultLanguage;
  const place = { channelId, conversationId, userId, tenantId: (tenantId ?? '').toLowerCase() };
  return {
    holder: { ...place, asker: 'partner', language, zone: '' },
    managerId: await managerOf(personId),
    reference: undefined,
  };
}

const LOOK_MS = 5_000;

/** Starts the worker, which ends with the server. Several processes may run it: each due case is claimed by one. */
export function startCases(
  context: Pick<
    AppContext,
    'stores' | 'services' | 'gates' | 'web' | 'outward' | 'spans' | 'now' | 'log' | 'server'
  >,
): void {
  const { log, server, services } = context;
  const { signal } = services.cases;
  const deps = remindDeps(context);
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const sent = await sendDueCases(deps, ending.signal).catch((error: unknown) => {
        log.warn('cases.failed', { error });
        return 0;
      });
      if (sent === 0 && !ending.signal.aborted) await signal.wait(LOOK_MS);
    }
  };
  const running = run();
  server.onClose(async () => {
    ending.abort();
    signal.wake();
    await running;
  });
}

type PostContext = Parameters<typeof startCases>[0];

function remindDeps(context: PostContext): RemindDeps {
  const { stores, services, outward, spans, now, log } = context;
  const post = proactive({ ...toEveryChannel(context), spans, now });
  return {
    store: stores.cases,
    hoursOf: services.cases.hoursOf,
    async quietOf({ channelId, userId }) {
      if (channelId !== 'msteams') return null;
      return (await stores.outages.recipients.byId(`p|${userId}`))?.quiet ?? null;
    },
    send: (one, message) => postMessage(context, post, one, message),
    limiter: outward.limiter,
    isOwn: ({ reference }) => reference?.serviceUrl === LOCAL_SERVICE_URL,
    now,
    random: Math.random,
    log,
  };
}

const NOWHERE: SendResult = { kind: 'answered', status: 404, code: 'ConversationNotFound' };
const NOTES: Readonly<Record<CaseMessage, CaseNote>> = {
  reminder: 'reminder',
  given: 'given',
  ended: 'ended',
};

/** Sends one message to the holder. Never throws the channel's errors. */
async function postMessage(
  context: PostContext,
  post: Proactive,
  one: ContactCase,
  message: CaseMessage,
): Promise<SendResult> {
  const { services, stores } = context;
  const place = await placeOf(context, one);
  if (!place) return NOWHERE;
  const ctx = contextOf(services, one, await languageOf(stores, one));
  const person = one.givenBy === undefined ? '' : await services.cases.nameOf(one.givenBy);
  const card = caseCard({ ...shownCase(one, services, ctx.now), note: NOTES[message], person }, ctx);
  const activity = cardActivity(card, ctx.language);
  // The closed chat counts what the visitor has not read.
  const mark = one.holder.channelId === 'msteams' ? {} : { channelData: { isReminder: true } };
  return post.send(place, { ...activity, ...mark });
}

/** In Teams the newest reference of a person who is still staff; the case of a former member of staff stays untold. */
async function placeOf(
  { stores, gates }: Pick<PostContext, 'stores' | 'gates'>,
  { holder, reference }: ContactCase,
): Promise<Conversation | undefined> {
  const { channelId, conversationId, asker } = holder;
  if (channelId !== 'msteams') return reference && { conversationId, reference };
  const chat = (await stores.references.list({ channelId, conversationId })).at(-1);
  if (asker !== 'partner') {
    const known = chat?.reference ?? reference;
    return known && { conversationId, reference: known };
  }
  const { user } = (chat?.reference ?? {}) as { user?: { aadObjectId?: unknown } };
  const personId = typeof user?.aadObjectId === 'string' ? user.aadObjectId : undefined;
  const isStaff = chat && (await gates.staff('partner', personId)) === 'partner';
  return isStaff ? { conversationId, reference: chat.reference } : undefined;
}

async function languageOf(stores: PostContext['stores'], { holder }: ContactCase): Promise<Language> {
  const chosen = holder.channelId === 'msteams' ? await keptLanguage(stores, holder.userId) : undefined;
  return chosen ?? holder.language;
}

function contextOf(services: AppServices, { holder }: ContactCase, wanted: Language): RenderContext {
  const { signer, now, mailLink, profile } = services;
  const language = offeredLanguage(languagesOf(profile()), wanted);
  return {
    language,
    text: textIn(language, holder.asker),
    host: holder.channelId === 'msteams' ? 'teams' : 'web',
    asker: holder.asker,
    signer,
    step: 'cases',
    now: now(),
    ...(holder.zone !== '' && { zone: holder.zone }),
    mailLink,
  };
}
