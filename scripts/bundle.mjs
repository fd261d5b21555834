/** How the server is bundled: our own files and packages of many small modules in one, everything else left outside. */

/**
 * Packages that are pure ES modules of dozens of files each: loading them one file after another takes a tenth of the
 * start. Those that are CommonJS, carry binaries or start workers stay outside.
 */
const INSIDE =
  /^(zod|kysely|intl-messageformat|@formatjs\/[^/]+|jose|minisearch|libphonenumber-js|tslib)(\/|$)/;

/** Options of esbuild for a server; the caller adds entry points and where it goes. */
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
