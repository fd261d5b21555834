/** Limits how many connections are open: in all, and of one address where clients connect directly. */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** Connections in all. */
  readonly most: number;
  /** Connections of one address. Behind a proxy every connection comes from the proxy, so that nothing is limited. */
  readonly perAddress: number | undefined;
}

/** Closes connections above the limits at once, before a byte of a request is read. */
export function limitConnections(server: Server, { most, perAddress }: ConnectionLimits): void {
  server.maxConnections = most;
  if (perAddress === undefined) return;
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    if (count > perAddress) return void socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
