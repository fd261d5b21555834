/** Makes the mistakes of senders in a payload: a value of another type, a missing key, a very long text. */
import fc from 'fast-check';

/** Values that a parser does not expect. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', 0, -1, 1e308, true, [], {}, '0001-01-01T00:00:00Z', 'Infinity'),
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    'x'.repeat(20_000),
    '=HYPERLINK("http://evil")',
    '<at>everyone</at>',
    '${secret}',
    '\u0000\u202e',
    '![x](javascript:alert(1))',
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

interface Change {
  readonly at: number;
  readonly how: 'replace' | 'delete' | 'repeat';
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(500),
  how: fc.constantFrom('replace' as const, 'delete' as const, 'repeat' as const),
  value: oddValue,
});

/** The payload with changes at one to four random places, at any depth. */
export function mutated(payload: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce(apply, structuredClone(payload)));
}

function apply(payload: unknown, { at, how, value }: Change): unknown {
  const places = placesOf(payload);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return value;
  const { holder, key } = place;
  if (how === 'delete' && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  else if (how === 'repeat' && Array.isArray(holder)) holder.push(...(holder as unknown[]).slice(0, 50));
  else Reflect.set(holder, key, value);
  return payload;
}

interface Spot {
  readonly holder: object;
  readonly key: string;
}

function placesOf(value: unknown): readonly Spot[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [{ holder: value, key }, ...placesOf(inner)]);
}
