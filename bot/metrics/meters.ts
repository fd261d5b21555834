/** The metrics. The log's own events drive the counters, so that log and metrics always agree. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Log, LogFields } from '../../core/ports.js';
import { countersIn, PREFIX, type Count, type Prometheus } from './counters.js';
import { DeskError } from '../../core/errors.js';
import type { HttpKit } from '../runtime/http-kit.js';

/** Numbers that are read when the metrics page is requested. */
export interface Asked {
  readonly name: string;
  readonly help: string;
  readonly ask: () => Promise<number> | number;
}

export interface Meters {
  readonly registry: Registry;
  /** A log that counts events and passes them on to the given log. */
  counted(log: Log): Log;
  /** Adds a number that is read at every request. */
  gauge(asked: Asked): void;
}

/** Opens the meters. The caller passes the library, so that it is loaded only when metrics are used. */
export function openMeters(prometheus: Prometheus, version: string): Meters {
  const registry = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: registry });
  const counts = countersIn(prometheus, registry);
  const registers = [registry];
  const build = {
    name: `${PREFIX}build_info`,
    help: 'The version that runs',
    labelNames: ['version'] as const,
  };
  new prometheus.Gauge({ ...build, registers }).set({ version }, 1);
  return {
    registry,
    counted: (log) => counting(log, counts),
    gauge({ name, help, ask }) {
      new prometheus.Gauge({
        name: `${PREFIX}${name}`,
        help,
        registers,
        async collect() {
          // An unavailable store must not remove the other numbers.
          await Promise.resolve()
            .then(ask)
            .then(
              (value) => this.set(value),
              () => this.set(Number.NaN),
            );
        },
      });
    },
  };
}

function counting(log: Log, counts: ReadonlyMap<string, Count>): Log {
  const level = (name: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    counts.get(event)?.(fields ?? {});
    log[name](event, fields);
  };
  return {
    debug: level('debug'),
    info: level('info'),
    warn: level('warn'),
    error: level('error'),
    child: (fields) => counting(log.child(fields), counts),
  };
}

/** Registers it. */
export function registerMetrics(kit: HttpKit, registry: Registry, token: string): void {
  kit.server.get(
    '/metrics',
    kit.handle(async (req, res) => {
      if (!isToken(req.headers.authorization, token)) {
        throw new DeskError('auth.refused', 'the request has no valid metrics token');
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
