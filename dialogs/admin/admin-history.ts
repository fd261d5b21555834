/** History and undo of an offer or publisher in the upkeep. */
import type { RenderedCard } from '../../cards/kit/types.js';
import { say } from '../../cards/kit/sentence.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { MOST_ENTRIES, upkeepHistoryCard } from '../../cards/admin/admin-history-card.js';
import { upkeepUndoCard } from '../../cards/admin/admin-undo-card.js';
import { historyOf } from '../../core/directory/history.js';
import { planUndo, undoChange } from '../../core/services/directory/undo-change.js';
import { menu, sheet } from './admin-contacts.js';
import { namesFor, undoneSaid, type UpkeepTurn } from './admin-context.js';
import { ownerOf, thingOf } from './admin-view.js';

/** Changes read for the card: those that changed nothing people see may stand between. */
const READ = 40;

/** Who changed what, when and from which source. */
export async function history(turn: UpkeepTurn, key: string): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  if (!owner) return menu(turn, 'unknown');
  const { directory } = turn.upkeep;
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
    title: say(turn.ctx, 'upkeep.history.title', { name: thingOf(owner).name }),
    lines: told.map(({ entry: { at, actor, source }, changes }) => ({ at, actor, source, changes })),
    names,
    undo: { verb: 'upkeep-undo', key },
    back: { verb: 'upkeep-open', key },
  } as const;
  return upkeepHistoryCard(data, turn.ctx);
}

/** Asks before the last change is taken back. */
export async function askUndo(turn: UpkeepTurn, key: string, late = false): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  const plan = await planUndo(turn.upkeep.directory, key);
  if (!owner) return menu(turn, 'unknown');
  if (!plan) return sheet(turn, key, say(turn.ctx, 'upkeep.done.nothing-to-undo'));
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
  return upkeepUndoCard(data, turn.ctx);
}

/** Takes it back, unless something came after what was shown. */
export async function undo(
  turn: UpkeepTurn,
  { key, version }: Extract<AdminAction, { verb: 'upkeep-undo-yes' }>,
): Promise<RenderedCard> {
  const { upkeep, actor, now, services, ctx } = turn;
  const done = await undoChange(upkeep.directory, { key, expected: version, actor, now });
  services.log.info('upkeep.undo', { outcome: done.kind });
  await upkeep.refresh();
  switch (done.kind) {
    case 'undone':
      return sheet(turn, key, undoneSaid(done.changes, (await namesFor(turn, [])).owner, ctx));
    case 'nothing':
      return sheet(turn, key, say(ctx, 'upkeep.done.nothing-to-undo'));
    case 'conflict':
      return askUndo(turn, key, true);
  }
}
