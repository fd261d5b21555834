/** The payloads, the curl lines and the signing script of docs/connect-senders.md work with the server. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { runDoorCommand } from '../bot/cli/every-command.js';
import { FORMATS, formatNamed, parseOutage } from '../bot/outages/parsers/registry.js';
import { startDesk, type Desk } from './helpers/desk.js';
import { blocksOf, commandLines, readDocument, variantsOf } from './helpers/documents.js';

const blocks = blocksOf(readDocument('docs/connect-senders.md'));
const payloads = blocks.flatMap(({ info, text }) => {
  const format = info.find((word) => word.startsWith('payload='))?.slice('payload='.length);
  return format === undefined ? [] : [{ format, text }];
});
/** The values that Datadog writes for its variables. */
const DATADOG: Readonly<Record<string, string>> = {
  $ALERT_ID: '77',
  $ALERT_SCOPE: 'offer:contoso.backup',
  $ALERT_TRANSITION: 'Triggered',
  $ALERT_PRIORITY: 'P2',
  $EVENT_TITLE: '[Triggered] Restore fails',
  $TEXT_ONLY_MSG: 'Restores fail.',
  $TAGS: 'offer:contoso.backup,region:West Europe',
  $LAST_UPDATED: '1772439300000',
  $LINK: 'https://app.datadoghq.com/monitors/77',
};

describe('docs/connect-senders.md', function () {
  let desk: Desk;
  let dir = '';
  before(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-senders-'));
    writeFileSync(path.join(dir, 'notice.json'), payloads[0]?.text ?? '');
    desk = await startDesk();
  });
  after(async () => {
    await desk?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const run = async (argv: readonly string[]): Promise<readonly string[]> => {
    const lines: string[] = [];
    const { stores, directory } = desk.app;
    const entry = {
      config: { publicUrl: desk.url },
      stores,
      directory,
      now: Date.now,
      log: { info: () => undefined },
    };
    const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
    const asked = { actor: 'cli:test', request: { argv, folder: dir } };
    const code = await runDoorCommand(asked, entry as unknown as Parameters<typeof runDoorCommand>[1], out);
    assert.equal(code, 0, lines.join('\n'));
    return lines;
  };

  it('shows payloads that open or change an outage of the offer', () => {
    assert.ok(payloads.length >= 3);
    for (const { format, text } of payloads) {
      const body = text.replace(/\$[A-Z_]+/g, (name) => DATADOG[name] ?? name);
      const parsed = parseOutage(format, body);
      assert.equal(parsed.kind, 'events', `${format}: ${JSON.stringify(parsed)}`);
      assert.ok(parsed.kind === 'events' && parsed.events.length === 1, format);
      assert.notEqual(parsed.events[0]?.state, 'unknown');
    }
    const named = payloads
      .slice(0, 1)
      .concat(payloads.slice(-1))
      .map(({ format, text }) =>
        parseOutage(
          format,
          text.replace(/\$[A-Z_]+/g, (name) => DATADOG[name] ?? name),
        ),
      );
    for (const parsed of named)
      assert.deepEqual(parsed.kind === 'events' && parsed.events[0]?.affected.offers, ['contoso.backup']);
  });

  it('shows a registration and curl lines that the server accepts', async () => {
    const [line = ''] = blocks
      .filter((one) => one.info.includes('runnable'))
      .flatMap((one) => commandLines(one.text));
    const printed = (await run(variantsOf(line)[0] ?? [])).join('\n');
    const token = /[?&]token=(\S+)/.exec(printed)?.[1] ?? '';
    assert.ok(token.length > 20, printed);
    const curls = blocks.filter((one) => one.info.includes('curl'));
    assert.equal(curls.length, 2);
    for (const { text } of curls) {
      const answer = await curl(text.replaceAll('TOKEN', token), desk.url, payloads[0]?.text ?? '');
      assert.equal(answer.status, 200, await answer.text());
    }
    const wrong = await curl((curls[0]?.text ?? '').replaceAll('TOKEN', 'x'.repeat(43)), desk.url, '{}');
    assert.equal(wrong.status, 401);
  });

  it('names every format', () => {
    const words = readDocument('docs/connect-senders.md').match(/[\w-]+/g) ?? [];
    const named = new Set(words.map((word) => formatNamed(word)?.name));
    assert.deepEqual(
      FORMATS.filter((name) => !named.has(name)),
      [],
    );
  });

  it('shows a script that signs requests so that the server accepts them', async () => {
    const printed = (
      await run(
        'outages sources add contoso-signed --format own --publisher contoso --sign standard-webhooks'.split(
          ' ',
        ),
      )
    ).join('\n');
    const script = path.join(dir, 'send.mjs');
    writeFileSync(script, blocks.find((one) => one.info.includes('signed'))?.text ?? '');
    const env = {
      ...process.env,
      ADDRESS: `${desk.url}/api/outages/contoso-signed`,
      SECRET: /whsec_\S+/.exec(printed)?.[0] ?? '',
    };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: dir, env });
    assert.match(stdout, /^200 /);
  });
});

/** Sends the request of a curl line to the test's server. */
function curl(line: string, origin: string, body: string): Promise<Response> {
  const address = /"(https:[^"]+)"/.exec(line)?.[1]?.replace('https://desk.contoso.com', origin) ?? '';
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(
    ([, name = '', value = '']) => [name, value] as [string, string],
  );
  assert.match(line, /curl -X POST .* --data @notice\.json/);
  return fetch(address, { method: 'POST', headers, body });
}
