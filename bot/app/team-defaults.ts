/** Updates the managers' default subscriptions while the server runs. One instance does it for all. */
import type { StaffChat, TeamDeps } from '../../core/services/outages/team-defaults.js';
import { endTeams, refreshTeams } from '../../core/services/outages/team-defaults.js';
import { replanOpen } from '../../core/services/outages/change-incident.js';
import type { ReceiveDeps } from '../../core/services/outages/receive-outage.js';
import type { Language } from '../../core/terms.js';
import { languageFor } from '../../locales/language.js';
import type { Config } from './config.js';
import type { AppContext } from './context.js';
import { graphPeople } from './people.js';
import type { People } from '../graph/people.js';
import type { SavedReference } from '../store/conversations/reference-store.js';
import type { Stores } from '../store/stores.js';

interface TeamContext extends Pick<AppContext, 'now' | 'log' | 'people'> {
  readonly config: Pick<Config, 'peopleUses' | 'defaultLanguage' | 'registration' | 'privateHosts'>;
  readonly stores: Pick<Stores, 'references' | 'leases' | 'turns'> & {
    readonly outages: Pick<Stores['outages'], 'recipients' | 'teams'>;
  };
  readonly services: { readonly outages: { readonly receiveDeps: ReceiveDeps } };
  readonly server: Pick<AppContext['server'], 'onClose'>;
}

const LEASE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A failed run is tried again after this time. Teams that were finished in this hour are skipped. */
const LOOK_MS = 600_000;

/** Checks every team now and every hour, if configured. Otherwise removes the defaults. */
export async function startTeamDefaults(context: TeamContext): Promise<void> {
  const { config, log, server } = context;
  const people = config.peopleUses.includes('team') ? await graphPeople(context) : undefined;
  let running: Promise<unknown> = Promise.resolve();
  const run = (): void => {
    const work = people ? runTeams(context, people) : endAll(context);
    running = work.catch((error: unknown) => log.warn('team-defaults.failed', { error }));
  };
  run();
  const timer = people && setInterval(run, LOOK_MS).unref();
  server.onClose(async () => {
    clearInterval(timer);
    await running;
  });
}

async function endAll({ stores, now, log }: TeamContext): Promise<void> {
  await stores.leases.withLease('team-defaults', LEASE_MS, async () => {
    const { recipients, teams } = stores.outages;
    const ended = await endTeams({ recipients, teams, now });
    if (ended > 0) log.info('team-defaults.ended', { managers: ended });
  });
}

type ManagerOf = Pick<People, 'managerOf'>;

/** Runs once, unless another instance has run in this hour. */
async function runTeams(context: TeamContext, people: ManagerOf): Promise<void> {
  const { stores, now, log } = context;
  await stores.leases.withLease('team-defaults', LEASE_MS, async () => {
    const slot = String(Math.floor(now() / HOUR_MS));
    const claim = { channelId: 'retention', conversationId: 'team-defaults', activityId: slot };
    if ((await stores.turns.claim(claim)) !== 'new') return;
    const outcome = await refreshTeams(depsOf(context, people)).catch(async (error: unknown) => {
      await stores.turns.release(claim);
      throw error;
    });
    await (outcome.kind === 'done' ? stores.turns.finish(claim) : stores.turns.release(claim));
    if (outcome.kind === 'done') log.info('team-defaults.refreshed', { ...outcome });
    else log.warn('team-defaults.not-refreshed', { people: outcome.people });
  });
}

function depsOf({ config, stores, services, now }: TeamContext, people: ManagerOf): TeamDeps {
  const { recipients, teams } = stores.outages;
  return {
    recipients,
    teams,
    now,
    chats: () => staffChats(stores, config.defaultLanguage),
    replan: (readerId) => replanOpen(services.outages.receiveDeps, readerId),
    async managerOf(personId) {
      const told = await people.managerOf(personId);
      if (told.kind === 'known') return told.value.id.toLowerCase();
      return told.kind === 'none' ? null : undefined;
    },
  };
}

async function* staffChats(
  { references }: Pick<Stores, 'references'>,
  language: Language,
): AsyncGenerator<StaffChat> {
  for await (const one of references.personal('msteams')) {
    const chat = chatOf(one, language);
    if (chat) yield chat;
  }
}

/** The person's id from the channel's data about the chat; undefined for a person without a directory id. */
function chatOf(saved: SavedReference, defaultLanguage: Language): StaffChat | undefined {
  const { user, locale } = saved.reference as { user?: { aadObjectId?: unknown }; locale?: unknown };
  if (typeof user?.aadObjectId !== 'string') return undefined;
  const language = typeof locale === 'string' ? languageFor(locale) : undefined;
  return {
    personId: user.aadObjectId.toLowerCase(),
    about: {
      id: `p|${saved.userId}`,
      kind: 'person',
      tenantId: (saved.tenantId ?? '').toLowerCase(),
      language: language ?? defaultLanguage,
      zone: '',
      address: { channelId: saved.channelId, conversationId: saved.conversationId },
    },
  };
}
