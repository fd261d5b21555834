/** What the core needs from outside. Edges implement these; tests have hand-written fakes. */
import type { Directory, DirectoryRow } from './directory/types.js';
import type { PartnerProfile } from './directory/profile.js';

/** Wall clock in milliseconds since the epoch. */
export type Clock = () => number;

/** Structured log; never given message text, addresses or tokens. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** What changed in one import, as committed together with its rows. */
export interface DirectoryChange {
  readonly source: string;
  readonly upserts: readonly DirectoryRow[];
  /** Keys (`offer:<id>` or `publisher:<id>`) of this source's rows that go. */
  readonly removals: readonly string[];
  readonly actor: string;
  readonly at: number;
  /** Refuse with `store.conflict` when the directory is no longer at this version. */
  readonly ifVersion?: number;
}

/** Rows per source, and the merged directory every instance reads. */
export interface DirectoryStore {
  /** The number of the last committed change; 0 for an empty store. Cheap: asked every few seconds. */
  version(): Promise<number>;
  /** The merged directory at its present version. */
  load(): Promise<Directory>;
  /** The rows one source owns, by row key. */
  rowsOf(source: string): Promise<ReadonlyMap<string, DirectoryRow>>;
  /** All or nothing. Returns the new version, or the present one when the change is empty. */
  commit(change: DirectoryChange): Promise<number>;
}

/** The partner profile as stored. */
export interface ProfileStore {
  load(): Promise<PartnerProfile | undefined>;
  save(profile: PartnerProfile, actor: string, at: number): Promise<void>;
}

/** What was asked and not matched, already redacted. */
export interface UnansweredStore {
  record(entry: UnansweredEntry): Promise<void>;
  list(sinceMs: number): Promise<readonly UnansweredEntry[]>;
}
export interface UnansweredEntry {
  readonly at: number;
  /** `offer` when no offer matched, `issue` when no kind did. */
  readonly missing: 'offer' | 'issue';
  /** Redacted and capped. */
  readonly text: string;
  readonly language: string;
}
