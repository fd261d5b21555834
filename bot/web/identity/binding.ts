/** Binds a partner's token to one conversation. A conversation never moves to another customer. */
import { DeskError } from '../../../core/errors.js';
import type { Log } from '../../../core/ports.js';
import type { OwnedOffer } from './claims.js';
import type { IdentityReader, Refusal } from './verify.js';

/** What is kept: no id of the partner's, only what tells one customer from another. */
interface KnownVisitor {
  readonly customer: string;
  readonly tenantId?: string;
  readonly offers: readonly OwnedOffer[];
}

export interface VisitorStore {
  /** False when the conversation is another customer's; then nothing changes. Atomic. */
  bind(conversationId: string, visitor: KnownVisitor): Promise<boolean>;
  forget(conversationId: string): Promise<void>;
}

/** What the page is told became of its token. */
export type IdentityAnswer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: Refusal; readonly reference: string };

/** Undefined when the page sent no token: the conversation stays whose it is. */
export type BindIdentity = (conversationId: string, token: unknown) => Promise<IdentityAnswer | undefined>;

interface BindingDeps {
  readonly read: IdentityReader;
  readonly visitors: VisitorStore;
  /** What is kept in place of the partner's id: the same id gives the same mark, and no mark gives its id. */
  readonly mark: (subject: string) => string;
  readonly newReference: () => string;
  readonly log: Log;
}

/**
 * The binding. A token that is refused costs nobody the chat: it goes on without it.
 * Throws DeskError `conversation.unknown` for a conversation of another customer, so that a new one is begun.
 */
export function bindIdentity(deps: BindingDeps): BindIdentity {
  return async (conversationId, token) => {
    if (token === undefined || token === null) return undefined;
    const read = await deps.read(token);
    if (read.kind === 'refused') {
      const reference = deps.newReference();
      deps.log.info('identity.refused', { reference, reason: read.reason });
      return { accepted: false, reason: read.reason, reference };
    }
    const { subject, tenantId, offers } = read.customer;
    const visitor = { customer: deps.mark(subject), tenantId, offers };
    if (!(await deps.visitors.bind(conversationId, visitor)))
      throw new DeskError('conversation.unknown', 'the conversation belongs to another customer');
    return { accepted: true };
  };
}
