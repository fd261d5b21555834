/** History and undo of an offer or publisher in administration. */
import type { RenderedCard } from '../../cards/kit/types.js';
import { say } from '../../cards/kit/sentence.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { MOST_ENTRIES, adminHistoryCard } from '../../cards/admin/admin-history-card.js';
import { adminUndoCard } from '../../cards/admin/admin-notice-cards.js';
import { historyOf } from '../../core/directory/history.js';
import { planUndo, undoChange } from '../../core/services/directory/undo-change.js';
import { menu, sheet } from './admin-contacts.js';
import { namesFor, undoneSaid, type AdminTurn } from './admin-context.js';
import { ownerOf, thingOf } from './admin-view.js';

/** Changes to read for the card: more than it shows, because some changed nothing visible. */
const READ = 40;

/** Who changed what, when and from which source. */
export async function history(turn: AdminTurn, key: string): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  if (!owner) return menu(turn, 'unknown');
  const { directory } = turn.admin;
  const { version, sources } = await directory.rowsAbout(key);
  const entries = await directory.audit({ key, limit: READ });
  const told = historyOf(
    sources,
    entries.filter((entry) => entry.version <= version),
  )
    .filter(({ changes }) => changes.length > 0)
    .slice(0, MOST_ENTRIES);
  const names = await namesFor(
    turn,
    told.map(({ entry }) => entry.actor),
  );
  const data = {
    title: say(turn.ctx, 'admin.history.title', { name: thingOf(owner).name }),
    lines: told.map(({ entry: { at, actor, source }, changes }) => ({ at, actor, source, changes })),
    names,
    undo: { verb: 'upkeep-undo', key },
    back: { verb: 'upkeep-open', key },
  } as const;
  return adminHistoryCard(data, turn.ctx);
}

/** Asks before an undo of the last change. */
export async function askUndo(turn: AdminTurn, key: string, late = false): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  const plan = await planUndo(turn.admin.directory, key);
  if (!owner) return menu(turn, 'unknown');
  if (!plan) return sheet(turn, key, say(turn.ctx, 'admin.done.nothing-to-undo'));
  const { entry, changes } = plan;
  const data = {
    name: thingOf(owner).name,
    at: entry.at,
    actor: entry.actor,
    changes,
    names: await namesFor(turn, [entry.actor]),
    yes: { verb: 'upkeep-undo-yes', key, version: entry.version },
    no: { verb: 'upkeep-open', key },
    late,
  } as const;
  return adminUndoCard(data, turn.ctx);
}

/** Undoes the change, unless a newer change exists. */
export async function undo(
  turn: AdminTurn,
  { key, version }: Extract<AdminAction, { verb: 'upkeep-undo-yes' }>,
): Promise<RenderedCard> {
  const { admin, actor, now, services, ctx } = turn;
  const done = await undoChange(admin.directory, { key, expected: version, actor, now });
  services.log.info('admin.undo', { outcome: done.kind });
  await admin.refresh();
  switch (done.kind) {
    case 'undone':
      return sheet(turn, key, undoneSaid(done.changes, (await namesFor(turn, [])).owner, ctx));
    case 'nothing':
      return sheet(turn, key, say(ctx, 'admin.done.nothing-to-undo'));
    case 'conflict':
      return askUndo(turn, key, true);
  }
}
