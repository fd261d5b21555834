/** Packages that the server loads at their first use. Each is a file of its own, so a start neither reads nor keeps it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The start needs none of these. The bot SDK and restify load them at once and use them in rare calls. */
const LATER = new Set([
  '@azure/identity',
  '@azure/msal-node',
  'adaptivecards-templating',
  'axios',
  'cross-fetch',
  'csv',
  'fast-xml-parser',
  'formidable',
  'http-signature',
  'node-fetch',
  'send',
]);

/**
 * The plugin. A package's `require` of a later package gets a stand-in, which loads the package when somebody looks inside.
 * Our own files load a later package through `createRequire`, which the bundler does not see.
 * @param {{ folder: string, found: Map<string, string> }} options where the files are, as seen from the output that asks
 * for them; and the table to fill: name of the file → what it has to hold.
 */
export function loadedLater({ folder, found }) {
  return {
    name: 'loaded-later',
    setup(build) {
      const root = build.initialOptions.absWorkingDir;

      /** The file of the package that this importer gets. Two importers may get different versions of one package. */
      async function fileFor(name, from) {
        const place = await build.resolve(name, { ...from, kind: 'require-call', pluginData: 'found' });
        if (place.errors.length > 0) throw new Error(`cannot find ${name} for ${from.resolveDir}`);
        const file = `${name.replace('@', '').replace('/', '-')}-${await versionOf(name, place.path)}`;
        if (!found.has(file)) found.set(file, place.path);
        return { file: `${folder}${file}.cjs`, place: place.path };
      }

      build.onResolve({ filter: /^[^./]/ }, async ({ path: name, kind, pluginData, ...from }) => {
        if (!LATER.has(name) || kind === 'entry-point' || pluginData === 'found') return undefined;
        const { file, place } = await fileFor(name, from);
        return { path: file, namespace: 'later', pluginData: place };
      });
      build.onResolve({ filter: /.*/, namespace: 'later' }, ({ path: file }) => ({
        path: file,
        external: true,
      }));
      build.onLoad({ filter: /.*/, namespace: 'later' }, ({ path: file, pluginData: place }) => {
        const isEsModule = createRequire(place)(place).__esModule === true;
        return { contents: standInOf(file, isEsModule), loader: 'js' };
      });
      build.onLoad({ filter: /\.ts$/ }, async ({ path: own }) => {
        const text = await readFile(own, 'utf8');
        const asked = [...text.matchAll(/\bload\('([^']+)'\)/g)]
          .map(([, name]) => name)
          .filter((name) => LATER.has(name));
        if (asked.length === 0 || own.includes('node_modules')) return undefined;
        let contents = text;
        for (const name of asked) {
          const { file } = await fileFor(name, { resolveDir: root });
          contents = contents.replace(`load('${name}')`, `load('${file}')`);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

async function versionOf(name, file) {
  const folder = file.slice(
    0,
    file.lastIndexOf(`node_modules/${name}`.replaceAll('/', path.sep)) + `node_modules/${name}`.length,
  );
  return JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')).version;
}

/** A proxy. `__esModule` is known at build time, because compiled TypeScript asks for it at once. */
function standInOf(file, isEsModule) {
  return `
    let real;
    const use = () => (real ??= require('${file}'));
    module.exports = new Proxy(() => undefined, {
      get: (_, key) => (key === '__esModule' ? ${isEsModule} : use()[key]),
      set: (_, key, value) => Reflect.set(use(), key, value),
      has: (_, key) => key in use(),
      apply: (_, self, given) => Reflect.apply(use(), self, given),
      ownKeys: () => Reflect.ownKeys(use()),
      getOwnPropertyDescriptor: (_, key) => {
        const found = Reflect.getOwnPropertyDescriptor(use(), key);
        return found && { ...found, configurable: true };
      },
    });`;
}
