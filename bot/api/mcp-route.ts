/** `POST /mcp`: the MCP server over streamable HTTP. Each request stands alone, so that any instance can answer it. */
import type { Request, Response } from 'restify';
import type { Log } from '../../core/ports.js';
import type { HttpKit } from '../runtime/http-kit.js';
import type { Access } from './access.js';
import type { ApiDesk } from './desk.js';
import { mcpLibrary } from './mcp-library.js';
import { mcpServer } from './mcp.js';

const BODY_BYTES = 64 * 1024;

interface McpRouteDeps {
  readonly access: Access;
  readonly desk: ApiDesk;
  readonly log: Log;
  readonly version: () => Promise<string>;
}

/** Registers the route. The protocol's library is loaded with the first request. */
export function registerMcp(kit: HttpKit, { access, desk, log, version }: McpRouteDeps): void {
  kit.server.post(
    '/mcp',
    ...kit.json({ limitBytes: BODY_BYTES }),
    kit.handle(async (req, res) => {
      const key = await access.admit(req, res);
      const library = await mcpLibrary();
      const audit = (act: string, outcome: string): void => access.audit(key, act, outcome);
      const server = mcpServer({ library, desk, caller: key, version: await version(), log, audit });
      const transport = new library.HttpTransport({ enableJsonResponse: true });
      await server.connect(transport);
      try {
        await send(res, await transport.handleRequest(webRequest(req), { parsedBody: req.body }));
      } finally {
        await server.close();
      }
    }),
  );
}

/** The transport reads the method and the headers; the body is parsed already. */
function webRequest(req: Request): globalThis.Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  return new globalThis.Request('http://localhost/mcp', { method: 'POST', headers });
}

async function send(res: Response, answer: globalThis.Response): Promise<void> {
  const body = await answer.text();
  for (const name of ['content-type', 'mcp-protocol-version']) {
    const value = answer.headers.get(name);
    if (value !== null) res.setHeader(name, value);
  }
  res.sendRaw(answer.status, body);
}
