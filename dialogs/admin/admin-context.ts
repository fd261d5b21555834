/** The shared data of all administration in the chat: one administrator's turn. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext } from '../../cards/kit/types.js';
import type { FailingSource } from '../../cards/admin/admin-menu-card.js';
import { type OwnerName, type PersonName, changeSaid } from '../../cards/admin/admin-words.js';
import type { FieldChange } from '../../core/directory/diff.js';
import { type Sentence, say } from '../../cards/kit/sentence.js';
import { fieldOf, tenantOf } from '../outages/outage-turn.js';
import { renderContext } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';
import type { AdminServices } from './admin-services.js';
import { ownerNames } from './admin-view.js';

/** Cards of administration belong to no question. */
const STEP = 'admin';

export interface AdminTurn {
  readonly services: DeskServices;
  readonly admin: AdminServices;
  readonly ctx: RenderContext;
  /** The administrator's stable id on the channel, for the record. */
  readonly actor: string;
  readonly now: number;
  /** The administrator's own Entra tenant in lower case; empty when the channel does not give it. */
  readonly tenantId: string;
  /** Sources whose last run failed. */
  readonly failing: readonly FailingSource[];
  /** One field of the form with the button. */
  readonly field: (name: string) => string;
}

export function adminTurn(
  context: TurnContext,
  services: DeskServices,
  admin: AdminServices,
  failing: readonly FailingSource[] = [],
): AdminTurn {
  return {
    services,
    admin,
    ctx: renderContext(turnOf(context), services, STEP),
    actor: context.activity.from.id,
    now: services.now(),
    tenantId: tenantOf(context),
    failing,
    field: (name) => fieldOf(context, name),
  };
}

/** Names of the people on record, and of offers and publishers. */
export async function namesFor(
  { services, admin }: AdminTurn,
  actors: readonly string[],
): Promise<{ readonly person: PersonName; readonly owner: OwnerName }> {
  return { person: await admin.people.namesOf(actors), owner: ownerNames(services.view().directory) };
}

/** The undone changes in one line: the first one, and the number of the others. */
export function undoneSaid(changes: readonly FieldChange[], owner: OwnerName, ctx: RenderContext): Sentence {
  const [first] = changes;
  const change = first ? changeSaid(first, owner, ctx) : say(ctx, 'admin.change.none');
  const key = changes.length > 1 ? 'admin.done.undone-more' : 'admin.done.undone';
  const count = changes.length - 1;
  return {
    card: ctx.text(key, { change: change.card, count }),
    plain: ctx.text(key, { change: change.plain, count }),
  };
}
