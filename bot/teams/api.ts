/** The route for Teams and Azure Bot Service, as `/openapi.json` describes it. */
import { z } from 'zod';
import type { ApiRoute } from '../runtime/api-description.js';
import { Incoming } from './incoming.js';

/** The route of `registerMessages`. */
export const TEAMS_API: readonly ApiRoute[] = [
  {
    method: 'post',
    path: '/api/messages',
    tag: 'teams',
    summary: 'An activity of Azure Bot Service. In local mode without a token, from this machine only.',
    credentials: ['channelToken'],
    body: { schema: Incoming, required: true },
    answers: {
      200: { description: 'taken; an invoke gets its response', schema: z.unknown() },
      201: { description: 'taken', schema: z.unknown() },
    },
  },
];
