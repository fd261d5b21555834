/** Opens and changes cases over the store. Only the holder changes a case. */
import { retryOnConflict } from '../retry-on-conflict.js';
import {
  askAt,
  changed,
  type Attempt,
  type CaseChange,
  type CaseHolder,
  type CaseStop,
  type CaseTopic,
  type ContactCase,
  type HoursOf,
} from './case.js';

/** Stores cases, and the outcomes of contacts without a person. */
export interface CaseStore {
  /** Adds the case. Returns the case of the same click when there is one already. */
  add(one: ContactCase): Promise<ContactCase>;
  byId(id: string): Promise<ContactCase | undefined>;
  /**
   * Saves a case over the version that was read, and the ended attempt with it.
   * @throws DeskError `store.conflict` when the case has changed since.
   */
  save(one: ContactCase, attempt?: Attempt): Promise<void>;
  /** The open cases of a person, the next due first. */
  openOf(holder: Pick<CaseHolder, 'channelId' | 'userId'>, limit: number): Promise<readonly ContactCase[]>;
  /** Open cases of people with this manager (an Entra object id) that were opened before a time, oldest first. */
  openOfTeam(managerId: string, openedBefore: number, limit: number): Promise<readonly ContactCase[]>;
  /** Takes due cases for one worker. After `leaseMs` without a save another worker may take them. */
  claim(now: number, limit: number, leaseMs: number): Promise<readonly ContactCase[]>;
  /** Outcomes since a time, in milliseconds since the epoch. */
  attempts(since: number): Promise<readonly Attempt[]>;
}

export interface CaseDeps {
  readonly store: CaseStore;
  readonly hoursOf: HoursOf;
  readonly newId: () => string;
  readonly now: () => number;
  /** Milliseconds after which a case ends without news. */
  readonly endsAfterMs: number;
}

/** The most open cases of one person. */
export const MOST_OPEN_CASES = 50;

export interface CaseRequest extends CaseTopic {
  readonly clickKey: string;
  readonly holder: CaseHolder;
  readonly reference?: ContactCase['reference'];
  readonly managerId: string | null;
  readonly stops: readonly CaseStop[];
}

export type Opened =
  | { readonly kind: 'opened'; readonly one: ContactCase }
  /** The same click came before. */
  | { readonly kind: 'before'; readonly one: ContactCase }
  /** Nobody to write to. */
  | { readonly kind: 'no-contact' }
  | { readonly kind: 'too-many' };

/** Opens a case for the first stop. */
export async function openCase(deps: CaseDeps, request: CaseRequest): Promise<Opened> {
  if (request.stops.length === 0) return { kind: 'no-contact' };
  const open = await deps.store.openOf(request.holder, MOST_OPEN_CASES);
  const before = open.find(({ clickKey }) => clickKey === request.clickKey);
  if (before) return { kind: 'before', one: before };
  if (open.length >= MOST_OPEN_CASES) return { kind: 'too-many' };
  const now = deps.now();
  const fresh: ContactCase = {
    ...request,
    id: deps.newId(),
    version: 1,
    history: [{ at: now, kind: 'wrote', stop: 0 }],
    customer: '',
    severity: 'minor',
    openedAt: now,
    dueAt: now,
    endsAt: now + deps.endsAfterMs,
    asked: 0,
    failures: 0,
  };
  const one = await deps.store.add({ ...fresh, dueAt: askAt(fresh, now, deps.hoursOf) });
  return { kind: one.id === fresh.id ? 'opened' : 'before', one };
}

export type CaseChanged =
  | { readonly kind: 'changed'; readonly one: ContactCase; readonly before: ContactCase }
  /** Closed, deleted, or another person's. */
  | { readonly kind: 'gone' };

/** Changes a case of this holder. @throws DeskError `store.conflict` when it changes all the time. */
export function changeCase(
  deps: Pick<CaseDeps, 'store' | 'hoursOf' | 'now'>,
  id: string,
  holder: Pick<CaseHolder, 'channelId' | 'userId'>,
  change: CaseChange,
): Promise<CaseChanged> {
  return retryOnConflict(async () => {
    const before = await openCaseOf(deps.store, id, holder);
    if (!before) return { kind: 'gone' };
    const { one, attempt } = changed(before, change, deps.now(), deps.hoursOf);
    await deps.store.save(one, attempt);
    return { kind: 'changed', one, before };
  });
}

/** The open case of this person with this id. */
export async function openCaseOf(
  store: Pick<CaseStore, 'byId'>,
  id: string,
  { channelId, userId }: Pick<CaseHolder, 'channelId' | 'userId'>,
): Promise<ContactCase | undefined> {
  const one = await store.byId(id);
  const isOwn = one?.holder.channelId === channelId && one.holder.userId === userId;
  return isOwn && !one.closed ? one : undefined;
}
