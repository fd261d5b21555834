/** Undoes the last change of an administrator to an offer or publisher. A second undo restores the change. */
import { ADMIN_SOURCE } from '../../directory/correction.js';
import type { FieldChange } from '../../directory/diff.js';
import { changesBetween, effectiveRow, withRow } from '../../directory/history.js';
import type { AuditEntry, KeptDirectory } from '../../ports.js';
import { ALIAS_SOURCE } from './alias.js';
import { retryOnConflict } from '../retry-on-conflict.js';

/** The effect of an undo. */
export interface UndoPlan {
  /** The recorded change to undo. */
  readonly entry: AuditEntry;
  readonly changes: readonly FieldChange[];
}

export type Undone =
  | ({ readonly kind: 'undone' } & UndoPlan)
  /** No administrator has changed it. */
  | { readonly kind: 'nothing' }
  /** Somebody changed it after the plan was shown. */
  | { readonly kind: 'conflict' };

export interface UndoRequest {
  /** `offer:<id>` or `publisher:<id>` */
  readonly key: string;
  /** Version of the change that was shown; without it, the last change counts. */
  readonly expected?: number;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The number of a key's changes in which to look for an administrator's last one; syncs come between. */
const LOOKED_THROUGH = 200;
const OWN_SOURCES: readonly string[] = [ADMIN_SOURCE, ALIAS_SOURCE];

/** The change to undo, and the effect of the undo; undefined when there is none. */
export async function planUndo(
  store: Pick<KeptDirectory, 'audit' | 'rowsAbout'>,
  key: string,
): Promise<UndoPlan | undefined> {
  const entries = await store.audit({ key, limit: LOOKED_THROUGH });
  const entry = entries.find(({ source }) => OWN_SOURCES.includes(source));
  if (!entry) return undefined;
  const { sources } = await store.rowsAbout(key);
  const undone = withRow(sources, entry.source, entry.before);
  return { entry, changes: changesBetween(effectiveRow(sources), effectiveRow(undone)) };
}

/** Undoes the change, as a new recorded change. */
export async function undoChange(store: KeptDirectory, request: UndoRequest): Promise<Undone> {
  const { key, actor, now: at } = request;
  let seen = request.expected;
  return retryOnConflict(async () => {
    const ifVersion = await store.version();
    const plan = await planUndo(store, key);
    if (!plan) return { kind: 'nothing' };
    const { source, before, version } = plan.entry;
    seen ??= version;
    if (seen !== version) return { kind: 'conflict' };
    const change = before ? { upserts: [before], removals: [] } : { upserts: [], removals: [key] };
    await store.commit({ source, actor, at, ...change, ifVersion });
    return { kind: 'undone', ...plan };
  });
}
