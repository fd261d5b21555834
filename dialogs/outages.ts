/** Everything about outages in the chat: following, peace, and what staff do to an incident on its card. */
import { randomUUID } from 'node:crypto';
import type { TurnContext } from 'botbuilder-core';
import { FIELDS, SILENCE_HOURS } from '../cards/outage-buttons.js';
import type { OutageAction, OutageTopic, RenderContext, RenderedCard } from '../cards/types.js';
import { outageCard } from '../cards/views/outage-card.js';
import { MENU_FIELDS, outageMenuCard } from '../cards/views/outage-menu-card.js';
import { acknowledge, addNote, release, type Acted } from '../core/incident/acts.js';
import type { Subscription } from '../core/incident/audience.js';
import { minutesOf } from '../core/incident/quiet.js';
import type { Incident } from '../core/incident/types.js';
import { actOnIncident, replanOpen } from '../core/services/change-incident.js';
import { reportOutage } from '../core/services/report-outage.js';
import { offerNamed } from './outage-offers.js';
import type { OutageServices } from './outage-services.js';
import { fieldOf, readerOf, tenantOf } from './outage-turn.js';
import { directoryNames, followedTopic, outageData } from './outage-view.js';
import { outageCommandOf, type OutageCommand } from './outage-words.js';
import { renderContext } from './say.js';
import type { DeskServices } from './services.js';
import { respond } from './side-response.js';
import { turnOf } from './turn.js';

/** Outage cards belong to no question. */
const STEP = 'outage';
const DAY_MINUTES_OVERRIDE = 'critical';

/** Handles the turn when it is about outages; false leaves it to the question. Customers have no outage commands. */
export async function answerOutage(context: TurnContext, services: DeskServices): Promise<boolean> {
  const { outages } = services;
  const { heard, asker } = turnOf(context);
  if (!outages) return false;
  const action = heard.kind === 'click' ? outageActionOf(heard.action) : undefined;
  const command = heard.kind === 'text' && asker === 'partner' ? outageCommandOf(heard.text) : undefined;
  if (!action && !command) return false;
  const chat = new OutageChat(context, services, outages);
  const card =
    asker !== 'partner'
      ? await chat.menu('staff-only', false)
      : action
        ? await chat.click(action)
        : command && (await chat.write(command));
  if (!card) return false;
  await respond(context, card);
  return true;
}

function outageActionOf(action: { readonly verb: string }): OutageAction | undefined {
  return action.verb.startsWith('outage-') ? (action as OutageAction) : undefined;
}

class OutageChat {
  private readonly ctx: RenderContext;
  private readonly by: string;

  constructor(
    private readonly context: TurnContext,
    private readonly services: DeskServices,
    private readonly outages: OutageServices,
  ) {
    this.ctx = renderContext(turnOf(context), services, STEP);
    this.by = context.activity.from.id;
  }

  async write(command: OutageCommand): Promise<RenderedCard> {
    switch (command.kind) {
      case 'menu':
        return this.menu();
      case 'stop':
        return this.pause(true);
      case 'start':
        return this.pause(false);
      case 'follow':
      case 'unfollow': {
        const topic = this.topicNamed(command.name);
        if (!topic) return this.menu('unknown-offer');
        return command.kind === 'follow' ? this.follow(topic) : this.unfollow(topic);
      }
    }
  }

  async click(action: OutageAction): Promise<RenderedCard> {
    switch (action.verb) {
      case 'outage-acknowledge':
        return this.act(action.incidentId, (one, now) => acknowledge(one, this.by, now));
      case 'outage-note':
        return this.act(action.incidentId, (one, now) =>
          addNote(one, this.by, fieldOf(this.context, FIELDS.note), now),
        );
      case 'outage-release':
        return this.act(action.incidentId, (one, now) => release(one, this.by, now));
      case 'outage-silence':
        return this.silence(action.incidentId);
      case 'outage-show':
      case 'outage-report':
        return this.show(action.incidentId);
      case 'outage-subscribe':
        return this.follow(action.topic);
      case 'outage-unsubscribe':
        return this.unfollow(action.topic);
      case 'outage-pause':
        return this.pause(action.on);
      case 'outage-quiet':
        return this.quiet();
      case 'outage-create':
        return this.create();
      case 'outage-list':
        return this.menu();
    }
  }

  async menu(done?: string, withOpen = true): Promise<RenderedCard> {
    const { desk, readers } = this.outages;
    const reader = withOpen ? await readers.byId(readerOf(this.context).id) : undefined;
    const open = withOpen ? await desk.incidents.open() : [];
    return outageMenuCard({ open, reader, names: directoryNames(this.services.view()), done }, this.ctx);
  }

  private async act(id: string, act: (incident: Incident, now: number) => Acted): Promise<RenderedCard> {
    const { desk, people } = this.outages;
    await people.remember(this.by, this.context.activity.from.name ?? '');
    const acted = await actOnIncident(desk, id, (incident) => act(incident, desk.now()));
    return acted ? this.card(acted.incident) : this.menu('gone');
  }

  private async show(id: string): Promise<RenderedCard> {
    const incident = await this.outages.desk.incidents.byId(id);
    return incident ? this.card(incident) : this.menu('gone');
  }

  private async card(incident: Incident): Promise<RenderedCard> {
    const turn = turnOf(this.context);
    const about = readerOf(this.context);
    const reader = await this.outages.readers.byId(about.id);
    const person = await this.outages.people.namesOf(incident.acts.map((act) => act.by));
    const topic = followedTopic(incident, reader?.subscriptions ?? [], this.services);
    const data = outageData(incident, this.services, {
      asker: turn.asker,
      shared: turn.place !== 'personal',
      subscribed: topic !== undefined && reader?.optedOut === false,
      topic,
      zone: about.zone,
      person,
      actions: true,
    });
    return outageCard(data, this.ctx);
  }

  private async follow(topic: OutageTopic): Promise<RenderedCard> {
    const { readers, desk } = this.outages;
    const about = readerOf(this.context);
    const now = desk.now();
    await readers.know(about, now);
    await readers.setOptedOut(about.id, false, now);
    await readers.subscribe(about.id, { what: whatOf(topic), from: 'minor', by: 'reader' }, now);
    await replanOpen(desk);
    return this.menu('following');
  }

  private async unfollow(topic: OutageTopic): Promise<RenderedCard> {
    const { readers, desk } = this.outages;
    await readers.unsubscribe(readerOf(this.context).id, whatOf(topic), desk.now());
    return this.menu('unfollowed');
  }

  private async pause(on: boolean): Promise<RenderedCard> {
    const { readers, desk } = this.outages;
    const about = readerOf(this.context);
    await readers.know(about, desk.now());
    await readers.setOptedOut(about.id, on, desk.now());
    await replanOpen(desk);
    return this.menu(on ? 'stopped' : 'resumed');
  }

  private async quiet(): Promise<RenderedCard> {
    const { readers, desk } = this.outages;
    const from = minutesOf(fieldOf(this.context, MENU_FIELDS.from));
    const to = minutesOf(fieldOf(this.context, MENU_FIELDS.to));
    if (from === undefined || to === undefined) return this.menu('bad-times');
    const about = readerOf(this.context);
    await readers.know(about, desk.now());
    const hours = { zone: about.zone, from, to, days: [], override: DAY_MINUTES_OVERRIDE } as const;
    await readers.setQuiet(about.id, from === to ? null : hours, desk.now());
    return this.menu('quiet');
  }

  private async silence(incidentId: string): Promise<RenderedCard> {
    const { silences, readers, desk } = this.outages;
    const reason = fieldOf(this.context, FIELDS.reason);
    if (reason === '') return this.menu('no-reason');
    const hours =
      SILENCE_HOURS.find((one) => String(one) === fieldOf(this.context, FIELDS.hours)) ?? SILENCE_HOURS[0];
    const about = readerOf(this.context);
    await readers.know(about, desk.now());
    await silences.add({
      id: randomUUID(),
      readerId: about.id,
      tenantId: tenantOf(this.context),
      what: { kind: 'incident', incidentId },
      reason,
      by: this.by,
      until: desk.now() + hours * 3_600_000,
    });
    return this.menu('silenced');
  }

  /** An outage reported by hand; whoever reports it has asked for its release. */
  private async create(): Promise<RenderedCard> {
    const { desk, people } = this.outages;
    const title = fieldOf(this.context, MENU_FIELDS.title);
    if (title === '') return this.menu('no-title');
    const topic = this.topicNamed(fieldOf(this.context, MENU_FIELDS.offer));
    if (!topic || topic.kind === 'everything') return this.menu('unknown-offer');
    await people.remember(this.by, this.context.activity.from.name ?? '');
    const severity = fieldOf(this.context, MENU_FIELDS.severity);
    await reportOutage(desk, { title, topic, severity, by: this.by });
    return this.menu('reported');
  }

  private topicNamed(name: string): OutageTopic | undefined {
    return offerNamed(name, this.services.view());
  }
}

function whatOf(topic: OutageTopic): Subscription['what'] {
  switch (topic.kind) {
    case 'offer':
      return { kind: 'offer', offerId: topic.id };
    case 'publisher':
      return { kind: 'publisher', publisherId: topic.id };
    case 'everything':
      return { kind: 'everything' };
  }
}
