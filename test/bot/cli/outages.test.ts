/** The command that parses a payload prints the documented keys and nothing else, or the code of a refusal. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { outagesParse } from '../../../bot/cli/outages.js';
import { parseOutage } from '../../../bot/outages/parsers/registry.js';

const fixture = (name: string): string => join(import.meta.dirname, '../../fixtures/outages', name);

async function run(
  format: string | undefined,
  file: string,
): Promise<{ exit: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const options = format === undefined ? { file } : { file, format };
  const exit = await outagesParse(options, (t) => (out += t), (t) => (err += t)); // prettier-ignore
  return { exit, out, err };
}

describe('outages parse', () => {
  it('prints a JSON list with exactly the documented keys', async () => {
    const { exit, out } = await run('own', fixture('own-outage.json'));
    assert.equal(exit, 0);
    const [event] = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(Object.keys(event ?? {}), [
      'sourceId', 'title', 'state', 'severity', 'started', 'updated', 'resolved', 'affected', 'updates',
    ]); // prettier-ignore
    assert.equal(event?.started, '2026-03-02T07:15:00.000Z');
    assert.deepEqual(Object.keys(event?.affected ?? {}), ['offers', 'publishers', 'components', 'regions']);
  });

  it('detects the format when no format is given', async () => {
    const { out } = await run(undefined, fixture('history.atom'));
    assert.equal((JSON.parse(out) as unknown[]).length, 2);
  });

  it('prints JSON that the own format reads as the same outages', async () => {
    for (const name of [
      'statuspage-incident.json',
      'azure-fired-resolved.json',
      'regions.rss',
      'graph-issues.json',
    ]) {
      const { out } = await run(undefined, fixture(name));
      const again = parseOutage('own', out);
      assert.ok(again.kind === 'events', JSON.stringify(again));
      const before = JSON.parse(out) as {
        sourceId: string;
        state: string;
        started: string;
        updates: unknown[];
      }[];
      assert.deepEqual(
        again.events.map((e) => [e.sourceId, e.state, e.startedAt, e.updates.length]),
        before.map((e) => [e.sourceId, e.state, Date.parse(e.started), e.updates.length]),
      );
    }
  });

  it('ends with exit code 1, and prints the code of the refusal', async () => {
    const { exit, out, err } = await run('statuspage', fixture('own-outage.json'));
    assert.deepEqual([exit, out], [1, '']);
    assert.match(err, /^wrong-shape: /);
  });

  it('names a file that cannot be read, and prints no stack trace', async () => {
    const { exit, err } = await run('own', fixture('nobody.json'));
    assert.equal(exit, 1);
    assert.match(err, /^unreadable-file: .*nobody\.json/);
  });
});
