/** `/openapi.json`: the routes of this installation as OpenAPI 3.1, from the schemas of the edges. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { API_API } from '../api/api.js';
import { ErrorAnswer, HEALTH_API } from '../http/api.js';
import { METRICS_API } from '../metrics/api.js';
import { OUTAGES_API } from '../outages/api.js';
import type { ApiAnswer, ApiRoute, Credential } from '../runtime/api-description.js';
import { TEAMS_API } from '../teams/api.js';
import { WEB_API } from '../web/api.js';
import type { AppContext } from './context.js';

const ADDRESS = '/openapi.json';

const SELF: ApiRoute = {
  method: 'get',
  path: ADDRESS,
  tag: 'health',
  summary: 'This document.',
  answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
};

/** Every described route. An installation has only the routes that it registers. */
export const DESCRIBED: readonly ApiRoute[] = [
  SELF,
  ...HEALTH_API,
  ...METRICS_API,
  ...TEAMS_API,
  ...OUTAGES_API,
  ...WEB_API,
  ...API_API,
];

/** Pages and files for browsers; they are not an interface for programs. */
export const LEFT_OUT: readonly RegExp[] = [
  /^\/$/,
  /^\/(assets|webchat)\//,
  /^\/favicon\.ico$/,
  /^\/widget(\.js|\/frame|\/worker\.js)$/,
  /^\/demo(\/outage)?$/,
  /^\/go\/mail$/,
];

const CREDENTIALS: Readonly<Record<Credential, object>> = {
  channelToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'the token of Azure Bot Service',
  },
  conversationToken: { type: 'http', scheme: 'bearer', description: 'the token of one conversation' },
  senderToken: {
    type: 'apiKey',
    in: 'query',
    name: 'token',
    description: 'the token of a sender of outages',
  },
  senderBearer: { type: 'http', scheme: 'bearer', description: 'the same token in a header' },
  metricsToken: { type: 'http', scheme: 'bearer', description: 'OFFER_DESK_METRICS_TOKEN' },
  apiKey: { type: 'http', scheme: 'bearer', description: 'a key of `offer-desk api-keys create`' },
  apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'the same key' },
};

type Json = Record<string, unknown>;

interface Installation {
  readonly version: string;
  /** Absent: the server from which the document was read. */
  readonly publicUrl?: string;
  /** The registered routes, as `get /healthz`. */
  readonly registered: ReadonlySet<string>;
}

/** The document of an installation. */
function openApiDocument({ version, publicUrl, registered }: Installation): Json {
  const paths: Record<string, Json> = {};
  for (const route of DESCRIBED.filter((one) => registered.has(`${one.method} ${one.path}`))) {
    const address = route.path.replace(/:(\w+)/g, '{$1}');
    paths[address] = { ...paths[address], [route.method]: operationOf(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Offer Desk',
      version,
      description: 'The interface for programs. Pages and files for browsers are left out.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl ?? '/' }],
    paths,
    components: { schemas: { Error: schemaOf(ErrorAnswer, 'output') }, securitySchemes: CREDENTIALS },
  };
}

function operationOf(route: ApiRoute): Json {
  const { method, path: address, tag, summary, description, credentials = [], body, answers } = route;
  return {
    operationId: `${method}${address.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: credentials.map((one) => ({ [one]: [] })),
    parameters: parametersOf(route),
    ...(body && { requestBody: { required: body.required, content: jsonOf(body.schema, 'input') } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer)])),
      default: {
        description: 'refused or failed',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  };
}

function parametersOf({ path: address, query = {} }: ApiRoute): readonly Json[] {
  const named = [...address.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(query).map(([name, { description, schema, required = false }]) => ({
    name,
    in: 'query',
    ...(required && { required }),
    description,
    schema: schemaOf(schema, 'input'),
  }));
  return [...named, ...asked];
}

function answerOf({ description, schema, mediaType }: ApiAnswer): Json {
  if (mediaType !== undefined)
    return { description, content: { [mediaType]: { schema: { type: 'string' } } } };
  return { description, ...(schema && { content: jsonOf(schema, 'output') }) };
}

function jsonOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  return { 'application/json': { schema: schemaOf(schema, io) } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

const Package = z.looseObject({ version: z.string() });

/** The version of the product, from its package. */
export async function versionOf(rootDir: string): Promise<string> {
  const file = await readFile(path.join(rootDir, 'package.json'), 'utf8');
  return Package.parse(JSON.parse(file)).version;
}

/** Registers the document's own route. The first request builds the document from the routes that exist then. */
export function registerOpenApi({
  server: kit,
  config,
  rootDir,
}: Pick<AppContext, 'server' | 'config' | 'rootDir'>): void {
  let made: Promise<Json> | undefined;
  const make = async (): Promise<Json> => {
    return openApiDocument({
      version: await versionOf(rootDir),
      publicUrl: config.publicUrl,
      registered: registeredRoutes(kit.server),
    });
  };
  kit.server.get(
    ADDRESS,
    kit.handle(async (_req, res) => void res.send(200, await (made ??= make()))),
  );
}

type RestifyServer = AppContext['server']['server'];

/** Every route of the server, as `get /healthz`. */
export function registeredRoutes(server: RestifyServer): ReadonlySet<string> {
  const routes = Object.values(server.router.getRoutes()) as readonly { method: string; path: string }[];
  return new Set(routes.map(({ method, path: address }) => `${method.toLowerCase()} ${address}`));
}
