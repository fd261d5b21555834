/** Exports, deletes or makes anonymous the data about one person, table by table. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Schema } from '../engine/schema.js';

/** How erasing a person changes a table. */
export type Treatment =
  /**
   * Deletes the person's rows: `whole` columns are an id, `keys` hold an id between slashes, `json` columns hold it as
   * a value.
   */
  | {
      readonly kind: 'delete';
      readonly whole?: readonly string[];
      readonly keys?: readonly string[];
      readonly json?: readonly string[];
    }
  /** The row stays, because others need it, but it no longer identifies a person, and the person's words are gone. */
  | {
      readonly kind: 'unname';
      readonly whole?: readonly string[];
      readonly json?: readonly string[];
      readonly words?: readonly Words[];
    }
  /** The table holds no data about the bot's users. */
  | { readonly kind: 'none'; readonly why: string };

/** A column with free text, and the column with the id of its author. */
interface Words {
  readonly column: string;
  readonly author: string;
  /** What replaces the text. */
  readonly empty: string;
  /** The beginning of a value that holds free text; absent: every value. */
  readonly begins?: string;
}

const CONTACTS = 'contacts that companies name for this use; corrected and removed at their source';

/** Every table of the schema. A test compares this list with the database. */
export const TREATMENTS: Readonly<Record<string, Treatment>> = {
  bot_state: { kind: 'delete', keys: ['key'] },
  conversation_activities: { kind: 'delete', whole: ['conversation_id'] },
  conversations: { kind: 'delete', whole: ['id', 'user_id'] },
  conversation_references: { kind: 'delete', whole: ['conversation_id', 'user_id'], json: ['body'] },
  people: { kind: 'delete', whole: ['user_id'] },
  web_visitors: { kind: 'delete', whole: ['conversation_id', 'customer'] },
  late_turns: { kind: 'delete', whole: ['conversation_id'], json: ['body'] },
  turn_claims: { kind: 'delete', whole: ['conversation_id'] },
  outage_readers: { kind: 'delete', whole: ['id'], json: ['body'] },
  deliveries: { kind: 'delete', whole: ['reader_id'] },
  weekly_summaries: { kind: 'delete', whole: ['reader_id'] },
  insight_digests: { kind: 'delete', whole: ['reader_id'] },
  person_links: { kind: 'delete', whole: ['user_id', 'conversation_id'] },
  team_defaults: { kind: 'delete', whole: ['manager_id', 'reader_id'] },
  outage_silences: { kind: 'unname', whole: ['ended_by'], json: ['body'] },
  incidents: { kind: 'unname', json: ['body'] },
  outage_sources: { kind: 'unname', whole: ['actor'] },
  directory_batches: { kind: 'unname', whole: ['actor'] },
  partner_profile: { kind: 'unname', whole: ['actor'] },
  phrases: { kind: 'unname', whole: ['actor', 'ended_by'] },
  api_keys: { kind: 'unname', whole: ['created_by', 'revoked_by'] },
  lessons: { kind: 'delete', whole: ['user_id', 'conversation_id'] },
  contact_reports: {
    kind: 'unname',
    whole: ['reporter', 'settled_by', 'conversation_id'],
    json: ['reference'],
    words: [
      { column: 'note', author: 'reporter', empty: '' },
      { column: 'settle_note', author: 'settled_by', empty: '' },
    ],
  },
  contact_notices: { kind: 'delete', whole: ['user_id', 'conversation_id'] },
  // `forgetVisitors` has already emptied the visitor's own rows. The remaining rows name the staff who answered other
  // visitors.
  handovers: { kind: 'unname', whole: ['conversation_id', 'user_id', 'taken_by'] },
  handover_entries: {
    kind: 'unname',
    whole: ['user_id', 'staff_id'],
    words: [
      { column: 'body', author: 'staff_id', empty: '{"kind":"text","text":""}', begins: '{"kind":"text"' },
    ],
  },
  handover_places: { kind: 'unname', whole: ['actor'], json: ['body'] },
  handover_lines: { kind: 'none', why: 'how far each side of a hand-over is told; goes with it' },
  cases: { kind: 'delete', whole: ['user_id', 'conversation_id'], json: ['body'] },
  contact_attempts: { kind: 'none', why: 'how contacts answered, without a person' },
  directory_syncs: { kind: 'none', why: 'runs of sources' },
  directory_audit: { kind: 'none', why: CONTACTS },
  directory_rows: { kind: 'none', why: CONTACTS },
  unanswered: { kind: 'delete', whole: ['asker'] },
  asked_offers: { kind: 'none', why: 'counts for each offer and day, without a person' },
  insight_counts: { kind: 'none', why: 'counts for each day, without a person' },
  client_rates: { kind: 'none', why: 'keyed hashes of addresses; gone within the hour' },
  turn_tickets: { kind: 'none', why: 'who waits for a conversation; gone within seconds' },
  forgotten_conversations: { kind: 'none', why: 'random ids that must stay forgotten' },
  incident_keys: { kind: 'none', why: 'marks of outages and of their senders' },
  outage_plans: { kind: 'none', why: 'how far a plan has come; gone with its last page, seconds later' },
  outage_seen: { kind: 'none', why: 'marks of notices' },
  outage_source_health: { kind: 'none', why: 'how polled sources answer' },
  outage_workers: { kind: 'none', why: 'processes' },
  counters: { kind: 'none', why: 'numbers' },
  leases: { kind: 'none', why: 'processes' },
  secrets: { kind: 'none', why: 'keys of the product' },
  schema_migrations: { kind: 'none', why: 'versions of the tables' },
  schema_migrations_lock: { kind: 'none', why: 'versions of the tables' },
};

/** The text that replaces a person's id. */
export const NOBODY = 'erased-person';

export type TableRows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Rows that contain one of the ids, by table. Leaves out tables without such rows. */
export async function rowsOf(kysely: Kysely<Schema>, ids: readonly string[]): Promise<TableRows> {
  const found: Record<string, readonly Readonly<Record<string, unknown>>[]> = {};
  for (const [table, treatment] of Object.entries(TREATMENTS)) {
    const condition = conditionOf(treatment, ids);
    if (!condition) continue;
    const query = sql<Record<string, unknown>>`select * from ${sql.table(table)} where ${condition}`;
    const { rows } = await query.execute(kysely);
    if (rows.length > 0) found[table] = rows;
  }
  return found;
}

/** Deletes these rows or makes them anonymous, all or none. Returns the number of rows by table. */
export async function eraseRows(
  kysely: Kysely<Schema>,
  ids: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  return kysely.transaction().execute(async (trx) => {
    const done: Record<string, number> = {};
    for (const [table, treatment] of Object.entries(TREATMENTS)) {
      await emptyWords(trx, table, treatment, ids);
      const statement = erasing(table, treatment, ids);
      const count = statement ? Number((await statement.execute(trx)).numAffectedRows ?? 0n) : 0;
      if (count > 0) done[table] = count;
    }
    return done;
  });
}

function erasing(table: string, treatment: Treatment, ids: readonly string[]) {
  const condition = conditionOf(treatment, ids);
  if (!condition || treatment.kind === 'none') return undefined;
  const rows = sql.table(table);
  if (treatment.kind === 'delete') return sql`delete from ${rows} where ${condition}`;
  const { whole = [], json = [], words = [] } = treatment;
  const changes = [
    ...words.map((one) => sql`${sql.ref(one.column)} = ${emptyWhere(one, ids)}`),
    ...whole.map((column) => sql`${sql.ref(column)} = ${nobodyWhere(column, ids)}`),
    ...json.map((column) => sql`${sql.ref(column)} = ${unnamed(column, ids)}`),
  ];
  return sql`update ${rows} set ${sql.join(changes)} where ${condition}`;
}

function emptyWhere({ column, author, empty, begins = '' }: Words, ids: readonly string[]) {
  const isText = sql`substr(${sql.ref(column)}, 1, ${sql.lit(begins.length)}) = ${begins}`;
  return sql`case when ${sql.ref(author)} in (${listOf(ids)}) and ${isText} then ${empty} else ${sql.ref(column)} end`;
}

/** Free text in JSON, by the names of its fields: a note, the reason of a silence. */
const WORD_FIELDS = new Set(['text', 'reason', 'note']);

/** Empties what the person wrote inside JSON. The first statement locks the rows until the end of the transaction. */
async function emptyWords(
  trx: Kysely<Schema>,
  table: string,
  treatment: Treatment,
  ids: readonly string[],
): Promise<void> {
  const condition = conditionOf(treatment, ids);
  if (!condition || treatment.kind !== 'unname') return;
  for (const column of treatment.json ?? []) {
    const [rows, body] = [sql.table(table), sql.ref(column)];
    await sql`update ${rows} set ${body} = ${body} where ${condition}`.execute(trx);
    const found = await sql<{ id: string; body: string | null }>`
      select id, ${body} as body from ${rows} where ${condition}`.execute(trx);
    for (const { id, body: before } of found.rows) {
      const after = before && JSON.stringify(withoutWords(JSON.parse(before), new Set(ids)));
      if (after !== before) await sql`update ${rows} set ${body} = ${after} where id = ${id}`.execute(trx);
    }
  }
}

function withoutWords(value: unknown, ids: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutWords(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  const { by } = value as { by?: unknown };
  const isTheirs = typeof by === 'string' && ids.has(by);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      isTheirs && WORD_FIELDS.has(name) && typeof inner === 'string'
        ? [name, '']
        : [name, withoutWords(inner, ids)],
    ),
  );
}

/** Tables that still contain one of the ids anywhere, with the number of rows: contacts, and the words of others. */
export async function tablesNaming(
  kysely: Kysely<Schema>,
  ids: readonly string[],
): Promise<Readonly<Record<string, number>>> {
  const left: Record<string, number> = {};
  // The id of another person may contain this id.
  const parts = ids.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const named = new RegExp(`(?<![\\w@.-])(?:${parts})(?![\\w@-])`);
  const tables = await kysely.introspection.getTables();
  for (const { name, columns } of tables.filter((one) => one.name in TREATMENTS && one.name !== 'secrets')) {
    const texts = columns.filter((column) => /text|char/i.test(column.dataType));
    const tests = texts.flatMap((column) => ids.map((id) => holds(column.name, id)));
    if (tests.length === 0) continue;
    const { rows } = await sql`select * from ${sql.table(name)} where ${sql.join(tests, sql` or `)}`.execute(
      kysely,
    );
    const count = rows.filter((row) => named.test(Object.values(row as object).join('\n'))).length;
    if (count > 0) left[name] = count;
  }
  return left;
}

const nobodyWhere = (column: string, ids: readonly string[]) =>
  sql`case when ${sql.ref(column)} in (${listOf(ids)}) then ${NOBODY} else ${sql.ref(column)} end`;

const unnamed = (column: string, ids: readonly string[]) =>
  ids.reduce<RawBuilder<unknown>>(
    (inner, id) => sql`replace(${inner}, ${JSON.stringify(id)}, ${JSON.stringify(NOBODY)})`,
    sql.ref(column),
  );

/** The condition for rows that contain an id; undefined for a table that contains none. */
function conditionOf(treatment: Treatment, ids: readonly string[]) {
  if (treatment.kind === 'none') return undefined;
  const { whole = [], json = [] } = treatment;
  const keys = treatment.kind === 'delete' ? (treatment.keys ?? []) : [];
  const tests = [
    ...whole.map((column) => sql`${sql.ref(column)} in (${listOf(ids)})`),
    ...keys.flatMap((column) => ids.map((id) => holds(column, `/${id}/`))),
    ...json.flatMap((column) => ids.map((id) => holds(column, JSON.stringify(id)))),
  ];
  return sql`(${sql.join(tests, sql` or `)})`;
}

const listOf = (ids: readonly string[]) => sql.join(ids.map((id) => sql`${id}`));

/**
 * Compares character by character on both engines: `like` ignores case on one engine and treats `%` and `_` as
 * wildcards.
 */
const holds = (column: string, text: string) =>
  sql`length(replace(${sql.ref(column)}, ${text}, '')) < length(${sql.ref(column)})`;
