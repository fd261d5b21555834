/** The Web Chat bundle for browser tests: fetched once if this machine can, otherwise a reason to leave them out. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WEB_CHAT_VERSION } from '../../bot/web/pages/routes.js';

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

interface Script {
  ensureWebChat(options?: { root?: string }): Promise<string>;
}

/** Why there is no bundle, or undefined when there is one. */
export async function missingWebChat(): Promise<string | undefined> {
  if (existsSync(path.join(ROOT, 'vendor', `webchat-${WEB_CHAT_VERSION}`, 'webchat.js'))) return undefined;
  const script = (await import(path.join(ROOT, 'scripts', 'webchat.mjs'))) as Script;
  try {
    await script.ensureWebChat();
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}
