/** Which regions of an outage are regions of our customers. */
import { foldName } from './grouping.js';

/**
 * The regions named that the partner's customers are in, in the sender's words: `West Europe` and `westeurope` are one
 * place. Undefined where the partner never said where its customers are: then nothing is known and nothing is invented.
 */
export function ourRegions(
  named: readonly string[],
  customers: readonly string[] | undefined,
): readonly string[] | undefined {
  if (customers === undefined) return undefined;
  const ours = new Set(customers.map(foldName));
  return named.filter((region) => ours.has(foldName(region)));
}
