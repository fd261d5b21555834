/**
 * Reads a SharePoint list through Microsoft Graph: the whole list once, then only changes, by the stored delta link.
 */
import type { Client, GraphError, ResponseType } from '@microsoft/microsoft-graph-client';
import { applyMapping, mappedFields, type Mapping } from '../../core/directory/parse/mapping.js';
import { startRow } from '../../core/directory/parse/cells.js';
import { parseRow } from '../../core/directory/parse/row.js';
import type { SourceRow } from '../../core/directory/parse/row-parser.js';
import type { SourceReading } from '../../core/services/directory/sync-source.js';
import { DeskError } from '../../core/errors.js';
import { withTimeLimit } from '../runtime/timeouts.js';
import { askTogether } from './graph-batch.js';

export interface SharePointOptions {
  /** `contoso.sharepoint.com,<site collection id>,<site id>` */
  readonly site: string;
  readonly list: string;
  /** The mapping from the list's columns to our columns. */
  readonly mapping: Mapping;
  /** Milliseconds that one answer may take, including the client's own retries. */
  readonly timeoutMs: number;
  readonly maxPages: number;
  /** ISO date of the run. */
  readonly today: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The starting point of the next run: Graph's delta link, and the row of each list item, because a deleted item gives
 * only its id.
 */
interface Cursor {
  readonly link: string;
  readonly items: Readonly<Record<string, string>>;
}

/**
 * Reads the list. Reads everything without a cursor, or when Graph no longer knows the cursor (410).
 * @throws DeskError `source.refused`, `source.unavailable`, `source.shape`
 */
export async function readSharePointList(
  client: Client,
  options: SharePointOptions,
  cursorText: string | undefined,
  signal: AbortSignal,
): Promise<SourceReading> {
  const cursor = cursorOf(cursorText);
  try {
    return await readFrom(client, options, cursor, signal);
  } catch (error) {
    if (cursor && isGraphError(error) && error.statusCode === 410) {
      return readFrom(client, options, undefined, signal).catch(rethrow);
    }
    return rethrow(error);
  }
}

async function readFrom(
  client: Client,
  options: SharePointOptions,
  cursor: Cursor | undefined,
  signal: AbortSignal,
): Promise<SourceReading> {
  const first = cursor?.link ?? firstUrl(options);
  const [columns, opening] = await withTimeLimit(options.timeoutMs, signal, (limit) =>
    askTogether(client, [columnsUrl(options), first], limit),
  );
  const { items, link } = await readPages(client, { url: first, page: opening }, options, signal);
  checkColumns(columns, items, options);
  const known = new Map(Object.entries(cursor?.items ?? {}));
  const rows = cursor ? deltaRows(items, known, options) : fullRows(items, known, options);
  return {
    mode: cursor ? 'delta' : 'full',
    rows,
    nothingNew: cursor !== undefined && rows.length === 0,
    cursor: JSON.stringify({ link, items: Object.fromEntries(known) } satisfies Cursor),
  };
}

const listUrl = ({ site, list }: SharePointOptions): string =>
  `/sites/${encodeURIComponent(site)}/lists/${encodeURIComponent(list)}`;
const firstUrl = (options: SharePointOptions): string => `${listUrl(options)}/items/delta?$expand=fields`;
const columnsUrl = (options: SharePointOptions): string => `${listUrl(options)}/columns?$select=name`;

/**
 * A column renamed in the list would empty its field in every row that changes later, too few at a time for any guard.
 * The run is therefore refused and names the column. A column that rows still contain counts as present, whatever the
 * list reports.
 */
function checkColumns(columns: unknown, items: readonly Fields[], { mapping }: SharePointOptions): void {
  const listed = (columns as { value?: unknown } | undefined)?.value;
  if (!Array.isArray(listed)) return;
  const names = (listed as readonly { name?: unknown }[]).map(({ name }) => String(name));
  const carried = items.flatMap((item) => (isListItem(item) ? Object.keys(item.fields as Fields) : []));
  const there = new Set([...names, ...carried].map((name) => name.toLowerCase()));
  const missing = mappedFields(mapping).filter((name) => !there.has(name.toLowerCase()));
  if (missing.length > 0) {
    throw shape(`the list has no column ${missing.join(', ')} any more; it has ${names.join(', ')}`);
  }
}

async function readPages(
  client: Client,
  first: { readonly url: string; readonly page: unknown },
  options: SharePointOptions,
  signal: AbortSignal,
): Promise<{ readonly items: readonly Fields[]; readonly link: string }> {
  /** If an item changed while pages were read, its last version counts. */
  const items = new Map<string, Fields>();
  const seen = new Set<string>();
  let opening = first.page;
  for (let { url } = first; ;) {
    if (seen.has(url)) throw shape('a page is one of the pages before: the chain has no end');
    if (seen.size >= options.maxPages) throw shape(`more than ${String(options.maxPages)} pages`);
    seen.add(url);
    const page = opening === undefined ? await getPage(client, url, options, signal) : pageOf(opening);
    opening = undefined;
    for (const item of page.value) items.set(item.id as string, item);
    if (page.next === undefined) return { items: [...items.values()], link: page.delta };
    url = page.next;
  }
}

type ListPage =
  | { readonly value: readonly Fields[]; readonly next: string; readonly delta?: undefined }
  | { readonly value: readonly Fields[]; readonly next?: undefined; readonly delta: string };

async function getPage(
  client: Client,
  url: string,
  { timeoutMs }: SharePointOptions,
  signal: AbortSignal,
): Promise<ListPage> {
  const response = await withTimeLimit<unknown>(timeoutMs, signal, (limit) =>
    client
      .api(url)
      .options({ signal: limit })
      .responseType('text' as ResponseType.TEXT)
      .get(),
  );
  return pageOf(parse(response));
}

function pageOf(body: unknown): ListPage {
  const page = (typeof body === 'object' && body !== null ? body : {}) as Fields;
  const { value } = page;
  if (!Array.isArray(value)) throw shape('an answer without the list "value"');
  const items = (value as readonly unknown[]).filter(isItem);
  if (items.length < value.length) throw shape('an item without an id');
  const next = page['@odata.nextLink'];
  const delta = page['@odata.deltaLink'];
  if (isGraphLink(next)) return { value: items, next };
  if (isGraphLink(delta)) return { value: items, delta };
  throw shape('neither a next page nor a delta link of Microsoft Graph');
}

/** The client adds our token to these links, so they must lead only to Graph. */
function isGraphLink(link: unknown): link is string {
  return typeof link === 'string' && link.startsWith('https://graph.microsoft.com/');
}

function isItem(item: unknown): item is Fields {
  return typeof item === 'object' && item !== null && typeof (item as Fields).id === 'string';
}

function parse(text: unknown): Fields {
  if (typeof text === 'string') {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null) return value as Fields;
    } catch {
      // Said below.
    }
  }
  throw shape('it answers with something that is no JSON (a log-in page?)');
}

function fullRows(
  items: readonly Fields[],
  known: Map<string, string>,
  options: SharePointOptions,
): SourceRow[] {
  return items
    .filter((item) => item.deleted === undefined && isListItem(item))
    .map((item, at) => {
      remember(item, known, options);
      return rowOf(item, at, options);
    });
}

/** An item that was deleted, or that now makes another row, removes its former row. */
function deltaRows(
  items: readonly Fields[],
  known: Map<string, string>,
  options: SharePointOptions,
): SourceRow[] {
  const rows: SourceRow[] = [];
  const gone = new Set<string>();
  for (const item of items) {
    const before = known.get(item.id as string);
    if (item.deleted !== undefined) known.delete(item.id as string);
    else if (isListItem(item)) {
      remember(item, known, options);
      rows.push(rowOf(item, rows.length, options));
    }
    if (before !== undefined) gone.add(before);
  }
  const still = new Set(known.values());
  const removals = [...gone].filter((key) => !still.has(key));
  return [...rows, ...removals.map((key, at) => removalOf(key, rows.length + at))];
}

/** Graph also lists folders and the list itself. */
function isListItem(item: Fields): boolean {
  return typeof item.fields === 'object' && item.fields !== null;
}

function rowOf(item: Fields, at: number, { mapping }: SharePointOptions): SourceRow {
  return { number: at + 1, fields: applyMapping(mapping, item.fields as Fields).draft };
}

function removalOf(key: string, at: number): SourceRow {
  const [kind = '', id = ''] = key.split(/:(.*)/s);
  // Only the key identifies a removed row; the other columns only have to exist.
  const fields = kind === 'offer' ? { offer_id: id, publisher_id: 'removed' } : { publisher_id: id };
  return { number: at + 1, fields: { kind, remove: 'yes', ...fields } };
}

function remember(item: Fields, known: Map<string, string>, { mapping, today }: SharePointOptions): void {
  const { draft } = applyMapping(mapping, item.fields as Fields);
  const read = parseRow(startRow(draft, 0), today);
  const id = item.id as string;
  if (read.kind === 'offer' || read.kind === 'publisher') known.set(id, read.key);
}

function cursorOf(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const value = JSON.parse(text) as Cursor;
  return isGraphLink(value.link) ? value : undefined;
}

/**
 * All errors of the client have a number. The code does not check their class, because loading it would delay every
 * start.
 */
function isGraphError(error: unknown): error is GraphError {
  return error instanceof Error && typeof (error as { statusCode?: unknown }).statusCode === 'number';
}

/**
 * The meaning of Graph's answers for the operator. Graph's own messages are not passed on, because they may quote
 * addresses.
 */
function rethrow(error: unknown): never {
  if (error instanceof DeskError) throw error;
  if (isGraphError(error)) throw ofStatus(error);
  throw new DeskError('source.unavailable', 'Microsoft Graph did not answer in time, or gave no token', {
    cause: error,
  });
}

function ofStatus(cause: GraphError): DeskError {
  const { statusCode, code, message } = cause;
  // The client turns our own refusal of an address into an error of its own. The sentence names the address.
  if (code === 'DeskError') return new DeskError('source.refused', message, { cause });
  const text = `Microsoft Graph answers ${String(statusCode)}${code ? ` (${code})` : ''}`;
  if ([401, 403, 404].includes(statusCode)) return new DeskError('source.refused', text, { cause });
  const late = statusCode === 429 || statusCode >= 500 || statusCode < 0;
  return new DeskError(late ? 'source.unavailable' : 'source.shape', text, { cause });
}

function shape(text: string): DeskError {
  return new DeskError('source.shape', text);
}
