/** The two real lists come in through our mappings: every row is in the directory or named in the report. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDirectoryFile, openMapping } from '../../../bot/directory/file-source.js';
import { originsOfPublisher } from '../../../core/directory/origins.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { Directory } from '../../../core/directory/types.js';
import { importRows, type ImportSummary } from '../../../core/services/directory/import-rows.js';
import { memoryDirectoryStore } from '../../helpers/memory-directory-store.js';

const mappings = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../data/mappings');
const NOW = Date.parse('2026-11-22T10:00:00Z');
const FILES = ['marketplace-offers', 'isv-contacts'] as const;

describe('the real lists', () => {
  const store = memoryDirectoryStore();
  const reports = new Map<string, ImportSummary>();
  let directory: Directory;

  async function bring(name: (typeof FILES)[number], skipBadRows: boolean): Promise<ImportSummary> {
    const folder = process.env.OFFER_DESK_REAL_DATA ?? '';
    const mapping = await openMapping(path.join(mappings, `${name}.json`));
    const { rows } = await openDirectoryFile(path.join(folder, `${name}.json`), { mapping });
    const source = mapping.source ?? '';
    return importRows(
      { directory: store },
      { source, mode: 'full', rows, mapping, skipBadRows, actor: 'tester', now: NOW },
    );
  }

  before(async function () {
    const folder = process.env.OFFER_DESK_REAL_DATA;
    // Set OFFER_DESK_REAL_DATA to the folder that holds both lists to run these.
    if (!folder || !FILES.every((name) => existsSync(path.join(folder, `${name}.json`)))) this.skip();
    reports.set('marketplace-offers', await bring('marketplace-offers', false));
    reports.set('isv-contacts', await bring('isv-contacts', true));
    directory = await store.load();
  });

  const counted = (report: ImportSummary | undefined) => {
    assert.ok(report);
    const repeated = report.problems.filter((problem) => problem.code === 'duplicate-same').length;
    const offers = report.adds.filter((row) => row.kind === 'offer').length;
    return { records: report.records, offers, bad: report.badRecords, repeated };
  };

  it('import 405 offers without an error', () => {
    assert.deepEqual(counted(reports.get('marketplace-offers')), {
      records: 405,
      offers: 405,
      bad: 0,
      repeated: 0,
    });
    assert.deepEqual(reports.get('marketplace-offers')?.problems, []);
  });

  it('import 385 of 388 contacts, and name 1 without a name and 2 duplicates', () => {
    assert.deepEqual(counted(reports.get('isv-contacts')), {
      records: 388,
      offers: 385,
      bad: 1,
      repeated: 2,
    });
    const errors = reports.get('isv-contacts')?.problems.filter((problem) => problem.level === 'error') ?? [];
    assert.deepEqual(
      errors.map(({ row, field, code }) => [row, field, code]),
      [
        [227, 'offer_id', 'missing'],
        [227, 'offer_name', 'missing'],
      ],
    );
  });

  it('report every repaired and omitted address', () => {
    const file = path.join(process.env.OFFER_DESK_REAL_DATA ?? '', 'isv-contacts.json');
    const raw = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[];
    const urls = raw
      .flatMap((row) => [row.contactUrl, row.website, row.privacyPolicy])
      .filter((url) => typeof url === 'string');
    const odd = urls.filter((url) => !/^https:\/\/\S+$/.test(url.trim()));
    const told = (reports.get('isv-contacts')?.problems ?? []).filter((problem) =>
      problem.field.endsWith('_url'),
    );
    assert.deepEqual(told.map((problem) => problem.value).sort(), odd.sort());
    assert.equal(told.filter((problem) => problem.code === 'url-upgraded').length, 24);
  });

  it('use the contact of a company for its offers in the other list', async () => {
    const rows = async (source: string) => ({ source, rows: [...(await store.rowsOf(source)).values()] });
    const all = await Promise.all(FILES.map((name) => rows(`file:${name}`)));
    const known = [...directory.publishers.values()].filter((publisher) => !publisher.id.startsWith('name:'));
    const served = known.filter((publisher) => publisher.contacts.length > 0);
    assert.equal(served.length, 7);
    for (const { id } of served) {
      const origin = originsOfPublisher(all, id).find((one) => one.field === 'contacts.customer-support');
      assert.deepEqual([origin?.source, origin?.rule], ['file:isv-contacts', 'same-company']);
      const offers = [...directory.offers.values()].filter((offer) => offer.publisherId === id);
      assert.ok(offers.length >= 2, 'the offers of both lists belong to it');
    }
  });

  it("keep Microsoft's offers named after other companies with Microsoft", () => {
    const offers = [...directory.offers.values()].filter((offer) => offer.publisherId === 'azuresentinel');
    assert.ok(offers.filter((offer) => offer.supportTier === 'microsoft').length > 200);
    assert.deepEqual(directory.publishers.get('azuresentinel')?.contacts, []);
    const tiers = [...directory.offers.values()].map((offer) => offer.supportTier);
    assert.equal(tiers.filter((tier) => tier === 'none').length, 1);
    assert.equal(tiers.filter((tier) => tier === 'community').length, 11);
  });

  it('guess nothing about where an offer runs', () => {
    assert.ok([...directory.offers.values()].every((offer) => offer.hosting === 'unknown'));
  });

  it('have only https links and contact pages', () => {
    for (const { links, contacts } of [...directory.offers.values(), ...directory.publishers.values()]) {
      for (const url of [...Object.values(links), ...contacts.flatMap((contact) => contact.url ?? [])])
        assert.match(url, /^https:\/\//);
    }
  });

  it('find every offer by its id, and a company by its name with the offers of both lists', () => {
    const index = buildOfferIndex(directory);
    for (const id of directory.offers.keys()) {
      const match = index.find(id);
      assert.ok(match.kind === 'one' && match.hit.offerId === id, id);
    }
    for (const publisher of directory.publishers.values()) {
      if (publisher.id.startsWith('name:') || publisher.contacts.length === 0) continue;
      const found = index.search(publisher.name, 10).map((hit) => directory.offers.get(hit.offerId));
      assert.ok(found.filter((offer) => offer?.publisherId === publisher.id).length >= 2, publisher.name);
    }
  });

  it('change nothing when imported again', async () => {
    for (const name of FILES) assert.equal((await bring(name, true)).outcome.kind, 'unchanged');
    assert.equal(store.commits.length, 2);
  });

  it('refuse the whole contact list without --skip-bad-rows', async () => {
    assert.deepEqual((await bring('isv-contacts', false)).outcome, { kind: 'refused', why: 'bad-rows' });
  });
});
