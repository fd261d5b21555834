/** Two questions of whoever runs the service: does the process answer, and can it do its work. */
import type { HttpKit } from '../runtime/http-kit.js';

/** The parts the service depends on, each true when it works. */
export type ReadyCheck = () => Promise<Readonly<Record<string, boolean>>>;

const PATIENCE_MS = 3_000;

async function within<T>(work: Promise<T>, ms: number, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

/** `/healthz` asks nothing of anybody; `/readyz` asks the given check and answers 503 unless every part works. */
export function registerHealth(kit: HttpKit, deps: { readonly ready: ReadyCheck }): void {
  kit.server.get(
    '/healthz',
    kit.handle((_req, res) => void res.send(200, { status: 'ok' })),
  );
  kit.server.get(
    '/readyz',
    kit.handle(async (_req, res) => {
      const parts = await within(
        deps.ready().catch(() => ({ check: false })),
        PATIENCE_MS,
        { check: false },
      );
      const ready = Object.values(parts).every(Boolean);
      res.send(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', parts });
    }),
  );
}
