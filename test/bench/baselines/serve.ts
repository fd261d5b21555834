/** Serves a bot of the SDK as its samples do, on restify, with the benchmark's signed tokens and connector. */
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ActivityHandler,
  type TurnContext,
} from 'botbuilder';
import * as restify from 'restify';
import { sdkArguments } from '../../helpers/key-server.js';
import { reportTo } from '../load/report.js';

/** `afterTurn` runs after each turn, as the samples save their state. */
export function serve(
  bot: ActivityHandler,
  afterTurn: (context: TurnContext) => Promise<void> = () => Promise.resolve(),
): void {
  const { KEYS_URL = '', CONNECTOR_URL = '' } = process.env;
  const authentication = new ConfigurationBotFrameworkAuthentication(
    ...sdkArguments(KEYS_URL, CONNECTOR_URL),
  );
  const adapter = new CloudAdapter(authentication);
  const server = restify.createServer();
  server.use(restify.plugins.jsonBodyParser());
  server.post('/api/messages', async (req, res) => {
    await adapter.process(req, res, async (context) => {
      await bot.run(context);
      await afterTurn(context);
    });
  });
  server.listen(0, '127.0.0.1', () => reportTo((server.address() as { port: number }).port));
}
