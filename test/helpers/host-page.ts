/** A partner's own page on an origin of its own: a plain server that answers with the given HTML and policy. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HostPage {
  readonly origin: string;
  /** What is served from now on. */
  serve(html: string, headers?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** A page on 127.0.0.1, so that it and a desk opened by `localhost` are different sites. */
export async function startHostPage(): Promise<HostPage> {
  let html = '';
  let headers: Readonly<Record<string, string>> = {};
  const server = createServer((_req, res) => {
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    res.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next, more = {}) => {
      html = next;
      headers = more;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
