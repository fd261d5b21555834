/** A log that keeps its entries, so that tests can look for a reference id, or for forbidden text. */
import type { Log, LogFields } from '../../core/ports.js';

interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
}

export class CapturedLog implements Log {
  constructor(
    readonly entries: LogEntry[] = [],
    private readonly always: LogFields = {},
  ) {}

  debug(event: string, fields?: LogFields): void {
    this.keep('debug', event, fields);
  }
  info(event: string, fields?: LogFields): void {
    this.keep('info', event, fields);
  }
  warn(event: string, fields?: LogFields): void {
    this.keep('warn', event, fields);
  }
  error(event: string, fields?: LogFields): void {
    this.keep('error', event, fields);
  }
  child(fields: LogFields): Log {
    return new CapturedLog(this.entries, { ...this.always, ...fields });
  }

  /** The entry with this reference. */
  withReference(reference: string): LogEntry | undefined {
    return this.entries.find((entry) => entry.fields.reference === reference);
  }

  /** All entries as text, errors with their messages. */
  get text(): string {
    return this.entries
      .map((entry) => `${entry.level} ${entry.event} ${JSON.stringify(entry.fields, plainError)}`)
      .join('\n');
  }

  private keep(level: LogEntry['level'], event: string, fields: LogFields = {}): void {
    this.entries.push({ level, event, fields: { ...this.always, ...fields } });
  }
}

function plainError(_key: string, value: unknown): unknown {
  return value instanceof Error ? { message: value.message, stack: value.stack } : value;
}
