/** A wire to PostgreSQL that tests can cut and plug in again. */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/** Stands between the product and PostgreSQL, and can be cut. */
export class Cable {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;
  constructor(private readonly target: URL) {}

  async plug(): Promise<void> {
    const { hostname, port } = this.target;
    this.#server = createServer((near) => {
      const far = connect(Number(port), hostname);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    }).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as { port: number }).port;
  }

  async cut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
    if (this.#server) await once(this.#server, 'close');
  }
}
