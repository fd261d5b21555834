/**
 * How the server is bundled. The bundle has our own code and every package, except packages with a binary: one large file
 * loads several times faster than a thousand small ones.
 */
import { copyFile, cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { loadedLater } from './bundle-later.mjs';

/** Packages with a binary, and packages that other packages try to load and do without. */
const OUTSIDE = [
  '@photostructure/sqlite',
  'pg-native',
  'dtrace-provider',
  'bufferutil',
  'utf-8-validate',
  'supports-color',
];

/** The model of the classifier: 2.4 MB of text. As a file it is read once, when the first text is read, and not kept. */
const MODEL = 'core/understanding/model.json';

const modelBeside = {
  name: 'model-beside',
  setup(build) {
    build.onLoad({ filter: /understanding\/model-file\.ts$/ }, () => ({
      contents: `import { readFileSync } from 'node:fs';
        export const modelFile = () =>
          JSON.parse(readFileSync(new URL('./model.json', import.meta.url), 'utf8'));`,
      loader: 'js',
    }));
  },
};

/** Each language is read when somebody uses it, so its files stay files. */
const LANGUAGES = 'locales';

const languagesBeside = {
  name: 'languages-beside',
  setup(build) {
    build.onLoad({ filter: /locales\/folder\.ts$/ }, () => ({
      contents: `export const LOCALES_FOLDER = new URL('./${LANGUAGES}/', import.meta.url);`,
      loader: 'js',
    }));
  },
};

/** zod says its own sentences in 50 languages; only developers read them, in English. */
const oneZodLanguage = {
  name: 'one-zod-language',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
      loader: 'js',
    }));
  },
};

/** Each package of the bot SDK brings the same zod 3. The bundle holds it once. */
const oneZodOfTheSdk = {
  name: 'one-zod-of-the-sdk',
  setup(build) {
    build.onResolve({ filter: /^zod$/ }, ({ importer, kind, pluginData }) => {
      if (pluginData === 'zod' || !/node_modules.bot(builder|framework)/.test(importer)) return undefined;
      const resolveDir = path.join(build.initialOptions.absWorkingDir, 'node_modules/botframework-schema');
      return build.resolve('zod', { kind, resolveDir, pluginData: 'zod' });
    });
  },
};

/** What production starts: the server, the command line, and what the server starts when Web Chat is missing. */
export const ENTRY_POINTS = { index: 'bot/index.ts', cli: 'bot/cli.ts', webchat: 'scripts/webchat.mjs' };

const SHARED = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: OUTSIDE,
  legalComments: 'none',
  // Without comments and spaces the source the engine keeps in memory is a quarter smaller. Names stay for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  metafile: true,
  logLevel: 'warning',
};

/**
 * Bundles the entry points into `outdir`, with the packages that load later and the classifier's model beside them.
 * @param {{ root: string, outdir: string, entryPoints: Record<string, string>, sourcemap?: boolean, write?: boolean }} options
 * @returns the places of the bundled packages, as package-lock.json names them.
 */
export async function bundleServer({ root, outdir, entryPoints, sourcemap = false, write = true }) {
  const found = new Map();
  const shared = { ...SHARED, absWorkingDir: root, write };
  const server = await build({
    ...shared,
    entryPoints,
    outdir,
    sourcemap,
    splitting: true,
    format: 'esm',
    // CommonJS packages ask for Node's own modules with `require`.
    banner: {
      js: `import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);`,
    },
    plugins: [
      modelBeside,
      languagesBeside,
      oneZodLanguage,
      oneZodOfTheSdk,
      loadedLater({ folder: './later/', found }),
    ],
  });
  const outputs = Object.values(server.metafile.outputs);
  const done = new Set();
  while (done.size < found.size) {
    const open = [...found].filter(([file]) => !done.has(file));
    const later = await build({
      ...shared,
      entryPoints: Object.fromEntries(open),
      outdir: path.join(outdir, 'later'),
      outExtension: { '.js': '.cjs' },
      format: 'cjs',
      plugins: [loadedLater({ folder: './', found })],
    });
    outputs.push(...Object.values(later.metafile.outputs));
    for (const [file] of open) done.add(file);
  }
  if (write) {
    await mkdir(path.resolve(root, outdir), { recursive: true });
    await copyFile(path.join(root, MODEL), path.resolve(root, outdir, 'model.json'));
    const isShipped = (file) => !/\.ts$|glossary$/.test(file);
    await cp(path.join(root, LANGUAGES), path.resolve(root, outdir, LANGUAGES), {
      recursive: true,
      filter: isShipped,
    });
  }
  return placesOf(outputs);
}

function placesOf(outputs) {
  const files = outputs.flatMap(({ inputs }) => Object.keys(inputs));
  const found = files.map(
    (file) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
  );
  return [...new Set(found.filter((place) => place !== undefined))].sort();
}
