/** Reads partners' tokens about their customers at the token endpoint, and gives the result to each turn. */
import { readFileSync } from 'node:fs';
import { DeskError } from '../../core/errors.js';
import type { Turn } from '../../dialogs/shared/turn.js';
import { newReference } from '../http/server.js';
import { customerMark, MARK_KEY } from '../store/conversations/visitor-store.js';
import { bindIdentity, type BindIdentity } from '../web/identity/binding.js';
import { createIdentityReader, publicKeys } from '../web/identity/verify.js';
import type { AppContext } from './context.js';

const WEB_CHANNELS: ReadonlySet<string> = new Set(['directline', 'webchat']);

/** The customer's facts for a turn. They answer questions, but give no rights. */
export type VouchedFor = (activity: WhereSaid) => Promise<Pick<Turn, 'owned' | 'tenantId' | 'country'>>;

interface WhereSaid {
  readonly channelId?: string;
  readonly conversation?: { readonly id: string };
}

/** The part for the token endpoint. @throws DeskError `config.invalid` for unreadable keys. */
export async function openIdentity({
  config,
  stores,
  log,
  now,
}: Pick<AppContext, 'config' | 'stores' | 'log' | 'now'>): Promise<BindIdentity> {
  const { secret, keysFile } = config.identity;
  const keys = keysFile === undefined ? undefined : publicKeys(textOf(keysFile));
  const key = await stores.secrets.getOrCreate(MARK_KEY);
  return bindIdentity({
    read: createIdentityReader({ audience: config.widget.partnerId, secret, keys, now }),
    visitors: stores.visitors,
    mark: (subject) => customerMark(key, subject),
    newReference,
    log,
  });
}

/** The part for turns: finds the facts by conversation, only for web customers. */
export function vouchedFor({
  config,
  stores,
  log,
}: Pick<AppContext, 'config' | 'stores' | 'log'>): VouchedFor {
  const { secret, keysFile } = config.identity;
  if (secret === undefined && keysFile === undefined) return () => Promise.resolve({});
  return async ({ channelId = '', conversation }) => {
    if (!WEB_CHANNELS.has(channelId) || !conversation) return {};
    try {
      const visitor = await stores.visitors.get(conversation.id);
      if (!visitor) return {};
      const { offers, tenantId, country } = visitor;
      return { owned: offers, tenantId, country };
    } catch (error) {
      // The facts only save questions: without them the bot asks the customer.
      log.warn('identity.not-read', { error });
      return {};
    }
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DeskError('config.invalid', 'OFFER_DESK_IDENTITY_KEYS: the file cannot be read', { cause });
  }
}
