/** Reads any other JSON with an operator's mapping: paths to the fields, and a table from words to states. */
import type { FieldMapping } from '../../../core/incident/ports.js';
import { OUTAGE_STATES, SEVERITIES } from '../../../core/incident/types.js';
import { eventFrom, isFields, keyOf, line, names, text, webAddress, type Fields } from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { foldWord, severityGiven, stateOf } from './words.js';

const PATHS = [
  'items',
  'id',
  'title',
  'state',
  'severity',
  'startedAt',
  'updatedAt',
  'resolvedAt',
  'components',
  'regions',
  'offers',
  'message',
  'url',
] as const;

export const mapped: OutageFormat = {
  name: 'mapped',
  aliases: ['map'],
  media: 'json',
  detect: () => false,
  parse: parseMapped,
  monitor: false,
};

/** The operator's mapping, or the error in it. */
export function mappingOf(given: unknown): FieldMapping | string {
  if (!isFields(given)) return 'The mapping is not a JSON object.';
  const unknown = Object.keys(given).filter((key) => ![...PATHS, 'states', 'severities'].includes(key));
  if (unknown.length > 0)
    return `The mapping knows no ${unknown.join(', ')}; it knows ${PATHS.join(', ')}, states, severities.`;
  if (text(given.id) === '' || text(given.state) === '') return 'The mapping needs id and state.';
  const odd = PATHS.filter((path) => given[path] !== undefined && typeof given[path] !== 'string');
  if (odd.length > 0) return `${odd.join(', ')}: a path is text.`;
  const states = table(given.states, OUTAGE_STATES);
  const severities = table(given.severities, SEVERITIES);
  if (!states) return `states: each word means one of ${OUTAGE_STATES.join(', ')}.`;
  if (!severities) return `severities: each word means one of ${SEVERITIES.join(', ')}.`;
  const paths = Object.fromEntries(
    PATHS.flatMap((path) => (typeof given[path] === 'string' ? [[path, given[path]] as const] : [])),
  );
  return { id: '', state: '', ...paths, states, severities };
}

function table<T extends string>(
  given: unknown,
  allowed: readonly T[],
): Readonly<Record<string, T>> | undefined {
  if (given === undefined) return {};
  if (!isFields(given)) return undefined;
  const entries = Object.entries(given).map(
    ([word, meaning]) => [foldWord(word), allowed.find((one) => one === meaning)] as const,
  );
  const known = entries.flatMap(([word, meaning]) =>
    meaning === undefined ? [] : [[word, meaning] as const],
  );
  return known.length === entries.length ? Object.fromEntries(known) : undefined;
}

function parseMapped(body: unknown, { mapping, words }: ParseContext): ParseResult {
  if (!mapping) return refuse('unknown-format', 'The format mapped needs a mapping: --map FILE.');
  const items =
    mapping.items === undefined
      ? Array.isArray(body)
        ? (body as readonly unknown[])
        : [body]
      : at(body, mapping.items);
  const list = items.flat().filter(isFields).slice(0, 200);
  if (list.length === 0 && mapping.items === undefined)
    return refuse('wrong-shape', 'There is no JSON object to map.');
  const own = {
    states: { ...words?.states, ...mapping.states },
    severities: { ...words?.severities, ...mapping.severities },
  };
  const found = list.map((item) => mappedEvent(item, mapping, own));
  const missing = found.filter((event) => event.sourceId === '').length;
  if (missing > 0)
    return refuse(
      'missing-field',
      `${mapping.id} is missing in ${String(missing)} of ${String(found.length)}.`,
    );
  const unread = found.filter((event) => event.state === 'unknown').length;
  return events(
    found,
    unread > 0
      ? {
          notes: [
            {
              kind: 'unread',
              text: `The state of ${String(unread)} could not be read: add the word to states.`,
            },
          ],
        }
      : {},
  );
}

function mappedEvent(item: Fields, mapping: FieldMapping, own: NonNullable<ParseContext['words']>) {
  const first = (path: string | undefined): unknown => (path === undefined ? undefined : at(item, path)[0]);
  const all = (path: string | undefined): readonly string[] =>
    path === undefined ? [] : names(at(item, path));
  const state = stateOf(first(mapping.state), own) ?? 'unknown';
  const title = line(first(mapping.title));
  const severity = severityGiven(first(mapping.severity), own);
  const updatedAt = time(first(mapping.updatedAt));
  const omitted = [
    ...(title === '' ? ['title' as const] : []),
    ...(severity === undefined ? ['severity' as const] : []),
  ];
  return eventFrom({
    sourceId: keyOf(text(first(mapping.id))),
    title,
    state,
    severity: severity ?? 'minor',
    startedAt: time(first(mapping.startedAt)),
    updatedAt,
    resolvedAt: time(first(mapping.resolvedAt)) ?? updatedAt,
    affected: {
      offers: all(mapping.offers),
      components: all(mapping.components),
      regions: all(mapping.regions),
    },
    updates: [{ at: updatedAt, state, text: text(first(mapping.message)) }],
    url: webAddress(first(mapping.url)),
    ...(omitted.length > 0 && { omitted }),
  });
}

/** The values at a path; none when the path does not exist. */
function at(body: unknown, path: string): readonly unknown[] {
  let found: readonly unknown[] = [body];
  for (const step of path
    .split(/[.[\]]+/)
    .filter((one) => one !== '')
    .slice(0, 20)) {
    found = found.flatMap((value: unknown) => {
      if (step === '*')
        return Array.isArray(value) ? (value as unknown[]) : isFields(value) ? Object.values(value) : [];
      if (Array.isArray(value) && /^\d+$/.test(step)) return [value[Number(step)] as unknown];
      return isFields(value) && Object.hasOwn(value, step) ? [value[step]] : [];
    });
  }
  return found.filter((value) => value !== undefined && value !== null);
}
