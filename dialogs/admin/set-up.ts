/** Answers a turn while the desk has no partner profile. An administrator can make the profile in the chat. */
import type { TurnContext } from 'botbuilder-core';
import {
  notSetUpCard,
  profileFormCard,
  profileMade,
  setUpCard,
  type ProfileFormData,
} from '../../cards/admin/set-up-cards.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { listOf, QUESTIONS, type ProfileAnswers } from '../../core/directory/profile-draft.js';
import type { SetUp } from '../../core/directory/profile.js';
import { createProfile } from '../../core/services/directory/change-profile.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { turnOf } from '../shared/turn.js';
import { adminTurn, type AdminTurn } from './admin-context.js';
import { profile } from './admin-profile.js';

/** Sends the set-up card to an administrator alone with the bot; sends all others the notice with a reference. */
export async function answerSetUp(context: TurnContext, services: DeskServices, setUp: SetUp): Promise<void> {
  const { admin } = services;
  const turn = turnOf(context);
  const ctx = renderContext(turn, services, '');
  if (!admin || !maySetUp(context)) {
    await say(context, notSetUpCard({ reference: turnedAway(services) }, ctx));
    return;
  }
  await respond(context, await step(context, adminTurn(context, services, admin), setUp), { lasting: true });
}

/** True for an administrator alone with the bot. */
export function maySetUp(context: TurnContext): boolean {
  const { admin, scope } = turnOf(context);
  return admin && scope === 'personal';
}

async function step(context: TurnContext, turn: AdminTurn, setUp: SetUp): Promise<RenderedCard> {
  const { input } = turnOf(context);
  const verb = input.kind === 'click' ? input.action.verb : undefined;
  // The administrator's own tenant is the usual one, and it keeps the administrator among the staff.
  if (verb === 'set-up-form')
    return profileFormCard({ typed: { tier1: 'partner', tenant: turn.tenantId } }, turn.ctx);
  return verb === 'set-up-create' ? create(context, turn, setUp) : setUpCard(setUp, turn.ctx);
}

async function create(context: TurnContext, turn: AdminTurn, { needs }: SetUp): Promise<RenderedCard> {
  const { admin, actor, now, services, tenantId, ctx } = turn;
  const answers: ProfileAnswers = Object.fromEntries(
    QUESTIONS.map(({ key }) => [key, turn.field(key).trim()] as const).filter(([, value]) => value !== ''),
  );
  const again = (problem: ProfileFormData['problem']) => profileFormCard({ typed: answers, problem }, ctx);
  const named = listOf(answers.tenant ?? '').map((one) => one.toLowerCase());
  if (named.length > 0 && tenantId !== '' && !named.includes(tenantId)) return again({ kind: 'own-tenant' });
  const done = await createProfile(admin.profile, { answers, actor, now });
  services.log.info('admin.profile-created', { outcome: done.kind });
  if (done.kind === 'bad') return again(done);
  await Promise.all([admin.refresh(), admin.people.remember(actor, context.activity.from.name ?? '')]);
  if (done.kind === 'exists') return profile(turn);
  return profile(turn, profileMade({ noDirectory: needs.includes('directory') }, ctx));
}

/** A new reference, which the log has too. */
export function turnedAway({ newReference, log }: DeskServices): string {
  const reference = newReference();
  log.warn('set-up.turned-away', { reference });
  return reference;
}
