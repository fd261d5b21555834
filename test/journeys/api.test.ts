/** Other systems ask over HTTP: with a key they get the answers of the chat, or the facts that are missing. */
import assert from 'node:assert/strict';
import type { RoutedBody } from '../../bot/api/api.js';
import { lintCard } from '../helpers/card-lint.js';
import { askWith, makeKey } from '../helpers/api-client.js';
import { ASKS_HOW_BOUGHT, startDesk, type Desk } from '../helpers/desk.js';
import { outageSender, until } from '../helpers/outage-sender.js';

type Routed = RoutedBody & { readonly card?: Record<string, unknown> };
interface Offers {
  readonly offers: readonly { readonly id: string; readonly name: string; readonly publisher: string }[];
}
interface Outages {
  readonly outages: readonly {
    readonly id: string;
    readonly title: string;
    readonly offers: readonly { id: string }[];
  }[];
}

describe('the interface for other systems', function () {
  let desk: Desk;
  let staff: string;
  let customer: string;
  before(async () => {
    desk = await startDesk(ASKS_HOW_BOUGHT);
    [staff, customer] = await Promise.all([
      makeKey(desk, 'partner', { name: 'ServiceNow' }),
      makeKey(desk, 'customer', { name: 'Help center' }),
    ]);
  });
  after(() => desk.close());

  const route = async (key: string, asked: object) => {
    const { status, body, text } = await askWith<Routed>(desk, key, '/api/route', asked);
    assert.equal(status, 200, text);
    return body;
  };
  const entries = (event: string) => desk.entries.filter((entry) => entry.event === event);

  it('answers a sentence with party, first contact, escalation, reason, source and card', async () => {
    const body = await route(staff, { text: 'Contoso Backup for Azure crashes with an error' });
    assert.equal(body.result, 'answer');
    assert.equal(body.issue?.id, 'technical');
    assert.deepEqual(body.offer, {
      id: 'contoso.backup-azure',
      name: 'Contoso Backup for Azure',
      publisher: 'Contoso, Ltd.',
      onSale: true,
    });
    assert.ok(body.responsible?.name && body.reason && body.first && body.summary && body.text);
    assert.match(body.source?.url ?? '', /^https:/);
    assert.ok((body.escalation?.length ?? 0) > 0);
    const { card = {} } = body;
    assert.deepEqual(lintCard({ card, summary: 'x', text: 'x' }, 'web'), []);
    assert.doesNotMatch(JSON.stringify(card), /Action\.(Submit|Execute)/);
    assert.equal(body.sample, true);
  });

  it('answers offer and issue without a text, in the language of the call', async () => {
    const asked = { offer: 'contoso.backup-azure', issue: 'technical', language: 'de-AT' };
    const body = await route(customer, asked);
    assert.equal(body.result, 'answer');
    assert.equal(body.language, 'de');
    assert.equal(body.asker, 'customer');
    assert.match(body.text ?? '', /Zuständig/);
  });

  it('shows staff contacts to a key for staff, and the same call with a key for customers shows none', async () => {
    const asked = { offer: 'contoso.backup-azure', issue: 'technical' };
    const [own, theirs] = [await route(staff, asked), await route(customer, asked)];
    const ways = (body: Routed) => [body.first, ...(body.escalation ?? [])].map((stop) => stop?.way);
    assert.ok(ways(own).includes('publisher-engineering'));
    assert.ok(!ways(theirs).includes('publisher-engineering'));
    assert.doesNotMatch(JSON.stringify(theirs), /engineering@|csp@|jordan\.miles/i);
  });

  it('names the missing fact with its question and its values, and answers when the next call has it', async () => {
    const asked = { text: 'I want a refund for Contoso Backup for Azure' };
    const first = await route(customer, asked);
    assert.equal(first.result, 'missing');
    assert.equal(first.offer?.id, 'contoso.backup-azure');
    assert.equal(first.responsible, undefined);
    const [missing] = first.missing ?? [];
    assert.equal(missing?.fact, 'channel');
    assert.equal(missing.question, 'How was the product bought?');
    const values = missing.choices.map(({ value }) => value);
    assert.ok(values.includes('partner') && values.includes('unknown'));
    let given: object = { ...asked, channel: 'partner' };
    let body = await route(customer, given);
    for (let calls = 0; body.result === 'missing' && calls < 4; calls += 1) {
      const [open] = body.missing ?? [];
      given = { ...given, [open?.fact ?? '']: open?.choices[0]?.value };
      body = await route(customer, given);
    }
    assert.equal(body.result, 'answer');
    assert.equal(body.issue?.id, 'billing.refund');
  });

  it('guesses nothing in words that it does not understand, and keeps them for the administrators', async () => {
    const body = await route(staff, { text: 'can you florble the wibbly for 4111 1111 1111 1111' });
    assert.equal(body.result, 'missing');
    assert.equal(body.first, undefined);
    assert.deepEqual(body.missing?.map(({ fact }) => fact).slice(-1), ['issue']);
    assert.ok((body.missing?.at(-1)?.choices.length ?? 0) > 3);
    const kept = await desk.app.stores.unanswered.list(0);
    const own = kept.find(({ text }) => text.includes('florble'));
    assert.ok(own);
    assert.doesNotMatch(own.text, /4111/);
  });

  it('gives the nearest offers for an unknown name, and answers about the issue alone when none is meant', async () => {
    const asked = { offer: 'Contoso Bakcup Ultra', issue: 'technical' };
    const body = await route(staff, asked);
    assert.equal(body.result, 'missing');
    assert.deepEqual(
      body.missing?.map(({ fact }) => fact),
      ['offer'],
    );
    assert.ok((body.missing?.[0]?.choices.length ?? 0) > 0);
    const alone = await route(staff, { noOffer: true, issue: 'technical' });
    assert.equal(alone.result, 'answer');
    assert.equal(alone.offer, undefined);
  });

  it('says that a text has several questions, and answers none of them', async () => {
    const text =
      'First, the invoice for Contoso Backup for Azure is wrong. Second, Fabrikam CRM crashes with an error when I open it.';
    const body = await route(staff, { text });
    assert.equal(body.result, 'several');
    assert.deepEqual(
      body.questions?.map(({ issue }) => issue.id),
      ['billing', 'technical'],
    );
    assert.equal(body.first, undefined);
  });

  it('finds offers by a part of the name', async () => {
    const { status, body } = await askWith<Offers>(
      desk,
      customer,
      '/api/offers?query=backup%20azure&limit=3',
    );
    assert.equal(status, 200);
    assert.equal(body.offers[0]?.id, 'contoso.backup-azure');
    assert.ok(body.offers.length <= 3);
  });

  it('lists open outages for staff, and for customers only those that staff released', async () => {
    const notice = await outageSender(desk, 'api-status', 'Contoso Backup for Azure');
    await notice('investigating');
    const listed = (key: string, query = '') => askWith<Outages>(desk, key, `/api/outages${query}`);
    const open = await until(async () => {
      const { body } = await listed(staff, '?offer=contoso.backup-azure');
      return body.outages.length > 0 ? body.outages : undefined;
    }, 'the outage');
    assert.equal(open[0]?.title, 'api-status is down');
    assert.deepEqual(
      open[0].offers.map(({ id }) => id),
      ['contoso.backup-azure'],
    );
    assert.deepEqual((await listed(staff, '?offer=fabrikam.crm')).body.outages, []);
    assert.deepEqual((await listed(customer)).body.outages, []);
    const asked = { offer: 'contoso.backup-azure', issue: 'technical' };
    assert.equal((await route(staff, asked)).outages?.length, 1);
    assert.deepEqual((await route(customer, asked)).outages, []);
    await notice('resolved');
  });

  it('takes a report about a contact of an answer, once, and refuses a made-up reference', async () => {
    const { first } = await route(staff, { offer: 'contoso.backup-azure', issue: 'technical' });
    const report = (reference: string) =>
      askWith<{ outcome: string; message: string }>(desk, staff, '/api/contact-reports', {
        reference,
        reason: 'bounces',
        note: 'mail to ada@contoso.com comes back',
      });
    const taken = await report(first?.reference ?? '');
    assert.equal(taken.body.outcome, 'recorded', taken.text);
    assert.notEqual(taken.body.message, '');
    assert.equal((await report(first?.reference ?? '')).body.outcome, 'before');
    const [kept] = await desk.app.stores.reports.open(10);
    assert.equal(kept?.reason, 'bounces');
    assert.doesNotMatch(kept.note, /ada@/);
    assert.equal((await report('bm9uc2Vuc2U')).status, 400);
    const [key, way] = JSON.parse(Buffer.from(first?.reference ?? '', 'base64url').toString()) as string[];
    const forged = Buffer.from(JSON.stringify([key, way, 'forged'])).toString('base64url');
    assert.equal((await report(forged)).body.outcome, 'changed');
  });

  it('refuses a call without a key, with an unknown key, with a wrong secret and with a revoked key', async () => {
    const revoked = await makeKey(desk, 'partner');
    const [, id = ''] = revoked.split('_');
    await desk.app.stores.apiKeys.revoke(id, { actor: 'test', at: Date.now() });
    const [prefix, own, secret = ''] = staff.split(/_(.{12})_/);
    const wrong = `${prefix}_${own}_${secret.slice(1)}A`;
    for (const key of [undefined, 'odk_000000000000_' + 'a'.repeat(43), wrong, revoked, 'nonsense']) {
      const { status, body, headers } = await askWith<{ error: { code: string } }>(
        desk,
        key,
        '/api/offers?query=x',
      );
      assert.equal(status, 401, String(key));
      assert.equal(body.error.code, 'api-key.refused');
      assert.equal(headers.get('www-authenticate'), 'Bearer');
    }
  });

  it('accepts the key in the header X-API-Key', async () => {
    const answer = await fetch(`${desk.url}/api/offers?query=contoso`, { headers: { 'x-api-key': staff } });
    assert.equal(answer.status, 200);
  });

  it('refuses what the scopes of a key leave out', async () => {
    const key = await makeKey(desk, 'partner', { scopes: ['offers'] });
    assert.equal((await askWith(desk, key, '/api/offers?query=contoso')).status, 200);
    const { status, body } = await askWith<{ error: { code: string } }>(desk, key, '/api/route', {
      text: 'x',
    });
    assert.equal(status, 403);
    assert.equal(body.error.code, 'api-key.scope');
  });

  it('limits the calls of one key, and says when to come again', async () => {
    const key = await makeKey(desk, 'partner', { perMinute: 2 });
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) {
      const { status, headers } = await askWith(desk, key, '/api/offers?query=contoso');
      statuses.push(status);
      if (status === 429) assert.ok(Number(headers.get('retry-after')) > 0);
    }
    assert.deepEqual(statuses, [200, 200, 429]);
    assert.equal((await askWith(desk, staff, '/api/offers?query=contoso')).status, 200);
  });

  it('refuses unknown fields and values, and says which field and what to send, but not what came', async () => {
    const refused = async (path: string, asked?: object): Promise<string> => {
      const { status, body } = await askWith<{ error: { code: string; message: string } }>(
        desk,
        staff,
        path,
        asked,
      );
      assert.equal(status, 400);
      assert.equal(body.error.code, 'request.malformed');
      return body.error.message;
    };
    const route = (asked: object) => refused('/api/route', asked);
    assert.match(await route({ asker: 'partner' }), /^asker: unknown field\. The fields are: text, offer,/);
    const message = await route({ issue: 'sideways' });
    assert.match(message, /^issue: unknown value\. Send one of: .*billing\.refund/);
    assert.doesNotMatch(message, /sideways/);
    assert.match(await route({ text: 7 }), /^text: wrong type\. Send text\./);
    assert.match(await route({ country: 'germany' }), /^country: wrong form\. It is ISO 3166/);
    assert.match(await refused('/api/offers'), /^query: missing\./);
    const report = { reference: 'bm9uc2Vuc2U', reason: 'left' };
    assert.match(await refused('/api/contact-reports', report), /^reference: names no contact\./);
  });

  it('writes a line of the log for each call: the client and the outcome, without content and without the key', async () => {
    await route(staff, { text: 'Contoso Backup for Azure shows secretword' });
    const calls = entries('api.call');
    const last = calls.at(-1) ?? {};
    assert.equal(last.client, 'ServiceNow');
    assert.equal(last.act, 'route');
    assert.ok(['answer', 'missing'].includes(String(last.outcome)));
    const log = JSON.stringify(desk.entries);
    assert.doesNotMatch(log, /secretword/);
    assert.ok(!log.includes(staff.split('_')[2] ?? 'none'));
  });

  it('notes when a key was last used', async () => {
    const used = await until(async () => {
      const keys = await desk.app.stores.apiKeys.list();
      return keys.find(({ name, usedAt }) => name === 'ServiceNow' && usedAt !== null);
    }, 'the use');
    assert.ok((used.usedAt ?? 0) <= Date.now());
  });
});
