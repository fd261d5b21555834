/**
 * Loaded with `node --import`: the product's imports of the Bot Framework SDK lead to `rooms/`, which stand on the
 * Microsoft 365 Agents SDK. The product's own files stay as they are.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const ROOMS = new Map([
  ['botbuilder', 'rooms/botbuilder.mjs'],
  ['botbuilder-core', 'rooms/botbuilder.mjs'],
  ['botbuilder-dialogs', 'rooms/dialogs.mjs'],
  ['botframework-connector', 'rooms/connector.mjs'],
]);
const OLD = /^(botbuilder|botframework)(?=-|\/|$)/;
const NEW = /^@microsoft\/agents-/;
/** The folder of the successor's packages; packages.ts installs them. */
const PACKAGES = new URL('../../node_modules/.cache/agents-sdk/package.json', import.meta.url).href;
const here = new URL('.', import.meta.url).href;

/** Node's hook. An import of the old SDK without a room is an error, so that no part runs on the old SDK unnoticed. */
export function resolve(specifier, context, next) {
  const from = context.parentURL ?? '';
  if (from.startsWith(here) && NEW.test(specifier))
    return next(specifier, { ...context, parentURL: PACKAGES });
  if (!OLD.test(specifier) || from.includes('/node_modules/')) return next(specifier, context);
  const room = ROOMS.get(specifier.split('/')[0]);
  if (room === undefined) throw new Error(`scripts/agents-sdk/rooms has nothing in place of ${specifier}`);
  return next(new URL(room, here).href, context);
}

if (isMainThread) register(import.meta.url);
