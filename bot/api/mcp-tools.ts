/** The tools of the MCP server: the questions of `desk.ts`, each with its schemas and the words for the model. */
import { z } from 'zod';
import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import type { ApiScope } from '../../core/services/api/api-keys.js';
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
import { markedLines } from './as-data.js';
import { readRequest } from './read-request.js';

/** What a tool gives: the fields, the words for the model, and the outcome for the log. */
export interface Told {
  readonly fields: Record<string, unknown>;
  readonly words: string;
  readonly outcome: string;
}

export interface ToolDeps {
  readonly desk: ApiDesk;
  readonly caller: Caller;
  /** Takes a report where the desk itself cannot write. */
  readonly report?: (given: z.infer<typeof WrongContact>) => Promise<z.infer<typeof ReportTaken>>;
}

export interface DeskTool {
  readonly name: string;
  readonly scope: ApiScope;
  /** As a list of tools shows it. */
  readonly shown: Tool;
  /** Runs the tool. @throws DeskError `request.malformed` for wrong arguments */
  readonly call: (given: object, deps: ToolDeps) => Promise<Told>;
}

interface Described<T extends z.ZodObject> {
  readonly name: string;
  readonly scope: ApiScope;
  readonly title: string;
  readonly description: string;
  readonly input: T;
  readonly output: z.ZodObject;
  readonly writes?: true;
  readonly act: (given: z.infer<T>, deps: ToolDeps) => Promise<Told>;
}

type ObjectSchema = Tool['inputSchema'];

/** The schemas are made once, when the first client comes. */
function tool<T extends z.ZodObject>(described: Described<T>): DeskTool {
  const { name, scope, title, description, input, output, writes, act } = described;
  const schemaOf = (schema: z.ZodObject, io: 'input' | 'output') =>
    z.toJSONSchema(schema, { target: 'draft-7', io }) as ObjectSchema;
  const annotations = writes
    ? { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false }
    : { readOnlyHint: true, openWorldHint: false };
  const shown = {
    name,
    title,
    description,
    inputSchema: schemaOf(input, 'input'),
    outputSchema: schemaOf(output, 'output'),
    annotations,
  };
  return { name, scope, shown, call: async (given, deps) => act(readRequest(input, given), deps) };
}

let made: readonly DeskTool[] | undefined;

/** Every tool. */
export function deskTools(): readonly DeskTool[] {
  return (made ??= [routeTool(), offersTool(), outagesTool(), reportsTool()]);
}

const routeTool = () =>
  tool({
    name: 'who_is_responsible',
    scope: 'route',
    title: 'Who is responsible',
    description:
      'Says who is responsible for an issue with a marketplace offer: the publisher, the CSP partner or Microsoft; why, with a source; whom to contact first and next. Give the words of the person as text, or offer and issue. It never guesses: where a fact is missing, it gives the question to ask.',
    input: RouteAsked.omit({ cardFor: true }),
    output: Routed,
    act: async (asked, { desk, caller }) => {
      const { body } = await desk.route(asked, caller);
      return { fields: body, words: markedLines(wordsOf(body)), outcome: body.result };
    },
  });

const offersTool = () =>
  tool({
    name: 'find_offer',
    scope: 'offers',
    title: 'Find an offer',
    description: 'Finds marketplace offers by name, part of a name, publisher, id or marketplace address.',
    input: OfferQuery,
    output: OffersFound,
    act: async (query, { desk }) => {
      const fields = await desk.offers(query);
      const lines = fields.offers.map(({ id, name, publisher }) => `${name} (${publisher}): ${id}`);
      return { fields, words: listed(lines, 'No offer fits.'), outcome: 'answered' };
    },
  });

const outagesTool = () =>
  tool({
    name: 'open_outages',
    scope: 'outages',
    title: 'Open outages',
    description: 'Lists the outages of marketplace offers that are open now, of all offers or of one.',
    input: OutageQuery,
    output: OutagesOpen,
    act: async (query, { desk, caller }) => {
      const fields = await desk.outages(query, caller);
      const lines = fields.outages.map(
        ({ title, severity, state, startedAt }) => `${title}: ${severity}, ${state}, since ${startedAt}`,
      );
      return { fields, words: listed(lines, 'No open outage is known.'), outcome: 'answered' };
    },
  });

const reportsTool = () =>
  tool({
    name: 'report_wrong_contact',
    scope: 'reports',
    title: 'Report a wrong contact',
    description:
      'Tells the administrators that a contact of an answer is wrong: mail bounces, the number is dead, the person left. Needs the reference of the contact from who_is_responsible.',
    input: WrongContact,
    output: ReportTaken,
    writes: true,
    act: async (given, { desk, caller, report = (one) => desk.report(one, caller) }) => {
      const fields = await report(given);
      return { fields, words: fields.message, outcome: fields.outcome };
    },
  });

const listed = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? none : markedLines(lines.join('\n'));

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
