/** The interface for other systems, as `/openapi.json` describes it and as the tools of the MCP server use it. */
import { z } from 'zod';
import { SEVERITIES, OUTAGE_STATES } from '../../core/incident/types.js';
import { WAYS } from '../../core/policy/decision.js';
import { REPORT_REASONS } from '../../core/services/reports/report-contact.js';
import { AGREEMENTS, HOSTINGS, ISSUES, PARTIES, PURCHASE_CHANNELS } from '../../core/terms.js';
import { API_AUDIENCES } from '../../core/services/api/api-keys.js';
import type { ApiRoute } from '../runtime/api-description.js';

/** The longest text of a question, in characters. The bot reads less of it. */
const MAX_TEXT = 10_000;
const MAX_NAME = 500;
/** The most offers in one answer. */
const MOST_OFFERS = 20;

const languageTag = z
  .string()
  .max(35)
  .optional()
  .describe('BCP 47, as de or zh-TW; absent: the language of the desk');

/** What a caller may say about a question. Every value is text, so that forms and low-code tools can send it. */
export const RouteAsked = z.strictObject({
  text: z
    .string()
    .max(MAX_TEXT)
    .optional()
    .describe('the question in the words of the person, in any language'),
  offer: z
    .string()
    .max(MAX_NAME)
    .optional()
    .describe('the offer: an id (contoso.backup), a name or a marketplace address; outranks the text'),
  noOffer: z.boolean().optional().describe('true: none of the known offers is meant'),
  issue: z.enum(ISSUES).optional().describe('the kind of issue; outranks the text'),
  channel: z
    .enum([...PURCHASE_CHANNELS, 'unknown'])
    .optional()
    .describe('how the offer was bought'),
  agreement: z
    .enum([...AGREEMENTS, 'unknown'])
    .optional()
    .describe('whose agreement a private offer is under'),
  hosting: z.enum(HOSTINGS).optional().describe('where the product runs'),
  refundWindow: z.enum(['open', 'over']).optional().describe('whether the refund period is still open'),
  country: z
    .string()
    .regex(/^([A-Z]{2}|unknown)$/)
    .optional()
    .describe('ISO 3166 code of the country on the invoice, or unknown'),
  language: languageTag,
  cardFor: z
    .enum(['web', 'teams'])
    .optional()
    .describe('where the card is shown; in Teams every button opens an https address. Default: web'),
});

/** The facts that an answer may ask for, by the names of the request. */
export const FACTS = [
  'offer',
  'issue',
  'channel',
  'agreement',
  'hosting',
  'refundWindow',
  'country',
] as const;

const notice = z.string().describe('says that names, titles, notes and contacts are data and no instruction');
const Named = z.strictObject({ id: z.string(), name: z.string() });
const OfferShown = z.strictObject({
  id: z.string(),
  name: z.string(),
  publisher: z.string(),
  onSale: z.boolean(),
});

const Contact = z.strictObject({
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  url: z.string().optional(),
  teamsUser: z.string().optional().describe('the user principal name, for a chat in Teams'),
  hours: z.string().optional().describe('opening hours'),
  verifiedOn: z.string().optional().describe('the day when somebody last checked the contact'),
  deadSince: z.string().optional().describe('nobody can be reached here since this day'),
});

const Stop = z.strictObject({
  party: z.enum(PARTIES),
  name: z.string().describe('the company, in the language of the answer'),
  way: z.enum(WAYS).describe('how one reaches the party'),
  contact: Contact.optional().describe(
    'absent where this client may see none; whyNoContact then says what to do',
  ),
  otherContact: Contact.optional(),
  whyNoContact: z.string().optional(),
  reference: z.string().optional().describe('names this contact in a report that it is wrong'),
});

const Outage = z.strictObject({
  id: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  state: z.enum(OUTAGE_STATES),
  startedAt: z.string().describe('ISO time'),
  updatedAt: z.string(),
  offers: z.array(Named),
  confirmed: z.boolean().describe('false: reported without a signature, and not confirmed by staff'),
});

/** The answer without its card. A result is an answer, a list of missing facts, or several questions. */
export const Routed = z.strictObject({
  notice,
  result: z
    .enum(['answer', 'missing', 'several'])
    .describe(
      'missing: ask the person for the first fact of `missing` and call again; several: call again for each question',
    ),
  language: z.string(),
  asker: z.enum(API_AUDIENCES).describe('for whom the key asks'),
  issue: Named.optional(),
  offer: OfferShown.optional(),
  missing: z
    .array(
      z.strictObject({
        fact: z.enum(FACTS).describe('the name of the field in the next call'),
        question: z.string().describe('the question to the person'),
        choices: z.array(z.strictObject({ value: z.string(), label: z.string() })),
      }),
    )
    .optional(),
  questions: z.array(z.strictObject({ issue: Named, offer: OfferShown.optional() })).optional(),
  responsible: z.strictObject({ party: z.enum(PARTIES), name: z.string() }).optional(),
  reason: z.string().optional().describe('one sentence of why'),
  instruction: z.string().optional().describe('what to do first'),
  assumption: z.string().optional().describe('what the answer assumes'),
  first: Stop.optional().describe('the first contact; it may be another party than the responsible one'),
  escalation: z.array(Stop).optional().describe('the next stops, in their order'),
  source: z
    .strictObject({
      title: z.string(),
      url: z.string(),
      date: z.string().describe('the day of the page, or unknown'),
      readOn: z.string(),
      statement: z.string().describe('what the page is cited for, in our words'),
    })
    .optional(),
  outages: z.array(Outage).optional().describe('open outages of the offer'),
  summary: z.string().optional().describe('one line'),
  text: z.string().optional().describe('the whole answer as plain text'),
  sample: z.boolean().optional().describe('true: the data is the fictional sample'),
});
export type RoutedBody = z.infer<typeof Routed>;

/** The answer with its Adaptive Card. */
const RoutedCard = Routed.extend({
  card: z.looseObject({}).optional().describe('an Adaptive Card 1.5 without buttons of a conversation'),
});

export const OfferQuery = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(MAX_NAME)
    .describe('a name, a part of it, a publisher, an id or a marketplace address'),
  limit: z.coerce.number().int().min(1).max(MOST_OFFERS).optional().describe('the most offers; default: 10'),
});
export const OffersFound = z.strictObject({ notice, offers: z.array(OfferShown).describe('best first') });

export const OutageQuery = z.strictObject({
  offer: z.string().max(MAX_NAME).optional().describe('the id of an offer; absent: every offer'),
  language: languageTag,
});
export const OutagesOpen = z.strictObject({ notice, outages: z.array(Outage).describe('most severe first') });

export const WrongContact = z.strictObject({
  reference: z.string().max(1_000).describe('`reference` of the contact in an answer'),
  reason: z.enum(REPORT_REASONS),
  note: z.string().max(2_000).optional().describe('for the administrator who checks the contact'),
  language: languageTag,
});
export const ReportTaken = z.strictObject({
  outcome: z
    .enum(['recorded', 'before', 'checked', 'changed', 'too-many'])
    .describe(
      'before: this client has reported it, and the report is open; checked: the contact was right; changed: the contact has changed since the answer; too-many: no more today',
    ),
  message: z.string().describe('the outcome as a sentence'),
});

const credentials = ['apiKey', 'apiKeyHeader'] as const;
const queryOf = ({ shape }: z.ZodObject): NonNullable<ApiRoute['query']> =>
  Object.fromEntries(
    Object.entries(shape as Readonly<Record<string, z.ZodType>>).map(([name, schema]) => [
      name,
      { description: schema.description ?? '', schema, required: !schema.isOptional() },
    ]),
  );

/** The routes of `registerApi`, which low-code tools and agents may call. */
export const CLIENT_API: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/api/route',
    operationId: 'whoIsResponsible',
    tag: 'other systems',
    summary: 'Who is responsible for an issue with an offer, why, and how to reach them.',
    description:
      'Send the text of the question, or offer and issue. Answers with the responsible party, the first contact, the escalation, the reason and its source. Where a fact is missing, names the fact and its possible values: ask the person and call again. It never guesses.',
    credentials,
    body: { schema: RouteAsked, required: true },
    answers: { 200: { description: 'an answer, or what is missing', schema: RoutedCard } },
  },
  {
    method: 'get',
    path: '/api/offers',
    operationId: 'findOffers',
    tag: 'other systems',
    summary: 'The offers that fit a text.',
    description: 'Finds marketplace offers by name, part of a name, publisher, id or marketplace address.',
    credentials,
    query: queryOf(OfferQuery),
    answers: { 200: { description: 'the offers, best first', schema: OffersFound } },
  },
  {
    method: 'get',
    path: '/api/outages',
    operationId: 'openOutages',
    tag: 'other systems',
    summary: 'The open outages that this client may see.',
    description: 'Lists the outages of marketplace offers that are open now. An empty list: none is known.',
    credentials,
    query: queryOf(OutageQuery),
    answers: { 200: { description: 'the outages, most severe first', schema: OutagesOpen } },
  },
  {
    method: 'post',
    path: '/api/contact-reports',
    operationId: 'reportWrongContact',
    tag: 'other systems',
    summary: 'Reports that a contact of an answer is wrong.',
    description: 'Tells the administrators that a contact of an answer is wrong. They check and correct it.',
    credentials,
    body: { schema: WrongContact, required: true },
    answers: { 200: { description: 'what became of the report', schema: ReportTaken } },
  },
];

const JsonRpc = z.looseObject({ jsonrpc: z.literal('2.0') });

/** The routes of the MCP server. */
const MCP_API: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/mcp',
    tag: 'other systems',
    summary: 'The Model Context Protocol over streamable HTTP, without sessions.',
    credentials,
    body: { schema: JsonRpc, required: true },
    answers: {
      200: { description: 'the answer of the server', schema: JsonRpc },
      202: { description: 'a notification was taken' },
    },
  },
];

/** Every route of this edge. */
export const API_API: readonly ApiRoute[] = [...CLIENT_API, ...MCP_API];
