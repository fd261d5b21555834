/** How the server is bundled: one file holds our own code and some packages of many small modules. Other packages stay outside. */

/**
 * Packages that are pure ES modules of dozens of files each. Loading them one file after another takes a tenth of the
 * start. Packages that are CommonJS, carry binaries or start workers stay outside the bundle.
 */
const INSIDE =
  /^(zod|kysely|intl-messageformat|@formatjs\/[^/]+|jose|minisearch|libphonenumber-js|tslib)(\/|$)/;

/** Options of esbuild for a server. The caller adds the entry points and the output folder. */
export const SERVER_BUNDLE = {
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  legalComments: 'linked',
  plugins: [
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
