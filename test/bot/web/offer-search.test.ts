/** The search field's list: only names of offers on sale, only for a visitor of this server, within limits. */
import assert from 'node:assert/strict';
import { offersFor } from '../../../bot/web/offer-search.js';
import { startDesk, Visitor, type Desk } from '../../helpers/desk.js';

describe('the offers for a search field', () => {
  let desk: Desk;
  let visitor: Visitor;
  before(async () => {
    desk = await startDesk();
    visitor = await Visitor.join(desk.url, 'customer');
  });
  after(() => desk.close());

  const ask = (body: object) =>
    fetch(`${desk.url}/api/offers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const found = async (query: unknown) => {
    const answer = await ask({ resume: visitor.resume, query });
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { offers: Record<string, unknown>[] }).offers;
  };

  it('are found by the beginning of a word, in any language of the directory', async () => {
    assert.equal((await found('contoso back'))[0]?.name, 'Contoso Backup');
    assert.ok((await found('雲端')).some(({ name }) => name === '雲端備份管家'));
    assert.deepEqual(await found('  '), []);
    assert.deepEqual(await found({ $ne: 1 }), []);
    assert.ok((await found('a')).length <= 6);
  });

  it('have a name and a publisher, and nothing else', async () => {
    for (const offer of await found('contoso'))
      assert.deepEqual(Object.keys(offer).sort(), ['name', 'publisher']);
  });

  it('are all on sale', async () => {
    const view = desk.app.directory.view();
    const { offers } = view.directory;
    const gone = [...offers.values()].find(({ withdrawn }) => withdrawn);
    assert.ok(gone, 'the sample has a withdrawn offer');
    assert.ok(view.index.search(gone.name, 5).some(({ offerId }) => offerId === gone.id));
    const names = (await offersFor(gone.name, view)).map(({ name }) => name);
    assert.ok(!names.includes(gone.name));
  });

  it('are refused to a request without a conversation of this server, and after too many requests', async () => {
    assert.equal((await ask({ query: 'contoso' })).status, 403);
    assert.equal((await ask({ resume: visitor.token, query: 'contoso' })).status, 403, 'a chat token');
    const hasty = await Visitor.join(desk.url, 'customer');
    let last = 0;
    for (let at = 0; at < 200 && last !== 429; at += 1)
      last = (await ask({ resume: hasty.resume, query: 'c' })).status;
    assert.equal(last, 429);
  });

  it('are refused to one address after too many requests, whatever the number of its conversations', async () => {
    // The clock stands, because the limit forgets requests with time.
    const at = Date.now();
    const own = await startDesk({}, { now: () => at });
    const visitors = await Promise.all(Array.from({ length: 6 }, () => Visitor.join(own.url, 'customer')));
    const statuses: number[] = [];
    for (const { resume } of visitors)
      for (let asked = 0; asked < 100; asked += 1) {
        const body = JSON.stringify({ resume, query: '' });
        const headers = { 'content-type': 'application/json' };
        statuses.push((await fetch(`${own.url}/api/offers`, { method: 'POST', headers, body })).status);
      }
    await own.close();
    const answered = statuses.filter((status) => status === 200).length;
    assert.ok(answered >= 480 && answered < 560, `${answered} answers`);
    assert.equal(statuses.at(-1), 429);
  });
});
