/** How an edge describes its routes for `/openapi.json`: with the schemas that its handlers use. */
import type { z } from 'zod';

/** How a caller proves who it is; the names are those of the document. */
export type Credential =
  'channelToken' | 'conversationToken' | 'senderToken' | 'senderBearer' | 'metricsToken';

export interface ApiAnswer {
  readonly description: string;
  /** Absent: there is no body, or one of another kind. */
  readonly schema?: z.ZodType;
  /** The kind of a body that is not JSON. */
  readonly mediaType?: string;
}

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'options';
  /** As the router has it: `/api/outages/:source`. */
  readonly path: string;
  readonly tag: 'health' | 'teams' | 'outages' | 'web chat' | 'direct line';
  readonly summary: string;
  /** One of these is enough; absent: the route asks for none. */
  readonly credentials?: readonly Credential[];
  readonly query?: Readonly<Record<string, { readonly description: string; readonly schema: z.ZodType }>>;
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answers: Readonly<Record<number, ApiAnswer>>;
}
