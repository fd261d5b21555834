/** Administration of the directory and the profile: for administrators alone with the bot, checked at every click. */
import type { TurnContext } from 'botbuilder-core';
import { isActionOf, type AdminAction } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { doctorCard } from '../../cards/admin/set-up-cards.js';
import { FIND_FIELD } from '../../cards/admin/admin-menu-card.js';
import { adminRefusedCard, type AdminRefusedData } from '../../cards/admin/admin-notice-cards.js';
import type { DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { turnOf, type Turn } from '../shared/turn.js';
import { alias, contactForm, correct, correctOwn, find, menu, ownForm, sheet } from './admin-contacts.js';
import { adminTurn, type AdminTurn } from './admin-context.js';
import type { AdminServices } from './admin-services.js';
import {
  askProfileUndo,
  changePart,
  newOverride,
  partForm,
  profile,
  profileRecord,
  undoLastProfile,
} from './admin-profile.js';
import { askUndo, history, undo } from './admin-history.js';
import { clickLearning, type LearningClick } from './admin-learning.js';
import { findOwners } from './admin-view.js';
import { adminCommandOf, type AdminCommand } from './admin-words.js';

/**
 * Handles a turn about administration; false leaves the turn to the next handler. Customers have no commands for it.
 */
export async function answerAdmin(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { admin } = services;
  if (!admin) return false;
  const turn = turnOf(context);
  const { input } = turn;
  const action = input.kind === 'click' && isActionOf(input.action, 'admin') ? input.action : undefined;
  const command = input.kind === 'text' ? commandOf(turn, input.text, services) : undefined;
  if (!action && !command) return false;
  const why = refusal(turn);
  if (why) {
    services.log.info('admin.refused', { why });
    await respond(context, adminRefusedCard({ why }, adminTurn(context, services, admin).ctx));
    return true;
  }
  const card = await administer(context, services, admin, action ?? command);
  await respond(context, card, { lasting: true });
  return true;
}

async function administer(
  context: TurnContext,
  services: DeskServices,
  admin: AdminServices,
  asked: AdminAction | AdminCommand | undefined,
): Promise<RenderedCard> {
  const { id, name } = context.activity.from;
  const [failing] = await Promise.all([
    admin.failingSources(),
    admin.people.remember(id, name ?? ''),
    admin.refresh(),
  ]);
  const turn = adminTurn(context, services, admin, failing);
  if (asked === undefined) return menu(turn);
  return 'verb' in asked ? click(turn, asked) : write(turn, asked);
}

/** "Edit" and "admin" also begin questions. With a known name they are a command, and only for administrators. */
function commandOf(turn: Turn, text: string, services: DeskServices): AdminCommand | undefined {
  const command = turn.asker === 'partner' ? adminCommandOf(text) : undefined;
  if (command?.kind !== 'find') return command;
  return turn.admin && findOwners(command.name, services.view()).sure ? command : undefined;
}

/** Why this person cannot do it here and now. The data on the card does not count as proof. */
function refusal({ admin, adminUnsure, scope }: Turn): AdminRefusedData['why'] | undefined {
  if (!admin) return adminUnsure ? 'admin-unsure' : 'not-admin';
  return scope === 'personal' ? undefined : 'private-only';
}

function write(turn: AdminTurn, command: AdminCommand): Promise<RenderedCard> | RenderedCard {
  switch (command.kind) {
    case 'menu':
      return menu(turn);
    case 'profile':
      return profile(turn);
    case 'find':
      return find(turn, command.name);
  }
}

function click(turn: AdminTurn, action: AdminAction): Promise<RenderedCard> | RenderedCard {
  switch (action.verb) {
    case 'upkeep-menu':
      return menu(turn);
    case 'upkeep-find':
      return find(turn, turn.field(FIND_FIELD));
    // A card from the time before the desk had a profile.
    case 'set-up-menu':
    case 'set-up-form':
    case 'set-up-create':
      return profile(turn);
    case 'upkeep-doctor':
      return examined(turn);
    case 'upkeep-open':
      return sheet(turn, action.key);
    case 'upkeep-form':
      return contactForm(turn, action.key, action.kind);
    case 'upkeep-save':
    case 'upkeep-verify':
    case 'upkeep-dead':
      return correct(turn, action);
    case 'upkeep-own':
      return ownForm(turn, action.key);
    case 'upkeep-own-save':
      return correctOwn(turn, action);
    case 'upkeep-alias':
      return alias(turn, action.key);
    case 'upkeep-history':
      return history(turn, action.key);
    case 'upkeep-undo':
      return askUndo(turn, action.key);
    case 'upkeep-undo-yes':
      return undo(turn, action);
    default:
      return clickElsewhere(turn, action);
  }
}

function clickElsewhere(
  turn: AdminTurn,
  action: ProfileClick | LearningClick,
): Promise<RenderedCard> | RenderedCard {
  switch (action.verb) {
    case 'upkeep-review':
    case 'upkeep-try':
    case 'upkeep-learn':
    case 'upkeep-learned':
    case 'upkeep-unlearn':
      return clickLearning(turn, action);
    default:
      return clickProfile(turn, action);
  }
}

async function examined(turn: AdminTurn): Promise<RenderedCard> {
  const { examine } = turn.admin;
  return examine ? doctorCard({ findings: await examine() }, turn.ctx) : menu(turn);
}

type ProfileClick = Extract<
  AdminAction,
  { verb: `upkeep-pro${string}` | `upkeep-part${string}` | 'upkeep-override' }
>;

function clickProfile(turn: AdminTurn, action: ProfileClick): Promise<RenderedCard> | RenderedCard {
  switch (action.verb) {
    case 'upkeep-profile':
      return profile(turn);
    case 'upkeep-part':
      return partForm(turn, action.part);
    case 'upkeep-part-save':
    case 'upkeep-part-clear':
      return changePart(turn, action);
    case 'upkeep-override':
      return newOverride(turn);
    case 'upkeep-profile-history':
      return profileRecord(turn);
    case 'upkeep-profile-undo':
      return askProfileUndo(turn);
    case 'upkeep-profile-undo-yes':
      return undoLastProfile(turn, action.version);
  }
}
