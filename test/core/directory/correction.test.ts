/** An administrator's correction outranks every source for one contact, until the source changes its value. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contactMark, correctedOffer, correctedRow, ownMark } from '../../../core/directory/correction.js';
import { mergeDirectory, type SourceRows } from '../../../core/directory/merge.js';
import { originsOfOffer } from '../../../core/directory/origins.js';
import type { Contact, DirectoryRow, Offer, OwnCorrection } from '../../../core/directory/types.js';
import { offerOf } from '../../helpers/directory-builders.js';

const KEY = 'contoso.a';
const support = (fields: Partial<Contact>): Contact => ({ kind: 'customer-support', ...fields });
const offer = (contacts: readonly Contact[], fields: Partial<Offer> = {}): Offer =>
  offerOf({ id: KEY, publisherId: 'contoso', name: 'Contoso A', contacts, withdrawn: true, ...fields });
const row = (value: Offer): DirectoryRow => ({ kind: 'offer', key: `offer:${value.id}`, offer: value });
const file = (contacts: readonly Contact[], source = 'file:a'): SourceRows => ({
  source,
  rows: [row(offer(contacts))],
});
const admin = (correction: Contact): SourceRows => ({
  source: 'admin',
  rows: [correctedRow(undefined, { kind: 'offer', offer: offer([]) }, correction)],
});
const merged = (...sources: readonly SourceRows[]) => mergeDirectory(1, sources).offers.get(KEY);
const ruleOf = (field: string, ...sources: readonly SourceRows[]) =>
  originsOfOffer(sources, KEY).find((one) => one.field === field);

const OLD = support({ email: 'old@contoso.com', verifiedOn: '2026-11-20' });
const RIGHT = support({ email: 'right@contoso.com', verifiedOn: '2026-01-01', corrects: contactMark(OLD) });
const NEW = support({ email: 'new@contoso.com', verifiedOn: '2026-11-21' });

describe('a correction', () => {
  it('outranks the source for any dates, and leaves the other fields to the source', () => {
    const found = merged(file([OLD]), admin(RIGHT));
    assert.deepEqual(found, offer([support({ email: 'right@contoso.com', verifiedOn: '2026-01-01' })]));
    assert.equal(ruleOf('contacts.customer-support', file([OLD]), admin(RIGHT))?.rule, 'correction');
    assert.equal(ruleOf('name', file([OLD]), admin(RIGHT))?.source, 'file:a');
  });

  it('stays when the source changes only its date', () => {
    const again = support({ ...OLD, verifiedOn: '2026-11-22' });
    assert.equal(merged(file([again]), admin(RIGHT))?.contacts[0]?.email, 'right@contoso.com');
  });

  it('ends when the source changes its value, with an explanation', () => {
    assert.deepEqual(merged(file([NEW]), admin(RIGHT))?.contacts, [NEW]);
    const origin = ruleOf('contacts.customer-support', file([NEW]), admin(RIGHT));
    assert.deepEqual([origin?.source, origin?.rule], ['file:a', 'lapsed']);
  });

  it('stays when the source no longer has a contact', () => {
    assert.equal(merged(file([]), admin(RIGHT))?.contacts[0]?.email, 'right@contoso.com');
  });

  it('ends for a new contact when a source gives that contact', () => {
    const first = support({ email: 'first@contoso.com', corrects: contactMark(undefined) });
    assert.equal(merged(file([]), admin(first))?.contacts[0]?.email, 'first@contoso.com');
    assert.deepEqual(merged(file([NEW]), admin(first))?.contacts, [NEW]);
  });

  it('stays hidden while no source has the offer', () => {
    assert.equal(merged(admin(RIGHT)), undefined);
    assert.deepEqual(originsOfOffer([admin(RIGHT)], KEY), []);
  });

  it('keeps the corrections of other kinds', () => {
    const first = correctedRow(undefined, { kind: 'offer', offer: offer([]) }, RIGHT);
    const second = correctedRow(
      first,
      { kind: 'offer', offer: offer([]) },
      { kind: 'engineering', email: 'dev@contoso.com' },
    );
    assert.deepEqual(second.kind === 'offer' && second.offer.contacts.map((one) => one.kind), [
      'customer-support',
      'engineering',
    ]);
  });
});

describe('a correction of the offer itself', () => {
  const said = fc.record({ name: fc.constantFrom('A', 'B', 'C'), withdrawn: fc.boolean() });
  const claim = (source: string, own: { name: string; withdrawn: boolean }): SourceRows => ({
    source,
    rows: [row(offer([], own))],
  });
  const correcting = (corrected: OwnCorrection): SourceRows => ({
    source: 'admin',
    rows: [correctedOffer(undefined, offer([]), corrected)],
  });

  it('counts while the merged value of the sources stays the same, for any order of sources', () => {
    fc.assert(
      fc.property(said, said, said, said, fc.boolean(), (first, second, before, wanted, turned) => {
        const sources = [claim('file:a', first), claim('catalog', second)];
        const plain = merged(...sources);
        assert.ok(plain);
        const admin = correcting({ ...wanted, over: ownMark(before) });
        const all = turned ? [admin, ...sources] : [...sources.reverse(), admin];
        const found = merged(...all);
        const stands = plain.name === before.name && plain.withdrawn === before.withdrawn;
        const { name, withdrawn } = stands ? wanted : plain;
        assert.deepEqual([found?.name, found?.withdrawn], [name, withdrawn]);
        assert.equal(found && 'corrected' in found, false);
        const known = new Set([found?.name, ...(found?.aliases ?? [])]);
        assert.ok(
          known.has(plain.name) && !found?.aliases.includes(name),
          'the name of the sources stays known',
        );
      }),
    );
  });

  it('changes only its own fields; the other fields still follow the sources', () => {
    const admin = correcting({ name: 'Better', over: ownMark({ name: 'A', withdrawn: false }) });
    const found = merged(claim('file:a', { name: 'A', withdrawn: false }), admin);
    assert.deepEqual([found?.name, found?.withdrawn], ['Better', false]);
    assert.equal(merged(admin), undefined);
  });
});

describe('the mark of a contact', () => {
  const text = fc.option(fc.string({ maxLength: 6 }), { nil: undefined });
  const any = fc.record({
    kind: fc.constant('engineering' as const),
    name: text,
    email: text,
    phone: text,
    url: text,
    upn: text,
  });

  it('is the same for the same values and differs for other values', () => {
    const words = (one: Contact) =>
      [one.name, one.email, one.phone, one.url, one.upn].map((field) => field ?? '');
    fc.assert(
      fc.property(any, any, (a, b) => {
        const same = JSON.stringify(words(a)) === JSON.stringify(words(b));
        assert.equal(contactMark(a as Contact) === contactMark(b as Contact), same);
      }),
    );
  });
});
