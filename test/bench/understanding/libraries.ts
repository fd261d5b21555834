/** Search libraries under the same queries, each as its documentation sets it up; those not installed are left out. */
import { benchDirectory, generatedDirectory } from './catalog.js';
import { variationsOf } from './variations.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly aliases: string;
  readonly publisher: string;
}
type Find = (query: string) => Promise<readonly string[]> | readonly string[];
interface Library {
  readonly name: string;
  readonly build: (rows: readonly Row[]) => Promise<Find>;
}
interface Hit {
  readonly id: string;
}

/* eslint-disable @typescript-eslint/no-explicit-any, @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return --
   the packages come and go with the comparison, so their types are not at hand */
async function load(name: string): Promise<any> {
  const module: any = await import(name);
  return module.default ?? module;
}

const LIBRARIES: readonly Library[] = [
  {
    name: 'minisearch',
    async build(rows) {
      const MiniSearch = await load('minisearch');
      const index = new MiniSearch({ fields: ['name', 'aliases', 'publisher'] });
      index.addAll(rows);
      return (query) =>
        index.search(query, { fuzzy: 0.25, prefix: true, boost: { name: 2 } }).map((hit: Hit) => hit.id);
    },
  },
  {
    name: 'flexsearch',
    async build(rows) {
      const FlexSearch = await load('flexsearch');
      const field = (name: string) => ({
        field: name,
        tokenize: 'forward',
        encoder: FlexSearch.Charset.LatinBalance,
      });
      const index = new FlexSearch.Document({
        document: { id: 'id', index: ['name', 'aliases', 'publisher'].map(field) },
      });
      for (const row of rows) index.add(row);
      return (query) =>
        index.search(query, { limit: 20, suggest: true, merge: true }).map((hit: Hit) => hit.id);
    },
  },
  {
    name: '@orama/orama',
    async build(rows) {
      const orama = await load('@orama/orama');
      const db = orama.create({
        schema: { id: 'string', name: 'string', aliases: 'string', publisher: 'string' },
      });
      await orama.insertMultiple(db, rows, 5000);
      const properties = ['name', 'aliases', 'publisher'];
      return async (query) => {
        const found = await orama.search(db, {
          term: query,
          properties,
          tolerance: 1,
          limit: 5,
          boost: { name: 2 },
        });
        return found.hits.map((hit: { document: Hit }) => hit.document.id);
      };
    },
  },
  {
    name: '@leeoniya/ufuzzy',
    async build(rows) {
      const UFuzzy = await load('@leeoniya/ufuzzy');
      const index = new UFuzzy({ intraMode: 1 });
      const texts = rows.map((row) => `${row.name} ${row.aliases}`);
      return (query) => {
        const [ids, info, order] = index.search(texts, query, 1, 1e4);
        const best: number[] = order ? order.map((at: number) => info.idx[at]) : (ids ?? []);
        return best.map((at) => rows[at]!.id);
      };
    },
  },
  {
    name: 'fuzzysort',
    async build(rows) {
      const fuzzysort = await load('fuzzysort');
      const prepared = rows.map((row) => ({
        id: row.id,
        text: fuzzysort.prepare(`${row.name} ${row.aliases}`),
      }));
      return (query) =>
        fuzzysort.go(query, prepared, { key: 'text', limit: 5 }).map((hit: { obj: Hit }) => hit.obj.id);
    },
  },
  {
    name: 'fuse.js',
    async build(rows) {
      const Fuse = await load('fuse.js');
      const index = new Fuse(rows, {
        keys: ['name', 'aliases', 'publisher'],
        threshold: 0.4,
        ignoreLocation: true,
      });
      return (query) => index.search(query, { limit: 5 }).map((hit: { item: Hit }) => hit.item.id);
    },
  },
];
/* eslint-enable */

function heapMb(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Prints recall, latency, build time and heap of one library over `queries` variations. */
async function measure(
  library: Library,
  rows: readonly Row[],
  queries: ReturnType<typeof variationsOf>,
): Promise<void> {
  const before = heapMb();
  const start = performance.now();
  const find = await library.build(rows);
  const built = performance.now() - start;
  const grown = heapMb() - before;
  let first = 0;
  let five = 0;
  const times: number[] = [];
  for (const { query, right } of queries) {
    const began = performance.now();
    const ids = (await find(query)).slice(0, 5);
    times.push(performance.now() - began);
    if (ids[0] !== undefined && right.has(ids[0])) first += 1;
    if (ids.some((id) => right.has(id))) five += 1;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  const percent = (count: number): string => ((100 * count) / queries.length).toFixed(1);
  console.log(
    `${library.name.padEnd(18)} offers ${rows.length} queries ${queries.length}  first ${percent(first)} %  five ${percent(five)} %  ` +
      `p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  build ${built.toFixed(0)} ms  heap ${grown.toFixed(0)} MB`,
  );
}

/**
 * Compares every library that is installed: `node --expose-gc --import tsx test/bench/understanding/libraries.ts [offers] [queries] [name]`.
 * Without a number the real offers (or the sample), with one that many generated ones.
 */
async function main([offers, wanted, only]: readonly string[]): Promise<void> {
  const directory = offers
    ? generatedDirectory(Number(offers))
    : benchDirectory(process.env.OFFER_DESK_REAL_DATA).directory;
  const rows = [...directory.offers.values()].map((offer): Row => ({
    id: offer.id,
    name: offer.name,
    aliases: offer.aliases.join(' '),
    publisher: directory.publishers.get(offer.publisherId)?.name ?? '',
  }));
  const all = variationsOf(directory, 1000);
  const step = Math.max(1, Math.floor(all.length / Number(wanted ?? all.length)));
  for (const library of LIBRARIES.filter((each) => only === undefined || each.name === only)) {
    try {
      await measure(
        library,
        rows,
        all.filter((_, at) => at % step === 0),
      );
    } catch (error) {
      if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
      console.log(`${library.name.padEnd(18)} not installed`);
    }
  }
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
