/** The rows of a source and its stored rows: the laws of full and delta imports. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffRows, sameRow } from '../../../core/directory/diff.js';
import { reconcile, type ReconcileInput, type Reconciled } from '../../../core/directory/reconcile.js';
import type { DirectoryRow, Offer } from '../../../core/directory/types.js';
import { sourceRows } from './directory-arbitraries.js';
import { offerOf, publisherOf } from '../../helpers/directory-builders.js';

type Rows = ReadonlyMap<string, DirectoryRow>;
const keyed = (rows: readonly DirectoryRow[]): Rows => new Map(rows.map((row) => [row.key, row]));
const incoming = (rows: readonly DirectoryRow[]) => rows.map((row) => ({ row }));

function done(input: ReconcileInput): Reconciled {
  const result = reconcile(input);
  assert.ok(result.kind === 'reconciled');
  return result;
}

/** The stored rows of the source after the result is applied. */
function applied(owned: Rows, { adds, changes, removals }: Reconciled): Rows {
  const rows = new Map(owned);
  for (const row of removals) rows.delete(row.key);
  for (const row of [...adds, ...changes.map((change) => change.after)]) rows.set(row.key, row);
  return rows;
}

const sorted = (rows: Rows) => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
const offer = (id: string, fields: Partial<Offer> = {}): DirectoryRow => ({
  kind: 'offer',
  key: `offer:${id}`,
  offer: offerOf({ id, publisherId: 'contoso', name: id, ...fields }),
});
const offers = (count: number) => Array.from({ length: count }, (_, at) => offer(`contoso.${String(at)}`));

describe('a full import', () => {
  it('leaves the source with exactly the rows of the file', () => {
    fc.assert(
      fc.property(sourceRows, sourceRows, (before, now) => {
        const owned = keyed(before);
        const result = done({ mode: 'full', owned, incoming: incoming(now), allowRemovals: true });
        assert.deepEqual(sorted(applied(owned, result)), sorted(keyed(now)));
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(sourceRows, sourceRows, (before, now) => {
        const input = { mode: 'full', incoming: incoming(now), allowRemovals: true } as const;
        const after = applied(keyed(before), done({ ...input, owned: keyed(before) }));
        const again = done({ ...input, owned: after });
        assert.deepEqual(
          [again.adds, again.changes, again.removals, again.unchanged],
          [[], [], [], now.length],
        );
      }),
    );
  });

  it('ignores the order of fields in a stored row', () => {
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, field]) => [key, turned(field)]),
            )
          : value;
    fc.assert(
      fc.property(sourceRows, (rows) => {
        const owned = keyed(rows.map((row) => turned(row) as DirectoryRow));
        assert.equal(done({ mode: 'full', owned, incoming: incoming(rows) }).unchanged, rows.length);
      }),
    );
  });

  it('keeps the stored row when the new row could not be read', () => {
    const owned = keyed(offers(2));
    const result = done({
      mode: 'full',
      owned,
      incoming: incoming(offers(1)),
      held: new Set(['offer:contoso.1']),
    });
    assert.deepEqual(result.removals, []);
  });

  it('removes no row while the key of a bad row is unknown', () => {
    const result = done({ mode: 'full', owned: keyed(offers(9)), incoming: [], holdRemovals: true });
    assert.deepEqual(result.removals, []);
  });
});

describe('a delta', () => {
  it('never changes rows that it does not contain', () => {
    fc.assert(
      fc.property(sourceRows, sourceRows, fc.func(fc.boolean()), (before, now, isRemoved) => {
        const owned = keyed(before);
        const removed = before.map((row) => row.key).filter((key) => isRemoved(key));
        const result = done({ mode: 'delta', owned, incoming: incoming(now), removed, allowRemovals: true });
        const named = new Set([...now.map((row) => row.key), ...removed]);
        for (const [key, row] of owned) {
          if (!named.has(key)) assert.equal(applied(owned, result).get(key), row);
        }
        for (const key of removed)
          assert.equal(
            applied(owned, result).has(key),
            now.some((row) => row.key === key),
          );
      }),
    );
  });

  it('removes nothing from a publisher that the delta only mentions in an offer', () => {
    const publisher = (fields: object): DirectoryRow => ({
      kind: 'publisher',
      key: 'publisher:contoso',
      publisher: { id: 'contoso', name: 'Contoso', aliases: ['CT'], links: {}, contacts: [], ...fields },
    });
    const owned = keyed([publisher({ contacts: [{ kind: 'engineering', email: 'dev@contoso.com' }] })]);
    const mention = { row: publisher({ aliases: [] }), implied: true };
    assert.equal(done({ mode: 'delta', owned, incoming: [mention] }).unchanged, 1);
    const withContact = publisher({
      aliases: [],
      contacts: [{ kind: 'customer-support', email: 'help@contoso.com' }],
    });
    const [change] = done({ mode: 'delta', owned, incoming: [{ row: withContact, implied: true }] }).changes;
    assert.deepEqual(change?.fields, [
      { field: 'contacts', before: 'engineering', after: 'customer-support; engineering' },
      { field: 'contacts.customer-support.email', after: 'help@contoso.com' },
    ]);
  });
});

describe('the removal guard', () => {
  const cases: readonly (readonly [owned: number, left: number, refused: boolean])[] = [
    [10, 8, false],
    [10, 7, true],
    [5, 4, false],
    [4, 3, true],
    [100, 80, false],
    [100, 79, true],
    [3, 0, true],
    [0, 0, false],
  ];
  for (const [count, left, refused] of cases) {
    it(`${refused ? 'refuses' : 'allows'} the loss of ${String(count - left)} of ${String(count)}`, () => {
      const input = { mode: 'full', owned: keyed(offers(count)), incoming: incoming(offers(left)) } as const;
      assert.equal(reconcile(input).kind, refused ? 'too-many-removals' : 'reconciled');
      assert.equal(reconcile({ ...input, allowRemovals: true }).kind, 'reconciled');
    });
  }

  it('counts offers separately, so that many publishers never hide a loss of offers', () => {
    const publishers = Array.from({ length: 100 }, (_, at): DirectoryRow => {
      const id = `p${String(at)}`;
      return {
        kind: 'publisher',
        key: `publisher:${id}`,
        publisher: publisherOf({ id, name: id }),
      };
    });
    const owned = keyed([...publishers, ...offers(10)]);
    assert.equal(
      reconcile({ mode: 'full', owned, incoming: incoming(publishers) }).kind,
      'too-many-removals',
    );
  });

  it('also guards a delta', () => {
    const removed = offers(5).map((row) => row.key);
    assert.equal(
      reconcile({ mode: 'delta', owned: keyed(offers(5)), incoming: [], removed }).kind,
      'too-many-removals',
    );
  });
});

describe('comparing two rows', () => {
  it('names every field that differs, contacts by their kind and plans by their id', () => {
    const before = offer('contoso.backup', {
      contacts: [{ kind: 'customer-support', email: 'a@contoso.com', phone: '+14255550100' }],
      plans: [{ id: 'p', name: 'P' }],
      aliases: ['CB'],
    });
    const after = offer('contoso.backup', {
      contacts: [
        { kind: 'engineering', email: 'd@contoso.com' },
        { kind: 'customer-support', email: 'b@contoso.com' },
      ],
      plans: [
        { id: 'q', name: 'Q' },
        { id: 'p', name: 'P', cspState: 'opt-in' },
      ],
      aliases: ['CB', 'Contoso CB'],
    });
    assert.deepEqual(diffRows(before, after), [
      { field: 'aliases', before: 'CB', after: 'CB; Contoso CB' },
      { field: 'contacts', before: 'customer-support', after: 'engineering; customer-support' },
      { field: 'contacts.customer-support.email', before: 'a@contoso.com', after: 'b@contoso.com' },
      { field: 'contacts.customer-support.phone', before: '+14255550100' },
      { field: 'contacts.engineering.email', after: 'd@contoso.com' },
      { field: 'plans', before: 'p', after: 'q; p' },
      { field: 'plans.p.cspState', after: 'opt-in' },
      { field: 'plans.q.name', after: 'Q' },
    ]);
  });

  it('finds a difference exactly when the rows are not the same', () => {
    fc.assert(
      fc.property(sourceRows, sourceRows, (some, others) => {
        for (const a of some) {
          for (const b of others.filter((other) => other.key === a.key)) {
            assert.equal(sameRow(a, b), diffRows(a, b).length === 0);
          }
          assert.ok(sameRow(a, structuredClone(a)));
        }
      }),
    );
  });
});
