/** A process that runs the registered product with the parent's key server and connector, and reports its load. */
import process from 'node:process';
import type { TurnContext } from 'botbuilder';
import pg from 'pg';
import { openApp, type App } from '../../../bot/app/app.js';
import { readConfig } from '../../../bot/app/config.js';
import { startIsOver } from '../../../bot/runtime/light-start.js';
import { openLog } from '../../../bot/runtime/log.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { OfferDeskBot } from '../../../bot/teams/bot.js';
import { importRows } from '../../../core/services/directory/import-rows.js';
import { offerRows } from '../../helpers/offer-rows.js';
import { REGISTERED, sdkArguments } from '../../helpers/key-server.js';
import { reportTo } from './report.js';

/** Counts the SQL statements of this process. */
function countStatements(): () => number {
  let statements = 0;
  const query = Reflect.get(pg.Client.prototype, 'query') as (
    this: pg.Client,
    ...given: unknown[]
  ) => unknown;
  Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...given: unknown[]) {
    statements += 1;
    return query.apply(this, given);
  });
  return () => statements;
}

/** Leaves the tokens, the turn's record in the store and one reply. */
function onlyFrame(): void {
  Reflect.set(OfferDeskBot.prototype, 'run', (context: TurnContext) => context.sendActivity('echo'));
}

/** Adds this many offers to those of the sample. */
async function bringIn({ stores, directory }: App, offers: number): Promise<void> {
  if (offers === 0) return;
  const request = { source: 'bench', mode: 'full', actor: 'bench', now: Date.now() } as const;
  await importRows({ directory: stores.directory }, { ...request, rows: offerRows(0, offers) });
  await directory.refresh();
}

/** Runs until SIGTERM. */
export async function main(): Promise<void> {
  const statements = countStatements();
  if (process.env.LOAD_PARTS === 'frame') onlyFrame();
  const { KEYS_URL = '', CONNECTOR_URL = '', DATABASE_URL = '', OFFER_DESK_DATA_DIR = '' } = process.env;
  const env = { ...REGISTERED, PORT: '0', DATABASE_URL, OFFER_DESK_DATA_DIR };
  const config = readConfig(env, process.cwd());
  const sdk = sdkArguments(KEYS_URL, CONNECTOR_URL);
  const log = openLog('info', { write: () => undefined });
  const app = await openApp({ config, env, rootDir: findRootDir(), log, now: Date.now, sdk });
  await bringIn(app, Number(process.env.LOAD_OFFERS ?? 0));
  const { port } = await app.start();
  process.once('SIGTERM', () => void app.stop().finally(() => process.exit(0)));
  startIsOver();
  reportTo(port, statements);
}
