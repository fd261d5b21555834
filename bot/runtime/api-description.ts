/** How an edge describes its routes for `/openapi.json`, with the schemas of its handlers. */
import type { z } from 'zod';

/** How a caller authenticates. The names are those of the document. */
export type Credential =
  | 'channelToken'
  | 'conversationToken'
  | 'senderToken'
  | 'senderBearer'
  | 'metricsToken'
  | 'apiKey'
  | 'apiKeyHeader';

export interface ApiAnswer {
  readonly description: string;
  /** Absent: there is no body, or the body is not JSON. */
  readonly schema?: z.ZodType;
  /** The media type of a body that is not JSON. */
  readonly mediaType?: string;
}

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'options';
  /** The path in the router's form: `/api/outages/:source`. */
  readonly path: string;
  readonly tag: 'health' | 'teams' | 'outages' | 'web chat' | 'direct line' | 'other systems';
  readonly summary: string;
  /** Its name for programs; absent: made of method and path. */
  readonly operationId?: string;
  /** For programs that choose a route by its purpose, such as agents. */
  readonly description?: string;
  /** A request needs one of these; absent: the route needs no authentication. */
  readonly credentials?: readonly Credential[];
  readonly query?: Readonly<
    Record<string, { readonly description: string; readonly schema: z.ZodType; readonly required?: boolean }>
  >;
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly answers: Readonly<Record<number, ApiAnswer>>;
}
