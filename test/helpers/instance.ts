/** The product as a separate process on a separate port, started as an operator starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { READY_EVENT } from '../../bot/app/startup.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { program } from './program.js';

export interface Instance {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything that the process printed. */
  output(): string;
  /** Sends the signal. Returns the exit code, or the signal that ended the process. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** The log entry of the start, which names the address. */
const READY = new RegExp(`"address":"(http:[^"]+?)/?".*"event":"${READY_EVENT}"`);

/** Starts the server with these options and waits until it is ready. */
export async function startInstance(
  env: Record<string, string>,
  options: readonly string[] = [],
): Promise<Instance> {
  const child = spawn(process.execPath, [...program('index'), ...options], {
    cwd: findRootDir(),
    env: { ...process.env, NODE_ENV: '', DATABASE_URL: '', PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ready = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const found = READY.exec(printed)?.[1];
      if (found) resolve(found.replace('localhost', '127.0.0.1'));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed.slice(-2000)}`)));
  });
  const url = await ready;
  return {
    url,
    process: child,
    output: () => printed,
    end: async (signal = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode;
      const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      child.kill(signal);
      const [code, by] = await ended;
      return code ?? by;
    },
  };
}
