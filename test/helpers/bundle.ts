/** The bundler's script as the tests and the benchmark see it. */
export interface BundleScript {
  /** What production starts. */
  readonly ENTRY_POINTS: Readonly<Record<string, string>>;
  /** Returns the places of the bundled packages, as package-lock.json names them. */
  readonly bundleServer: (options: {
    readonly root: string;
    readonly outdir: string;
    readonly entryPoints: Readonly<Record<string, string>>;
    readonly write?: boolean;
  }) => Promise<readonly string[]>;
}
