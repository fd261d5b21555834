/** One command exports or erases a person in every table, and leaves the data of other people unchanged. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { TREATMENTS } from '../../../../bot/store/people/personal-data.js';
import { erasePerson, exportPerson } from '../../../../bot/store/people/person.js';
import { asked, visitorWrites } from '../../../../core/handover/life.js';
import type { Stores } from '../../../../bot/store/stores.js';
import { isCode } from '../../../helpers/errors.js';
import { topic, visitor } from '../../../helpers/handover-views.js';
import { sampleCase } from '../../../helpers/cases.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const ADA = '29:ada-canary';
const ADA_AAD = 'bbbbbbbb-1111-4111-8111-00000000ada1';
const ADA_CHAT = 'a:chat-of-ada';
/** Adele's id begins with Ada's id, so the erasure of Ada must not delete Adele's data. */
const ADELE = '29:ada-canary2';

onEveryEngine('what is kept about a person', (stores) => {
  it('has a treatment for every table of the schema, and for no other table', async () => {
    const tables = (
      await stores().database.kysely.introspection.getTables({ withInternalKyselyTables: true })
    ).map((table) => table.name);
    assert.deepEqual([...new Set(tables)].sort(), Object.keys(TREATMENTS).sort());
  });

  it('names only columns that exist', async () => {
    for (const [table, treatment] of Object.entries(TREATMENTS)) {
      const columns = Object.entries(treatment).flatMap(([key, value]) =>
        key === 'kind' || key === 'why'
          ? []
          : (value as readonly (string | { column: string; author: string })[]).flatMap((one) =>
              typeof one === 'string' ? [one] : [one.column, one.author],
            ),
      );
      for (const column of columns) {
        await sql`select ${sql.ref(column)} from ${sql.table(table)} limit 1`.execute(
          stores().database.kysely,
        );
      }
    }
  });

  it('appears completely in the export, from every table that can hold a person', async () => {
    await keep(stores(), { id: ADA, aad: ADA_AAD, chat: ADA_CHAT });
    await keep(stores(), { id: ADELE, aad: `${ADA_AAD}2`, chat: `${ADA_CHAT}2` });
    const { ids, tables } = await exportPerson(stores().database.kysely, ADA_AAD);
    assert.deepEqual([...ids].sort(), [ADA, ADA_AAD, ADA_CHAT].sort());
    const holding = Object.entries(TREATMENTS).filter(([, one]) => one.kind !== 'none');
    assert.deepEqual(
      Object.keys(tables).sort(),
      holding
        .map(([table]) => table)
        .filter((t) => !/^conversation(s|_activities)$/.test(t))
        .sort(),
    );
    assert.equal(tables.people?.length, 1, 'and nobody whose id only begins the same');
    assert.equal(tables.bot_state?.length, 3);
  });

  it('disappears from every table with one command, and the data of other people stays', async () => {
    const before = await exportPerson(stores().database.kysely, ADELE);
    const done = await erasePerson(stores().database.kysely, ADA);
    assert.equal(done.done.bot_state, 3);
    assert.deepEqual(done.left, {});
    for (const table of Object.keys(TREATMENTS)) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(stores().database.kysely);
      for (const id of [ADA, ADA_AAD, ADA_CHAT]) {
        const left = rows.filter((row) => new RegExp(`${id}(?!2)`).test(JSON.stringify(row)));
        assert.deepEqual(left, [], `${table} still holds ${id}`);
      }
    }
    assert.deepEqual(await exportPerson(stores().database.kysely, ADELE), before);
    assert.deepEqual(await erasePerson(stores().database.kysely, ADA), { done: {}, left: {} });
  });

  it('includes a web visitor’s conversations with all their messages', async () => {
    const { conversations } = stores();
    await conversations.create({ id: 'web-1', userId: 'dl_visitor', audience: 'customer', createdAt: 1 });
    await conversations.append('web-1', { type: 'message', text: 'hello' }, 2);
    await stores().botState.write({ 'directline/conversations/web-1/users/dl_visitor/': { a: 1 } });
    const { tables } = await exportPerson(stores().database.kysely, 'dl_visitor');
    assert.deepEqual(Object.keys(tables).sort(), ['bot_state', 'conversation_activities', 'conversations']);
    await erasePerson(stores().database.kysely, 'dl_visitor');
    assert.equal(await conversations.get('web-1'), undefined);
    assert.deepEqual((await conversations.after('web-1', 0)).activities, []);
  });

  it('includes a visitor’s hand-overs; only message ids stay, for the later deletion in the channel', async () => {
    const { handovers, database } = stores();
    const who = { ...visitor, conversationId: 'web-2', userId: 'dl_asker' };
    const asking = asked('h-asker', who, topic('canary'), 1);
    await handovers.begin(asking);
    await handovers.change('h-asker', (one) => visitorWrites(one, 'canary words', 'k', 2), { at: 2 });
    const { tables } = await exportPerson(database.kysely, 'dl_asker');
    assert.deepEqual(Object.keys(tables).sort(), ['handover_entries', 'handovers']);
    assert.equal((await erasePerson(database.kysely, 'dl_asker')).done.handovers, 1);
    assert.equal((await handovers.byId('h-asker'))?.status, 'forgotten');
    for (const table of ['handovers', 'handover_entries'] as const) {
      const left = JSON.stringify(await database.kysely.selectFrom(table).selectAll().execute());
      assert.doesNotMatch(left, /canary words|"canary"|dl_asker|web-2/);
    }
    assert.deepEqual(await exportPerson(database.kysely, 'dl_asker'), { ids: ['dl_asker'], tables: {} });
  });

  it('loses the words that the person wrote, also where the row stays, and keeps the words of others', async () => {
    const { kysely } = stores().database;
    const at = 1;
    const silence = (id: string, by: string) => ({
      id,
      readerId: null,
      reason: `reason-canary of ${id}`,
      by,
    });
    for (const [id, by] of [
      ['words-1', '29:writer'],
      ['words-2', '29:other-writer'],
    ] as const) {
      const notes = { note: `note-canary of ${id}`, settle_note: `settle-canary of ${id}` };
      const of = { offer_id: 'o', contact_kind: 'technical', reason: 'r', mark: 'm', settled_at: 1, at };
      const said = { asker: 'partner', language: 'en', settlement: 'right', channel_id: 'msteams' };
      await kysely
        .insertInto('contact_reports')
        .values({ id, reporter: by, settled_by: by, conversation_id: 'c', ...notes, ...of, ...said })
        .execute();
      await kysely
        .insertInto('outage_silences')
        .values({ id, until_at: 1, body: JSON.stringify(silence(id, by)) })
        .execute();
      const acts = [{ kind: 'note', by, at, text: `act-canary of ${id}` }];
      await kysely
        .insertInto('incidents')
        .values({ id, open: 0, started_at: 1, body: JSON.stringify({ title: 'Outage', acts }) })
        .execute();
      await kysely
        .insertInto('handovers')
        .values({
          ...{ id, open: 0, channel_id: 'directline', conversation_id: `web-${id}`, user_id: 'dl_visitor' },
          ...{ taken_by: null, last_at: at, version: 1, body: '{}' },
        })
        .execute();
      await kysely
        .insertInto('handover_entries')
        .values({
          ...{ handover_id: id, user_id: 'dl_visitor', side: 'visitor', state: 'sent', at, seq: 1 },
          ...{
            entry_key: 'k',
            staff_id: by,
            body: JSON.stringify({ kind: 'text', text: `said-canary of ${id}` }),
          },
        })
        .execute();
      await stores().unanswered.record({
        ...{ at, missing: 'offer', text: `asked-canary of ${id}`, language: 'en', asker: by },
      });
    }
    const exported = JSON.stringify((await exportPerson(kysely, '29:writer')).tables);
    const kinds = ['note', 'settle', 'reason', 'act', 'said', 'asked'];
    for (const kind of kinds) assert.match(exported, new RegExp(`${kind}-canary of words-1`), kind);
    assert.doesNotMatch(exported, /words-2/);
    await erasePerson(kysely, '29:writer');
    const all: string[] = [];
    for (const table of Object.keys(TREATMENTS))
      all.push(JSON.stringify((await sql`select * from ${sql.table(table)}`.execute(kysely)).rows));
    assert.doesNotMatch(all.join('\n'), /-canary of words-1/);
    for (const kind of kinds) assert.match(all.join('\n'), new RegExp(`${kind}-canary of words-2`), kind);
  });

  it('is found by the Entra id also after its reference was purged, and its link names nobody', async () => {
    const { references, database, people } = stores();
    const aad = 'cccccccc-1111-4111-8111-00000000ada9';
    const [id, chat] = ['29:purged-person', 'a:purged-chat'];
    const reference = { user: { id, aadObjectId: aad }, conversation: { id: chat } };
    await references.save({ channelId: 'msteams', conversationId: chat, userId: id, reference });
    await references.deactivate('msteams', chat);
    await references.purge(Number.MAX_SAFE_INTEGER);
    await people.set({ channelId: 'msteams', userId: id }, { language: 'en' });
    const links = await database.kysely
      .selectFrom('person_links')
      .selectAll()
      .where('user_id', '=', id)
      .execute();
    assert.equal(links.length, 1);
    assert.ok(!JSON.stringify(links).includes(aad));
    const { ids, tables } = await exportPerson(database.kysely, aad.toUpperCase());
    assert.ok(ids.includes(id) && ids.includes(chat));
    assert.deepEqual(Object.keys(tables).sort(), ['people', 'person_links']);
    const { done } = await erasePerson(database.kysely, aad);
    assert.deepEqual(done, { people: 1, person_links: 1 });
    assert.deepEqual(await erasePerson(database.kysely, aad), { done: {}, left: {} });
  });

  it('names the tables that still name the person, so that nothing is said to be gone that is not', async () => {
    const { database, unanswered } = stores();
    await unanswered.record({ at: 1, missing: 'offer', text: 'call lee@contoso.example', language: 'en' });
    assert.deepEqual((await erasePerson(database.kysely, 'lee@contoso.example')).left, { unanswered: 1 });
    assert.deepEqual((await erasePerson(database.kysely, 'ee@contoso.example')).left, {});
  });

  it('can be reached only with a complete id, not with an empty id or a bare prefix', async () => {
    await assert.rejects(exportPerson(stores().database.kysely, ''), isCode('config.invalid'));
    await assert.rejects(erasePerson(stores().database.kysely, '29:'), isCode('config.invalid'));
  });
});

/** Writes a row about this person into every table that can hold a person. */
async function keep(
  stores: Stores,
  { id, aad, chat }: { id: string; aad: string; chat: string },
): Promise<void> {
  const { kysely } = stores.database;
  await stores.botState.write({
    [`msteams/users/${id}/`]: { language: 'en' },
    [`msteams/conversations/${chat}/`]: { greeted: true },
    [`msteams/conversations/${chat}/users/${id}/`]: { route: {} },
  });
  const reference = { user: { id, aadObjectId: aad }, conversation: { id: chat } };
  await stores.references.save({ channelId: 'msteams', conversationId: chat, userId: id, reference });
  await kysely
    .insertInto('person_links')
    .values({ mark: `mark-of-${id.length}`, user_id: id, conversation_id: chat, at: 1 })
    .execute();
  await stores.unanswered.record({ at: 1, missing: 'offer', text: 't', language: 'en', asker: id });
  await stores.people.set({ channelId: 'msteams', userId: id }, { language: 'en' });
  await stores.apiKeys.add(
    {
      id: `key-${id.length}`,
      name: `ServiceNow of ${id.length}`,
      audience: 'partner',
      scopes: ['route'],
      perMinute: 60,
      createdAt: 1,
      createdBy: aad,
      revokedAt: null,
      usedAt: null,
    },
    'hash',
  );
  await stores.turns.claim({ channelId: 'msteams', conversationId: chat, activityId: '1' });
  const late = { channelId: 'msteams', conversationId: chat, activityId: '1' };
  await stores.lateTurns.keep(late, { type: 'message', from: { id, aadObjectId: aad } }, 1);
  const lesson = {
    reason: 'not-helped',
    about: 'issue',
    text: 'x',
    language: 'en',
    asker: 'customer',
  } as const;
  await stores.lessons.record({ ...lesson, at: 1 }, { userId: id, conversationId: chat });
  await stores.visitors.bind(chat, { customer: `mark-of-${chat}`, offers: [] });
  const body = JSON.stringify({
    acts: [{ kind: 'acknowledged', by: aad }],
    address: { conversationId: chat },
  });
  const at = 1;
  await kysely
    .insertInto('outage_readers')
    .values({ id: `p|${id}`, opted_out: 0, reachable: 1, body, updated_at: at })
    .execute();
  await stores.outages.weekly.start(`p|${id}`, at);
  await stores.insightDigests.start(`p|${id}`, at);
  const report = { offer_id: 'o', contact_kind: 'technical', reason: 'r', mark: 'm', settled_at: 1, at };
  const words = { note: '', asker: 'partner', language: 'en', settlement: 'right', settle_note: '' };
  const place = { channel_id: 'msteams', conversation_id: chat };
  await kysely
    .insertInto('contact_reports')
    .values({
      ...report,
      ...words,
      ...place,
      id: `r-${id.length}`,
      reporter: id,
      settled_by: aad,
      reference: JSON.stringify(reference),
    })
    .execute();
  const held = { ...sampleCase().holder, userId: id, conversationId: chat };
  await stores.cases.add(
    sampleCase({ id: `c-${id.length}`, clickKey: `click-${id.length}`, holder: held, managerId: aad }),
  );
  await keepAnswers(stores, id, aad);
  const notice = { id: `n-${id.length}`, report_id: `r-${id.length}`, purpose: 'thanks' as const };
  await kysely
    .insertInto('contact_notices')
    .values({ ...notice, ...place, user_id: id, since: 1, due_at: 1, attempts: 0 })
    .execute();
  const delivery = {
    incident_id: `i-${id}`,
    reader_id: `p|${id}`,
    tenant_id: 't',
    status: 'shown',
    due_at: 1,
    lease_until: 0,
    standing: 'current',
    suspected: 0,
  };
  await kysely
    .insertInto('deliveries')
    .values({ ...delivery, body: '{}' })
    .execute();
  await kysely
    .insertInto('outage_silences')
    .values({ id: `s-${id.length}`, until_at: 1, ended_at: 1, ended_by: aad, body })
    .execute();
  await kysely
    .insertInto('team_defaults')
    .values({ manager_id: aad, reader_id: `p|${id}`, topics: '[]', at })
    .execute();
  await kysely
    .insertInto('incidents')
    .values({ id: `i-${id.length}`, open: 0, started_at: 1, body })
    .execute();
  await kysely
    .insertInto('outage_sources')
    .values({ id: `o-${id.length}`, body: '{}', actor: aad, updated_at: at })
    .execute();
  const batch = {
    source: 'x',
    at,
    state: 'committed' as const,
    version: 1000 + id.length,
    swept: 1,
    batch: 1000 + id.length,
  };
  await kysely
    .insertInto('directory_batches')
    .values({ ...batch, actor: aad })
    .execute();
  await kysely
    .insertInto('partner_profile')
    .values({ version: 1000 + id.length, body: '{}', actor: aad, at })
    .execute();
  await kysely
    .insertInto('phrases')
    .values({ phrase: `p-${id.length}`, issue: 'technical', actor: aad, at })
    .execute();
}

/** Writes what a member of staff did: a channel chosen, a hand-over taken, and a message to another person. */
async function keepAnswers(stores: Stores, id: string, aad: string): Promise<void> {
  const { kysely } = stores.database;
  const ofVisitor = { channel_id: 'directline', conversation_id: `web-of-${id.length}`, user_id: 'dl_other' };
  const of = { handover_id: `h-${id.length}`, user_id: 'dl_other', side: 'visitor', state: 'sent', at: 1 };
  await kysely
    .insertInto('handover_places')
    .values({ id: `place-${id.length}`, body: JSON.stringify({ by: id }), actor: aad, at: 1 })
    .execute();
  await kysely
    .insertInto('handovers')
    .values({ ...ofVisitor, id: of.handover_id, open: 0, taken_by: id, last_at: 1, version: 1, body: '{}' })
    .execute();
  await kysely
    .insertInto('handover_entries')
    .values({ ...of, seq: 1, entry_key: 'k', staff_id: id, body: '{}' })
    .execute();
}
