/** Binds a partner's token to one conversation. A conversation never moves to another customer. */
import { DeskError } from '../../../core/errors.js';
import type { Log } from '../../../core/ports.js';
import type { OwnedOffer } from './claims.js';
import type { IdentityReader, Refusal } from './verify.js';

/** The stored data: not the partner's id, but a mark that distinguishes the customers. */
interface KnownVisitor {
  readonly customer: string;
  readonly tenantId?: string;
  readonly country?: string;
  readonly offers: readonly OwnedOffer[];
}

export interface VisitorStore {
  /** Returns false and changes nothing when the conversation belongs to another customer. Atomic. */
  bind(conversationId: string, visitor: KnownVisitor): Promise<boolean>;
  forget(conversationId: string): Promise<void>;
}

/** The result for the page's token. */
export type IdentityAnswer =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: Refusal; readonly reference: string };

/** Undefined when the page sent no token: the conversation keeps its customer. */
export type BindIdentity = (conversationId: string, token: unknown) => Promise<IdentityAnswer | undefined>;

interface BindingDeps {
  readonly read: IdentityReader;
  readonly visitors: VisitorStore;
  /** The mark that replaces the partner's id. The same id gives the same mark. A mark does not reveal its id. */
  readonly mark: (subject: string) => string;
  readonly newReference: () => string;
  readonly log: Log;
}

/**
 * Makes the binding. After a refused token, the chat continues without the token.
 * Throws DeskError `conversation.unknown` for a conversation of another customer, so that a new one begins.
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
    const { subject, tenantId, country, offers } = read.customer;
    const visitor = { customer: deps.mark(subject), tenantId, country, offers };
    if (!(await deps.visitors.bind(conversationId, visitor)))
      throw new DeskError('conversation.unknown', 'the conversation belongs to another customer');
    return { accepted: true };
  };
}
