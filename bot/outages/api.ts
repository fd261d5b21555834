/** The intake of outages, as `/openapi.json` describes it. */
import { z } from 'zod';
import { OUTAGE_STATES } from '../../core/incident/types.js';
import type { ApiRoute } from '../runtime/api-description.js';

const lists = {
  offers: z.array(z.string()).optional().describe('offer ids, as contoso.backup'),
  publishers: z.array(z.string()).optional(),
  components: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
};

/** A notice in this product's own format. Senders define the other formats. */
export const OwnNotice = z
  .looseObject({
    id: z.union([z.string(), z.number()]).describe('the same id is the same outage'),
    state: z.enum(OUTAGE_STATES),
    title: z.string().optional().describe('required in the first notice of an outage'),
    severity: z.enum(['none', 'minor', 'major', 'critical']).optional(),
    message: z.string().optional().describe('what is new, for people'),
    startedAt: z.string().optional().describe('ISO time'),
    updatedAt: z.string().optional(),
    resolvedAt: z.string().optional(),
    eventId: z.string().optional().describe('names this notice, when it is sent again'),
    url: z.string().optional().describe('an https page with more'),
    ...lists,
    affected: z.looseObject(lists).optional(),
  })
  .describe('format own');

const Body = z.union([
  OwnNotice,
  z.looseObject({ events: z.array(OwnNotice) }),
  z.looseObject({}).describe('what the sender’s format has'),
]);

const Taken = z.looseObject({
  results: z
    .array(z.looseObject({ kind: z.string() }))
    .optional()
    .describe('what became of each outage'),
  notes: z.array(z.string()).optional(),
});
const Refused = z.looseObject({ code: z.string(), reason: z.string().optional() });
const refused = (description: string) => ({ description, schema: Refused });

/** The routes of `registerIntake`. */
export const OUTAGES_API: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/api/outages/:source',
    tag: 'outages',
    summary: 'A notice of a registered sender. A sender with a signature sends no token; it signs the bytes.',
    credentials: ['senderToken', 'senderBearer'],
    body: { schema: Body, required: true },
    answers: {
      200: { description: 'stored; what a handshake asks for is answered', schema: Taken },
      400: refused('cannot be read'),
      401: refused('no such sender, or a wrong token or signature'),
      403: refused('not one of this sender’s offers'),
      413: refused('more than 1 MB'),
      415: refused('not JSON, or packed'),
      429: refused('too many; Retry-After says when to send it again'),
      503: refused('not stored; Retry-After says when to send it again'),
    },
  },
  {
    method: 'options',
    path: '/api/outages/:source',
    tag: 'outages',
    summary: 'The handshake of CloudEvents: may events be sent here?',
    credentials: ['senderToken', 'senderBearer'],
    answers: { 200: { description: 'they may', schema: z.looseObject({}) }, 401: refused('they may not') },
  },
];
