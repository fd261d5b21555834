/** The MCP server: the questions of `desk.ts` as tools of an agent, and the policy with its sources as resources. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import { API_SCOPES, type ApiScope } from '../../core/services/api/api-keys.js';
import {
  OfferQuery,
  OffersFound,
  OutageQuery,
  OutagesOpen,
  ReportTaken,
  RouteAsked,
  Routed,
  WrongContact,
  type RoutedBody,
} from './api.js';
import type { ApiDesk, Caller } from './desk.js';
import { policyText, sourcesText } from './policy-text.js';

/** The agent's client, and what it may ask. */
export interface McpCaller extends Caller {
  readonly scopes: readonly ApiScope[];
}

/** The protocol's library, which is loaded when the first client comes. */
export interface McpLibrary {
  readonly McpServer: typeof McpServer;
}

export interface McpDeps extends McpLibrary {
  readonly desk: ApiDesk;
  readonly caller: McpCaller;
  readonly version: string;
  readonly log: Log;
  /** Takes note of a call; `outcome` has no content. */
  readonly audit: (act: string, outcome: string) => void;
  /** Takes a report where the desk itself cannot write. */
  readonly report?: (given: z.infer<typeof WrongContact>) => Promise<z.infer<typeof ReportTaken>>;
}

/** What a tool gives: the fields, the words for the model, and the outcome for the log. */
interface Told {
  readonly fields: Record<string, unknown>;
  readonly words: string;
  readonly outcome: string;
}

const INSTRUCTIONS =
  'Offer Desk says who is responsible for an issue with a marketplace offer, why, and how to reach them. Ask who_is_responsible with the words of the person. Where its result is "missing", ask the person the question it gives; do not choose a value yourself. Use only the contacts that it gives.';

/** A server for one client. It offers only the tools that the client's key may use. */
export function mcpServer(deps: McpDeps): McpServer {
  const { version, caller } = deps;
  const server = new deps.McpServer(
    { name: 'offer-desk', title: 'Offer Desk', version },
    { instructions: INSTRUCTIONS },
  );
  for (const scope of API_SCOPES) if (caller.scopes.includes(scope)) ADD[scope](server, deps);
  if (caller.scopes.includes('route')) addResources(server, deps);
  return server;
}

const ADD: Readonly<Record<ApiScope, (server: McpServer, deps: McpDeps) => void>> = {
  route: addRoute,
  offers: addOffers,
  outages: addOutages,
  reports: addReports,
};

const READS = { readOnlyHint: true, openWorldHint: false } as const;

function addRoute(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'who_is_responsible',
    {
      title: 'Who is responsible',
      description:
        'Says who is responsible for an issue with a marketplace offer: the publisher, the CSP partner or Microsoft; why, with a source; whom to contact first and next. Give the words of the person as text, or offer and issue. It never guesses: where a fact is missing, it gives the question to ask.',
      inputSchema: RouteAsked.omit({ cardFor: true }),
      outputSchema: Routed,
      annotations: READS,
    },
    (asked) =>
      told(deps, 'who_is_responsible', async () => {
        const { body } = await deps.desk.route(asked, deps.caller);
        return { fields: body, words: wordsOf(body), outcome: body.result };
      }),
  );
}

function addOffers(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'find_offer',
    {
      title: 'Find an offer',
      description: 'Finds marketplace offers by name, part of a name, publisher, id or marketplace address.',
      inputSchema: OfferQuery,
      outputSchema: OffersFound,
      annotations: READS,
    },
    (query) =>
      told(deps, 'find_offer', async () => {
        const fields = await deps.desk.offers(query);
        const lines = fields.offers.map(({ id, name, publisher }) => `${name} (${publisher}): ${id}`);
        return { fields, words: lines.join('\n') || 'No offer fits.', outcome: 'answered' };
      }),
  );
}

function addOutages(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'open_outages',
    {
      title: 'Open outages',
      description: 'Lists the outages of marketplace offers that are open now, of all offers or of one.',
      inputSchema: OutageQuery,
      outputSchema: OutagesOpen,
      annotations: READS,
    },
    (query) =>
      told(deps, 'open_outages', async () => {
        const fields = await deps.desk.outages(query, deps.caller);
        const lines = fields.outages.map(
          ({ title, severity, state, startedAt }) => `${title}: ${severity}, ${state}, since ${startedAt}`,
        );
        return { fields, words: lines.join('\n') || 'No open outage is known.', outcome: 'answered' };
      }),
  );
}

function addReports(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'report_wrong_contact',
    {
      title: 'Report a wrong contact',
      description:
        'Tells the administrators that a contact of an answer is wrong: mail bounces, the number is dead, the person left. Needs the reference of the contact from who_is_responsible.',
      inputSchema: WrongContact,
      outputSchema: ReportTaken,
      annotations: {
        readOnlyHint: false,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: false,
      },
    },
    (given) =>
      told(deps, 'report_wrong_contact', async () => {
        const { desk, caller, report = (one) => desk.report(one, caller) } = deps;
        const fields = await report(given);
        return { fields, words: fields.message, outcome: fields.outcome };
      }),
  );
}

/** Runs a tool. An error becomes its remedy, because the model reads it; the log has the error. */
async function told(
  { audit, log }: McpDeps,
  tool: string,
  work: () => Promise<Told>,
): Promise<CallToolResult> {
  try {
    const { fields, words, outcome } = await work();
    audit(tool, outcome);
    return { structuredContent: fields, content: [{ type: 'text', text: words }] };
  } catch (error) {
    const known =
      error instanceof DeskError ? error : new DeskError('invariant', 'a tool failed', { cause: error });
    audit(tool, known.code);
    if (known.status >= 500) log.error('api.tool-failed', { tool, error: known });
    return { isError: true, content: [{ type: 'text', text: `${known.code}: ${known.remedy}` }] };
  }
}

/** The whole answer in words, or the question to ask. */
function wordsOf({ result, text = '', missing = [], questions = [] }: RoutedBody): string {
  if (result === 'answer') return text;
  if (result === 'several')
    return [
      'The text asks several questions. Ask each one alone:',
      ...questions.map(({ issue }) => issue.name),
    ].join('\n');
  return missing
    .map(({ fact, question, choices }) =>
      [`${fact}: ${question}`, ...choices.map(({ value, label }) => `- ${value}: ${label}`)].join('\n'),
    )
    .join('\n\n');
}

function addResources(server: McpServer, { desk, caller }: McpDeps): void {
  const page = (uri: URL, text: string) => ({
    contents: [{ uri: uri.href, mimeType: 'text/markdown', text }],
  });
  server.registerResource(
    'policy',
    'offer-desk://policy',
    {
      title: 'Who is responsible for what',
      description:
        'Each kind of issue with the responsible party, the reason and the source, in the usual case.',
      mimeType: 'text/markdown',
    },
    (uri) => page(uri, policyText(desk, caller)),
  );
  server.registerResource(
    'policy-sources',
    'offer-desk://policy/sources',
    {
      title: 'The sources of the policy',
      description: 'Every published page that the policy rests on, with its date and what it is cited for.',
      mimeType: 'text/markdown',
    },
    (uri) => page(uri, sourcesText()),
  );
}
