/** Starts the whole product on a temporary folder and a free port, and talks to it as a Direct Line client. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openApp, type App } from '../../bot/app/app.js';
import { readConfig } from '../../bot/app/config.js';
import type { AppSettings } from '../../bot/app/context.js';
import { directoryImport } from '../../bot/cli/directory.js';
import { runDoorCommand } from '../../bot/cli/every-command.js';
import { openLog } from '../../bot/runtime/log.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { valueOf, type Reply } from '../../bot/simulate/reply.js';
import { PATIENCE_MS } from './patience.js';

/** Tests read replies as the simulation does. */
export { buttonsOf, textOf, valueOf, type Reply } from '../../bot/simulate/reply.js';

export interface Desk {
  readonly url: string;
  readonly app: App;
  readonly dataDir: string;
  /** Every log entry written since the start, parsed. */
  readonly entries: Record<string, unknown>[];
  /** Stops and starts again on the same data and the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The sample partner without a usual purchase channel: its desk asks how an offer was bought. */
export const ASKS_HOW_BOUGHT = {
  OFFER_DESK_PROFILE: path.join(findRootDir(), 'test/fixtures/profiles/no-usual-channel.json'),
};

/** A running desk with the sample directory; in local mode its staff administer. Remember to close it. */
export async function startDesk(
  env: Record<string, string> = {},
  over: Partial<AppSettings> & { readonly localAdmin?: boolean } = {},
): Promise<Desk> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-'));
  const entries: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void entries.push(JSON.parse(line) as Record<string, unknown>) };
  const log = openLog('debug', stream);
  const open = async (port: number) => {
    const settings = { OFFER_DESK_TOKENS_PER_MINUTE: '1000', OFFER_DESK_MESSAGES_PER_MINUTE: '1000', ...env };
    const given = { OFFER_DESK_DATA_DIR: dataDir, PORT: String(port), ...settings };
    const isLocal = env.MICROSOFT_APP_ID === undefined;
    const options = isLocal && over.localAdmin !== false ? ['--local-admin'] : [];
    const config = readConfig(given, dataDir, options);
    const app = await openApp({
      config,
      env: given,
      rootDir: findRootDir(),
      log,
      now: Date.now,
      doorCommand: runDoorCommand,
      ...over,
    });
    return { app, address: await app.start() };
  };
  let { app, address } = await open(0);
  return {
    url: `http://127.0.0.1:${address.port}`,
    get app() {
      return app;
    },
    dataDir,
    entries,
    restart: async () => {
      await app.stop();
      ({ app, address } = await open(address.port));
    },
    close: async () => {
      await app.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Imports the two real lists of offers and contacts from this folder, as an operator does. */
export async function importRealLists({ app }: Desk, folder: string): Promise<void> {
  for (const name of ['marketplace-offers', 'isv-contacts']) {
    const lines: string[] = [];
    const code = await directoryImport(
      {
        file: path.join(folder, `${name}.json`),
        map: path.join(findRootDir(), 'data', 'mappings', `${name}.json`),
        skipBadRows: true,
      },
      { directory: app.stores.directory },
      { line: (text) => lines.push(text), progress: () => undefined },
      { actor: 'test', now: Date.now() },
    );
    if (code !== 0) throw new Error(lines.join('\n'));
  }
  await app.directory.refresh();
}

/** One visitor in one conversation. */
export class Visitor {
  private watermark = 0;
  private greeting: Reply | undefined;
  private constructor(
    private readonly url: string,
    readonly token: string,
    readonly conversationId: string,
    readonly resume: string,
    private readonly locale: string,
  ) {}

  /** `more` are more fields for the token request. */
  static async join(
    url: string,
    audience: 'customer' | 'partner',
    locale = 'en-US',
    more: object = {},
  ): Promise<Visitor> {
    const made = await post(`${url}/api/token`, undefined, { audience, ...more });
    const { token, conversationId, resume } = made as Record<'token' | 'conversationId' | 'resume', string>;
    const visitor = new Visitor(url, token, conversationId, resume, locale);
    await post(`${url}/v3/directline/conversations`, token, { locale });
    [visitor.greeting] = await visitor.replies(1);
    return visitor;
  }

  /** The greeting that the visitor got. */
  get first(): Reply {
    if (!this.greeting) throw new Error('nobody greeted');
    return this.greeting;
  }

  /** Sends text and waits for the replies of the turn. */
  async say(text: string, count = 1): Promise<readonly Reply[]> {
    await this.send({ type: 'message', text });
    return this.replies(count);
  }

  /** Presses the button with this title on the newest card that has one. */
  async press(card: Reply, title: string | RegExp, count = 1): Promise<readonly Reply[]> {
    await this.send({ type: 'message', value: valueOf(card, title) });
    return this.replies(count);
  }

  async send(activity: Record<string, unknown>): Promise<unknown> {
    return post(`${this.url}/v3/directline/conversations/${this.conversationId}/activities`, this.token, {
      locale: this.locale,
      from: { id: 'anybody' },
      ...activity,
    });
  }

  /** The bot's next activities: waits until at least `count` have come and the bot is quiet. */
  async replies(count: number, patienceMs = PATIENCE_MS): Promise<readonly Reply[]> {
    const found: Reply[] = [];
    const until = Date.now() + patienceMs;
    while (found.length < count) {
      if (Date.now() > until) throw new Error(`only ${found.length} of ${count} replies came`);
      await new Promise((resolve) => setTimeout(resolve, 25));
      found.push(...(await this.news()));
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
    return [...found, ...(await this.news())];
  }

  /** Sends text and waits for the first reply of the turn, looking every few milliseconds. */
  async ask(text: string, everyMs: number): Promise<readonly Reply[]> {
    await this.send({ type: 'message', text });
    for (;;) {
      const found = await this.news();
      if (found.length > 0) return found;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  private async news(): Promise<Reply[]> {
    const answer = await fetchAgain(
      `${this.url}/v3/directline/conversations/${this.conversationId}/activities?watermark=${this.watermark}`,
      { headers: { authorization: `Bearer ${this.token}` } },
    );
    const page = (await answer.json()) as { activities: Reply[]; watermark: string };
    this.watermark = Number(page.watermark);
    return page.activities.filter((activity) => activity.from.role === 'bot');
  }
}

/** After a restart on the same port, fetch may reuse a closed connection. Try once more. */
async function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const code = ((error as Error).cause as { code?: string } | undefined)?.code;
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
    return fetch(url, init);
  }
}

async function post(url: string, token: string | undefined, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetchAgain(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return answer.json();
}
