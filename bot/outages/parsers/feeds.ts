/** Atom and RSS status feeds, as status pages publish their history. */
import type { OutageEvent } from '../../../core/incident/types.js';
import { fields, LIMITS, mergeRepeated, type Fields } from './fields.js';
import { entryEvent, type FeedEntry } from './feed-entry.js';
import { time } from './times.js';
import { events, refuse, type ParseResult } from './types.js';
import { listOf, readXml, textOf } from './xml.js';

/** Reads an Atom document (domain.md §4.3). */
export function parseAtom(document: string): ParseResult {
  return parseFeed(document, 'atom');
}

/** Reads an RSS 2.0 or 1.0 document. A feed without items has nothing to tell: no events. */
export function parseRss(document: string): ParseResult {
  return parseFeed(document, 'rss');
}

function parseFeed(document: string, kind: 'atom' | 'rss'): ParseResult {
  const root = readXml(document);
  if (typeof root === 'string') return refuse('not-xml', root);
  if (kind === 'atom') {
    if (!('feed' in root)) return refuse('wrong-shape', 'The root element is not feed.');
    return fromEntries(listOf(fields(root.feed).entry).map((entry) => atomEntry(fields(entry))));
  }
  const rdf = fields(root['rdf:RDF']);
  if (!('rss' in root) && !('rdf:RDF' in root)) return refuse('wrong-shape', 'The root element is not rss.');
  const channel = fields(fields(root.rss).channel);
  return fromEntries(listOf(channel.item ?? rdf.item).map((item) => rssEntry(fields(item))));
}

function fromEntries(entries: readonly FeedEntry[]): ParseResult {
  const read: readonly OutageEvent[] = entries
    .slice(0, LIMITS.events)
    .flatMap((entry) => entryEvent(entry) ?? []);
  return events(mergeRepeated(read));
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
