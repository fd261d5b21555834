/** One person over the whole store: all ids of the person, export, and erasure. */
import type { Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import { forgetVisitors } from '../handover/handover-store.js';
import { eraseRows, rowsOf, tablesNaming, type TableRows } from './personal-data.js';
import { knownMarks, userIds } from './person-marks.js';
import type { Database } from '../engine/database.js';
import type { Schema } from '../engine/schema.js';
import { customerMark, MARK_KEY } from '../conversations/visitor-store.js';

/** No channel's ids are this short. An empty id would match everybody. */
const SHORTEST_ID = 4;

export interface PersonalData {
  /** The given id, the ids linked with it, and the conversations that belong to this person alone. */
  readonly ids: readonly string[];
  readonly tables: TableRows;
}

/** All stored data about a person. @throws DeskError `config.invalid` for an id too short to identify one person. */
export async function exportPerson(kysely: Kysely<Schema>, id: string): Promise<PersonalData> {
  const ids = await idsOf(kysely, id);
  return { ids, tables: await rowsOf(kysely, await asStored(kysely, ids)) };
}

export interface Erased {
  /** The number of deleted or changed rows by table. */
  readonly done: Readonly<Record<string, number>>;
  /** The number of rows by table that still name the person: contacts of the directory, and the words of others. */
  readonly left: Readonly<Record<string, number>>;
}

/**
 * Forgets a person. @throws DeskError as `exportPerson` does.
 */
export async function erasePerson(kysely: Kysely<Schema>, id: string): Promise<Erased> {
  const ids = await idsOf(kysely, id);
  const handovers = await kysely.transaction().execute((trx) => forgetVisitors(trx, ids));
  const done = await eraseRows(kysely, await asStored(kysely, ids));
  const all = handovers > 0 ? { ...done, handovers: (done.handovers ?? 0) + handovers } : done;
  return { done: all, left: await tablesNaming(kysely, ids) };
}

/**
 * Removes the erased bytes from the files of the embedded store. PostgreSQL does this with its own vacuum. Backups keep
 * the person's data until the backups are deleted.
 */
export function compactStore({ sqlite }: Pick<Database, 'sqlite'>): void {
  emptyLog({ sqlite });
  sqlite?.exec('vacuum');
  emptyLog({ sqlite });
}

/**
 * Writes the log of the embedded store to the main file and empties the log. Deleted bytes are overwritten in the main
 * file (`secure_delete`), so that they are then in no file.
 */
export function emptyLog({ sqlite }: Pick<Database, 'sqlite'>): void {
  sqlite?.exec('pragma wal_checkpoint(truncate)');
}

/** The forms in which rows hold the ids: as they are, as a recipient with a prefix, and as a mark. */
async function asStored(kysely: Kysely<Schema>, ids: readonly string[]): Promise<readonly string[]> {
  const mark = await knownMarks(kysely);
  return [...ids, ...ids.map((one) => `p|${one}`), ...(mark ? ids.map(mark) : [])];
}

/**
 * A Teams person has a channel id and a directory id. Personal chats and web conversations belong to the person too.
 */
async function idsOf(kysely: Kysely<Schema>, id: string): Promise<readonly string[]> {
  if (id.length < SHORTEST_ID)
    throw new DeskError('config.invalid', '--person: not the id of a person (too short)');
  const references = await kysely
    .selectFrom('conversation_references')
    .selectAll()
    .where('user_id', '!=', '')
    .execute();
  const theirs = references.filter((row) => row.user_id === id || userIds(row.body).includes(id));
  const web = await kysely.selectFrom('conversations').select('id').where('user_id', '=', id).execute();
  const vouched = [...(await vouchedIds(kysely, id)), ...(await linkedIds(kysely, id))];
  const linked = theirs.flatMap((row) => [row.user_id, row.conversation_id, ...userIds(row.body)]);
  const all = [id, ...linked, ...web.map((row) => row.id), ...vouched];
  return [...new Set(all)].filter((one) => one.length >= SHORTEST_ID);
}

/** A partner's customer id is stored as a mark. Its conversations, and the users in them, belong to the customer. */
async function vouchedIds(kysely: Kysely<Schema>, id: string): Promise<readonly string[]> {
  const key = await kysely
    .selectFrom('secrets')
    .select('value')
    .where('name', '=', MARK_KEY)
    .executeTakeFirst();
  if (!key) return [];
  const rows = await kysely
    .selectFrom('web_visitors as v')
    .leftJoin('conversations as c', 'c.id', 'v.conversation_id')
    .select(['v.conversation_id', 'c.user_id'])
    .where('v.customer', '=', customerMark(Buffer.from(key.value, 'base64url'), id))
    .execute();
  return rows.flatMap((row) => [row.conversation_id, row.user_id ?? '']);
}

/** The ids that a purged reference joined with this Entra id. */
async function linkedIds(kysely: Kysely<Schema>, id: string): Promise<readonly string[]> {
  const mark = await knownMarks(kysely);
  if (!mark) return [];
  const rows = await kysely
    .selectFrom('person_links')
    .select(['user_id', 'conversation_id'])
    .where((where) => where.or([where('mark', '=', mark(id)), where('user_id', '=', id)]))
    .execute();
  return rows.flatMap((row) => [row.user_id, row.conversation_id]);
}
