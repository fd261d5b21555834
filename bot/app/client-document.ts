/** The interface for other systems as a document of its own, in the form that each kind of tool reads. */
import { CLIENT_API } from '../api/api.js';
import type { ApiRoute } from '../runtime/api-description.js';
import { openApiDocument, type Json } from './openapi.js';

/**
 * The forms: two versions of OpenAPI, Swagger 2.0 for a custom connector of Power Automate and Power Apps, and OpenAPI
 * with one kind of key for an agent of Microsoft 365 Copilot.
 */
export const DOCUMENT_FORMS = ['openapi-3.1', 'openapi-3.0', 'power-automate', 'copilot'] as const;
export type DocumentForm = (typeof DOCUMENT_FORMS)[number];

interface DocumentOptions {
  readonly version: string;
  /** The https origin of the desk. */
  readonly server: string;
}

/** The document in this form. */
export function clientDocument(form: DocumentForm, options: DocumentOptions): Json {
  const document = (spec: '3.1.0' | '3.0.3') => openApiDocument({ ...options, spec, routes: CLIENT_API });
  switch (form) {
    case 'openapi-3.1':
      return document('3.1.0');
    case 'openapi-3.0':
      return document('3.0.3');
    case 'power-automate':
      return swaggerOf(document('3.0.3'), options.server);
    case 'copilot':
      return openApiDocument({ ...options, spec: '3.0.3', routes: CLIENT_API.map(withBearer) });
  }
}

/** An agent has one registered key, which it sends as a bearer token. */
const withBearer = (route: ApiRoute): ApiRoute => ({ ...route, credentials: ['apiKey'] });

interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Json } };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly (Json & { readonly schema: Json })[];
  readonly requestBody?: Content & { readonly required: boolean };
  readonly responses: Readonly<Record<string, Content & { readonly description: string }>>;
}
interface Document30 {
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
}

/** Connectors read Swagger 2.0: one host, bodies as parameters, and the key in a header. */
function swaggerOf(document: Json, server: string): Json {
  const { info, paths, components } = document as unknown as Document30;
  const { host, protocol, pathname } = new URL(server);
  const swagger = {
    swagger: '2.0',
    info,
    host,
    basePath: pathname,
    schemes: [protocol.replace(':', '')],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: mapped(paths, (operations) => mapped(operations, swaggerOperation)),
    definitions: components.schemas,
    securityDefinitions: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ apiKey: [] }],
  };
  return JSON.parse(JSON.stringify(swagger).replaceAll('#/components/schemas/', '#/definitions/')) as Json;
}

function swaggerOperation({ parameters, requestBody, responses, ...operation }: Operation): Json {
  const { operationId, summary, description } = operation;
  const inAddress = parameters.map(({ schema, ...parameter }) => ({ ...schema, ...parameter }));
  const body = requestBody && {
    name: 'body',
    in: 'body',
    required: requestBody.required,
    schema: schemaIn(requestBody),
  };
  return {
    operationId,
    summary,
    description,
    parameters: [...inAddress, ...(body ? [body] : [])],
    responses: mapped(responses, (answer) => ({
      description: answer.description,
      ...(answer.content && { schema: schemaIn(answer) }),
    })),
  };
}

const schemaIn = ({ content }: Content): Json => content?.['application/json']?.schema ?? {};

function mapped<T, R>(record: Readonly<Record<string, T>>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
