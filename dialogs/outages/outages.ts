/** Outages in the chat: recognises their turns and answers them. */
import type { TurnContext } from 'botbuilder-core';
import { isActionOf, type OutageAction } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { actOn, join, openByHand, split } from './outage-acts.js';
import { digestPage, incidentCard, menuCard, openTalk, refusalCard, type OutageTalk } from './outage-talk.js';
import * as wishes from './outage-wishes.js';
import { outageCommandOf, type OutageCommand } from './outage-words.js';
import type { DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { turnOf } from '../shared/turn.js';

/** Handles a turn about outages; false leaves the turn to the question. Customers have no outage commands. */
export async function answerOutage(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { outages } = services;
  const { input, asker } = turnOf(context);
  if (!outages) return false;
  const action = input.kind === 'click' && isActionOf(input.action, 'outage') ? input.action : undefined;
  const command = input.kind === 'text' && asker === 'partner' ? outageCommandOf(input.text) : undefined;
  if (!action && !command) return false;
  const talk = openTalk(context, services, outages);
  await respond(context, await answered(talk, asker === 'partner', action, command));
  return true;
}

async function answered(
  talk: OutageTalk,
  staff: boolean,
  action: OutageAction | undefined,
  command: OutageCommand | undefined,
): Promise<RenderedCard> {
  if (!staff) return refusalCard(talk);
  if (action) return clicked(talk, action);
  return command ? written(talk, command) : menuCard(talk);
}

async function written(talk: OutageTalk, command: OutageCommand): Promise<RenderedCard> {
  switch (command.kind) {
    case 'menu':
      return menuCard(talk);
    case 'stop':
      return wishes.pause(talk, true);
    case 'start':
      return wishes.pause(talk, false);
    case 'follow':
      return wishes.followNamed(talk, command.name, command.from);
    case 'unfollow':
      return wishes.unfollowNamed(talk, command.name);
    case 'weekly':
      return wishes.weekly(talk, command.on);
  }
}

function clicked(talk: OutageTalk, action: OutageAction): Promise<RenderedCard> {
  switch (action.verb) {
    case 'outage-acknowledge':
    case 'outage-note':
    case 'outage-confirm':
    case 'outage-dismiss':
    case 'outage-release':
    case 'outage-close':
      return actOn(talk, action.verb, action.incidentId);
    case 'outage-join':
      return join(talk, action.incidentId);
    case 'outage-split':
      return split(talk, action.incidentId);
    case 'outage-show':
    case 'outage-report':
      return shown(talk, action.incidentId);
    case 'outage-create':
      return openByHand(talk);
    case 'outage-list':
      return menuCard(talk, undefined, undefined, {
        from: action.from,
        follows: action.follows,
        silences: action.silences,
      });
    case 'outage-digest':
      return digestPage(talk, action.incidentIds);
    default:
      return wished(talk, action);
  }
}

type Wish = Extract<
  OutageAction,
  {
    verb: `outage-${'subscribe' | 'unsubscribe' | 'follow' | 'leave' | 'pause' | 'quiet' | 'awake' | 'silence' | 'unsilence' | 'mute' | 'unmute' | 'weekly'}`;
  }
>;

async function wished(talk: OutageTalk, action: Wish): Promise<RenderedCard> {
  switch (action.verb) {
    case 'outage-subscribe':
      return shown(
        talk,
        action.incidentId,
        (await wishes.follow(talk, action.topic, action.from)) ? 'following' : 'teams-only',
      );
    case 'outage-unsubscribe':
      await wishes.unfollow(talk, action.topic);
      return shown(talk, action.incidentId, 'unfollowed');
    case 'outage-follow':
      return wishes.followForm(talk);
    case 'outage-leave':
      return wishes.leave(talk);
    case 'outage-pause':
      return wishes.pause(talk, action.on);
    case 'outage-quiet':
      return wishes.quiet(talk);
    case 'outage-awake':
      return wishes.awake(talk);
    case 'outage-silence':
      return wishes.silence(talk, action.incidentId);
    case 'outage-unsilence':
      return wishes.unsilence(talk, action.silenceId, action.incidentId);
    case 'outage-mute':
      return wishes.mute(talk);
    case 'outage-unmute':
      return wishes.unmute(talk);
    case 'outage-weekly':
      return wishes.weekly(talk, action.on);
  }
}

async function shown(talk: OutageTalk, incidentId: string | undefined, done?: string): Promise<RenderedCard> {
  if (incidentId === undefined) return menuCard(talk, done);
  return incidentCard(talk, await talk.outages.receiveDeps.incidents.byId(incidentId), done);
}
