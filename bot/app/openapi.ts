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
  /^\/go\/(mail|insights|insights\.csv)$/,
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

export type Json = Record<string, unknown>;

/** The versions of the specification that a document can have. Older ones are for tools that do not read 3.1. */
type SpecVersion = '3.1.0' | '3.0.3';

interface DocumentParts {
  readonly spec: SpecVersion;
  readonly version: string;
  readonly server: string;
  readonly routes: readonly ApiRoute[];
}

/** The OpenAPI document of these routes. */
export function openApiDocument({ spec, version, server, routes }: DocumentParts): Json {
  const schemaOf = schemasFor(spec);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const address = route.path.replace(/:(\w+)/g, '{$1}');
    paths[address] = { ...paths[address], [route.method]: operationOf(route, schemaOf) };
  }
  const used = new Set(routes.flatMap(({ credentials = [] }) => credentials));
  const schemes = Object.entries(CREDENTIALS).filter(([name]) => used.has(name as Credential));
  return {
    openapi: spec,
    info: {
      title: 'Offer Desk',
      version,
      description: 'The interface for programs. Pages and files for browsers are left out.',
      license: { name: 'MIT', ...(spec === '3.1.0' && { identifier: 'MIT' }) },
    },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: { Error: schemaOf(ErrorAnswer, 'output') },
      securitySchemes: Object.fromEntries(schemes),
    },
  };
}

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Json;

function schemasFor(spec: SpecVersion): SchemaOf {
  const target = spec === '3.1.0' ? 'draft-2020-12' : 'openapi-3.0';
  return (schema, io) => {
    const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, target });
    return rest;
  };
}

function operationOf(route: ApiRoute, schemaOf: SchemaOf): Json {
  const { method, path: address, tag, summary, description, credentials = [], body, answers } = route;
  const jsonOf = (schema: z.ZodType, io: 'input' | 'output'): Json => ({
    'application/json': { schema: schemaOf(schema, io) },
  });
  const answerOf = ({ schema, mediaType, description: said }: ApiAnswer): Json => {
    if (mediaType !== undefined)
      return { description: said, content: { [mediaType]: { schema: { type: 'string' } } } };
    return { description: said, ...(schema && { content: jsonOf(schema, 'output') }) };
  };
  const named = `${method}${address.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`;
  return {
    operationId: route.operationId ?? named,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: credentials.map((one) => ({ [one]: [] })),
    parameters: parametersOf(route, schemaOf),
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

function parametersOf({ path: address, query = {} }: ApiRoute, schemaOf: SchemaOf): readonly Json[] {
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
    const registered = registeredRoutes(kit.server);
    return openApiDocument({
      spec: '3.1.0',
      version: await versionOf(rootDir),
      server: config.publicUrl ?? '/',
      routes: DESCRIBED.filter((one) => registered.has(`${one.method} ${one.path}`)),
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
