/** Atom and RSS status feeds, in which status pages publish their history. */
import type { OutageEvent } from '../../../core/incident/types.js';
import { earliest, fields, LIMITS, mergeRepeated, type Fields } from './fields.js';
import { entryEvent, type FeedEntry } from './feed-entry.js';
import { plainTitle, subjectOf } from './state-text.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { foldWord } from './words.js';
import { listOf, textOf } from './xml.js';

export const atom: OutageFormat = {
  name: 'atom',
  aliases: ['atom-feed'],
  media: 'xml',
  detect: (root) => 'feed' in fields(root),
  parse: parseAtom,
  monitor: false,
};

export const rss: OutageFormat = {
  name: 'rss',
  aliases: ['rss-feed', 'aws-rss'],
  media: 'xml',
  detect: (root) => 'rss' in fields(root) || 'rdf:RDF' in fields(root),
  parse: parseRss,
  monitor: false,
};

function parseAtom(root: unknown, context: ParseContext): ParseResult {
  const document = fields(root);
  if (!('feed' in document)) return refuse('wrong-shape', 'The root element is not feed.');
  const feed = fields(document.feed);
  return fromEntries(
    listOf(feed.entry).map((entry) => atomEntry(fields(entry))),
    linksOf(feed),
    context,
  );
}

/** A feed without items gives no events. */
function parseRss(root: unknown, context: ParseContext): ParseResult {
  const document = fields(root);
  const rdf = fields(document['rdf:RDF']);
  if (!('rss' in document) && !('rdf:RDF' in document))
    return refuse('wrong-shape', 'The root element is not rss.');
  const channel = fields(fields(document.rss).channel ?? rdf.channel);
  return fromEntries(
    listOf(channel.item ?? rdf.item).map((item) => rssEntry(fields(item))),
    [textOf(channel.link)],
    context,
  );
}

function fromEntries(
  entries: readonly FeedEntry[],
  home: readonly string[],
  context: ParseContext,
): ParseResult {
  const read: readonly OutageEvent[] = joined(entries.slice(0, LIMITS.events), home).flatMap(
    (entry) => entryEvent(entry, context) ?? [],
  );
  const all = mergeRepeated(read);
  const times = entries.map((entry) => earliest(entry.published, entry.updated));
  return events(all, {
    coverage: { since: earliest(...times), ids: all.map((event) => event.sourceId) },
  });
}

/** Items with the same title that are further apart than this belong to two incidents. */
const APART_MS = 24 * 3_600_000;

/**
 * Gives all items of one incident the id of the oldest item. The other ids become aliases. Items belong together when
 * they link to the same page. If all items link to the page of the whole feed, they belong together by the same title
 * and close times.
 */
function joined(entries: readonly FeedEntry[], home: readonly string[]): readonly FeedEntry[] {
  const homes = new Set(home.map(address));
  const links = entries.map((entry) => address(entry.link));
  const common = links.length > 2 && new Set(links).size === 1;
  const groups = new Map<string, FeedEntry[]>();
  for (const [at, entry] of entries.entries()) {
    const link = links[at] ?? '';
    const own = link !== '' && !homes.has(link) && !common;
    const key = own ? `link ${link}` : `title ${foldWord(subjectOf(entry.title))}`;
    const shown = own ? entry : { ...entry, plainTitle: plainTitle(entry.title) || entry.title };
    groups.set(key, [...(groups.get(key) ?? []), shown]);
  }
  return [...groups].flatMap(([key, group]) =>
    (key.startsWith('link') ? [group] : clusters(group)).flatMap(oneId),
  );
}

/** Sorts the items oldest first and splits them where the times are far apart. */
function clusters(group: readonly FeedEntry[]): readonly (readonly FeedEntry[])[] {
  const found: FeedEntry[][] = [];
  for (const entry of [...group].sort((a, b) => timeOf(a) - timeOf(b))) {
    const last = found.at(-1);
    const before = last?.at(-1);
    const known = found.find((one) => one.some((other) => other.id === entry.id));
    if (known) known.push(entry);
    else if (last && before && timeOf(entry) - timeOf(before) <= APART_MS) last.push(entry);
    else found.push([entry]);
  }
  return found;
}

function timeOf(entry: FeedEntry): number {
  return entry.updated ?? entry.published ?? 0;
}

function oneId(group: readonly FeedEntry[]): readonly FeedEntry[] {
  const [oldest] = [...group].sort((a, b) => timeOf(a) - timeOf(b));
  const ids = [...new Set(group.map((entry) => entry.id))];
  const id = oldest?.id ?? '';
  return group.map((entry) => ({ ...entry, id, aliases: ids.filter((one) => one !== id) }));
}

/** An address in lower case without its end slash. The fragment stays. */
function address(link: string): string {
  return link
    .trim()
    .toLowerCase()
    .replace(/^http:/, 'https:')
    .replace(/\/+$/, '');
}

function linksOf(feed: Fields): readonly string[] {
  return listOf(feed.link)
    .map(fields)
    .map((link) => textOf(link['@href']));
}

function atomEntry(entry: Fields): FeedEntry {
  const links = listOf(entry.link).map(fields);
  const link = links.find((one) => (one['@rel'] ?? 'alternate') === 'alternate') ?? links[0];
  const href = textOf(link?.['@href']);
  return {
    id: textOf(entry.id) || href,
    title: textOf(entry.title),
    html: textOf(entry.content) || textOf(entry.summary),
    link: href,
    published: time(textOf(entry.published), textOf(entry.issued)),
    updated: time(textOf(entry.updated), textOf(entry.modified)),
    categories: listOf(entry.category).map((category) => textOf(fields(category)['@term'])),
  };
}

function rssEntry(item: Fields): FeedEntry {
  const link = textOf(item.link);
  return {
    id: textOf(item.guid) || link || textOf(item.title),
    title: textOf(item.title),
    html: textOf(item['content:encoded']) || textOf(item.description),
    link,
    published: time(textOf(item.pubDate), textOf(item['dc:date'])),
    updated: time(textOf(item['a10:updated']), textOf(item['atom:updated'])),
    categories: listOf(item.category).map(textOf),
  };
}
