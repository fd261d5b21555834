/** Runs one benchmark by name: `npm run bench -- cold-start`. Figures are for reading beside each other, not for passing. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const HELPERS = new Set(['run', 'baselines']);

function benches(): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(here, { withFileTypes: true })) {
    const name = entry.name.replace(/\.ts$/, '');
    if (entry.isDirectory()) found.set(name, path.join(here, name, 'run.ts'));
    else if (!HELPERS.has(name)) found.set(name, path.join(here, entry.name));
  }
  return found;
}

const [wanted] = process.argv.slice(2);
const all = benches();
const file = wanted === undefined ? undefined : all.get(wanted);
if (!file) {
  console.error(`Name a benchmark: ${[...all.keys()].join(', ')}`);
  process.exit(1);
}
const bench = (await import(pathToFileURL(file).href)) as { run: () => Promise<void> };
await bench.run();
