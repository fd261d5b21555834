/** Reads one entry of a status feed: the paragraphs status pages write into it carry the states and times. */
import { isOver, isPlanned, type OutageEvent, type OutageState } from '../../../core/incident/types.js';
import { affected, earliest, history, keyOf, latest, line, webAddress } from './fields.js';
import { htmlToLine, htmlToText } from './html.js';
import { pageTime } from './times.js';
import { stateOf } from './words.js';

/** What Atom and RSS have in common. */
export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly link: string;
  readonly published: number | null;
  readonly updated: number | null;
  readonly categories: readonly string[];
}

/** Longest content read of one entry, and the most paragraphs. */
const CONTENT = 262_144;
const PARAGRAPHS = 200;

/**
 * The event of an entry, or undefined without id or title. Feeds give no severity: an outage is `minor` until a
 * better sender says more. `published` is often the time of the last word, so the first paragraph's time is the start.
 */
export function entryEvent(entry: FeedEntry): OutageEvent | undefined {
  const sourceId = keyOf(entry.id.trim());
  const title = line(entry.title);
  if (sourceId === '' || title === '') return undefined;
  const newest = latest(entry.updated, entry.published);
  const paragraphs = paragraphsOf(entry.html, newest);
  const state = paragraphs.find((p) => p.state !== null)?.state ?? titleState(title) ?? 'investigating';
  const updates = history(paragraphs);
  const times = paragraphs.map((p) => p.at);
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, newest, state, updates.length),
    title,
    state,
    severity: isPlanned(state) ? 'maintenance' : 'minor',
    startedAt:
      plannedStart(entry.html, newest) ?? earliest(...times) ?? earliest(entry.published, entry.updated),
    updatedAt: newest ?? latest(...times),
    resolvedAt: isOver(state) ? endOf(paragraphs, newest) : null,
    affected: affected({ components: entry.categories }),
    updates,
    url: webAddress(entry.link),
    owner: null,
  };
}

interface Paragraph {
  readonly at: number | null;
  readonly state: OutageState | null;
  readonly text: string;
}

/** `<p><small>Aug 21, 00:37 UTC</small><br><strong>Resolved</strong> - text</p>`, newest first. */
function paragraphsOf(html: string, newest: number | null): readonly Paragraph[] {
  const pieces = html.slice(0, CONTENT).split(/<\/p>/i, PARAGRAPHS);
  const read = pieces
    .map((piece) => paragraph(piece, newest))
    .filter((p) => p.text !== '' || p.state !== null);
  const headed = read.filter((p) => p.headed);
  return headed.length > 0 ? headed : plain(html, newest);
}

function paragraph(piece: string, newest: number | null): Paragraph & { readonly headed: boolean } {
  const heading = /<strong>(.{0,60}?)<\/strong>/is.exec(piece);
  const small = /<small>(.{0,300}?)<\/small>/is.exec(piece);
  const at = small && newest !== null ? pageTime(htmlToLine(small[1] ?? ''), newest) : null;
  if (!heading || !small) return { at, state: null, text: htmlToText(piece), headed: false };
  const after = piece.slice(heading.index + heading[0].length);
  return {
    at,
    state: stateOf(htmlToLine(heading[1] ?? '')) ?? null,
    text: htmlToText(after).replace(/^[-–—:]\s*/, ''),
    headed: true,
  };
}

/** Prose without headings is one remark, dated as the entry is. */
function plain(html: string, newest: number | null): readonly Paragraph[] {
  const text = htmlToText(html);
  return text === '' ? [] : [{ at: newest, state: null, text }];
}

/** `[RESOLVED] …`, `Resolved: …`, `… : [RESOLVED] …`, as pages without headings mark it. */
function titleState(title: string): OutageState | undefined {
  const marked = /\[(.{1,20}?)\]/.exec(title)?.[1] ?? /^([\p{L} ]{1,20})[:–—-]\s/u.exec(title)?.[1];
  return marked === undefined ? undefined : stateOf(marked);
}

function endOf(paragraphs: readonly Paragraph[], newest: number | null): number | null {
  return paragraphs.find((p) => p.state !== null && isOver(p.state) && p.at !== null)?.at ?? newest;
}

/** `THIS IS A SCHEDULED EVENT Aug 21, 22:00 - 23:00 UTC`: the window's start, in the zone of its end. */
function plannedStart(html: string, newest: number | null): number | null {
  const window = newest === null ? null : SCHEDULED.exec(htmlToLine(html, 2000));
  return window && newest !== null
    ? pageTime(`${window[1] ?? ''} ${window[2] ?? ''}`, newest + HALF_YEAR)
    : null;
}
const SCHEDULED = /SCHEDULED EVENT ([A-Z][a-z]{2,8} \d{1,2}, \d{1,2}:\d{2}) ?-.{1,40}?\b([A-Z]{1,5})\b/;

/** A maintenance is announced ahead, so its year may be the next. */
const HALF_YEAR = 183 * 86_400_000;
