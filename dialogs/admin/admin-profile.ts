/** The partner profile in administration: show it, change it part by part, with history and undo. */
import type { RenderedCard } from '../../cards/kit/types.js';
import { type Sentence, say } from '../../cards/kit/sentence.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { actorName } from '../../cards/admin/admin-words.js';
import { MOST_ENTRIES, adminHistoryCard } from '../../cards/admin/admin-history-card.js';
import { adminPartCard, type PartFormData } from '../../cards/admin/admin-part-card.js';
import { AS_PROFILE } from '../../cards/admin/profile-input.js';
import { OVERRIDE_FIELD, adminProfileCard } from '../../cards/admin/admin-profile-card.js';
import { adminUndoCard } from '../../cards/admin/admin-notice-cards.js';
import { partFields, type PartFields, type ProfilePart } from '../../core/directory/profile-parts.js';
import { listOf } from '../../core/directory/profile-draft.js';
import {
  changeProfile,
  planProfileUndo,
  profileHistory,
  undoProfile,
  type ProfileChanged,
} from '../../core/services/directory/change-profile.js';
import { namesFor, undoneSaid, type AdminTurn } from './admin-context.js';
import { findOwners, ownerNames } from './admin-view.js';

const PROFILE = { verb: 'upkeep-profile' } as const;

/** The whole profile, and the result of the last action. */
export function profile({ services, ctx }: AdminTurn, note?: Sentence): RenderedCard {
  const owner = ownerNames(services.view().directory);
  return adminProfileCard({ profile: services.profile(), owner, ...(note && { note }) }, ctx);
}

/** The form of one part; with the input and its errors, when it is shown again. */
export function partForm(
  turn: AdminTurn,
  part: ProfilePart,
  again: Pick<PartFormData, 'typed' | 'problem'> = {},
): RenderedCard {
  const { services, ctx } = turn;
  const present = services.profile();
  if (!partFields(present, part)) return profile(turn, say(ctx, 'admin.done.look-again'));
  const owner = ownerNames(services.view().directory);
  return adminPartCard({ profile: present, part, owner, ...again }, ctx);
}

/** The form of the exceptions for the offer or publisher that the administrator names. */
export function newOverride(turn: AdminTurn): RenderedCard {
  const { keys, sure } = findOwners(turn.field(OVERRIDE_FIELD), turn.services.view());
  const [key] = keys;
  if (keys.length !== 1 || key === undefined || !sure)
    return profile(turn, say(turn.ctx, 'admin.done.no-such-offer'));
  return partForm(turn, { kind: 'override', id: key.replace(/^(offer|publisher):/, '') });
}

type PartClick = Extract<AdminAction, { verb: 'upkeep-part-save' | 'upkeep-part-clear' }>;

/** Saves one part of the profile; clearing an override removes all of its values. */
export async function changePart(turn: AdminTurn, { part, mark, verb }: PartClick): Promise<RenderedCard> {
  const { admin, actor, now, services } = turn;
  const names = Object.keys(partFields(services.profile(), part) ?? {});
  const fields = verb === 'upkeep-part-clear' ? {} : typedFields(turn, names);
  if (verb === 'upkeep-part-save' && leavesOwnTenant(turn, part, fields))
    return partForm(turn, part, { typed: fields, problem: { kind: 'own-tenant' } });
  const done = await changeProfile(admin.profile, { part, fields, expected: mark, actor, now });
  services.log.info('admin.profile', { outcome: done.kind, part: part.kind });
  await admin.refresh();
  return changed(turn, part, fields, done, verb === 'upkeep-part-clear' ? 'cleared' : 'corrected');
}

/** Without the own tenant in the profile, the administrator would no longer be staff, and could not undo the change. */
function leavesOwnTenant({ services, tenantId }: AdminTurn, part: ProfilePart, fields: PartFields): boolean {
  if (part.kind !== 'company' || tenantId === '') return false;
  const isNamed = (ids: readonly string[]) => ids.some((id) => id.toLowerCase() === tenantId);
  return isNamed(services.profile().tenantIds) && !isNamed(listOf(fields.tenantIds ?? ''));
}

function typedFields(turn: AdminTurn, names: readonly string[]): PartFields {
  return Object.fromEntries(
    names.map((name) => {
      const given = turn.field(name);
      return [name, given === AS_PROFILE ? '' : given] as const;
    }),
  );
}

async function changed(
  turn: AdminTurn,
  part: ProfilePart,
  typed: PartFields,
  done: ProfileChanged,
  well: 'corrected' | 'cleared',
): Promise<RenderedCard> {
  const { admin, ctx } = turn;
  switch (done.kind) {
    case 'changed':
      return profile(turn, say(ctx, `admin.done.${well}`));
    case 'same':
      return profile(turn, say(ctx, 'admin.done.same'));
    case 'bad':
      return partForm(turn, part, { typed, problem: { kind: 'bad', fields: done.fields } });
    case 'conflict': {
      const [last] = await admin.profile.history(1);
      const person = await admin.people.namesOf(last ? [last.actor] : []);
      return partForm(turn, part, {
        typed,
        problem: { kind: 'conflict', by: actorName(last?.actor ?? '', person, ctx) },
      });
    }
    case 'unknown':
      return profile(turn, say(ctx, 'admin.done.look-again'));
  }
}

/** The last saved versions, with their changes. */
export async function profileRecord(turn: AdminTurn): Promise<RenderedCard> {
  const told = await profileHistory(turn.admin.profile, MOST_ENTRIES);
  const names = await namesFor(
    turn,
    told.map(({ version }) => version.actor),
  );
  const data = {
    title: say(turn.ctx, 'admin.history.title', { name: turn.services.profile().name }),
    lines: told.map(({ version: { at, actor }, changes }) => ({ at, actor, changes })),
    names,
    undo: { verb: 'upkeep-profile-undo' },
    back: PROFILE,
  } as const;
  return adminHistoryCard(data, turn.ctx);
}

/** Asks before an undo of the last version. */
export async function askProfileUndo(turn: AdminTurn, late = false): Promise<RenderedCard> {
  const { admin, services, ctx } = turn;
  const plan = await planProfileUndo(admin.profile);
  if (!plan) return profile(turn, say(ctx, 'admin.done.nothing-to-undo'));
  const { version, actor, at } = plan.last;
  const data = {
    name: services.profile().name,
    at,
    actor,
    changes: plan.changes,
    names: await namesFor(turn, [actor]),
    yes: { verb: 'upkeep-profile-undo-yes', version },
    no: PROFILE,
    late,
  } as const;
  return adminUndoCard(data, ctx);
}

/** Undoes the last version, unless a newer version exists. */
export async function undoLastProfile(turn: AdminTurn, version: number): Promise<RenderedCard> {
  const { admin, actor, now, services, ctx } = turn;
  const done = await undoProfile(admin.profile, { expected: version, actor, now });
  services.log.info('admin.profile-undo', { outcome: done.kind });
  await admin.refresh();
  switch (done.kind) {
    case 'undone':
      return profile(turn, undoneSaid(done.changes, (await namesFor(turn, [])).owner, ctx));
    case 'nothing':
      return profile(turn, say(ctx, 'admin.done.nothing-to-undo'));
    case 'conflict':
      return askProfileUndo(turn, true);
  }
}
