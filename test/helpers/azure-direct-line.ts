/** A local Direct Line with the documented token API, on a separate origin, and a bot behind it that echoes. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createTokens } from '../../bot/web/directline/tokens.js';
import { startWebServer } from './web-server.js';

interface AzureCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { readonly user?: { readonly id?: string }; readonly trustedOrigins?: readonly string[] };
}

export interface AzureDirectLine {
  readonly url: string;
  /** Every call, oldest first. */
  readonly calls: AzureCall[];
  /** Answers the next call that has the secret with this failure. */
  failNext(status: number, headers?: Record<string, string>, body?: string): void;
  close(): Promise<void>;
}

const BASE = '/v3/directline';

/** Answers `tokens/generate` and reconnects only with the secret. All other calls go to a real endpoint. */
export async function startAzure(secret: string): Promise<AzureDirectLine> {
  const keys = [randomBytes(32)] as const;
  const origins: string[] = [];
  const behind = await startWebServer({ keys: [keys[0]], origins });
  const tokens = createTokens({ keys: [keys[0]], now: Date.now });
  const users = new Map<string, string>();
  const calls: AzureCall[] = [];
  let failure: { status: number; headers: Record<string, string>; body: string } | undefined;

  const bearing = (conv: string) =>
    tokens.issue({ conv, user: users.get(conv) ?? '', audience: 'customer', use: 'chat' });
  const send = (res: ServerResponse, status: number, body: object) => {
    res.writeHead(status, { 'content-type': 'application/json', ...CORS });
    res.end(JSON.stringify(body));
  };
  const withSecret = (res: ServerResponse, call: AzureCall) => {
    if (failure) {
      res.writeHead(failure.status, failure.headers);
      res.end(failure.body);
      failure = undefined;
      return;
    }
    if (call.authorization !== `Bearer ${secret}`)
      return send(res, 403, {
        error: { code: 'BadArgument', message: `Invalid secret ${call.authorization}` },
      });
    if (call.path === `${BASE}/tokens/generate`) {
      const conversationId = randomBytes(12).toString('base64url');
      users.set(conversationId, call.body.user?.id ?? '');
      return send(res, 200, { conversationId, token: bearing(conversationId), expires_in: 1800 });
    }
    const conversationId = call.path.split('/').at(-1) ?? '';
    if (!users.has(conversationId)) return send(res, 404, { error: { code: 'BadArgument' } });
    return send(res, 200, {
      conversationId,
      token: bearing(conversationId),
      expires_in: 1800,
      streamUrl: 'wss://x',
    });
  };

  const server = createServer((req, res) => {
    void (async () => {
      const text = await bodyOf(req);
      const call: AzureCall = {
        method: req.method ?? '',
        path: (req.url ?? '').split('?')[0] ?? '',
        authorization: req.headers.authorization,
        body: JSON.parse(text || '{}') as AzureCall['body'],
      };
      if (call.method === 'OPTIONS') return send(res, 200, {});
      calls.push(call);
      if (!call.authorization?.startsWith('Bearer ey')) return withSecret(res, call);
      const headers = { authorization: call.authorization, 'content-type': 'application/json' };
      const answer = await fetch(behind.url + (req.url ?? ''), {
        method: call.method,
        headers,
        body: call.method === 'GET' ? undefined : text || '{}',
      });
      const body = (await answer.text()).replaceAll(`:${behind.port}`, `:${port()}`);
      res.writeHead(answer.status, { 'content-type': 'application/json', ...CORS });
      res.end(body);
    })();
  });
  const port = () => (server.address() as AddressInfo).port;
  server.on('upgrade', (req, socket, head) => {
    const onward = connect(behind.port, '127.0.0.1', () => {
      const headers = Object.entries({
        ...req.headers,
        origin: behind.url,
        host: `127.0.0.1:${behind.port}`,
      });
      onward.write(
        `GET ${req.url} HTTP/1.1\r\n${headers.map(([k, v]) => `${k}: ${String(v)}`).join('\r\n')}\r\n\r\n`,
      );
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port()}${BASE}`,
    calls,
    failNext: (status, headers = {}, body = '') => {
      failure = { status, headers, body };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await behind.close();
    },
  };
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*, authorization, content-type, x-ms-bot-agent',
  'access-control-allow-methods': 'GET, POST',
};

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
