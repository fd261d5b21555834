/** `GET /metrics`: for whoever has the token; without a configured token there is no such page. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registry } from 'prom-client';
import { DeskError } from '../../core/errors.js';
import type { HttpKit } from '../runtime/http-kit.js';

/** Registers it. */
export function registerMetrics(kit: HttpKit, registry: Registry, token: string): void {
  kit.server.get(
    '/metrics',
    kit.handle(async (req, res) => {
      if (!isToken(req.headers.authorization, token)) {
        throw new DeskError('auth.refused', 'the token of the metrics was not given');
      }
      const page = await registry.metrics();
      res.setHeader('Content-Type', registry.contentType);
      res.sendRaw(200, page);
    }),
  );
}

function isToken(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
