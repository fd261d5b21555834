/** Hands connections that want to be upgraded to whoever registered for their path; refuses all others. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Upgrade } from '../runtime/http-kit.js';

/** Answers an upgrade with a plain HTTP status and ends the connection. */
function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export class Upgrades {
  private readonly handlers = new Map<string, Upgrade>();

  add(prefix: string, upgrade: Upgrade): void {
    this.handlers.set(prefix, upgrade);
  }

  /** The listener for the server's `upgrade` event. `accepts` is asked first (host check). */
  listener(accepts: (request: IncomingMessage) => boolean): Upgrade {
    return (request, socket, head) => {
      const found = [...this.handlers].find(([prefix]) => (request.url ?? '').startsWith(prefix));
      if (!accepts(request)) refuseUpgrade(socket, '421 Misdirected Request');
      else if (!found) refuseUpgrade(socket, '404 Not Found');
      else found[1](request, socket, head);
    };
  }
}
