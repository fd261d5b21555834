/** Recipients of outage cards: their subscriptions, their quiet hours, and the chat for their cards. */
import type { Kysely, Selectable } from 'kysely';
import type { Recipient, Subscription } from '../../../core/incident/audience.js';
import { failedAgain } from '../../../core/incident/doubt.js';
import type { RecipientAbout, RecipientProfile, RecipientStore } from '../../../core/incident/ports.js';
import { topicKey, withTeamTopics } from '../../../core/incident/team.js';
import { readPages, indexable } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

type Row = Selectable<Schema['outage_readers']>;
/** The fields in the JSON; the other fields are columns. */
type Body = Omit<RecipientProfile, 'optedOut' | 'reachable'>;

const PAGE = 500;
/** A recipient with more subscriptions than this follows everything. */
const MOST_SUBSCRIPTIONS = 200;

export function recipientStore(kysely: Kysely<Schema>): RecipientStore {
  const edit = (id: string, at: number, change: (body: Body) => Body) => editBody(kysely, id, at, change);
  const set = (id: string, values: Partial<Row>) =>
    kysely.updateTable('outage_readers').set(values).where('id', '=', indexable(id)).execute();
  return {
    all: () => all(kysely),
    async byId(id) {
      const row = await find(kysely, id);
      return row && recipientOf(row);
    },
    know: (about, at) => know(kysely, about, at),
    subscribe: (id, subscription, at) => edit(id, at, (body) => subscribed(body, subscription)),
    unsubscribe: (id, what, at) => edit(id, at, (body) => unsubscribed(body, what)),
    setTeamTopics: async (id, topics, at) => {
      let changed = false;
      await edit(id, at, (body) => {
        const kept = withTeamTopics(body.subscriptions, body.declined ?? [], topics);
        const subscriptions = kept.slice(-MOST_SUBSCRIPTIONS);
        changed = JSON.stringify(subscriptions) !== JSON.stringify(body.subscriptions);
        return { ...body, subscriptions };
      });
      return changed;
    },
    async setOptedOut(id, optedOut, at) {
      await set(id, { opted_out: optedOut ? 1 : 0, updated_at: at });
    },
    async setReachable(id, reachable, _code, at) {
      await set(id, { reachable: reachable ? 1 : 0, updated_at: at });
    },
    doubt: (id, at) => doubt(kysely, id, at),
    trust: (id, at) => edit(id, at, trusted),
    doubted: () => doubted(kysely),
    setQuiet: (id, quiet, at) => edit(id, at, (body) => ({ ...body, quiet })),
  };
}

/** The next recipients after an id, in the order of ids. An empty id starts at the first recipient. */
export async function recipientsAfter(
  db: Kysely<Schema>,
  after: string,
  limit: number,
): Promise<readonly RecipientProfile[]> {
  const query = db.selectFrom('outage_readers').selectAll().where('id', '>', after);
  return (await query.orderBy('id').limit(limit).execute()).map(recipientOf);
}

/** The recipients with these ids. If `after` is given, only ids after it. */
export async function recipientsOf(
  db: Kysely<Schema>,
  ids: readonly string[],
  after?: string,
): Promise<readonly RecipientProfile[]> {
  if (ids.length === 0) return [];
  const query = db.selectFrom('outage_readers').selectAll().where('id', 'in', ids);
  return (await (after === undefined ? query : query.where('id', '>', after)).execute()).map(recipientOf);
}

async function* all(kysely: Kysely<Schema>): AsyncGenerator<Recipient> {
  const pages = readPages<RecipientProfile>(PAGE, (last) => recipientsAfter(kysely, last?.id ?? '', PAGE));
  for await (const page of pages) yield* page;
}

function find(db: Kysely<Schema>, id: string): Promise<Row | undefined> {
  return db.selectFrom('outage_readers').selectAll().where('id', '=', indexable(id)).executeTakeFirst();
}

function recipientOf(row: Row): RecipientProfile {
  return {
    ...(JSON.parse(row.body) as Body),
    optedOut: row.opted_out === 1,
    reachable: row.reachable === 1,
  };
}

/** Counts the failure. A crash between the two writes only lets the count begin again. */
async function doubt(kysely: Kysely<Schema>, id: string, at: number): Promise<boolean> {
  let isEnd = false;
  await editBody(kysely, id, at, (body) => {
    const { failing, ended } = failedAgain(body.failing, at);
    isEnd = ended;
    return ended ? trusted(body) : { ...body, failing };
  });
  if (isEnd)
    await kysely
      .updateTable('outage_readers')
      .set({ reachable: 0, updated_at: at })
      .where('id', '=', indexable(id))
      .execute();
  return isEnd;
}

async function doubted(kysely: Kysely<Schema>): Promise<readonly string[]> {
  const rows = await kysely
    .selectFrom('outage_readers')
    .select('id')
    .where('reachable', '=', 1)
    .where('body', 'like', '%"failing":{%')
    .execute();
  return rows.map((row) => row.id);
}

function trusted({ failing: _over, ...body }: Body): Body {
  return body;
}

/** A person who writes to the bot is reachable again. */
async function know(kysely: Kysely<Schema>, about: RecipientAbout, at: number): Promise<void> {
  const fresh: Body = { ...about, id: indexable(about.id), subscriptions: [], quiet: null };
  await kysely
    .insertInto('outage_readers')
    .values({
      id: indexable(about.id),
      opted_out: 0,
      reachable: 1,
      body: JSON.stringify(fresh),
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ reachable: 1 }))
    .execute();
  await editBody(kysely, about.id, at, (body) => ({
    ...trusted(body),
    ...about,
    id: indexable(about.id),
    // Some turns do not tell the time zone.
    zone: about.zone === '' ? body.zone : about.zone,
  }));
}

/** Writes first: the write locks the row on both engines, so that neither of two simultaneous changes is lost. */
async function editBody(
  kysely: Kysely<Schema>,
  id: string,
  at: number,
  change: (body: Body) => Body,
): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    const own = trx.updateTable('outage_readers').where('id', '=', indexable(id));
    const row = await own.set({ updated_at: at }).returning('body').executeTakeFirst();
    if (!row) return;
    const body = change(JSON.parse(row.body) as Body);
    await own.set({ body: JSON.stringify(body) }).execute();
  });
}

/** The newest subscription to a thing replaces the older one and removes an earlier refusal. */
function subscribed(body: Body, subscription: Subscription): Body {
  const subscriptions = [...without(body.subscriptions, subscription.what), subscription];
  const declined = body.declined?.filter((one) => topicKey(one) !== topicKey(subscription.what));
  return { ...body, subscriptions: subscriptions.slice(-MOST_SUBSCRIPTIONS), ...(declined && { declined }) };
}

function unsubscribed(body: Body, what: Subscription['what']): Body {
  const others = (body.declined ?? []).filter((one) => topicKey(one) !== topicKey(what));
  return {
    ...body,
    subscriptions: without(body.subscriptions, what),
    declined: [...others, what].slice(-MOST_SUBSCRIPTIONS),
  };
}

function without(
  subscriptions: readonly Subscription[],
  what: Subscription['what'],
): readonly Subscription[] {
  return subscriptions.filter((one) => topicKey(one.what) !== topicKey(what));
}
