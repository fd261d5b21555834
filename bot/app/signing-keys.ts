/** The keys that sign buttons, web tokens, mail links and links to the insights: from the environment, or else from the store. */
import { hkdfSync } from 'node:crypto';
import type { AppContext } from './context.js';

/** What is signed. Each use has a key of its own, so that a signature of one use is worth nothing for another. */
export type SigningUse = 'cards' | 'directline' | 'mail-links' | 'insight-links';

/**
 * The keys for a use. The first key signs; all of them are accepted, so that a change of keys disconnects nobody. With
 * keys in the environment the store's own keys count no more: a copy of the store cannot forge anything.
 */
export async function signingKeys(
  { config, stores }: Pick<AppContext, 'config' | 'stores'>,
  use: SigningUse,
): Promise<readonly [Buffer, ...Buffer[]]> {
  const [newest, ...older] = config.signingKeys.map((key) => derived(key, use));
  return newest ? [newest, ...older] : [await stores.secrets.getOrCreate(use)];
}

function derived(key: string, use: SigningUse): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `offer-desk/${use}`, 32));
}
