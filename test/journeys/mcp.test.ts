/** The MCP server through the SDK's own client: over HTTP with a key, and over standard input and output. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { RoutedBody } from '../../bot/api/api.js';
import { markedLines } from '../../bot/api/as-data.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { makeKey } from '../helpers/api-client.js';
import { startDesk, type Desk } from '../helpers/desk.js';

interface Called {
  readonly structuredContent?: Record<string, unknown>;
  readonly content: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

/** Connects with a key, does the work, and disconnects. */
async function connected<T>(desk: Desk, key: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${desk.url}/mcp`), { requestInit }));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

const call = async (client: Client, name: string, given: Record<string, unknown>) =>
  (await client.callTool({ name, arguments: given })) as unknown as Called;

describe('the MCP server', function () {
  let desk: Desk;
  let staff: string;
  let customer: string;
  before(async () => {
    desk = await startDesk();
    [staff, customer] = await Promise.all([
      makeKey(desk, 'partner', { name: 'Agent' }),
      makeKey(desk, 'customer'),
    ]);
  });
  after(() => desk.close());

  it('describes its four tools with the schemas of their input and output', async () => {
    const { tools } = await connected(desk, staff, (client) => client.listTools());
    assert.deepEqual(tools.map(({ name }) => name).sort(), [
      'find_offer',
      'open_outages',
      'report_wrong_contact',
      'who_is_responsible',
    ]);
    for (const { description, inputSchema, outputSchema, annotations } of tools) {
      assert.ok((description?.length ?? 0) > 40);
      assert.equal(inputSchema.type, 'object');
      assert.equal(outputSchema?.type, 'object');
      assert.notEqual(annotations?.readOnlyHint, undefined);
    }
  });

  it('answers a question with fields and with words', async () => {
    const told = await connected(desk, staff, (client) =>
      call(client, 'who_is_responsible', { text: 'Contoso Backup for Azure crashes with an error' }),
    );
    const body = told.structuredContent as unknown as RoutedBody;
    assert.equal(body.result, 'answer');
    assert.equal(told.content[0]?.text, markedLines(body.text ?? ''));
    assert.equal('card' in body, false);
  });

  it('gives the question to ask where a fact is missing', async () => {
    const told = await connected(desk, customer, (client) =>
      call(client, 'who_is_responsible', { text: 'I want a refund for Contoso Backup for Azure' }),
    );
    const { result } = told.structuredContent as unknown as RoutedBody;
    assert.equal(result, 'missing');
    assert.match(told.content[0]?.text ?? '', /^\| channel: How was the product bought\?\n\| - partner: /m);
  });

  it('finds offers, lists outages, and takes a report about a contact', async () => {
    await connected(desk, staff, async (client) => {
      const found = await call(client, 'find_offer', { query: 'backup azure', limit: 2 });
      assert.match(found.content[0]?.text ?? '', /contoso\.backup-azure/);
      const outages = await call(client, 'open_outages', {});
      assert.deepEqual(outages.structuredContent?.outages, []);
      const asked = { offer: 'contoso.backup-azure', issue: 'technical' };
      const { first } = (await call(client, 'who_is_responsible', asked))
        .structuredContent as unknown as RoutedBody;
      const report = { reference: first?.reference, reason: 'left' };
      const taken = await call(client, 'report_wrong_contact', report);
      assert.equal(taken.structuredContent?.outcome, 'recorded', JSON.stringify(taken));
    });
    const calls = desk.entries.filter(({ event, client }) => event === 'api.call' && client === 'Agent');
    assert.deepEqual([...new Set(calls.map(({ act }) => act))].sort(), [
      'find_offer',
      'open_outages',
      'report_wrong_contact',
      'who_is_responsible',
    ]);
  });

  it('has the policy and its sources as resources', async () => {
    await connected(desk, customer, async (client) => {
      const { resources } = await client.listResources();
      assert.deepEqual(
        resources.map(({ uri }) => uri),
        ['offer-desk://policy', 'offer-desk://policy/sources'],
      );
      const read = async (uri: string) => {
        const [page] = (await client.readResource({ uri })).contents;
        return page && 'text' in page ? page.text : '';
      };
      assert.match(await read('offer-desk://policy'), /`billing\.refund` \(Refund\): Responsible/);
      assert.match(await read('offer-desk://policy/sources'), /https:\/\/learn\.microsoft\.com/);
    });
  });

  it('offers only the tools that the key may use', async () => {
    const key = await makeKey(desk, 'partner', { scopes: ['offers'] });
    await connected(desk, key, async (client) => {
      assert.deepEqual(
        (await client.listTools()).tools.map(({ name }) => name),
        ['find_offer'],
      );
      const refused = await call(client, 'who_is_responsible', { text: 'x' });
      assert.equal(refused.isError, true);
    });
  });

  it('tells the model what to do when a tool refuses', async () => {
    const told = await connected(desk, staff, (client) =>
      call(client, 'report_wrong_contact', { reference: 'nonsense', reason: 'left' }),
    );
    assert.equal(told.isError, true);
    assert.match(told.content[0]?.text ?? '', /^request\.malformed: reference: names no contact\./);
  });

  it('names the wrong argument, what was wrong and what to send, without the value', async () => {
    const wrong = [
      ['who_is_responsible', { issue: 'sideways' }, /issue: unknown value\. Send one of: .*billing/],
      ['who_is_responsible', { languages: 'sideways' }, /languages: unknown field\. The fields are: text,/],
      ['find_offer', {}, /query: missing\./],
      ['open_outages', { offer: ['sideways'] }, /offer: wrong type\. Send text\. It is the id of an offer/],
      ['report_wrong_contact', { reference: 'x', reason: 'sideways' }, /reason: .*bounces/],
      ['sideways', {}, /Unknown tool\. The tools of this key are: who_is_responsible,/],
    ] as const;
    await connected(desk, staff, async (client) => {
      for (const [name, given, words] of wrong) {
        const told = await call(client, name, given);
        assert.equal(told.isError, true);
        assert.match(told.content[0]?.text ?? '', words);
        assert.doesNotMatch(told.content[0]?.text ?? '', /sideways/);
      }
    });
  });

  it('refuses a client without a key', async () => {
    await assert.rejects(connected(desk, 'nonsense', (client) => client.listTools()));
    const answer = await fetch(`${desk.url}/mcp`, { method: 'GET' });
    assert.equal(answer.status, 405);
  });
});

describe('offer-desk mcp', function () {
  const started = async <T>(dataDir: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ name: 'test', version: '1.0.0' });
    const args = ['--import', 'tsx', 'bot/cli.ts', 'mcp'];
    const env = { PATH: process.env.PATH ?? '', HOME: dataDir, OFFER_DESK_DATA_DIR: dataDir };
    const { execPath: command } = process;
    await client.connect(
      new StdioClientTransport({ command, args, env, cwd: findRootDir(), stderr: 'inherit' }),
    );
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  };
  const ask = async (client: Client) => {
    const asked = { offer: 'contoso.backup-azure', issue: 'technical' };
    return (await call(client, 'who_is_responsible', asked)).structuredContent as unknown as RoutedBody;
  };

  it('answers on standard output beside a running server, which takes the reports', async () => {
    const desk = await startDesk();
    try {
      await started(desk.dataDir, async (client) => {
        assert.equal((await client.listTools()).tools.length, 4);
        const { result, first } = await ask(client);
        assert.equal(result, 'answer');
        const report = { reference: first?.reference, reason: 'left', note: '-5 people left' };
        const taken = await call(client, 'report_wrong_contact', report);
        assert.equal(taken.structuredContent?.outcome, 'recorded', JSON.stringify(taken));
        const again = await call(client, 'report_wrong_contact', report);
        assert.equal(again.structuredContent?.outcome, 'before');
      });
      const open = await desk.app.stores.reports.open(10);
      assert.deepEqual(
        open.map(({ reason }) => reason),
        ['left'],
      );
    } finally {
      await desk.close();
    }
  });

  it('answers from the sample without a server, and takes the reports itself', async () => {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-mcp-'));
    try {
      await started(dataDir, async (client) => {
        const { sample, first } = await ask(client);
        assert.equal(sample, true);
        const taken = await call(client, 'report_wrong_contact', {
          reference: first?.reference,
          reason: 'left',
        });
        assert.equal(taken.structuredContent?.outcome, 'recorded', JSON.stringify(taken));
      });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
