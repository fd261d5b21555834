/** The incident that a notice joins, and the offers that a source may report on. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupKeys, incidentFor, joins, JOIN_WINDOW_MS } from '../../../core/incident/grouping.js';
import { withinScope, type SourceScope } from '../../../core/incident/scope.js';
import { affects, arrival, HOUR, incident, MINUTE, NOON, notice } from '../../helpers/incidents.js';

const ledger = affects({ offers: ['contoso.ledger'], publishers: ['contoso'], regions: ['West Europe'] });
const open = incident({ affected: ledger });
const probe = { source: 'probe', tellsApart: false };
const other = (event: Parameters<typeof arrival>[0], overrides = probe): ReturnType<typeof arrival> =>
  arrival({ sourceId: 'P-9', affected: ledger, ...event }, overrides);

describe('joining notices to one incident', () => {
  const table: readonly (readonly [string, ReturnType<typeof arrival>, boolean])[] = [
    ['another source about the same offer and region', other({}), true],
    ['the same region in other letters', other({ affected: { ...ledger, regions: ['westeurope'] } }), true],
    ['no region given', other({ affected: { ...ledger, regions: [] } }), true],
    ['another region', other({ affected: { ...ledger, regions: ['East US'] } }), false],
    ['another offer of the publisher', other({ affected: { ...ledger, offers: ['contoso.pay'] } }), false],
    ['the publisher as a whole', other({ affected: { ...ledger, offers: [] } }), false],
    ['planned work', other({ state: 'scheduled' }), false],
    ['an end nobody opened', other({ state: 'resolved' }), false],
    ['a day later', other({ startedAt: NOON + JOIN_WINDOW_MS + MINUTE, updatedAt: NOON + 13 * HOUR }), false],
    [
      'a second incident of a sender that tells them apart',
      other({}, { source: 'contoso', tellsApart: true }),
      false,
    ],
    ['a second alert of a monitor', other({}, { source: 'contoso', tellsApart: false }), true],
  ];
  for (const [what, late, expected] of table) {
    it(`${what}: ${expected ? 'joins' : 'stays apart'}`, () => {
      assert.equal(joins(open, late, NOON), expected);
    });
  }

  it('joins no notice to an ended incident', () => {
    assert.equal(joins({ ...open, state: 'resolved' }, other({}), NOON), false);
  });

  it("prefers the sender's own incident to another incident of the same offer", () => {
    const own = incident(
      { sourceId: 'P-9', affected: ledger, startedAt: NOON - HOUR },
      { source: 'probe', newId: 'own' },
    );
    assert.equal(incidentFor([open, own], other({}), NOON)?.id, 'own');
    assert.equal(incidentFor([own, open], other({ state: 'resolved' }), NOON)?.id, 'own');
    assert.equal(incidentFor([], other({}), NOON), undefined);
  });

  it('chooses the same incident for any order of the candidates', () => {
    const many = ['a', 'b', 'c', 'd'].map((newId, n) =>
      incident({ affected: ledger, startedAt: NOON - n * MINUTE }, { newId }),
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(many, { minLength: 4 }), (list) => {
        assert.equal(incidentFor(list, other({}), NOON)?.id, 'a');
      }),
    );
  });

  it('names each offer and publisher once in the lookup keys', () => {
    assert.deepEqual(groupKeys(affects({ offers: ['B', 'a', 'b'], publishers: ['Contoso'] })), [
      'offer:a',
      'offer:b',
      'publisher:contoso',
    ]);
  });

  it('gives two incidents that may join a common lookup key', () => {
    const names = fc.subarray(['Contoso.Ledger', 'contoso ledger', 'x']);
    fc.assert(
      fc.property(names, names, names, names, (o1, o2, p1, p2) => {
        const a = incident({ affected: affects({ offers: o1, publishers: p1 }) });
        const b = other({ affected: affects({ offers: o2, publishers: p2 }) });
        if (!joins(a, b, NOON)) return;
        const keys = new Set(groupKeys(a.affected));
        assert.ok(groupKeys(b.event.affected).some((key) => keys.has(key)));
      }),
    );
  });
});

describe('the scope of a source', () => {
  const publisherOf = (offer: string): string | undefined =>
    offer.startsWith('contoso.') ? 'contoso' : offer.startsWith('fabrikam.') ? 'fabrikam' : undefined;
  const scope: SourceScope = {
    id: 's',
    publisherId: 'contoso',
    offers: 'all',
    componentOffers: { Ledger: ['contoso.ledger'] },
    owner: 'publisher',
  };
  const say = (parts: Parameters<typeof affects>[0], as = scope): ReturnType<typeof withinScope> =>
    withinScope(notice({ affected: affects(parts) }), as, publisherOf);

  it('fills in its publisher and the offers of its components', () => {
    const said = say({ components: ['Ledger', 'Unmapped'] });
    assert.ok(said.kind === 'within');
    assert.deepEqual(
      [said.event.affected.publishers, said.event.affected.offers],
      [['contoso'], ['contoso.ledger']],
    );
  });

  it('refuses another publisher and its offers, and keeps an unknown offer as unrecognised', () => {
    assert.deepEqual(say({ offers: ['contoso.ledger', 'fabrikam.fleet'] }), {
      kind: 'outside', offers: ['fabrikam.fleet'], publishers: [],
    }); // prettier-ignore
    const typo = say({ offers: ['nobody.none'] });
    assert.ok(typo.kind === 'within');
    assert.deepEqual([typo.event.unrecognised, typo.event.affected.offers], [['nobody.none'], []]);
    assert.equal(say({ publishers: ['fabrikam'] }).kind, 'outside');
  });

  it('limits a source to its offers, and means all of them when the notice names none', () => {
    const some = { ...scope, offers: ['contoso.ledger', 'contoso.pay'] };
    const silent = say({}, some);
    assert.ok(silent.kind === 'within');
    assert.deepEqual(silent.event.affected.offers, ['contoso.ledger', 'contoso.pay']);
    assert.equal(say({ offers: ['contoso.hr'] }, some).kind, 'outside');
  });

  it('lets only a source about Microsoft name Microsoft as the owner', () => {
    const claim = notice({ owner: 'microsoft' });
    const isv = withinScope(claim, scope, publisherOf);
    const ms = withinScope(claim, { ...scope, publisherId: null, owner: 'microsoft' }, publisherOf);
    assert.deepEqual(
      [isv.kind === 'within' && isv.event.owner, ms.kind === 'within' && ms.event.owner],
      [null, 'microsoft'],
    );
  });

  it('keeps the notice when a mapped offer is no longer in the directory', () => {
    const lost = {
      ...scope,
      componentOffers: { Ledger: ['gone.offer', 'contoso.ledger'], Old: ['gone.offer'] },
    };
    const said = say({ components: ['Ledger', 'Old'] }, lost);
    assert.deepEqual(said.kind === 'within' && said.event.affected.offers, ['contoso.ledger']);
    assert.equal(say({ components: ['Old'] }, lost).kind, 'within');
  });

  it('maps a component named like an object method to nothing', () => {
    assert.equal(say({ components: ['constructor', '__proto__', 'toString'] }).kind, 'within');
  });
});
