/** Holds the parsers to what a person reads in real senders' payloads; runs only where those payloads are at hand. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseOutage } from '../../bot/outages/parsers/registry.js';
import { short, type ShortEvent } from '../helpers/outages.js';

interface Golden {
  readonly payload: string;
  readonly format: string;
  readonly events: readonly ShortEvent[];
}

const folder = join(import.meta.dirname, 'incidents');
const data = process.env.OFFER_DESK_REAL_DATA;

describe('real payloads are parsed as a person reads them', () => {
  for (const name of readdirSync(folder)) {
    const golden = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;
    for (const format of [golden.format, 'auto']) {
      it(`${golden.payload} as ${format}`, function () {
        if (data === undefined || !existsSync(join(data, 'incidents'))) return this.skip(); // real data is not at hand
        const result = parseOutage(format, readFileSync(join(data, 'incidents', golden.payload)));
        assert.ok(result.kind === 'events', JSON.stringify(result));
        assert.deepEqual(
          result.events.map((event, n) => short(event, golden.events[n])),
          golden.events,
        );
      });
    }
  }

  it('every payload in the folder has a golden file', function () {
    if (data === undefined || !existsSync(join(data, 'incidents'))) return this.skip(); // real data is not at hand
    const payloads = readdirSync(join(data, 'incidents'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(data, 'incidents').length + 1));
    const covered = readdirSync(folder).map(
      (n) => (JSON.parse(readFileSync(join(folder, n), 'utf8')) as Golden).payload,
    );
    assert.deepEqual(payloads.sort(), covered.sort());
  });
});
