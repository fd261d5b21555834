/** How long a test waits for an event before it fails. It is long, because a test never measures time with it. */
export const PATIENCE_MS = 120_000;
