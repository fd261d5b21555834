/** A key for customers gets no byte of a hidden field: over HTTP, from the MCP server, and on the card. */
import assert from 'node:assert/strict';
import { API_SCOPES } from '../../core/services/api/api-keys.js';
import { ISSUES, PURCHASE_CHANNELS } from '../../core/terms.js';
import { askWith, makeKey } from '../helpers/api-client.js';
import { CANARY, canaryFiles, DIRECTORY } from '../helpers/canary.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { mcpBytes } from '../helpers/mcp-client.js';

interface Routed {
  readonly result: string;
  readonly first?: { readonly reference?: string };
}

const MICROSOFT = /partner\.microsoft\.com|portal\.azure\.com/;

describe('a key for customers', function () {
  let desk: Desk;
  let key: string;
  let files: Awaited<ReturnType<typeof canaryFiles>>;
  const seen: string[] = [];
  before(async () => {
    files = await canaryFiles();
    desk = await startDesk(files.env);
    key = await makeKey(desk, 'customer');
  });
  after(async () => {
    await desk.close();
    await files.remove();
  });

  const clean = (bytes: string, what: string): void => {
    assert.doesNotMatch(bytes, CANARY, what);
    // The reference of a contact is coded; look inside too.
    for (const [, coded = ''] of bytes.matchAll(/"reference":"([\w-]+)"/g))
      assert.doesNotMatch(Buffer.from(coded, 'base64url').toString('utf8'), CANARY, what);
    seen.push(bytes);
  };
  const facts = (issue: string, channel: string) => ({
    issue,
    channel,
    agreement: 'unknown',
    hosting: 'unknown',
    refundWindow: 'open',
    country: 'DE',
  });

  it('sees no hidden field in any answer, for every issue, offer and purchase channel', async () => {
    let answers = 0;
    for (const offer of DIRECTORY.offers.map(({ id }) => id))
      for (const issue of ISSUES)
        for (const channel of offer === 'contoso.backup' ? PURCHASE_CHANNELS : (['partner'] as const)) {
          const asked = { offer, ...facts(issue, channel), cardFor: answers % 2 === 0 ? 'web' : 'teams' };
          const { status, text, body } = await askWith<Routed>(desk, key, '/api/route', asked);
          assert.equal(status, 200, text);
          clean(text, `${offer} ${issue} ${channel}`);
          if (body.result === 'answer') answers += 1;
        }
    assert.ok(answers > 200, String(answers));
  });

  it('sees no hidden field in answers to sentences, in lists of offers and in lists of outages', async () => {
    for (const text of ['Contoso', 'Contoso Backup crashes', 'engineering contact of Contoso Backup', 'help'])
      clean((await askWith(desk, key, '/api/route', { text })).text, text);
    for (const query of ['contoso', 'canary', 'backup'])
      clean((await askWith(desk, key, `/api/offers?query=${query}`)).text, query);
    clean((await askWith(desk, key, '/api/outages')).text, 'outages');
  });

  it('sees no hidden field from any tool and resource of the MCP server', async () => {
    const rpc = async (method: string, params: object) => {
      const text = await mcpBytes(desk, key, method, params);
      assert.doesNotMatch(text, /"error"/, text);
      clean(text.replaceAll('\\"', '"'), `${method} ${JSON.stringify(params)}`);
    };
    await rpc('tools/list', {});
    await rpc('resources/list', {});
    for (const uri of ['offer-desk://policy', 'offer-desk://policy/sources'])
      await rpc('resources/read', { uri });
    const tool = (name: string, given: object) => rpc('tools/call', { name, arguments: given });
    for (const issue of ISSUES)
      await tool('who_is_responsible', { offer: 'contoso.backup', ...facts(issue, 'partner') });
    await tool('find_offer', { query: 'contoso' });
    await tool('open_outages', {});
    await tool('report_wrong_contact', { reference: 'nonsense', reason: 'left' });
  });

  it('gets no contact of Microsoft in an answer about a purchase through the partner', async () => {
    const asked = { offer: 'contoso.backup', ...facts('billing', 'partner') };
    assert.doesNotMatch((await askWith(desk, key, '/api/route', asked)).text, MICROSOFT);
  });

  it('would have found a hidden field: a key for staff gets them', async () => {
    const staff = await makeKey(desk, 'partner', { scopes: API_SCOPES });
    const asked = { offer: 'contoso.backup', ...facts('technical', 'partner') };
    assert.match((await askWith(desk, staff, '/api/route', asked)).text, CANARY);
    assert.ok(seen.length > 250);
  });
});
