/** Opens the bot on a scratch store, without a server and without workers, for conversations from a file. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Clock, Log } from '../../core/ports.js';
import { NO_SPANS } from '../runtime/spans.js';
import type { Talker } from '../simulate/hold.js';
import type { Reply } from '../simulate/reply.js';
import { openStores, type Stores } from '../store/stores.js';
import type { DirectLineHub } from '../web/directline/hub.js';
import { clientActivity } from '../web/directline/intake.js';
import type { WebAudience, WebConversation } from '../web/directline/log.js';
import { openServices } from './answers.js';
import { openBot } from './bot.js';
import { readConfig, type Config } from './config.js';
import { seedStores } from './directory.js';
import { openLiveDirectory } from './live-directory.js';

export interface SimulationSettings {
  readonly rootDir: string;
  readonly log: Log;
  readonly now: Clock;
  /** The operator's settings that a conversation depends on. Without them: the fictional sample. */
  readonly config?: Pick<Config, 'defaultLanguage' | 'directoryFile' | 'profileFile'>;
  /** Copies an operator's data into the scratch store before the sample fills what is missing. */
  readonly fill?: (scratch: Stores) => Promise<void>;
}

/** The bot in this process. */
export interface Simulation {
  /** Opens a conversation; the bot has greeted. `language` is a tag as browsers send it. */
  join(who: WebAudience, language: string): Promise<Talker>;
  /** Ends the bot and deletes the scratch store. */
  close(): Promise<void>;
}

/** The longest time in milliseconds for one turn. */
const TURN_MS = 30_000;

/** Opens the bot in local mode. Nothing leaves this process. */
export async function openSimulation(settings: SimulationSettings): Promise<Simulation> {
  const { log, now, fill, rootDir } = settings;
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-simulation-'));
  const config = {
    ...readConfig({ OFFER_DESK_DATA_DIR: dataDir }, dataDir, ['--local-admin']),
    ...settings.config,
  };
  const stores = await openStores({ dataDir, now, log });
  await fill?.(stores);
  await seedStores({ config, stores, rootDir, now, log });
  const directory = await openLiveDirectory(stores.directory, log);
  const opened = { config, env: {}, stores, directory, rootDir, log, now, spans: NO_SPANS };
  const services = await openServices(opened);
  const { web } = await openBot({ ...opened, services });
  return {
    join: (who, language) => joinHub(web.hub, now, who, language),
    close: async () => {
      directory.stop();
      await stores.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function joinHub(hub: DirectLineHub, now: Clock, who: WebAudience, locale: string): Promise<Talker> {
  const id = randomUUID();
  const conversation: WebConversation = { id, userId: `dl_${id}`, audience: who, createdAt: now() };
  let watermark = 0;
  const replies = async (): Promise<readonly Reply[]> => {
    await hub.drain(TURN_MS);
    const page = await hub.after(id, watermark);
    watermark = page.watermark;
    const found = page.activities as unknown as readonly Reply[];
    return found.filter((activity) => activity.from.role === 'bot');
  };
  const send = async (said: object): Promise<readonly Reply[]> => {
    await hub.fromUser(conversation, clientActivity({ type: 'message', locale, ...said }));
    return replies();
  };
  await hub.start(conversation, locale);
  return { greeting: await replies(), say: (text) => send({ text }), press: (value) => send({ value }) };
}

/** Copies the directory, the profile and the taught phrases of an operator's store. Reads only from `from`. */
export async function copyDesk(from: Stores, to: Stores): Promise<void> {
  for (const source of await from.directory.sources()) {
    const upserts = [...(await from.directory.rowsOf(source)).values()];
    await to.directory.commit({ source, upserts, removals: [], actor: 'simulate', at: 0 });
  }
  const [kept] = await from.profile.history(1);
  const profile = await from.profile.load();
  if (profile && kept) await to.profile.save(profile, kept.actor, kept.at);
  for (const { phrase, ...taught } of await from.phrases.list()) await to.phrases.add(phrase, taught);
}
