/** Tells a token with an unknown key apart from a key server that does not answer. */
import type { Clock } from '../../core/ports.js';

const CHANNEL_KEYS = 'https://login.botframework.com/v1/.well-known/openidconfiguration';
/** Anybody can send tokens with unknown keys, so the key server is asked at most this often. */
const ASK_EVERY_MS = 10_000;
const PATIENCE_MS = 3_000;

/** Resolves to false while the server of the channel's keys cannot be reached. */
export function keyServerCheck(address: string | undefined, now: Clock): () => Promise<boolean> {
  let last: { readonly at: number; readonly answers: Promise<boolean> } | undefined;
  return () => {
    if (!last || now() - last.at >= ASK_EVERY_MS || now() < last.at)
      last = { at: now(), answers: answersAt(address ?? CHANNEL_KEYS) };
    return last.answers;
  };
}

async function answersAt(address: string): Promise<boolean> {
  try {
    const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
