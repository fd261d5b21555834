/**
 * Sends several requests to Microsoft Graph in one (JSON batching). Requests without an answer in the batch are
 * sent one by one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';

const Together = z.looseObject({
  responses: z.array(
    z.looseObject({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown(),
    }),
  ),
});

/** The version's root: a batch names its questions from there. */
const ROOT = /^https:\/\/graph\.microsoft\.com\/v1\.0(?=\/)/;

/**
 * The bodies in the order of the addresses. Undefined for a refused, delayed or unanswered request: the caller then
 * sends it alone. Returns only after the waiting time that Graph demands. Never throws for an answer of Graph.
 */
export async function askTogether(
  client: Client,
  urls: readonly string[],
  signal: AbortSignal,
): Promise<readonly unknown[]> {
  const requests = urls.map((url, at) => ({ id: String(at), method: 'GET', url: url.replace(ROOT, '') }));
  const answer: unknown = await client
    .api('/$batch')
    .options({ signal })
    .post({ requests })
    .catch(() => undefined);
  const parsed = Together.safeParse(answer);
  const found = new Map(parsed.success ? parsed.data.responses.map((one) => [one.id, one]) : []);
  await pause(patienceMs([...found.values()]), undefined, { signal });
  return requests.map(({ id }) => {
    const one = found.get(id);
    const isBody = typeof one?.body === 'object' && one.body !== null;
    return one?.status === 200 && isBody ? one.body : undefined;
  });
}

/** Graph may delay each request of a batch separately; the client's own retries do not notice this. */
function patienceMs(responses: readonly z.infer<typeof Together>['responses'][number][]): number {
  const asked = responses
    .filter(({ status }) => status === 429 || status === 503)
    .flatMap(({ headers }) => Object.entries(headers ?? {}))
    .filter(([name]) => name.toLowerCase() === 'retry-after')
    .map(([, value]) => Number(value) * 1000);
  return Math.max(0, ...asked.filter(Number.isFinite));
}
