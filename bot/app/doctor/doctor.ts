/** Checks the installation, names each problem and says how to repair it. */
import type { Config } from '../config.js';
import type { Stores } from '../../store/stores.js';
import type { Finding } from '../../../core/findings.js';
import { localFindings } from './local-checks.js';
import { outsideFindings } from './outside-checks.js';
import { storeFindings } from './store-checks.js';

export interface DoctorDeps {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rootDir: string;
  readonly stores: Stores;
  readonly now: () => number;
  readonly fetch: typeof fetch;
  readonly node?: string;
  readonly freeBytes?: (folder: string) => Promise<number>;
  /** Send no requests to other machines. */
  readonly offline?: boolean;
}

/** Every finding, in this order: this machine, outside systems, the store. */
export async function examine(deps: DoctorDeps): Promise<readonly Finding[]> {
  const found = await Promise.all([
    localFindings({ ...deps, node: deps.node ?? process.version }),
    deps.offline ? [] : outsideFindings(deps),
    storeFindings(deps),
  ]);
  return found.flat();
}
