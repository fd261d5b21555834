/** Compares a source's new rows with its stored rows: which to add, change and remove, and whether that is too much. */
import { allAtOnce, sliceEach, type Slices } from '../time-slices.js';
import { diffRows, sameRow, type FieldChange } from './diff.js';
import type { DirectoryRow } from './types.js';

/** `full`: the source names all its rows, so missing rows are removed. `delta`: the source names only changed rows. */
export type ReconcileMode = 'full' | 'delta';

/** A new row of the source. */
export interface IncomingRow {
  readonly row: DirectoryRow;
  /** A publisher that only its offers mention. A delta never removes data from such a row of a known publisher. */
  readonly implied?: boolean;
}

export interface ReconcileInput {
  readonly mode: ReconcileMode;
  /** The source's stored rows, by key. */
  readonly owned: ReadonlyMap<string, DirectoryRow>;
  readonly incoming: readonly IncomingRow[];
  /** Keys that the source has removed; a delta removes only these. */
  readonly removed?: readonly string[];
  /** Keys whose new row could not be read: their stored rows stay. */
  readonly held?: ReadonlySet<string>;
  /** True when the key of a row was unreadable: then no row counts as missing. */
  readonly holdRemovals?: boolean;
  readonly allowRemovals?: boolean;
}

export interface RowChange {
  readonly before: DirectoryRow;
  readonly after: DirectoryRow;
  readonly fields: readonly FieldChange[];
}

export interface Reconciled {
  readonly kind: 'reconciled';
  readonly adds: readonly DirectoryRow[];
  readonly changes: readonly RowChange[];
  readonly removals: readonly DirectoryRow[];
  readonly unchanged: number;
}

/** The change would remove too much: it needs the operator's consent. */
export interface TooManyRemovals {
  readonly kind: 'too-many-removals';
  readonly wouldRemove: readonly DirectoryRow[];
  readonly owned: number;
}

/** A source may lose this share of its rows in one run without consent. */
export const REMOVAL_LIMIT = 0.2;

/** Reconciles one source, without the rows of other sources. `incoming` has each key at most once. */
export function reconcile(input: ReconcileInput): Reconciled | TooManyRemovals {
  return allAtOnce(reconcileSlices(input));
}

/** Like `reconcile`, in steps, so that the process can do other work between. */
export function* reconcileSlices(input: ReconcileInput): Slices<Reconciled | TooManyRemovals> {
  const adds: DirectoryRow[] = [];
  const changes: RowChange[] = [];
  let unchanged = 0;
  yield* sliceEach(input.incoming, ({ row: given, implied }) => {
    const before = input.owned.get(given.key);
    const row = before && implied && input.mode === 'delta' ? withMentioned(before, given) : given;
    if (!before) adds.push(row);
    else if (sameRow(before, row)) unchanged += 1;
    else changes.push({ before, after: row, fields: diffRows(before, row) });
  });
  const removals = removalsOf(input);
  if (!input.allowRemovals && tooMany(removals, input.owned)) {
    return { kind: 'too-many-removals', wouldRemove: removals, owned: input.owned.size };
  }
  return { kind: 'reconciled', adds, changes, removals, unchanged };
}

function removalsOf(input: ReconcileInput): DirectoryRow[] {
  const named = new Set(input.incoming.map(({ row }) => row.key));
  const said = new Set(input.removed ?? []);
  const gone = (key: string) =>
    said.has(key) || (input.mode === 'full' && !input.holdRemovals && !input.held?.has(key));
  const removals: DirectoryRow[] = [];
  for (const [key, row] of input.owned) if (!named.has(key) && gone(key)) removals.push(row);
  return removals;
}

/** Counts offers and publishers separately, so that many of one kind never hide a loss of the other. */
function tooMany(removals: readonly DirectoryRow[], owned: ReadonlyMap<string, DirectoryRow>): boolean {
  if (removals.length === 0) return false;
  const [gone, had] = [countKinds(removals), countKinds(owned.values())];
  return gone.offer > REMOVAL_LIMIT * had.offer || gone.publisher > REMOVAL_LIMIT * had.publisher;
}

function countKinds(rows: Iterable<DirectoryRow>): Record<DirectoryRow['kind'], number> {
  const counts = { offer: 0, publisher: 0 };
  for (const row of rows) counts[row.kind] += 1;
  return counts;
}

/** Lays a delta's publisher data from offers over the stored data; the rest of the stored data stays. */
function withMentioned(known: DirectoryRow, mentioned: DirectoryRow): DirectoryRow {
  if (known.kind !== 'publisher' || mentioned.kind !== 'publisher') return mentioned;
  const { contacts, links, name, id } = mentioned.publisher;
  const kept = known.publisher.contacts.filter(
    (old) => !contacts.some((contact) => contact.kind === old.kind),
  );
  const publisher = {
    ...known.publisher,
    name: name === id ? known.publisher.name : name,
    links: { ...known.publisher.links, ...links },
    contacts: [...contacts, ...kept].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]),
  };
  return { kind: 'publisher', key: known.key, publisher };
}
const ORDER = { 'customer-support': 0, engineering: 1, 'csp-program': 2 } as const;
