/** A recipient's settings: follow with a severity, stop, quiet hours, and silences with reason and end. */
import { randomUUID } from 'node:crypto';
import type { OutageTopic } from '../../cards/kit/action-table.js';
import { foldWords } from '../../locales/commands.js';
import type { DirectoryView } from '../shared/services.js';
import { lookUpInSlices } from '../shared/time-slices.js';
import { FIELDS } from '../../cards/outages/outage-buttons.js';
import { FROM_SEVERITIES, OUTAGE_SEVERITIES, SILENCE_HOURS } from '../../cards/outages/outage-forms.js';
import { MENU_FIELDS, topicValue } from '../../cards/outages/outage-menu-forms.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import type { Silence, Subscription } from '../../core/incident/audience.js';
import { minutesOf } from '../../core/incident/quiet.js';
import { nextWeekly } from '../../core/incident/weekly.js';
import type { Severity } from '../../core/incident/types.js';
import { replanOpen } from '../../core/services/outages/change-incident.js';
import { meansEverything } from './outage-words.js';
import { incidentCard, menuCard, ownSilences, type OutageTalk } from './outage-talk.js';
import { fieldOf, tenantOf } from './outage-turn.js';

/** The named topic, or the possible offers: several with that name, or the nearest to it. */
export type Named =
  | { readonly kind: 'topic'; readonly topic: OutageTopic }
  | { readonly kind: 'several' | 'none'; readonly offerIds: readonly string[] };

const MOST = 5;

/** The offer or publisher of this name, or everything on sale. */
export function topicNamed(name: string, { directory, index }: DirectoryView): Named {
  const wanted = foldWords(name);
  if (wanted === '') return { kind: 'none', offerIds: [] };
  if (meansEverything(name)) return { kind: 'topic', topic: { kind: 'everything' } };
  for (const { id, name: called } of directory.publishers.values()) {
    if (foldWords(called) === wanted || id === wanted)
      return { kind: 'topic', topic: { kind: 'publisher', id } };
  }
  const match = index.find(name);
  switch (match.kind) {
    case 'one':
      return { kind: 'topic', topic: { kind: 'offer', id: match.hit.offerId } };
    case 'several':
    case 'publishers':
      return { kind: 'several', offerIds: match.hits.slice(0, MOST).map((hit) => hit.offerId) };
    case 'none':
      return { kind: 'none', offerIds: match.nearest.slice(0, MOST).map((hit) => hit.offerId) };
  }
}

/** The message about an unclear name without suggestions, as a locale key. */
export function unclear({ kind }: Exclude<Named, { kind: 'topic' }>): string {
  return kind === 'several' ? 'several-names' : 'unknown-offer';
}

const FROM: Severity = 'minor';

/** Follows a topic from a severity on, and cancels an earlier stop. False on the web, where no card can arrive. */
export async function follow(talk: OutageTalk, topic: OutageTopic, from: Severity = FROM): Promise<boolean> {
  const { outages, about, ctx } = talk;
  if (ctx.host === 'web') return false;
  const { recipients, receiveDeps } = outages;
  const now = receiveDeps.now();
  await recipients.know(about, now);
  await recipients.setOptedOut(about.id, false, now);
  await recipients.subscribe(about.id, { what: whatOf(topic), from, by: 'reader' }, now);
  await replanOpen(receiveDeps, about.id);
  return true;
}

export async function unfollow({ outages, about }: OutageTalk, topic: OutageTopic): Promise<void> {
  await outages.recipients.unsubscribe(about.id, whatOf(topic), outages.receiveDeps.now());
}

/** Follows the named topic, or offers suggestions. An unknown severity becomes the usual one. */
export async function followNamed(talk: OutageTalk, name: string, given = ''): Promise<RenderedCard> {
  const from = FROM_SEVERITIES.find((one) => one === given);
  const named = await lookUpInSlices(talk.services.view(), (view) => topicNamed(name, view));
  if (named.kind !== 'topic') {
    const done = named.kind === 'several' ? 'several-offers' : 'unknown-offer';
    return menuCard(talk, done, { offerIds: named.offerIds, from });
  }
  return followed(talk, named.topic, from);
}

/** The form: a name, or everything where it is empty, and a severity. */
export async function followForm(talk: OutageTalk): Promise<RenderedCard> {
  const name = fieldOf(talk.context, MENU_FIELDS.follow);
  const given = fieldOf(talk.context, MENU_FIELDS.since);
  if (name !== '') return followNamed(talk, name, given);
  const from = FROM_SEVERITIES.find((one) => one === given);
  return followed(talk, { kind: 'everything' }, from);
}

async function followed(talk: OutageTalk, topic: OutageTopic, from?: Severity): Promise<RenderedCard> {
  return menuCard(talk, (await follow(talk, topic, from)) ? 'following' : 'teams-only');
}

/** Stops the named topic. */
export async function unfollowNamed(talk: OutageTalk, name: string): Promise<RenderedCard> {
  const named = await lookUpInSlices(talk.services.view(), (view) => topicNamed(name, view));
  if (named.kind !== 'topic') return menuCard(talk, unclear(named));
  await unfollow(talk, named.topic);
  return menuCard(talk, 'unfollowed');
}

/** Stops the chosen topics of the recipient. */
export async function leave(talk: OutageTalk): Promise<RenderedCard> {
  const { context, outages, about } = talk;
  const chosen = fieldOf(context, MENU_FIELDS.leave).split(',');
  const recipient = await outages.recipients.byId(about.id);
  const left = (recipient?.subscriptions ?? []).filter((one) => chosen.includes(topicValue(one.what)));
  for (const { what } of left)
    await outages.recipients.unsubscribe(about.id, what, outages.receiveDeps.now());
  return menuCard(talk, left.length > 0 ? 'left' : 'nothing-chosen');
}

/** Turns all cards off or on, whatever the recipient follows. */
export async function pause(talk: OutageTalk, on: boolean): Promise<RenderedCard> {
  const { outages, about } = talk;
  const { recipients, receiveDeps } = outages;
  await recipients.know(about, receiveDeps.now());
  await recipients.setOptedOut(about.id, on, receiveDeps.now());
  await replanOpen(receiveDeps, about.id);
  return menuCard(talk, on ? 'stopped' : 'resumed');
}

/** Sets hours, days and the severity that still sends an alert. */
export async function quiet(talk: OutageTalk): Promise<RenderedCard> {
  const { context, outages, about } = talk;
  const { recipients, receiveDeps } = outages;
  const from = minutesOf(fieldOf(context, MENU_FIELDS.from));
  const to = minutesOf(fieldOf(context, MENU_FIELDS.to));
  if (from === undefined || to === undefined || from === to) return menuCard(talk, 'bad-times');
  const chosen = fieldOf(context, MENU_FIELDS.days).split(',');
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => chosen.includes(String(day)));
  const given = fieldOf(context, MENU_FIELDS.override);
  const override = OUTAGE_SEVERITIES.find((one) => one === given) ?? 'critical';
  await recipients.know(about, receiveDeps.now());
  const zone = about.zone === '' ? ((await recipients.byId(about.id))?.zone ?? '') : about.zone;
  await recipients.setQuiet(about.id, { zone, from, to, days, override }, receiveDeps.now());
  return menuCard(talk, 'quiet');
}

/** Turns the weekly summary on or off. On the web no card can arrive. */
export async function weekly(talk: OutageTalk, on: boolean): Promise<RenderedCard> {
  const { outages, about, ctx } = talk;
  const { recipients, receiveDeps } = outages;
  if (ctx.host === 'web') return menuCard(talk, 'teams-only');
  if (!on) {
    await outages.weekly.stop(about.id);
    return menuCard(talk, 'weekly-off');
  }
  const now = receiveDeps.now();
  await recipients.know(about, now);
  const zone = about.zone === '' ? ((await recipients.byId(about.id))?.zone ?? '') : about.zone;
  await outages.weekly.start(about.id, nextWeekly(zone, now));
  return menuCard(talk, 'weekly-on');
}

/** Removes the quiet hours: held cards come now. */
export async function awake(talk: OutageTalk): Promise<RenderedCard> {
  const { outages, about } = talk;
  await outages.recipients.setQuiet(about.id, null, outages.receiveDeps.now());
  await replanOpen(outages.receiveDeps, about.id);
  return menuCard(talk, 'awake');
}

/** Silences one incident for this recipient, from its card. */
export async function silence(talk: OutageTalk, incidentId: string): Promise<RenderedCard> {
  const incident = await talk.outages.receiveDeps.incidents.byId(incidentId);
  if (!incident) return menuCard(talk, 'gone');
  const what = { kind: 'incident', incidentId } as const;
  const done = await addSilence(talk, what, FIELDS.reason, FIELDS.hours);
  return incidentCard(talk, incident, done ? 'silenced' : 'no-reason');
}

/** Silences a product or publisher for this recipient, from the menu. */
export async function mute(talk: OutageTalk): Promise<RenderedCard> {
  const { context, services } = talk;
  const name = fieldOf(context, MENU_FIELDS.mute);
  const named = await lookUpInSlices(services.view(), (view) => topicNamed(name, view));
  if (named.kind !== 'topic') return menuCard(talk, unclear(named));
  const done = await addSilence(talk, whatOf(named.topic), MENU_FIELDS.muteReason, MENU_FIELDS.muteHours);
  return menuCard(talk, done ? 'muted' : 'no-reason');
}

async function addSilence(
  { context, outages, about, by }: OutageTalk,
  what: Silence['what'],
  reasonId: string,
  hoursId: string,
): Promise<boolean> {
  const { silences, recipients, receiveDeps } = outages;
  const reason = fieldOf(context, reasonId).slice(0, 200);
  if (reason === '') return false;
  const given = fieldOf(context, hoursId);
  const hours = SILENCE_HOURS.find((one) => String(one) === given) ?? SILENCE_HOURS[0];
  const now = receiveDeps.now();
  await recipients.know(about, now);
  const until = now + hours * 3_600_000;
  const tenantId = tenantOf(context);
  await silences.add({ id: randomUUID(), readerId: about.id, tenantId, what, reason, by, until });
  await replanOpen(receiveDeps, about.id);
  return true;
}

/** Ends one silence from the card of its incident. Another recipient's silence stays. */
export async function unsilence(
  talk: OutageTalk,
  silenceId: string,
  incidentId: string,
): Promise<RenderedCard> {
  const ended = await endSilences(talk, [silenceId]);
  const incident = await talk.outages.receiveDeps.incidents.byId(incidentId);
  return incidentCard(talk, incident, ended > 0 ? 'unsilenced' : undefined);
}

/** Ends the chosen silences in the menu. */
export async function unmute(talk: OutageTalk): Promise<RenderedCard> {
  const chosen = fieldOf(talk.context, MENU_FIELDS.ended).split(',');
  return menuCard(talk, (await endSilences(talk, chosen)) > 0 ? 'unsilenced' : 'nothing-chosen');
}

async function endSilences(talk: OutageTalk, ids: readonly string[]): Promise<number> {
  const { outages, about, by } = talk;
  const own = (await ownSilences(talk)).filter((one) => ids.includes(one.id));
  for (const { id } of own) await outages.silences.end(id, by, outages.receiveDeps.now());
  if (own.length > 0) await replanOpen(outages.receiveDeps, about.id);
  return own.length;
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
