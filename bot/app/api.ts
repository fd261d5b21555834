/** Joins the interface for other systems with the services of the chat. */
import { Access } from '../api/access.js';
import { ApiDesk } from '../api/desk.js';
import { registerMcp } from '../api/mcp-route.js';
import { registerApi } from '../api/routes.js';
import { memoryRates } from '../web/directline/limits.js';
import type { AppContext } from './context.js';
import { versionOf } from './openapi.js';
import { sharedRates } from './web.js';

/** Registers the routes for clients with a key. */
export async function startApi(
  context: Pick<AppContext, 'server' | 'stores' | 'services' | 'config' | 'rootDir' | 'now' | 'log'>,
): Promise<void> {
  const { server, stores, services, config, rootDir, now, log } = context;
  const rates = (await sharedRates(context)) ?? memoryRates(now);
  const access = new Access({
    keys: stores.apiKeys,
    take: (name, limits) => rates.take(name, limits),
    addressOf: (req) => server.addressOf(req),
    now,
    log,
  });
  const desk = new ApiDesk({ services, defaultLanguage: config.defaultLanguage });
  registerApi(server, { access, desk });
  let version: Promise<string> | undefined;
  registerMcp(server, { access, desk, log, version: () => (version ??= versionOf(rootDir)) });
}
