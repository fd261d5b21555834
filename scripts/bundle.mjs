/** How the server is bundled: one file holds our own code and some packages of many small modules. Other packages stay outside. */
import { copyFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Packages that are pure ES modules of dozens of files each. Loading them one file after another takes a tenth of the
 * start. Packages that are CommonJS, carry binaries or start workers stay outside the bundle.
 */
const INSIDE =
  /^(zod|kysely|intl-messageformat|@formatjs\/[^/]+|jose|minisearch|libphonenumber-js|tslib)(\/|$)/;

/** The model of the classifier: 1.6 MB of text, which the engine reads faster and keeps smaller as JSON than as source. */
const MODEL = 'core/understanding/model.json';

const modelBeside = {
  name: 'model-beside',
  setup(build) {
    build.onLoad({ filter: /understanding\/model\.json$/ }, () => ({
      contents: `import { readFileSync } from 'node:fs';
        export default JSON.parse(readFileSync(new URL('./model.json', import.meta.url), 'utf8'));`,
      loader: 'js',
    }));
    build.onEnd(async () => {
      const { absWorkingDir, outdir } = build.initialOptions;
      await copyFile(path.join(absWorkingDir, MODEL), path.resolve(absWorkingDir, outdir, 'model.json'));
    });
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

/** Options of esbuild for a server. The caller adds the entry points and the output folder. */
export const SERVER_BUNDLE = {
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'linked',
  // Without comments and spaces the source the engine keeps in memory is a quarter smaller. Names stay for stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  plugins: [
    modelBeside,
    oneZodLanguage,
    {
      name: 'packages-outside',
      setup(build) {
        build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || INSIDE.test(path) ? undefined : { path, external: true },
        );
      },
    },
  ],
};
