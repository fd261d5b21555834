/** Runs a directory command: here where the store is free, else in the server that has the data directory for itself. */
import os from 'node:os';
import process from 'node:process';
import { DeskError } from '../../core/errors.js';
import { throughDoor } from '../door/door-client.js';
import { readConfig } from '../app/config.js';
import { bringsIn, runDirectoryRequest, withFullPaths, type DirectoryRequest } from './directory-requests.js';
import type { Output } from './directory.js';
import { exitWith, withCliContext } from './cli-context.js';

/** Runs it and sets the exit code. */
export async function askDirectory(request: DirectoryRequest): Promise<void> {
  const actor = `cli:${os.userInfo().username}`;
  try {
    // Questions about a fresh directory are answered of the sample, as the server would.
    const code = await withCliContext({ seed: !bringsIn(request) }, ({ stores, config, now }) =>
      runDirectoryRequest(request, { stores, config, actor, now }, OUT),
    );
    exitWith(code);
  } catch (error) {
    if (!(error instanceof DeskError) || error.code !== 'store.locked') throw error;
    const { dataDir } = readConfig(process.env, process.cwd());
    const asked = { actor, request: withFullPaths(request, process.cwd()) };
    const code = await throughDoor(dataDir, asked, OUT);
    if (code === undefined) throw error;
    exitWith(code);
  }
}

/** Progress goes to the terminal only, one line over the other; results go to standard output. */
const OUT: Output = {
  line: (text) => void process.stdout.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text}   `);
    else process.stderr.write(`${text}\n`);
  },
};
