/** What comes before the program's own modules: the check of Node's version, and settings that make loading cheaper. */
import module from 'node:module';
import process from 'node:process';
import v8 from 'node:v8';

/** Node 22 and newer can keep compiled code for the next start. */
interface CompileCache {
  enableCompileCache?(): unknown;
  flushCompileCache?(): void;
}

/** The oldest Node that runs the product; `engines` in package.json says the same. */
const LEAST_NODE = { major: 20, minor: 19 };

/** @param version as `24.1.0` or `v24.1.0` */
export function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major < LEAST_NODE.major || (major === LEAST_NODE.major && minor < LEAST_NODE.minor);
}

/**
 * How much the heap may grow after a garbage collection, in percent of what is in use; Node's default is up to 300. At 40 a
 * busy server takes half the memory at the same processor time (docs/performance.md).
 */
const HEAP_GROWTH_PERCENT = 40;

/** An old Node would fail later, at a feature that it lacks, with a stack trace. */
function refuseOldNode(): void {
  const { node } = process.versions;
  if (!isTooOld(node)) return;
  process.stderr.write(
    `Offer Desk cannot start on Node ${node}. Install Node 24; ${LEAST_NODE.major}.${LEAST_NODE.minor} is the least.\n`,
  );
  process.exit(1);
}

/**
 * Call this before the program's own modules load. While modules load, nearly all new objects stay in use. A nursery
 * that grows with them would hold 30 MB that an idle server never needs again.
 */
export function lightStart(): void {
  refuseOldNode();
  v8.setFlagsFromString('--semi-space-growth-factor=1');
  (module as CompileCache).enableCompileCache?.();
}

/**
 * Lets the nursery grow again, for a server under load, and limits the growth of the rest of the heap. Writes the compiled
 * code now: at the end of the process Node writes the code only if the process is not killed.
 */
export function startIsOver(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=2');
  v8.setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  (module as CompileCache).flushCompileCache?.();
}
