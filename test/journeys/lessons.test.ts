/** A desk that learns: people choose, an administrator reviews and accepts, and the bot understands. */
import assert from 'node:assert/strict';
import os from 'node:os';

import { exportPerson, erasePerson } from '../../bot/store/people/person.js';
import { runCommand } from '../helpers/command-line.js';
import { buttonsOf, startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';

const ODD = 'my panel is odd kim@vigour.org';

describe('a desk that learns', () => {
  const kept = process.env.OFFER_DESK_DATA_DIR;
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
    process.env.OFFER_DESK_DATA_DIR = desk.dataDir;
  });
  after(async () => {
    if (kept === undefined) delete process.env.OFFER_DESK_DATA_DIR;
    else process.env.OFFER_DESK_DATA_DIR = kept;
    await desk.close();
  });

  const run = (...argv: string[]) => runCommand(os.tmpdir(), argv);
  const said = async (visitor: Visitor, ...lines: string[]) => {
    let heard = '';
    for (const line of lines) heard = (await visitor.say(line)).map(textOf).join('\n');
    return heard;
  };

  it('records what people chose after a question back, and their corrections and complaints, redacted', async () => {
    const first = await Visitor.join(desk.url, 'customer');
    await said(first, ODD, 'Bill or price');
    const second = await Visitor.join(desk.url, 'partner');
    await said(second, 'My invoice for Contoso Backup is wrong', 'no, it crashes with an error');
    const third = await Visitor.join(desk.url, 'partner');
    await said(third, 'The invoice of Contoso Backup is wrong', 'This did not help');
    const fourth = await Visitor.join(desk.url, 'customer');
    await said(fourth, 'Zephyr Vault does not start', 'Contoso Backup');
    const lessons = await desk.app.stores.lessons.list(0);
    const told = lessons.map(({ reason, about, text, read, chosen }) => [reason, about, text, read, chosen]);
    assert.deepEqual(told.reverse(), [
      ['asked-back', 'issue', 'my panel is odd [e-mail]', undefined, 'billing'],
      ['corrected', 'issue', 'My invoice for is wrong', 'billing', 'technical'],
      ['not-helped', 'issue', 'The invoice of is wrong', 'billing', undefined],
      ['asked-back', 'offer', 'Zephyr Vault', undefined, 'contoso.backup'],
    ]);
    assert.ok(!JSON.stringify(desk.entries).includes('panel'));
  });

  it('shows the review with the command that accepts each line', async () => {
    const { text } = await run('insights', 'review');
    assert.match(text, /1 ×  “my panel is odd \[e-mail\]”/);
    assert.match(text, /people chose billing \(1\): insights accept [0-9a-f]{8}/);
    assert.match(text, /people chose .*Contoso Backup, contoso\.backup \(1\)/);
  });

  it('shows what a phrase would change, and changes nothing', async () => {
    const { text } = await run('insights', 'try', 'my panel is odd [e-mail]', '--issue', 'billing');
    assert.match(text, /1 would be read differently/);
    assert.match(text, /- asks for the kind · asks for the offer\n +\+ billing · asks for the offer/);
    assert.match(text, /Nothing was learned\./);
    assert.deepEqual(await desk.app.stores.phrases.list(), []);
    const wrong = await run('insights', 'try', 'x', '--issue', 'weather');
    assert.deepEqual([wrong.code, wrong.text.includes('"weather" is none of')], [1, true]);
    assert.match((await run('insights', 'try', 'x')).text, /either --issue ISSUE or --offer OFFER/);
    assert.match(
      (await run('insights', 'try', 'x', '--offer', 'no.such')).text,
      /The directory has no offer no\.such; .*nearest one is /,
    );
  });

  it('learns an accepted line in the running server, with who and when, and forgets it again', async () => {
    const lessons = await desk.app.stores.lessons.list(0);
    const odd = lessons.find(({ chosen }) => chosen === 'billing');
    const name = lessons.find(({ about }) => about === 'offer');
    const accepted = await run('insights', 'accept', odd?.id.slice(0, 8) ?? '');
    assert.match(accepted.text, /now means billing\. Take it back: insights forget [0-9a-f]{8}/);
    assert.equal((await run('insights', 'accept', name?.id ?? '')).code, 0);
    await desk.restart();
    const visitor = await Visitor.join(desk.url, 'customer');
    assert.match(await said(visitor, ODD), /Bill or price/);
    assert.match(
      await said(await Visitor.join(desk.url, 'customer'), 'Zephyr Vault does not start'),
      /Contoso Backup/,
    );
    const learned = await run('insights', 'learned');
    assert.match(learned.text, /“Zephyr Vault” → Contoso Backup, contoso\.backup {2}\(cli:amy, \d{4}-/);
    assert.match(learned.text, /“my panel is odd \[e-mail\]” → billing {2}\(cli:amy, \d{4}-/);
    assert.doesNotMatch((await run('insights', 'review')).text, /panel/);
    for (const line of learned.text.split('\n'))
      assert.match((await run('insights', 'forget', line.slice(0, 8))).text, /is forgotten/);
    assert.match((await run('insights', 'learned')).text, /has learned nothing yet/);
    assert.equal((await run('insights', 'forget', '00000000')).code, 1);
    assert.equal((await run('insights', 'accept', '00000000')).code, 1);
  });

  it('learns with one click of an administrator, at once, and takes it back with one click', async () => {
    const admin = await Visitor.join(desk.url, 'partner');
    const clicked = async (cards: readonly Reply[], title: string | RegExp) => {
      const has = (card: Reply) => buttonsOf(card).some((one) => new RegExp(title).test(one.title));
      const card = cards.findLast(has);
      assert.ok(card, `${String(title)} is not in: ${cards.map(textOf).join(' ')}`);
      return admin.press(card, new RegExp(title));
    };
    const menu = await admin.say('admin');
    const review = await clicked(menu, '^What the bot can learn');
    assert.match(
      review.map(textOf).join(' '),
      /my panel is odd \[?.*asked back 1, corrected 0, did not help 0/s,
    );
    const tried = await clicked(review, '^Try first');
    assert.match(tried.map(textOf).join(' '), /would read [1-9] of \d+ recorded sentences/);
    assert.deepEqual(await desk.app.stores.phrases.list(), []);
    const learned = await clicked(await clicked(tried, '^What the bot can learn'), '^Learn: Bill or price');
    assert.match(learned.map(textOf).join(' '), /Learned: .*means Bill or price/);
    assert.match(await said(await Visitor.join(desk.url, 'customer'), ODD), /Bill or price/);
    const list = await clicked(learned, '^What this desk learned');
    assert.match((await clicked(list, '^Take back')).map(textOf).join(' '), /Taken back/);
    assert.deepEqual(await desk.app.stores.phrases.list(), []);
  });

  it('exports and erases the lessons of a person', async () => {
    const { kysely } = desk.app.stores.database;
    const [row] = await kysely
      .selectFrom('lessons')
      .select('user_id')
      .where('chosen', '=', 'billing')
      .execute();
    const person = row?.user_id ?? '';
    assert.match(JSON.stringify(await exportPerson(kysely, person)), /my panel is odd/);
    assert.equal((await erasePerson(kysely, person)).done.lessons, 1);
    assert.ok((await desk.app.stores.lessons.list(0)).every(({ chosen }) => chosen !== 'billing'));
  });
});
