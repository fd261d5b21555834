/** Measures the offer index: recall over written variations, latency at 100,000 offers, memory, and against Fuse.js. */
import Fuse from 'fuse.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { OfferIndex } from '../../../core/directory/search/types.js';
import type { Directory } from '../../../core/directory/types.js';
import { benchDirectory, generatedDirectory } from './catalog.js';
import { printHolds } from './holds.js';
import { printNameFigures } from './names-in-sentences.js';
import { variationsOf, type Variation } from './variations.js';

type Search = (query: string) => readonly string[];

interface Measured {
  readonly first: number;
  readonly five: number;
  readonly p50: number;
  readonly p99: number;
}

const TRIES = 3;

/** The best of a few tries per query: what the code needs, not what else the machine was doing. */
function measure(variations: readonly Variation[], search: Search, tries = TRIES): Measured {
  let first = 0;
  let five = 0;
  const times = variations.map(({ query, right }) => {
    const ids = search(query);
    if (ids[0] !== undefined && right.has(ids[0])) first += 1;
    if (ids.some((id) => right.has(id))) five += 1;
    const each = Array.from({ length: tries }, () => {
      const start = performance.now();
      search(query);
      return performance.now() - start;
    });
    return Math.min(...each);
  });
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0;
  return { first: first / variations.length, five: five / variations.length, p50: at(0.5), p99: at(0.99) };
}

function show(name: string, { first, five, p50, p99 }: Measured): string {
  const share = (value: number) => `${(100 * value).toFixed(1)} %`.padStart(7);
  return `${name.padEnd(34)} first ${share(first)}  top five ${share(five)}  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`;
}

function ours(index: OfferIndex): Search {
  return (query) => index.search(query, 5).map((hit) => hit.offerId);
}

/** Fuse.js as its documentation sets it up for names: no place preferred, a middling threshold. */
function fuse(directory: Directory): Search {
  const rows = [...directory.offers.values()].map((offer) => ({
    id: offer.id,
    name: offer.name,
    aliases: offer.aliases,
    publisher: directory.publishers.get(offer.publisherId)?.name ?? '',
  }));
  const index = new Fuse(rows, {
    keys: ['name', 'aliases', 'publisher'],
    threshold: 0.4,
    ignoreLocation: true,
  });
  return (query) => index.search(query, { limit: 5 }).map(({ item }) => item.id);
}

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function byHow(variations: readonly Variation[], search: Search): void {
  const groups = new Map<string, Variation[]>();
  for (const each of variations) groups.set(each.how, [...(groups.get(each.how) ?? []), each]);
  for (const [how, rows] of groups) console.log(`  ${show(how, measure(rows, search, 1))}`);
}

const VARIATIONS = 2_000;
const MANY = 100_000;
const AGAINST_FUSE = 20;

/** Prints recall, latency, build time, memory and the ratio to Fuse.js. */
export function measureSearch(folder: string | undefined): Promise<void> {
  const { name, directory } = benchDirectory(folder);
  const small = variationsOf(directory, VARIATIONS);
  const search = ours(buildOfferIndex(directory));
  console.log(`offers: ${directory.offers.size} ${name}, ${small.length} variations of their names`);
  const mine = measure(small, search);
  console.log(show('this index', mine));
  byHow(small, search);
  console.log('names inside sentences:');
  printNameFigures(directory, process.argv.includes('--missed'));
  const some = small.filter((_, at) => at % 20 === 0);
  const theirs = measure(some, fuse(directory), 1);
  console.log(show(`Fuse.js, every 20th`, theirs));

  const many = generatedDirectory(MANY);
  const before = heapMb();
  const start = performance.now();
  const index = buildOfferIndex(many);
  const big = ours(index);
  const built = performance.now() - start;
  const grown = heapMb() - before;
  const queries = variationsOf(many, VARIATIONS / 2);
  const large = measure(queries, big);
  console.log(
    `${MANY} generated offers: built in ${(built / 1000).toFixed(1)} s, heap +${grown.toFixed(0)} MB`,
  );
  console.log(show('this index', large));
  printHolds(many, index);
  const few = queries.filter((_, at) => at % Math.ceil(queries.length / AGAINST_FUSE) === 0);
  const fewMine = measure(few, big);
  const fewTheirs = measure(few, fuse(many), 1);
  console.log(show(`Fuse.js, ${few.length} of them`, fewTheirs));
  console.log(`ratio to Fuse.js on those: ${(fewTheirs.p50 / fewMine.p50).toFixed(0)} times faster at p50`);
  return Promise.resolve();
}
