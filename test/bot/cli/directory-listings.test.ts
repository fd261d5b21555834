/** The reports of the directory for operators: findings, exports, the origin of values, the audit trail. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { directoryImport, EXIT } from '../../../bot/cli/directory.js';
import {
  directoryAudit,
  directoryCheck,
  directorySources,
  directoryWhy,
} from '../../../bot/cli/directory-listings.js';
import { directoryExport, EXPORT_FORMATS } from '../../../bot/cli/directory-export.js';
import { directoryVerify } from '../../../bot/cli/directory-verify.js';
import { readProfile } from '../../../bot/directory/sample.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { contactMark, correctedRow } from '../../../core/directory/correction.js';
import type { Contact, Offer } from '../../../core/directory/types.js';
import { correctContact } from '../../../core/services/directory/correct-contact.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const ROOT = path.join(import.meta.dirname, '..', '..', '..');

describe('the directory commands', () => {
  let folder: string;
  let stores: Stores;
  let lines: string[];
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const said = () => lines.join('\n');
  const importing = (file: string, source: string) =>
    directoryImport({ file, source }, stores, out, { actor: 'tester', now: NOW });

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
    stores = await openStores({ dataDir: path.join(folder, 'data'), now: () => NOW, log: new CapturedLog() });
    await stores.profile.save(
      await readProfile(path.join(ROOT, 'data', 'partner-profile.json')),
      'tester',
      NOW,
    );
    lines = [];
    await importing(path.join(ROOT, 'data', 'directory.json'), 'sample');
  });
  beforeEach(() => {
    lines = [];
  });
  after(async () => {
    await stores.close();
    rmSync(folder, { recursive: true });
  });

  it('name the offers without a contact, and end with a special exit code', async () => {
    assert.equal(await directoryCheck({}, stores, out), EXIT.refused);
    assert.match(said(), /Nobody to contact for partner staff: \d+\n  \S+/);
    assert.match(said(), /Nobody to contact for customers: \d+/);
  });

  it('name the sources that fail, and what to do, until these sources work again', async () => {
    const state = { source: 'catalog:us', triedAt: NOW, succeededAt: NOW - 86_400_000, fingerprint: 'f' };
    const detail = 'source.refused: it answers 401 (the key is not accepted). Check the key';
    await stores.syncs.save({ ...state, outcome: 'failed', detail });
    await directoryCheck({}, stores, out);
    assert.match(
      said(),
      /Sources that do not come in: 1\n {2}catalog:us: 2026-11-22 10:00 failed, .*key is not accepted.*last read well 2026-11-21 10:00/,
    );
    lines = [];
    await stores.syncs.save({ ...state, outcome: 'done', detail: 'fine' });
    await directoryCheck({}, stores, out);
    assert.doesNotMatch(said(), /Sources that do not come in/);
  });

  for (const format of EXPORT_FORMATS) {
    it(`write ${format} that an import reads without any change`, async () => {
      const file = path.join(folder, `out.${format}`);
      assert.equal(await directoryExport({ file, format }, stores, out), EXIT.ok);
      assert.equal(await importing(file, 'sample'), EXIT.ok);
      assert.match(said(), /Nothing to do: the directory already has these values/);
      assert.equal(existsSync(`${file}.part`), false);
    });
  }

  it('fail when the folder of the file does not exist', async () => {
    const file = path.join(folder, 'missing', 'out.csv');
    await assert.rejects(directoryExport({ file, format: 'csv' }, stores, out), /ENOENT/);
  });

  it('writes over no store and no backup', async () => {
    const file = path.join(folder, 'copy.sqlite');
    writeFileSync(file, 'SQLite format 3\0 and pages');
    assert.equal(await directoryExport({ file, format: 'csv' }, stores, out), EXIT.refused);
    assert.equal(readFileSync(file, 'latin1'), 'SQLite format 3\0 and pages');
  });

  it('refuse to write JSON that is too large for an import, and say what to do', async () => {
    const file = path.join(folder, 'large.json');
    const refused = await directoryExport(
      { file, format: 'json', maxJsonBytes: 2_097_152 / 1024 },
      stores,
      out,
    );
    assert.equal(refused, EXIT.refused);
    assert.match(said(), /Nothing was written: .*MB an import takes of JSON/);
    assert.match(said(), /--format ndjson/);
    assert.deepEqual([existsSync(file), existsSync(`${file}.part`)], [false, false]);
  });

  it('refuse to write values that are too long for an import, and name the offer and the field', async () => {
    const many = (count: number, text: string) =>
      Array.from({ length: count }, (_, at) => `${text} ${String(at)}`);
    const plans = many(500, 'x'.repeat(60)).map((name, at) => ({ id: `plan-${String(at)}`, name }));
    const [offer] = (await stores.directory.load()).offers.values();
    assert.ok(offer);
    const put = async (changes: Partial<Offer>) => {
      const row = { ...offer, id: 'contoso.large', publisherId: 'contoso', ...changes };
      const upserts = [{ kind: 'offer' as const, key: `offer:${row.id}`, offer: row }];
      await stores.directory.commit({
        source: 'file:large',
        actor: 'tester',
        at: NOW,
        upserts,
        removals: [],
      });
    };
    const exporting = (format: 'csv' | 'ndjson') => {
      lines = [];
      return directoryExport(
        { file: path.join(folder, `large.${format}`), format, source: 'file:large' },
        stores,
        out,
      );
    };
    await put({ aliases: many(100, 'Alias'), plans });
    assert.equal(await exporting('csv'), EXIT.refused);
    assert.match(
      said(),
      /offer:contoso\.large plans: \d{5} characters, at most 32767 are read\n.*--format ndjson/,
    );
    assert.equal(await exporting('ndjson'), EXIT.ok);
    await importing(path.join(folder, 'large.ndjson'), 'file:large');
    assert.match(said(), /Added: 0 offers, 1 publisher:[\s\S]*1 row read, 1 unchanged/);
    await put({ aliases: many(101, 'Alias'), plans: [] });
    assert.equal(await exporting('ndjson'), EXIT.refused);
    assert.match(said(), /offer:contoso\.large aliases: 101 entries, at most 100 are read/);
    await stores.directory.commit({
      source: 'file:large',
      actor: 'tester',
      at: NOW,
      upserts: [],
      removals: ['offer:contoso.large', 'publisher:contoso'],
    });
  });

  it('write no file for a source without rows', async () => {
    const file = path.join(folder, 'none.csv');
    assert.equal(
      await directoryExport({ file, format: 'csv', source: 'file:none' }, stores, out),
      EXIT.refused,
    );
    assert.equal(existsSync(file), false);
  });

  it('write the rows of one source', async () => {
    const file = path.join(folder, 'one.csv');
    assert.equal(await directoryExport({ file, format: 'csv', source: 'sample' }, stores, out), EXIT.ok);
    assert.equal(readFileSync(file, 'utf8').split('\r\n').length > 10, true);
  });

  it('say where an address comes from, and whether an administrator corrected the address', async () => {
    const directory = await stores.directory.load();
    const offer = [...directory.offers.values()].find((one) => one.contacts.some((contact) => contact.email));
    const before = offer?.contacts.find((contact) => contact.email);
    assert.ok(offer && before);
    assert.equal(await directoryWhy({ offer: offer.id, field: before.kind }, stores, out), EXIT.ok);
    assert.match(said(), /from sample, .*no other source gives it/);
    lines = [];
    const correction: Contact = {
      kind: before.kind,
      email: 'right@contoso.com',
      corrects: contactMark(before),
    };
    const row = correctedRow(undefined, { kind: 'offer', offer }, correction);
    await stores.directory.commit({ source: 'admin', actor: 'aad:1', at: NOW, upserts: [row], removals: [] });
    await directoryWhy({ offer: offer.name, field: 'email' }, stores, out);
    assert.match(said(), /right@contoso\.com\n\s+from admin, .*an administrator corrected it/);
  });

  it('refuse an unknown offer, and say that no source gives an unknown field', async () => {
    assert.equal(await directoryWhy({ offer: 'nobody.nothing' }, stores, out), EXIT.refused);
    const [id = ''] = (await stores.directory.load()).offers.keys();
    assert.equal(await directoryWhy({ offer: id, field: 'colour' }, stores, out), EXIT.refused);
    assert.match(said(), /no source gives colour/);
  });

  it('list the rows of each source, and who changed which row and when', async () => {
    await directorySources(stores, out);
    assert.match(said(), /sample: \d+ offers, \d+ publishers; last changed 2026-11-22 10:00 by tester/);
    lines = [];
    await directoryAudit({ limit: 3 }, stores, out);
    assert.match(said(), /^2026-11-22 10:00 {2}aad:1 {2}admin {2}version \d+ {2}add offer:/);
  });

  describe('directory verify', () => {
    const context = { actor: 'cli:amy', now: NOW };
    const verify = (key?: string, kind?: string) => {
      lines = [];
      return directoryVerify({ key, kind, limit: 1 }, stores, out, context);
    };
    const queued = () => {
      const [, key = '', kind = ''] = /directory verify (\S+) (\S+)/.exec(said()) ?? [];
      return { key, kind, count: Number(/(\d+) contacts/.exec(said())?.[1]) };
    };

    it('lists the contacts to verify, the oldest first, with the next command', async () => {
      assert.equal(await verify(), EXIT.ok);
      assert.match(lines[0] ?? '', /^never/);
      assert.match(said(), /\d+ contacts were not verified within half a year/);
      assert.match(said(), /Is it wrong\? directory correct \S+ \S+/);
    });

    it('records who verified a contact, and removes the contact from the list', async () => {
      await verify();
      const { key, kind, count } = queued();
      const why = async () => {
        lines = [];
        await directoryAudit({ key, limit: 1 }, stores, out);
        return said();
      };
      assert.equal(await verify(key, kind), EXIT.ok);
      assert.match(said(), new RegExp(`^Verified by cli:amy: ${key} ${kind}: `));
      assert.match(
        said(),
        new RegExp(`^${String(count - 1)} contacts are still to be verified; next: `, 'm'),
      );
      assert.match(await why(), /^2026-11-22 10:00 {2}cli:amy {2}admin /);
      const { offers, publishers } = await stores.directory.load();
      const owner = offers.get(key.replace('offer:', '')) ?? publishers.get(key.replace('publisher:', ''));
      assert.equal(owner?.contacts.find((one) => one.kind === kind)?.verifiedOn, '2026-11-22');
    });

    it('settles the reports about the verified contact, and no other reports', async () => {
      await verify();
      const { key } = queued();
      const reporter = {
        channelId: 'webchat',
        conversationId: 'c',
        userId: 'dl_1',
        language: 'en',
        asker: 'customer',
      } as const;
      const report = (id: string, way: 'publisher-support' | 'publisher-engineering') =>
        stores.reports.add({
          id,
          at: NOW,
          about: { key, way, mark: 'm' },
          reason: 'other',
          note: '',
          reporter,
        });
      const { publishers, offers } = await stores.directory.load();
      const owner = offers.get(key.replace('offer:', '')) ?? publishers.get(key.replace('publisher:', ''));
      assert.ok(owner);
      const kind = owner.contacts[0]?.kind ?? '';
      const [own, other] =
        kind === 'engineering'
          ? (['publisher-engineering', 'publisher-support'] as const)
          : (['publisher-support', 'publisher-engineering'] as const);
      await report('r1', own);
      await report('r2', other);
      assert.equal(await verify(key, kind), EXIT.ok);
      assert.deepEqual(
        (await stores.reports.open(10)).map((one) => one.id),
        ['r2'],
      );
    });

    it('refuses a dead contact, an unknown contact and an unknown offer', async () => {
      const { publishers } = await stores.directory.load();
      const owner = [...publishers.values()].find((one) => one.contacts.length > 0);
      const contact = owner?.contacts[0];
      assert.ok(owner && contact);
      const key = `publisher:${owner.id}`;
      await correctContact(stores.directory, {
        key,
        kind: contact.kind,
        fields: {},
        dead: 'left',
        ...context,
      });
      assert.equal(await verify(key, contact.kind), EXIT.refused);
      assert.match(said(), /is marked dead since 2026-11-22/);
      assert.equal(await verify(key, 'nobody'), EXIT.refused);
      assert.equal(await verify('nobody.nothing'), EXIT.refused);
      assert.match(said(), /does not know offer:nobody\.nothing/);
    });
  });
});
