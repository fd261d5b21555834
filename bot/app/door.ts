/** Opens the operators' door where this process has the data directory for itself: what runs behind it, and its end. */
import type { Clock, Log } from '../../core/ports.js';
import { DIRECTORY_REQUEST, runDirectoryRequest } from '../cli/directory-requests.js';
import type { Config } from './config.js';
import type { LiveDirectory } from './live-directory.js';
import { openDoor, type DoorDeps } from '../door/door-server.js';
import { DeskError } from '../../core/errors.js';
import type { Cleanup } from '../runtime/http-kit.js';
import type { Stores } from '../store/stores.js';

export interface DoorWiring {
  readonly config: Config;
  readonly stores: Stores;
  readonly directory: Pick<LiveDirectory, 'refresh'>;
  readonly now: Clock;
  readonly log: Log;
  /** Registers work for the end of the server. */
  readonly onClose: (cleanup: Cleanup) => void;
}

/** Opens it. On PostgreSQL commands work on the database themselves, and there is none. */
export async function wireDoor({ config, stores, directory, now, log, onClose }: DoorWiring): Promise<void> {
  if (stores.kind !== 'sqlite') return;
  const run: DoorDeps['run'] = async ({ actor, request }, out, signal) => {
    const parsed = DIRECTORY_REQUEST.safeParse(request);
    if (!parsed.success) throw new DeskError('door.refused', 'the running server does not know this command');
    const exit = await runDirectoryRequest(parsed.data, { stores, config, actor, now, signal }, out);
    await directory.refresh();
    log.info('door.command', { command: parsed.data.command, exit });
    return exit;
  };
  const door = await openDoor({ dataDir: config.dataDir, run, log });
  onClose(() => door.close());
}
