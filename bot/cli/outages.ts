/** Outage commands of the operator: print how the bot reads a payload. */
import { readFile } from 'node:fs/promises';
import { mayTell, withinScope } from '../../core/incident/scope.js';
import type { FieldMapping, OutageSource } from '../../core/incident/ports.js';
import type { OutageEvent } from '../../core/incident/types.js';
import { mappingOf } from '../outages/parsers/mapping.js';
import { parseOutage } from '../outages/parsers/registry.js';

/** The command's input: `format` as in FORMATS, an alias, or absent to detect the format. */
export interface OutagesParseOptions {
  readonly format?: string;
  readonly file: string;
  /** File with the mapping of the format `mapped`. */
  readonly map?: string;
  /** Reads the payload as this registered sender. */
  readonly source?: OutageSource;
  readonly publisherOf?: (offerId: string) => string | undefined;
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
  const mapping = options.map === undefined ? undefined : await readMapping(options.map);
  if (typeof mapping === 'string') {
    err(`wrong-mapping: ${mapping}\n`);
    return 1;
  }
  const result = read(options, raw, mapping);
  if (result.kind === 'error') {
    err(`${result.code}: ${result.reason}\n`);
    return 1;
  }
  for (const note of result.notes ?? []) err(`${note.kind}: ${note.text}\n`);
  if (result.handshake)
    err('handshake: The platform asks whether the address is ours; the bot answers it.\n');
  const shown = result.events.map((event) => scopedFor(options, event, err));
  out(`${JSON.stringify(shown.map(printed), null, 2)}\n`);
  return 0;
}

function read({ format, source, publisherOf }: OutagesParseOptions, raw: Buffer, given?: FieldMapping) {
  const now = Date.now();
  if (!source) return parseOutage(format ?? 'auto', raw, { now, mapping: given });
  const { mapping, words } = source;
  const mayName: NonNullable<Parameters<typeof parseOutage>[2]>['mayName'] = (named) =>
    mayTell(named, source, publisherOf ?? (() => undefined));
  return parseOutage(source.format, raw, { now, mapping, words, mayName });
}

/** The event with the offers that the sender's scope and mapping give it. */
function scopedFor(
  { source, publisherOf = () => undefined }: OutagesParseOptions,
  event: OutageEvent,
  err: (text: string) => void,
): OutageEvent {
  if (!source) return event;
  const scoped = withinScope(event, source, publisherOf);
  if (scoped.kind === 'within') {
    if (scoped.event.unrecognised)
      err(`unrecognised: the directory does not know ${scoped.event.unrecognised.join(', ')}.\n`);
    return scoped.event;
  }
  err(`outside: ${[...scoped.offers, ...scoped.publishers].join(', ')}: the bot would refuse this outage.\n`);
  return event;
}

/** The mapping in a file, or the error in it. */
export async function readMapping(file: string): Promise<FieldMapping | string> {
  try {
    return mappingOf(JSON.parse(await readFile(file, 'utf8')) as unknown);
  } catch {
    return `${file} cannot be read as JSON.`;
  }
}

/** An event in the form for operators: times in ISO 8601, UTC. */
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
