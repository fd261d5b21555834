/** Every card about outages with ordinary data, or with one text in every field. */
import { ledgerOfCounts } from '../../core/incident/ledger.js';
import type { Recipient } from '../../core/incident/audience.js';
import type { Incident } from '../../core/incident/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import { outageAlertCard, outageDigestCard } from '../../cards/outages/outage-notice-cards.js';
import { outageCard, type OutageData } from '../../cards/outages/outage-card.js';
import type { LedgerShown } from '../../cards/outages/outage-ledger.js';
import { weeklyCard } from '../../cards/outages/weekly-card.js';
import type { WeeklySummary } from '../../core/incident/weekly.js';
import { outageMenuCard } from '../../cards/outages/outage-menu-card.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { sampleAnswer } from './card-fixtures.js';
import { affects, HOUR, incident as opened, NOON } from './incidents.js';

type View = (ctx: RenderContext) => RenderedCard;

const NAMES: Readonly<Record<string, string>> = {
  'fabrikam.backup': 'Contoso Backup',
  'fabrikam.mail': 'Contoso Mail',
  fabrikam: 'Fabrikam',
};
const nameOf = (id: string) => NAMES[id] ?? id;
const NAMED = { offer: nameOf, publisher: nameOf, person: nameOf };

/** An open outage of one offer, with an update of its sender and a note of staff. */
export function sampleIncident(over: Partial<Incident> = {}): Incident {
  return {
    ...opened({
      affected: affects({ offers: ['fabrikam.backup'], publishers: ['fabrikam'], regions: ['West Europe'] }),
    }),
    url: 'https://status.fabrikam.com/1',
    updates: [{ at: NOON, state: 'investigating', text: 'We are looking.', source: 'fabrikam' }],
    acts: [{ kind: 'note', by: 'Amy', at: NOON, text: 'Called them.' }],
    ...over,
  };
}

/** What an outage card shows of `sampleIncident` to a member of staff who follows the offer. */
export function outageData(over: Partial<OutageData> = {}): OutageData {
  return {
    incident: sampleIncident(),
    answer: sampleAnswer(),
    reason: { kind: 'offer', offerId: 'fabrikam.backup', by: 'reader' },
    subscribed: true,
    topic: { kind: 'offer', id: 'fabrikam.backup' },
    zone: 'Asia/Taipei',
    names: NAMED,
    actions: true,
    ...over,
  };
}

function incidentWith(text: string): Incident {
  const many = Array.from({ length: 100 }, () => text);
  return sampleIncident({
    title: text,
    url: text,
    affected: { offers: many, publishers: many, components: many, regions: many },
    updates: many.map(() => ({ at: NOON, state: null, text, source: text })),
    acts: many.map(() => ({ kind: 'note' as const, by: text, at: NOON, text })),
  });
}

/** Counts of a running broadcast, with any text as the platform's answer. */
export function sampleLedger(answer: string): LedgerShown {
  const standing: Record<string, number> = {
    current: 900, behind: 30, pending: 20, 'retrying|429': 10, held: 5, 'muted|opted-out': 6, 'muted|silenced': 4,
    withdrawn: 2, [`stopped|403 ${answer}`]: 3, [`dead|${answer}`]: 20,
  }; // prettier-ignore
  const counts = Object.entries(standing).map(([at, count]) => ({ standing: at, count, suspected: 0 }));
  return { ...ledgerOfCounts(counts), undecided: 250 };
}

function recipientOf(incident: Incident, zone: string): Recipient {
  return {
    id: 'r',
    kind: 'person',
    tenantId: 't',
    optedOut: false,
    reachable: true,
    quiet: { zone, from: 1200, to: 420, days: [1, 2, 3, 4, 5], override: 'major' },
    subscriptions: incident.affected.offers.map((offerId) => ({
      what: { kind: 'offer', offerId },
      from: 'minor',
      by: 'reader',
    })),
  };
}

/** A week with more outages than the card shows. */
function weekOf(incident: Incident): WeeklySummary {
  const acknowledged = { kind: 'acknowledged', by: incident.title, at: NOON, text: '' } as const;
  const past = { incident, acknowledged, recipientsTold: 2, firstCardAt: NOON };
  const week = { from: NOON - 7 * 24 * HOUR, until: NOON };
  return { readerId: 'r', week, everything: false, outages: Array.from({ length: 12 }, () => past) };
}

/** Every state of the cards about outages, for the answer that names the responsible party. */
export function outageViews(answer: Answer, text?: string): Readonly<Record<string, View>> {
  const incident = text === undefined ? sampleIncident() : incidentWith(text);
  const zone = text ?? 'Asia/Taipei';
  const reason = { kind: 'offer', offerId: text ?? 'fabrikam.backup', by: 'reader' } as const;
  const card =
    (over: Partial<OutageData>): View =>
    (ctx) =>
      outageCard(outageData({ incident, answer, zone, reason, ...over }), ctx);
  const silence = { id: 's-1', name: text ?? 'Contoso Backup', reason: text ?? 'we move', until: NOON };
  const unconfirmed = { source: text ?? 'status-page', asked: ['r'] };
  const over = { ...incident, state: 'resolved', resolvedAt: NOON + HOUR } as const;
  return {
    'outage-open': card({}),
    'outage-resolved': card({ incident: over }),
    'outage-customer': card({ actions: false, reason: undefined, incident: { ...incident, acts: [] } }),
    'outage-unconfirmed': card({
      incident: { ...incident, unconfirmed, unrecognised: [text ?? 'Backup EU'] },
      ours: incident.affected.regions,
    }),
    'outage-silenced': card({ silence, ours: [], notice: 'silenced' }),
    'outage-ledger': card({ ledger: sampleLedger(text ?? 'BadRequest') }),
    'outage-digest': (ctx) =>
      outageDigestCard({ digest: { readerId: 'r', open: [incident], over: [over] }, zone: 'UTC' }, ctx),
    'outage-weekly': (ctx) => weeklyCard({ summary: weekOf(over), names: NAMED, zone }, ctx),
    'outage-alert': (ctx) => outageAlertCard({ incident }, ctx),
    ...menuViews(incident, silence, zone),
    'outage-menu-long': menuOf(
      Array.from({ length: 12 }, () => incident),
      zone,
    ),
  };
}

/** The menu of a person who follows nothing yet. */
function menuOf(open: readonly Incident[], zone: string): View {
  const names = { offer: nameOf, publisher: nameOf };
  return (ctx) => outageMenuCard({ open, names, zone, recipient: undefined, silences: [] }, ctx);
}

type Silence = Parameters<typeof outageMenuCard>[0]['silences'][number];

function menuViews(incident: Incident, silence: Silence, zone: string): Readonly<Record<string, View>> {
  const recipient = recipientOf(incident, zone);
  const menu = {
    open: [incident],
    names: { offer: nameOf, publisher: nameOf },
    zone,
    recipient,
    silences: [],
  };
  const none = { ...menu, open: [], recipient: undefined };
  const view =
    (data: Parameters<typeof outageMenuCard>[0]): View =>
    (ctx) =>
      outageMenuCard(data, ctx);
  const suggested = { offerIds: ['fabrikam.backup', 'fabrikam.mail', 'c', 'd', 'e'], from: 'major' } as const;
  return {
    'outage-menu': view({ ...menu, silences: Array.from({ length: 6 }, () => silence) }),
    'outage-menu-paused': view({ ...menu, recipient: { ...recipient, optedOut: true } }),
    'outage-menu-suggested': view({ ...menu, suggested }),
    'outage-menu-stopped': view({ ...none, done: 'stopped' }),
    'outage-menu-closed': view({ ...none, done: 'staff-only', closed: true }),
  };
}
