/** Two routes for operators: does the process answer, and can it do its work. */
import type { HttpKit } from '../runtime/http-kit.js';
import { within } from '../runtime/timeouts.js';

/** The parts the service depends on, each true when it works. */
export type ReadyCheck = () => Promise<Readonly<Record<string, boolean>>>;

const PATIENCE_MS = 3_000;

/** `/healthz` asks nothing of anybody; `/readyz` asks the given check and answers 503 unless every part works. Notes say what is left to do. */
export function registerHealth(
  kit: HttpKit,
  deps: { readonly ready: ReadyCheck; readonly notes?: () => readonly string[] },
): void {
  kit.server.get(
    '/healthz',
    kit.handle((_req, res) => void res.send(200, { status: 'ok' })),
  );
  kit.server.get(
    '/readyz',
    kit.handle(async (_req, res) => {
      const parts = await within(
        PATIENCE_MS,
        deps.ready().catch(() => ({ check: false })),
        () => ({ check: false }),
      );
      const ready = Object.values(parts).every(Boolean);
      const notes = deps.notes?.() ?? [];
      const status = ready ? 'ready' : 'not ready';
      res.send(ready ? 200 : 503, { status, parts, ...(notes.length > 0 && { notes }) });
    }),
  );
}
