/** The health routes and the error that every route answers with, as `/openapi.json` describes them. */
import { z } from 'zod';
import type { ApiRoute } from '../runtime/api-description.js';

/** The answer to every failed request. */
export const ErrorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string().describe('stable, as request.malformed'),
    message: z.string().describe('what to do'),
    reference: z.string().describe('the log has the same reference'),
  }),
});

const Ready = z.strictObject({
  status: z.enum(['ready', 'not ready']),
  parts: z.record(z.string(), z.boolean()),
  notes: z.array(z.string()).optional(),
});

/** The routes of `registerHealth`. */
export const HEALTH_API: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/healthz',
    tag: 'health',
    summary: 'Whether the process lives. It asks no other system.',
    answers: { 200: { description: 'it lives', schema: z.strictObject({ status: z.literal('ok') }) } },
  },
  {
    method: 'get',
    path: '/readyz',
    tag: 'health',
    summary: 'Whether the instance should get work.',
    answers: {
      200: { description: 'ready', schema: Ready },
      503: { description: 'a part is missing, or the instance stops', schema: Ready },
    },
  },
];
