/** Operator commands around outages: shows what a sender's payload is read as. */
import { readFile } from 'node:fs/promises';
import type { OutageEvent } from '../../core/incident/types.js';
import { parseOutage } from '../outages/parsers/registry.js';

/** What the command is given: `format` as in FORMATS, an alias, or absent to find out. */
export interface OutagesParseOptions {
  readonly format?: string;
  readonly file: string;
}

/**
 * Prints the events of a payload as a JSON list to `out`; a refusal goes to `err` with its code.
 * @returns the exit code: 0 read, 1 refused.
 */
export async function outagesParse(
  options: OutagesParseOptions,
  out: (text: string) => void,
  err: (text: string) => void = out,
): Promise<number> {
  const raw = await readFile(options.file).catch(() => undefined);
  if (raw === undefined) {
    err(`unreadable-file: ${options.file} cannot be read.\n`);
    return 1;
  }
  const result = parseOutage(options.format ?? 'auto', raw);
  if (result.kind === 'error') {
    err(`${result.code}: ${result.reason}\n`);
    return 1;
  }
  out(`${JSON.stringify(result.events.map(printed), null, 2)}\n`);
  return 0;
}

/** An event as operators read it: times in ISO 8601, UTC. */
function printed(event: OutageEvent): Readonly<Record<string, unknown>> {
  return {
    sourceId: event.sourceId,
    title: event.title,
    state: event.state,
    severity: event.severity,
    started: iso(event.startedAt),
    updated: iso(event.updatedAt),
    resolved: iso(event.resolvedAt),
    affected: event.affected,
    updates: event.updates.map((update) => ({ at: iso(update.at), state: update.state, text: update.text })),
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
