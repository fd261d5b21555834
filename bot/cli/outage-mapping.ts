/** Maps a sender's component names to offers, and lists names that are not mapped yet. */
import type { OutageSource, SourceHealth, SourceStore } from '../../core/incident/ports.js';
import { mayName } from '../../core/incident/scope.js';
import type { Incident } from '../../core/incident/types.js';
import { sourceLine, type Done } from './outage-sources.js';

export interface MappingDeps {
  readonly sources: SourceStore;
  /** The newest incidents of a source, newest first. */
  readonly ofSource: (source: string, limit: number) => Promise<readonly Incident[]>;
  readonly publisherOf: (offerId: string) => string | undefined;
  readonly actor: string;
  readonly now: () => number;
}

/** A received component name without a mapping. */
export interface Unmapped {
  readonly name: string;
  readonly incidents: number;
  readonly last: Incident;
}

const LOOKED_AT = 500;
const LONGEST_NAME = 200;
const refused = (reason: string): Done => ({ kind: 'refused', reason });

/** Maps a component to more offers. Every offer must be in the directory and in the source's scope. */
export async function mapComponent(
  deps: MappingDeps,
  id: string,
  component: string,
  offers: readonly string[],
): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const name = component.trim();
  if (name === '' || name.length > LONGEST_NAME) return refused('A component name has 1 to 200 characters.');
  const wanted = offers.map((offer) => offer.trim().toLowerCase());
  const unknown = wanted.filter((offer) => deps.publisherOf(offer) === undefined);
  if (unknown.length > 0) return refused(`Not in the directory: ${unknown.join(', ')}.`);
  const outside = wanted.filter((offer) => !mayName(offer, source, deps.publisherOf));
  if (outside.length > 0) return refused(`Source ${id} may not speak of ${outside.join(', ')}.`);
  const all = [...new Set([...offersOf(source, name), ...wanted])];
  await save(deps, source, { ...source.componentOffers, [name]: all });
  return { kind: 'done', lines: [mappingLine(name, all)] };
}

/** Removes offers, or the whole component, from the mapping. */
export async function unmapComponent(
  deps: MappingDeps,
  id: string,
  component: string,
  offers: readonly string[],
): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const name = component.trim();
  if (!Object.hasOwn(source.componentOffers, name)) return refused(`${name} is not mapped.`);
  const gone = new Set(offers.map((offer) => offer.trim().toLowerCase()));
  const left = gone.size === 0 ? [] : offersOf(source, name).filter((offer) => !gone.has(offer));
  const { [name]: _before, ...others } = source.componentOffers;
  await save(deps, source, left.length === 0 ? others : { ...others, [name]: left });
  return {
    kind: 'done',
    lines: [left.length === 0 ? `${name} is not mapped any more.` : mappingLine(name, left)],
  };
}

/** The mapping of a source, with marks on offers that left the directory, and the received names without a mapping. */
export async function listMapping(deps: MappingDeps, id: string): Promise<Done> {
  const source = await deps.sources.byId(id);
  if (!source) return refused(`There is no source ${id}.`);
  const isGone = (offer: string): boolean => deps.publisherOf(offer) === undefined;
  const mapped = Object.entries(source.componentOffers);
  const seen = unmappedOf(source, await deps.ofSource(id, LOOKED_AT));
  return {
    kind: 'done',
    data: {
      source: id,
      mapped: mapped.map(([component, offers]) => ({ component, offers, gone: offers.filter(isGone) })),
      unmapped: seen.map(({ name, incidents, last }) => ({
        component: name,
        incidents,
        lastIncident: last.id,
        lastAt: new Date(last.startedAt).toISOString(),
      })),
    },
    lines: [
      ...mapped.map(([name, offers]) =>
        mappingLine(
          name,
          offers.map((offer) => (isGone(offer) ? `${offer} (not in the directory)` : offer)),
        ),
      ),
      ...(mapped.length > 0 ? [] : [`Source ${id} maps no component.`]),
      ...(seen.length > 0 ? ['Seen but not mapped:'] : []),
      ...seen.map(unmappedLine),
    ],
  };
}

/**
 * Component names in a source's incidents that its mapping does not know, most frequent first. An incident of several
 * senders counts for each of them.
 */
function unmappedOf(source: OutageSource, incidents: readonly Incident[]): readonly Unmapped[] {
  const found = new Map<string, Unmapped>();
  for (const incident of incidents) {
    for (const name of incident.affected.components) {
      if (Object.hasOwn(source.componentOffers, name)) continue;
      const before = found.get(name);
      found.set(name, { name, incidents: (before?.incidents ?? 0) + 1, last: before?.last ?? incident });
    }
  }
  return [...found.values()].sort((a, b) => b.incidents - a.incidents || (a.name < b.name ? -1 : 1));
}

/** A sender in the form of the listing. */
interface ListedSource {
  readonly source: OutageSource;
  /** Received component names without an offer. */
  readonly unmapped: number;
  readonly health: SourceHealth | undefined;
}

/** Every sender, with the facts that an operator needs. */
export async function listSources(
  deps: Pick<MappingDeps, 'sources' | 'ofSource'>,
): Promise<readonly ListedSource[]> {
  const listed: ListedSource[] = [];
  const health = await deps.sources.health();
  for (const source of await deps.sources.list()) {
    const { length } = unmappedOf(source, await deps.ofSource(source.id, LOOKED_AT));
    listed.push({ source, unmapped: length, health: health.get(source.id) });
  }
  return listed;
}

/** One line per sender. */
export function listedLine({ source, unmapped, health }: ListedSource): string {
  const hint = `${String(unmapped)} component${unmapped === 1 ? '' : 's'} not mapped`;
  return [sourceLine(source), ...(unmapped > 0 ? [hint] : []), ...healthWords(health)].join('\t');
}

/** The sender with named fields; no secrets. */
export function sourceFields({ source, unmapped, health }: ListedSource) {
  const { id, active, format, auth, publisherId, offers, confirmAt } = source;
  const failingSince = health?.failingSince ?? null;
  return {
    id,
    active,
    format,
    auth: auth.kind,
    publisher: publisherId,
    offers,
    confirmFrom: confirmAt ?? 'never',
    unmappedComponents: unmapped,
    problem: health?.reason ?? null,
    failingSince: failingSince === null ? null : new Date(failingSince).toISOString(),
  };
}

/** Since when a polled source has not answered, or which part of its answer could not be read. */
function healthWords(health: SourceHealth | undefined): readonly string[] {
  if (!health?.reason) return [];
  if (health.failingSince === null) return [`could not be read: ${health.reason}`];
  return [`no answer since ${new Date(health.failingSince).toISOString()}: ${health.reason}`];
}

function offersOf({ componentOffers }: OutageSource, name: string): readonly string[] {
  return Object.hasOwn(componentOffers, name) ? (componentOffers[name] ?? []) : [];
}

function save(
  { sources, actor, now }: MappingDeps,
  source: OutageSource,
  componentOffers: OutageSource['componentOffers'],
): Promise<void> {
  return sources.save({ ...source, componentOffers }, actor, now());
}

function mappingLine(name: string, offers: readonly string[]): string {
  return `${name}\t${offers.join(', ')}`;
}

function unmappedLine({ name, incidents, last }: Unmapped): string {
  const when = new Date(last.startedAt).toISOString();
  return `${name}\tin ${String(incidents)} incident${incidents === 1 ? '' : 's'}, last ${last.id} of ${when}`;
}
