/** The metrics page, as `/openapi.json` describes it. */
import type { ApiRoute } from '../runtime/api-description.js';

/** The route of `registerMetrics`. */
export const METRICS_API: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/metrics',
    tag: 'health',
    summary: 'Metrics for Prometheus. Only with OFFER_DESK_METRICS_TOKEN.',
    credentials: ['metricsToken'],
    answers: { 200: { description: 'the metrics', mediaType: 'text/plain' } },
  },
];
