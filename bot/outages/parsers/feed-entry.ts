/** Reads one entry of a status feed: first labelled lines, then headed updates, then the title, and last the prose. */
import {
  compareSeverity,
  isOver,
  isPlanned,
  type OutageEvent,
  type OutageState,
  type OutageUpdate,
  type Severity,
} from '../../../core/incident/types.js';
import { linesOf, type Lines, type Segment } from './feed-lines.js';
import { earliest, eventFrom, keyOf, latest, line, names, webAddress } from './fields.js';
import { htmlToText } from './html.js';
import { entryState, isMaintenanceTitle, titleState } from './state-text.js';
import { pageTime, time } from './times.js';
import type { ParseContext } from './types.js';
import { isRemark, severityGiven, severityOf, stateOf } from './words.js';

/** The fields that Atom and RSS share. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  /** The title without a state mark, when several items describe one incident. */
  readonly plainTitle?: string;
  /** Ids of other items about the same incident. */
  readonly aliases?: readonly string[];
  readonly html: string;
  readonly link: string;
  readonly published: number | null;
  readonly updated: number | null;
  readonly categories: readonly string[];
}

const DAY = 86_400_000;
/** A clock may be wrong by this much. A start later than this is in the future. */
export const AHEAD_MS = 10 * 60_000;

/** The facts of an entry, before they are put together. */
interface Facts {
  readonly lines: Lines;
  readonly prose: string;
  readonly updates: readonly OutageUpdate[];
  readonly newest: number | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly planned: boolean;
}

/** The event of an entry; undefined without an id or a title. Without a severity in the feed, the outage is minor. */
export function entryEvent(entry: FeedEntry, context: ParseContext): OutageEvent | undefined {
  const sourceId = keyOf(entry.id.trim());
  const title = line(entry.title);
  if (sourceId === '' || title === '') return undefined;
  const facts = factsOf(entry, title);
  const state = kept(stateFrom(title, facts, context), facts, context.now);
  const times = facts.updates.map((update) => update.at);
  const updatedAt = latest(facts.newest, ...times);
  return eventFrom({
    sourceId,
    dedupeKey: keyOf(sourceId, facts.newest, state, facts.updates.length),
    title: line(entry.plainTitle ?? title),
    state,
    severity: severityFrom(facts, state, context),
    startedAt: facts.start ?? earliest(...times) ?? earliest(entry.published, entry.updated),
    updatedAt:
      updatedAt !== null && state === 'scheduled' && context.now !== undefined
        ? Math.min(updatedAt, context.now)
        : updatedAt,
    resolvedAt: endOf(facts, state, updatedAt),
    affected: {
      components: names(facts.lines.labels.get('components')?.map(componentName), entry.categories),
      regions: facts.lines.labels.get('regions') ?? [],
    },
    updates: facts.updates,
    url: webAddress(entry.link),
    aliases: (entry.aliases ?? []).map((one) => keyOf(one.trim())),
  });
}

function factsOf(entry: FeedEntry, title: string): Facts {
  const newest = latest(entry.updated, entry.published);
  const lines = linesOf(entry.html, newest);
  const told = lines.segments.filter((one) => one.dated || one.state !== null);
  const prose = htmlToText(entry.html);
  const updates =
    told.length > 0 ? told.map(updateOf) : prose === '' ? [] : [{ at: newest, state: null, text: prose }];
  const window = windowOf(prose, newest);
  const label = (key: string): number | null => labelTime(lines.labels.get(key)?.[0], newest);
  const type = lines.labels.get('type')?.[0] ?? '';
  const incident = /incident|outage|störung|incidente|事件|障害|장애/iu.test(type);
  const planned =
    !incident &&
    (isMaintenanceTitle(`${type} `) ||
      isMaintenanceTitle(title) ||
      told.some((one) => one.state !== null && isPlanned(one.state)) ||
      window !== undefined);
  return {
    lines,
    prose,
    updates,
    newest,
    start: label('start') ?? window?.start ?? null,
    end: label('end') ?? window?.end ?? null,
    planned,
  };
}

function updateOf({ at, state, text }: Segment): OutageUpdate {
  return { at, state, text };
}

function labelTime(given: string | undefined, newest: number | null): number | null {
  if (given === undefined) return null;
  return time(given) ?? (newest === null ? null : pageTime(given, newest + DAY));
}

/**
 * The state comes from the label, the newest heading, the title, or the prose, in this order. An unreadable heading is
 * unknown.
 */
function stateFrom(title: string, facts: Facts, { words }: ParseContext): OutageState {
  const label = facts.lines.labels.get('status')?.[0];
  if (label !== undefined)
    return stateOf(label.replace(/\(.*$/u, ''), words) ?? titleState(title) ?? 'unknown';
  const newestFirst = [...facts.lines.segments]
    .map((one, at) => ({ one, at }))
    .sort((a, b) => (b.one.at ?? -1) - (a.one.at ?? -1) || a.at - b.at);
  for (const { one } of newestFirst) {
    const state = one.heading === null ? one.state : (stateOf(one.heading, words) ?? one.state);
    if (state !== null) return state;
    if (one.heading !== null && !isRemark(one.heading)) return titleState(title) ?? 'unknown';
  }
  return entryState(title, facts.prose) ?? (facts.planned ? 'scheduled' : 'unknown');
}

/** Planned work uses the states of planned work. If the sender gives only a window, the clock decides. */
function kept(state: OutageState, facts: Facts, now: number | undefined): OutageState {
  const start = facts.start ?? facts.newest;
  const toCome = now !== undefined && start !== null && start > now + AHEAD_MS;
  if (isOver(state)) return facts.planned ? 'completed' : facts.lines.labels.has('type') ? 'resolved' : state;
  if (state === 'unknown') return facts.planned && toCome ? 'scheduled' : state;
  if (toCome) return 'scheduled';
  if (!facts.planned || now === undefined) return state;
  if (facts.end !== null && facts.end < now) return 'completed';
  const headed = facts.lines.segments.some((one) => one.state !== null);
  if (state !== 'scheduled') return 'in-maintenance';
  if (headed && facts.start === null) return state;
  if (facts.start === null && start !== null && now - start > DAY) return 'unknown';
  return start !== null && start <= now ? 'in-maintenance' : state;
}

function severityFrom(facts: Facts, state: OutageState, { words }: ParseContext): Severity {
  if (facts.planned || isPlanned(state)) return 'maintenance';
  const given = severityGiven(facts.lines.labels.get('severity')?.[0], words);
  if (given !== undefined && given !== 'none') return given;
  const worst = (facts.lines.labels.get('components') ?? [])
    .map((one) => severityOf(/\(([^()]{2,40})\)\s*$/u.exec(one)?.[1], words) ?? 'none')
    .reduce<Severity>((a, b) => (compareSeverity(b, a) > 0 ? b : a), 'minor');
  return isOver(state) ? 'minor' : worst;
}

/** `Conversations (Operational)`: the name without its status. */
function componentName(given: string): string {
  return given.replace(/\s*\([^()]{2,40}\)\s*$/u, (status) =>
    severityOf(status) || stateOf(status) ? '' : status,
  );
}

function endOf(facts: Facts, state: OutageState, updatedAt: number | null): number | null {
  if (!isOver(state)) return null;
  const ends = facts.updates.filter((one) => one.state !== null && isOver(one.state)).map((one) => one.at);
  return facts.end ?? latest(...ends) ?? updatedAt;
}

/** `Aug 21, 22:00 - 23:00 UTC`, `November 30, 5:00 AM to December 2, 8:00 AM PST`: a window, in the zone of its end. */
function windowOf(
  prose: string,
  newest: number | null,
): { readonly start: number; readonly end: number | null } | undefined {
  if (newest === null) return undefined;
  const found = WINDOW.exec(prose.slice(0, 2000).replace(/\s+/g, ' '));
  if (!found) return undefined;
  const [, from = '', to = '', zone = ''] = found;
  const start = pageTime(`${from} ${zone}`, newest + HALF_YEAR);
  if (start === null) return undefined;
  const day = /^(.*?,)/.exec(from)?.[1] ?? '';
  return { start, end: pageTime(`${/^\d/.test(to) ? `${day} ${to}` : to} ${zone}`, newest + HALF_YEAR) };
}
const WINDOW =
  /\b([A-Z][a-z]{2,8} \d{1,2},(?: \d{4},?)? \d{1,2}:\d{2}(?: ?[AP]M)?) ?(?:-|–|to|until) ?((?:[A-Z][a-z]{2,8} \d{1,2},(?: \d{4},?)? )?\d{1,2}:\d{2}(?: ?[AP]M)?) ([A-Z]{1,5})\b/;

/** A maintenance is announced early, so its date may be in the next year. */
const HALF_YEAR = 183 * DAY;
