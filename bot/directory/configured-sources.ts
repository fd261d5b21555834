/** Reads the file that names the directory's sources, and prepares each source for reading. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { parseMapping } from '../../core/directory/parse/mapping.js';
import { DeskError } from '../../core/errors.js';
import type { DirectorySource } from '../../core/services/directory/sync-source.js';
import { catalogRows } from './catalog-source.js';
import { openDirectoryFile, openMapping } from './file-source.js';
import { readSharePointList } from './sharepoint-source.js';

const name = z.string().regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}:._-]{0,63}$/u);
const common = { name, everyMinutes: z.number().int().min(5).max(44_640).optional() };
const schema = z.strictObject({
  sources: z.array(
    z.discriminatedUnion('type', [
      z.strictObject({
        ...common,
        type: z.literal('catalog'),
        url: z.url().default('https://catalogapi.azure.com/products'),
        apiVersion: z.string().default('2025-05-01'),
        markets: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
        languages: z.array(z.string().min(2).max(10)).min(1),
      }),
      z.strictObject({
        ...common,
        type: z.literal('sharepoint'),
        site: z.string().min(1),
        list: z.string().min(1),
        fields: z.record(z.string(), z.unknown()),
      }),
      z.strictObject({
        ...common,
        type: z.literal('file'),
        path: z.string().min(1),
        map: z.string().optional(),
      }),
    ]),
  ),
});
type Configured = z.infer<typeof schema>['sources'][number];

export interface SourceTools {
  readonly fetch: typeof fetch;
  readonly now: () => number;
  /** Absent: no key is set, and a catalog source reports this when it is read. */
  readonly catalogKey?: string;
  /** Made at the first use. Absent: there is no registration to read lists with. */
  readonly graph?: () => Client;
}

const LIMITS = {
  timeoutMs: 30_000,
  tries: 4,
  maxPages: 2_000,
  maxBytes: 32 * 1024 * 1024,
  maxWaitMs: 120_000,
};

/**
 * The sources that a configuration file names. Paths in it are relative to the file.
 * @throws DeskError `config.invalid` naming every error.
 */
export async function openConfiguredSources(
  file: string,
  tools: SourceTools,
): Promise<readonly DirectorySource[]> {
  const { sources } = parse(await readJson(file));
  const names = sources.map((one) => one.name);
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  if (twice !== undefined) throw invalid(`the source ${twice} is named twice`);
  const reserved = names.find((one) => /^(admin|aliases|sample)(:|$)/.test(one));
  if (reserved !== undefined) throw invalid(`${reserved} is a name of the product's own`);
  return sources.map((one) => sourceOf(one, path.dirname(file), tools));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''));
  } catch (cause) {
    const why = `OFFER_DESK_SOURCES: ${file} cannot be read, or it is not JSON`;
    throw new DeskError('config.invalid', why, { cause });
  }
}

function parse(value: unknown): z.infer<typeof schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
}

function sourceOf(configured: Configured, folder: string, tools: SourceTools): DirectorySource {
  const { name: source, everyMinutes, ...rest } = configured;
  const own = {
    name: source,
    ...(everyMinutes === undefined ? {} : { everyMinutes }),
    fingerprint: JSON.stringify(rest),
  };
  switch (configured.type) {
    case 'catalog':
      return { ...own, read: (_cursor, signal) => readCatalog(configured, tools, signal) };
    case 'sharepoint':
      return { ...own, read: sharePointReader(configured, tools) };
    case 'file':
      return { ...own, read: () => readFileSource(configured, folder) };
  }
}

async function readCatalog(
  configured: Extract<Configured, { type: 'catalog' }>,
  { fetch, now, catalogKey }: SourceTools,
  signal: AbortSignal,
) {
  if (catalogKey === undefined) throw new DeskError('source.refused', 'OFFER_DESK_CATALOG_KEY is not set');
  const wait = async (milliseconds: number, stop: AbortSignal) => {
    await delay(milliseconds, undefined, { signal: stop });
  };
  const rows = await catalogRows(
    { ...configured, apiKey: catalogKey },
    { ...LIMITS, fetch, now, wait, signal },
  );
  return { mode: 'full' as const, rows };
}

/** Reports a wrong mapping at the start, not during a scheduled run at night. */
function sharePointReader(
  { site, list, fields }: Extract<Configured, { type: 'sharepoint' }>,
  { graph, now }: SourceTools,
): DirectorySource['read'] {
  const mapping = parseMapping({ fields, ignore: ['*'] });
  return async (cursor, signal) => {
    if (!graph)
      throw new DeskError('source.refused', 'a SharePoint list needs MICROSOFT_APP_ID and its tenant');
    const today = new Date(now()).toISOString().slice(0, 10);
    const { timeoutMs, maxPages } = LIMITS;
    return readSharePointList(graph(), { site, list, mapping, timeoutMs, maxPages, today }, cursor, signal);
  };
}

async function readFileSource(configured: Extract<Configured, { type: 'file' }>, folder: string) {
  const map = configured.map === undefined ? undefined : path.resolve(folder, configured.map);
  const mapping = map === undefined ? undefined : await openMapping(map);
  const file = await openDirectoryFile(path.resolve(folder, configured.path), {
    ...(mapping ? { mapping } : {}),
  });
  return { mode: 'full' as const, rows: file.rows, ...(mapping ? { mapping } : {}) };
}

function invalid(text: string): DeskError {
  return new DeskError('config.invalid', `OFFER_DESK_SOURCES: ${text}`);
}
