/** Reads a small body in a named format and in the detected format, and returns a short form of the result. */
import assert from 'node:assert/strict';
import { parseOutage } from '../../bot/outages/parsers/registry.js';
import type { ReadEvents } from '../../bot/outages/parsers/types.js';

/** The time at which the tests read the bodies. */
const NOW = Date.parse('2026-03-10T12:00:00Z');
export const at = (clock: string): number => Date.parse(`2026-03-10T${clock}:00Z`);

export function read(format: string, body: unknown): ReadEvents {
  const result = parseOutage(format, JSON.stringify(body), { now: NOW });
  assert.ok(result.kind === 'events', JSON.stringify(result));
  return result;
}

/** Checks that the detected format gives the same events as the named format, and returns them in short form. */
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
