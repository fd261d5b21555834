/** Migrates the tables to this version. Several instances may run it at once. A killed migration does no harm. */
import { Migrator, sql, type Kysely, type Migration } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Engine } from './engine.js';
import * as firstTables from './migrations/0001-first-tables.js';
import * as outages from './migrations/0002-outages.js';
import * as forgotten from './migrations/0003-forgotten.js';
import * as directoryUpkeep from './migrations/0004-directory-upkeep.js';
import * as contactReports from './migrations/0005-contact-reports.js';
import * as handovers from './migrations/0006-handovers.js';
import * as outagePlans from './migrations/0007-outage-plans.js';
import * as webVisitors from './migrations/0008-web-visitors.js';
import * as teamDefaults from './migrations/0009-team-defaults.js';
import * as lateTurns from './migrations/0010-late-turns.js';
import * as clientIds from './migrations/0011-client-ids.js';
import * as sourceHealth from './migrations/0012-source-health.js';
import * as ignoredColumns from './migrations/0013-ignored-columns.js';
import * as sampleProfile from './migrations/0014-sample-profile.js';
import * as lessons from './migrations/0015-lessons.js';
import * as privacy from './migrations/0016-privacy.js';
import * as visitorCountry from './migrations/0017-visitor-country.js';
import * as askedOffers from './migrations/0018-asked-offers.js';
import * as weeklySummaries from './migrations/0019-weekly-summaries.js';
import * as apiKeys from './migrations/0020-api-keys.js';
import * as insights from './migrations/0021-insights.js';
import * as cases from './migrations/0022-cases.js';
import type { Schema } from './schema.js';

/** Every released migration, by its recorded name. The list is here so that a bundle includes the migrations. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-outages': outages,
  '0003-forgotten': forgotten,
  '0004-directory-upkeep': directoryUpkeep,
  '0005-contact-reports': contactReports,
  '0006-handovers': handovers,
  '0007-outage-plans': outagePlans,
  '0008-web-visitors': webVisitors,
  '0009-team-defaults': teamDefaults,
  '0010-late-turns': lateTurns,
  '0011-client-ids': clientIds,
  '0012-source-health': sourceHealth,
  '0013-ignored-columns': ignoredColumns,
  '0014-sample-profile': sampleProfile,
  '0015-lessons': lessons,
  '0016-privacy': privacy,
  '0017-visitor-country': visitorCountry,
  '0018-asked-offers': askedOffers,
  '0019-weekly-summaries': weeklySummaries,
  '0020-api-keys': apiKeys,
  '0021-insights': insights,
  '0022-cases': cases,
};

const TABLE = 'schema_migrations';

/**
 * Runs the missing migrations, all or none of them.
 * @throws DeskError `store.newer-schema` when a later version wrote the data.
 */
export async function migrate(
  kysely: Kysely<Schema>,
  engine: Engine,
  migrations: Readonly<Record<string, Migration>> = MIGRATIONS,
): Promise<readonly string[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrateOnce(kysely, engine, migrations);
    } catch (error) {
      if (tries === TRIES || !sawSomethingVanish(error)) throw error;
    }
  }
}

/** The migrator looks at the tables of every schema. If another program changes a table meanwhile, try again. */
const TRIES = 5;
/** Codes of PostgreSQL: a schema, a table or a column does not exist. */
const VANISHED = new Set(['3F000', '42P01', '42703']);

function sawSomethingVanish(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && VANISHED.has(code)) || sawSomethingVanish(error.cause);
}

async function migrateOnce(
  kysely: Kysely<Schema>,
  engine: Engine,
  migrations: Readonly<Record<string, Migration>>,
): Promise<readonly string[]> {
  const schema = engine.kind === 'postgres' ? await currentSchema(kysely) : undefined;
  const done = await recordedNames(kysely, schema);
  if (done.join() === Object.keys(migrations).sort().join()) return [];
  refuseNewer(done, migrations);
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: TABLE,
    migrationLockTableName: `${TABLE}_lock`,
    // Without this option the migrator may use a table with the same name in another schema.
    migrationTableSchema: schema,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    if (error instanceof DeskError) throw error;
    throw new DeskError('store.unavailable', 'The tables could not be brought to this version', {
      cause: error,
    });
  }
  return (results ?? []).filter((one) => one.status === 'Success').map((one) => one.migrationName);
}

/**
 * The names of the migrations that the database has; none when it has no table of them. One read, because nearly every
 * start finds its own version. The migrator itself reads the columns of every table.
 */
async function recordedNames(kysely: Kysely<Schema>, schema: string | undefined): Promise<readonly string[]> {
  const table = sql.id(...(schema === undefined ? [] : [schema]), TABLE);
  try {
    const { rows } = await sql<{ name: string }>`select name from ${table} order by name`.execute(kysely);
    return rows.map((row) => row.name);
  } catch (error) {
    if (hasNoTable(error)) return [];
    throw error;
  }
}

function hasNoTable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === '42P01' || error.message.startsWith('no such table') || hasNoTable(error.cause);
}

async function currentSchema(kysely: Kysely<Schema>): Promise<string> {
  const found = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(kysely);
  const schema = found.rows[0]?.schema;
  if (!schema) throw new DeskError('store.unavailable', 'The database has no schema on its search_path');
  return schema;
}

function refuseNewer(done: readonly string[], migrations: Readonly<Record<string, Migration>>): void {
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length === 0) return;
  throw new DeskError(
    'store.newer-schema',
    `The data already has ${unknown.join(', ')}, unknown to this version`,
  );
}
