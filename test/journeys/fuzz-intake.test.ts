/** The desk reads or refuses any outage notice and any offer file. Nothing breaks, and no file is half imported. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { openDirectoryFile } from '../../bot/directory/file-source.js';
import { hashUrlToken } from '../../bot/outages/verify.js';
import { FORMATS } from '../../bot/outages/parsers/registry.js';
import { DeskError } from '../../core/errors.js';
import { importRows } from '../../core/services/directory/import-rows.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { memoryDirectoryStore } from '../helpers/memory-directory-store.js';
import { mutated } from '../helpers/mutate.js';

const RUNS = Number(process.env.OFFER_DESK_FUZZ_RUNS ?? 25);
const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const SAMPLES: Readonly<Partial<Record<string, string>>> = {
  own: 'own-outage.json',
  'standard-webhooks': 'standard-webhooks-envelope.json',
  cloudevents: 'cloudevents-batch.json',
  statuspage: 'statuspage-incident.json',
  alertmanager: 'alertmanager-mixed.json',
  'azure-service-health': 'azure-fired-resolved.json',
  instatus: 'instatus-incident.json',
  'uptime-kuma': 'uptime-kuma-down.json',
  graph: 'graph-issues.json',
};
/** The publishers of the samples. Each sender may report only for one publisher. */
const SPEAKS_FOR: Readonly<Partial<Record<string, string>>> = {
  alertmanager: 'tailspin',
  'uptime-kuma': 'litware',
};
const OFFERS = ['contoso.ledger', 'tailspin.toys', 'litware.portal'];
const sample = (name: string) =>
  readFileSync(path.join(findRootDir(), 'test/fixtures/outages', name), 'utf8');

describe('the outage intake with malformed notices', function () {
  let desk: Desk;
  let clock = Date.UTC(2026, 5, 1);
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  before(async () => {
    // Every notice comes an hour after the last notice, so that the limits on senders do not hide the parsers.
    desk = await startDesk({}, { now: () => clock });
    for (const format of FORMATS) {
      const about = { id: format, publisherId: SPEAKS_FOR[format] ?? 'contoso', format } as const;
      await desk.app.stores.outages.sources.save(
        {
          ...about,
          offers: OFFERS,
          componentOffers: {},
          owner: 'publisher',
          active: true,
          tellsApart: true,
          auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] },
          confirmAt: null,
        },
        'test',
        1,
      );
    }
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await desk?.close();
  });

  const post = async (format: string, body: string | Buffer) => {
    clock += 3_600_000;
    const sent = body instanceof Buffer ? new Uint8Array(body) : body;
    const answer = await fetch(`${desk.url}/api/outages/${format}?token=${TOKEN}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: sent,
    });
    await answer.text();
    return answer.status;
  };
  const understood = (status: number) => [200, 400, 403, 413].includes(status);

  for (const [format, file] of Object.entries(SAMPLES) as [string, string][]) {
    it(`accepts or refuses each notice: ${format}`, async () => {
      assert.equal(await post(format, sample(file)), 200);
      await fc.assert(
        fc.asyncProperty(mutated(JSON.parse(sample(file))), async (payload) => {
          const status = await post(format, JSON.stringify(payload));
          assert.ok(understood(status), String(status));
        }),
        { numRuns: RUNS },
      );
      assert.deepEqual(unhandled, []);
    });
  }

  for (const [format, file] of [
    ['atom', 'history.atom'],
    ['rss', 'regions.rss'],
  ] as const) {
    it(`accepts or refuses each notice: ${format}, with bytes cut, doubled and replaced`, async () => {
      const text = sample(file);
      assert.equal(await post(format, text), 200);
      const spot = fc.nat(text.length);
      const piece = fc.constantFrom('<', ']]>', '&#x0;', '<!DOCTYPE x [<!ENTITY a "b">]>', '\u0000', '<a>');
      await fc.assert(
        fc.asyncProperty(spot, spot, piece, async (from, to, odd) => {
          const body = `${text.slice(0, from)}${odd}${text.slice(to)}`;
          assert.ok(understood(await post(format, body)));
        }),
        { numRuns: RUNS },
      );
    });
  }

  it('accepts or refuses notices that are not text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom(...FORMATS),
        async (bytes, format) => {
          assert.ok(understood(await post(format, Buffer.from(bytes))));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('never creates an incident that the desk cannot show', async () => {
    for (const incident of await desk.app.stores.outages.incidents.open()) {
      assert.ok(incident.title.length > 0 && incident.title.length <= 1_000);
      assert.doesNotThrow(() => JSON.stringify(incident));
    }
    assert.equal((await fetch(`${desk.url}/readyz`)).status, 200);
  });
});

describe('the import with malformed offer files', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-fuzz-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The result of a file: a report, or an error with a known code. Every other result fails the test. */
  const taken = async (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    const directory = memoryDirectoryStore();
    try {
      const { rows } = await openDirectoryFile(file, {});
      const about = { source: 'file:fuzz', mode: 'full', actor: 'test', now: 1 } as const;
      const report = await importRows({ directory }, { ...about, rows, skipBadRows: true });
      return report.outcome.kind;
    } catch (error) {
      assert.ok(error instanceof DeskError, String(error));
      assert.match(error.code, /^import\./);
      assert.equal(await directory.version(), 0, 'refused and yet written');
      return error.code;
    }
  };
  const cell = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      'contoso.vault',
      'Contoso',
      'help@contoso.com',
      '=cmd|x',
      '"',
      'a,b',
      'a\nb',
      '\u0000',
      '',
    ),
  );
  const columns = ['offerId', 'name', 'publisherId', 'publisherName', 'supportEmail', 'supportUrl', 'plans'];

  it('accepts or refuses each file with a reason: tables', async () => {
    const table = fc.record({
      header: fc.shuffledSubarray(columns, { minLength: 1 }),
      rows: fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 12 }),
      quoted: fc.boolean(),
      separator: fc.constantFrom(',', ';', '\t', '|'),
    });
    await fc.assert(
      fc.asyncProperty(table, async ({ header, rows, quoted, separator }) => {
        const put = (text: string) => (quoted ? `"${text.replaceAll('"', '""')}"` : text);
        const lines = [header, ...rows].map((row) => row.map(put).join(separator));
        await taken('offers.csv', lines.join('\n'));
      }),
      { numRuns: RUNS },
    );
  });

  it('accepts or refuses each file with a reason: JSON of any shape', async () => {
    const offer = fc.dictionary(fc.constantFrom(...columns), fc.jsonValue({ maxDepth: 2 }));
    const body = fc.oneof(fc.jsonValue(), fc.array(offer, { maxLength: 8 }));
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        await taken('offers.json', JSON.stringify(value));
      }),
      { numRuns: RUNS },
    );
  });

  it('accepts or refuses each file with a reason: any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom('csv', 'json'),
        async (bytes, ext) => {
          await taken(`offers.${ext}`, bytes);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
