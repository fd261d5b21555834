/** The web chat's routes, as `/openapi.json` describes them. */
import { z } from 'zod';
import type { ApiAnswer, ApiRoute } from '../runtime/api-description.js';
import { BASE } from './directline/channel.js';
import { CLIENT_ACTIVITY_TYPES } from './directline/intake.js';

/** The side that a visitor wants to take; used only in local mode. */
export const WebAudience = z.enum(['customer', 'partner']);

const identity = z.string().optional().describe('a JWT about the logged-in customer, see docs/widget.md');
const TokenRequest = z.looseObject({ audience: WebAudience.optional(), identity });
const ResumeRequest = z.looseObject({ resume: z.string(), identity });

const Token = z.strictObject({
  conversationId: z.string(),
  token: z.string(),
  expires_in: z.number().int().describe('seconds'),
});
const OwnToken = Token.extend({
  audience: WebAudience,
  resume: z.string().describe('a long-lived token that can only renew or forget this conversation'),
  identity: z
    .union([
      z.strictObject({ accepted: z.literal(true) }),
      z.strictObject({ accepted: z.literal(false), reason: z.string(), reference: z.string() }),
    ])
    .optional(),
});
const Connection = Token.extend({
  streamUrl: z.string().describe('the WebSocket with new activities; valid for a minute'),
});
const ClientActivity = z.looseObject({
  type: z.enum(CLIENT_ACTIVITY_TYPES),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  name: z.string().optional(),
  locale: z.string().optional(),
  localTimezone: z.string().optional(),
});
const Activities = z.strictObject({ activities: z.array(z.looseObject({})), watermark: z.string() });
const watermark = {
  watermark: {
    description: 'the watermark of the last answer; absent: from the beginning',
    schema: z.string(),
  },
};

const answers = (schema: z.ZodType, description = 'done'): Record<number, ApiAnswer> => ({
  200: { description, schema },
});

const OfferQuery = z.looseObject({
  resume: z.string(),
  query: z.string().describe('a part of a name'),
  language: z.string().optional().describe('the tag of the language in which the names are read'),
});
const OffersFound = z.strictObject({
  offers: z
    .array(
      z.strictObject({
        name: z.string(),
        lang: z.string().optional().describe('the language of the name, when it is another one'),
        publisher: z.string(),
      }),
    )
    .describe('best first'),
});

const TOKENS: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/api/token',
    tag: 'web chat',
    summary: 'A token for a new conversation.',
    body: { schema: TokenRequest, required: false },
    answers: answers(OwnToken),
  },
  {
    method: 'post',
    path: '/api/token/resume',
    tag: 'web chat',
    summary: 'A new token for an old conversation.',
    body: { schema: ResumeRequest, required: false },
    answers: answers(OwnToken),
  },
  {
    method: 'post',
    path: '/api/token/forget',
    tag: 'web chat',
    summary: 'Deletes all that is kept of a conversation.',
    body: { schema: ResumeRequest, required: false },
    answers: answers(z.strictObject({})),
  },
  {
    method: 'post',
    path: '/api/offers',
    tag: 'web chat',
    summary: 'The offers on sale that fit a text, for a search field.',
    body: { schema: OfferQuery, required: true },
    answers: answers(OffersFound),
  },
];

type DirectLineRoute = Pick<ApiRoute, 'method' | 'path' | 'summary' | 'answers'> & Partial<ApiRoute>;
const directLine = (route: DirectLineRoute): ApiRoute => ({
  tag: 'direct line',
  credentials: ['conversationToken'],
  ...route,
  path: `${BASE}${route.path}`,
});

const DIRECT_LINE: readonly ApiRoute[] = [
  directLine({
    method: 'post',
    path: '/tokens/generate',
    summary: 'A customer’s token for a new conversation.',
    credentials: [],
    answers: answers(Token),
  }),
  directLine({
    method: 'post',
    path: '/tokens/refresh',
    summary: 'The same token with more time.',
    answers: answers(Token),
  }),
  directLine({
    method: 'post',
    path: '/conversations',
    summary: 'Begins the conversation of the token.',
    body: { schema: z.looseObject({ locale: z.string().optional() }), required: false },
    answers: {
      ...answers(Connection, 'it was begun before'),
      201: { description: 'begun', schema: Connection },
    },
  }),
  directLine({
    method: 'get',
    path: '/conversations/:id',
    summary: 'The address of a new stream.',
    query: watermark,
    answers: answers(Connection),
  }),
  directLine({
    method: 'get',
    path: '/conversations/:id/activities',
    summary: 'The activities after a watermark.',
    query: watermark,
    answers: answers(Activities),
  }),
  directLine({
    method: 'post',
    path: '/conversations/:id/activities',
    summary: 'Sends an activity of the visitor.',
    body: { schema: ClientActivity, required: true },
    answers: answers(z.strictObject({ id: z.string() }), 'stored'),
  }),
  directLine({
    method: 'post',
    path: '/conversations/:id/upload',
    summary: 'Files are refused.',
    answers: { 415: { description: 'always, as every refusal is answered' } },
  }),
  directLine({
    method: 'get',
    path: '/session/getsessionid',
    summary: 'An id that sign-in cards ask for.',
    answers: answers(z.strictObject({ sessionId: z.string() })),
  }),
];

/** The routes of the token endpoint and of the embedded Direct Line. */
export const WEB_API: readonly ApiRoute[] = [...TOKENS, ...DIRECT_LINE];
