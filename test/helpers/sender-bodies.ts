/** Reads a small body as one format and as found out from the body, and says in brief what came of it. */
import assert from 'node:assert/strict';
import { parseOutage } from '../../bot/outages/parsers/registry.js';
import type { ReadEvents } from '../../bot/outages/parsers/types.js';

/** The moment at which the bodies are read. */
const NOW = Date.parse('2026-03-10T12:00:00Z');
export const at = (clock: string): number => Date.parse(`2026-03-10T${clock}:00Z`);

export function read(format: string, body: unknown): ReadEvents {
  const result = parseOutage(format, JSON.stringify(body), { now: NOW });
  assert.ok(result.kind === 'events', JSON.stringify(result));
  return result;
}

/** As the named format and as found out from the body: state, severity, title, components. */
export function brief(format: string, body: unknown): readonly unknown[] {
  const of = (name: string) =>
    read(name, body).events.map((e) => [
      e.sourceId,
      e.state,
      e.severity,
      e.title,
      [...e.affected.components].join(),
    ]);
  assert.deepEqual(of('auto'), of(format), 'the format is not found out');
  return of(format);
}

export function notes(format: string, body: unknown): readonly string[] {
  const result = read(format, body);
  assert.deepEqual(result.events, []);
  return (result.notes ?? []).map((note) => note.kind);
}
