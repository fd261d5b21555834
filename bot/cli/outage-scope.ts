/** Checks the publisher and the offers that an operator names for a sender against the directory. */
import { offerNamed } from '../../core/directory/offer-named.js';
import type { Directory } from '../../core/directory/types.js';
import { nearestOf } from '../runtime/nearest.js';

/** The publisher and the offers that the operator named. */
export interface NamedScope {
  readonly publisher?: string;
  readonly offers?: readonly string[];
}

type Known = Pick<Directory, 'offers' | 'publishers'>;

/** Why the directory does not know a name, with the nearest known id; undefined when it knows every name. */
export function scopeProblem(directory: Known, { publisher, offers = [] }: NamedScope): string | undefined {
  const wrong = publisher === undefined ? undefined : unknownPublisher(publisher, directory);
  return wrong ?? offers.map((offer) => offerProblem(offer, publisher, directory)).find((one) => one);
}

function unknownPublisher(given: string, { publishers }: Known): string | undefined {
  if (publishers.has(given.toLowerCase())) return undefined;
  const names = new Map([...publishers.values()].map(({ id, name }) => [name.toLowerCase(), id]));
  return unknown('publisher', given, [...publishers.keys()], names);
}

function offerProblem(given: string, publisher: string | undefined, directory: Known): string | undefined {
  const { offers } = directory;
  const offer = offerNamed(offers, given);
  if (!offer) {
    const names = new Map([...offers.values()].map(({ id, name }) => [name.toLowerCase(), id]));
    return unknown('offer', given, [...offers.keys()], names);
  }
  if (publisher === undefined || offer.publisherId === publisher.toLowerCase()) return undefined;
  return `The offer ${offer.id} is of the publisher ${offer.publisherId}, not of ${publisher}.`;
}

/** The nearest id, by ids or by known names. */
function unknown(
  kind: 'publisher' | 'offer',
  given: string,
  ids: readonly string[],
  names: ReadonlyMap<string, string>,
): string {
  const problem = `The directory has no ${kind} ${given}`;
  const near = nearestOf(given.toLowerCase(), [...ids, ...names.keys()]);
  if (!near)
    return `${problem}: it is empty. Import your directory first ("offer-desk directory import FILE").`;
  const id = names.get(near.word) ?? near.word;
  const isSlip = near.changes <= Math.max(2, Math.floor(given.length / 4));
  return isSlip ? `${problem}; did you mean ${id}?` : `${problem}; the nearest one is ${id}.`;
}
