/** The interfaces that the core needs from outside. Adapters implement them; tests have hand-written fakes. */
import type { SourceRows } from './directory/merge.js';
import type { Directory, DirectoryRow } from './directory/types.js';
import type { PartnerProfile } from './directory/profile.js';
import type { Asker, Issue } from './terms.js';

/** Wall clock in milliseconds since the epoch. */
export type Clock = () => number;

/** Structured log; it never gets message text, addresses or tokens. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Log;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** The changes of one import, committed together with its rows. */
export interface DirectoryChange {
  readonly source: string;
  readonly upserts: readonly DirectoryRow[];
  /** Keys (`offer:<id>` or `publisher:<id>`) of this source's rows to remove. */
  readonly removals: readonly string[];
  readonly actor: string;
  readonly at: number;
  /** Refuse with `store.conflict` when the directory has another version now. */
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

/** One recorded change: who, when, and the change of one source's row. */
export interface AuditEntry {
  readonly version: number;
  readonly source: string;
  readonly actor: string;
  readonly at: number;
  readonly key: string;
  readonly change: 'add' | 'change' | 'remove';
  readonly before?: DirectoryRow;
  readonly after?: DirectoryRow;
}

/** The directory with its history, for administrators and operators. */
export interface KeptDirectory extends DirectoryStore {
  /** The changes of a row (`offer:<id>` or `publisher:<id>`), or of any row, newest first. */
  audit(filter: { readonly key?: string; readonly limit: number }): Promise<readonly AuditEntry[]>;
  /** The rows of one key in all sources, all at one version. */
  rowsAbout(key: string): Promise<{ readonly version: number; readonly sources: readonly SourceRows[] }>;
}

/** The partner profile as stored. */
export interface ProfileStore {
  load(): Promise<PartnerProfile | undefined>;
  /** @param ifVersion refuse with `store.conflict` when the stored version differs; 0 before the first */
  save(
    profile: PartnerProfile,
    actor: string,
    at: number,
    ifVersion?: number,
    /** Whether this is the fictional sample; default: as the version before. */
    sample?: boolean,
  ): Promise<void>;
}

export interface ProfileVersion {
  readonly version: number;
  readonly profile: PartnerProfile;
  readonly actor: string;
  readonly at: number;
  /** The fictional sample, or an edit of it. */
  readonly sample: boolean;
}

/** The profile with every saved version. */
export interface KeptProfile extends ProfileStore {
  /** Newest first. */
  history(limit: number): Promise<readonly ProfileVersion[]>;
  /** The newest version of an actor whose id begins with this, whatever the number of later versions. */
  lastBy(actorPrefix: string): Promise<ProfileVersion | undefined>;
}

/** An unmatched question, already redacted. */
export interface UnansweredStore {
  record(entry: UnansweredEntry): Promise<void>;
  list(sinceMs: number): Promise<readonly UnansweredEntry[]>;
}
export interface UnansweredEntry {
  readonly at: number;
  /** `offer` when no offer matched, `issue` when no kind matched. */
  readonly missing: 'offer' | 'issue';
  /** Redacted and capped. */
  readonly text: string;
  readonly language: string;
  /** The person's id in the channel. The store keeps only a keyed hash, with which an erasure finds the entry. */
  readonly asker?: string;
}

/** A redacted sentence with what the person chose after it: material for administrators, who decide what is learned. */
export interface Lesson {
  readonly id: string;
  readonly at: number;
  /** `asked-back`: the bot asked; `corrected`: the person changed what the bot had read; `not-helped`: the answer did not help. */
  readonly reason: 'asked-back' | 'corrected' | 'not-helped';
  /** What the sentence may teach: a kind of issue, or another name of an offer. */
  readonly about: 'issue' | 'offer';
  /** The sentence without the offer's name, or the name alone. Redacted and capped. */
  readonly text: string;
  readonly language: string;
  readonly asker: Asker;
  /** The issue or offer id that the bot read first; absent when the bot asked back. */
  readonly read?: string;
  /** The issue or offer id that the person chose; absent when the answer did not help. */
  readonly chosen?: string;
}

/** The chat in which a lesson was given, so that it is erased with the person. */
export interface LessonGiver {
  readonly userId: string;
  readonly conversationId: string;
}

export interface LessonStore {
  record(lesson: Omit<Lesson, 'id'>, giver: LessonGiver): Promise<void>;
  /** Newest first, at most 1,000. */
  list(sinceMs: number): Promise<readonly Lesson[]>;
  /** The lesson whose id begins with these letters; undefined when there is none, or several. */
  byId(beginning: string): Promise<Lesson | undefined>;
}

/** Words that an administrator taught for an issue. */
export interface TaughtPhrase {
  readonly phrase: string;
  readonly issue: Issue;
  readonly actor: string;
  readonly at: number;
}

export interface PhraseStore {
  /** Every phrase in use, in the order taught. Leaves out phrases of issues that this version does not know. */
  list(): Promise<readonly TaughtPhrase[]>;
  /** Teaches a phrase. A known phrase gets the new issue. */
  add(phrase: string, taught: Omit<TaughtPhrase, 'phrase'>): Promise<void>;
  /** Ends the use of a phrase; the record stays. Returns true when the phrase was in use. */
  remove(phrase: string, by: Pick<TaughtPhrase, 'actor' | 'at'>): Promise<boolean>;
}
