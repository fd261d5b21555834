/** The staff's actions on an incident: acknowledge, note, confirm, dismiss, release, close, join, split, and report one. */
import { FIELDS } from '../../cards/outages/outage-buttons.js';
import { MENU_FIELDS } from '../../cards/outages/outage-menu-forms.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import {
  acknowledge,
  addNote,
  close,
  confirm,
  dismiss,
  release,
  type Acted,
} from '../../core/incident/acts.js';
import type { Incident } from '../../core/incident/types.js';
import { actOnIncident, endIncident } from '../../core/services/outages/change-incident.js';
import { joinById, splitById, type Joined } from '../../core/services/outages/join-incidents.js';
import { openManualOutage } from '../../core/services/outages/manual-outage.js';
import { lookUpInSlices } from '../shared/time-slices.js';
import { topicNamed, unclear } from './outage-wishes.js';
import { incidentCard, menuCard, type OutageTalk } from './outage-talk.js';
import { fieldOf } from './outage-turn.js';

export type ActVerb = `outage-${'acknowledge' | 'note' | 'confirm' | 'dismiss' | 'release' | 'close'}`;

/** Performs the action, and answers with the changed card. */
export async function actOn(talk: OutageTalk, verb: ActVerb, id: string): Promise<RenderedCard> {
  const { context, outages, by } = talk;
  const { receiveDeps, people } = outages;
  await people.remember(by, context.activity.from.name ?? '');
  const ends = verb === 'outage-close' || verb === 'outage-dismiss';
  const act = (incident: Incident) => acted(talk, verb, incident, receiveDeps.now());
  const done = await (ends ? endIncident(receiveDeps, id, act) : actOnIncident(receiveDeps, id, act));
  const noReason = ends && done?.kind === 'no-change' && done.reason === 'empty';
  return incidentCard(talk, done?.incident, noReason ? 'no-close-reason' : undefined);
}

function acted({ context, by }: OutageTalk, verb: ActVerb, incident: Incident, now: number): Acted {
  switch (verb) {
    case 'outage-acknowledge':
      return acknowledge(incident, by, now);
    case 'outage-note':
      return addNote(incident, by, fieldOf(context, FIELDS.note), now);
    case 'outage-confirm':
      return confirm(incident, by, now);
    case 'outage-dismiss':
      return dismiss(incident, by, fieldOf(context, FIELDS.why), now);
    case 'outage-release':
      return release(incident, by, now);
    case 'outage-close':
      return close(incident, by, fieldOf(context, FIELDS.why), now);
  }
}

/** Joins the chosen incident into this one, and answers with this one. */
export async function join(talk: OutageTalk, id: string): Promise<RenderedCard> {
  const { context, outages, by } = talk;
  await outages.people.remember(by, context.activity.from.name ?? '');
  const chosen = fieldOf(context, FIELDS.same);
  if (chosen === '') return incidentNow(talk, id, 'nothing-chosen');
  const done = await joinById(outages.receiveDeps, id, chosen, by);
  return incidentNow(talk, id, done.kind === 'done' ? 'joined' : refused(done));
}

/** Splits the incident from the one into which it was joined, and answers with the incident. */
export async function split(talk: OutageTalk, id: string): Promise<RenderedCard> {
  const { context, outages, by } = talk;
  await outages.people.remember(by, context.activity.from.name ?? '');
  const done = await splitById(outages.receiveDeps, id, by);
  return incidentNow(talk, id, done.kind === 'done' ? 'split' : refused(done));
}

function refused(done: Exclude<Joined, { kind: 'done' }>): string {
  return done.kind === 'unknown' ? 'gone' : `join-${done.reason}`;
}

async function incidentNow(talk: OutageTalk, id: string, notice: string): Promise<RenderedCard> {
  return incidentCard(talk, await talk.outages.receiveDeps.incidents.byId(id), notice);
}

/** Reports an outage by hand. The report counts as the first of the two requests to release the incident. */
export async function openByHand(talk: OutageTalk): Promise<RenderedCard> {
  const { context, outages, services, by } = talk;
  const title = fieldOf(context, MENU_FIELDS.title);
  if (title === '') return menuCard(talk, 'no-title');
  const name = fieldOf(context, MENU_FIELDS.offer);
  const named = await lookUpInSlices(services.view(), (view) => topicNamed(name, view));
  if (named.kind !== 'topic') return menuCard(talk, unclear(named));
  const { topic } = named;
  if (topic.kind === 'everything') return menuCard(talk, 'unknown-offer');
  await outages.people.remember(by, context.activity.from.name ?? '');
  const severity = fieldOf(context, MENU_FIELDS.severity);
  await openManualOutage(outages.receiveDeps, { title, topic, severity, by });
  return menuCard(talk, 'reported');
}
