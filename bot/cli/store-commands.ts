/** `store backup|restore|check`: the commands for the embedded store. */
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { DeskError } from '../../core/errors.js';
import { readConfig, type Config } from '../app/config.js';
import {
  backupDataDir,
  checkDataDir,
  restoreDataDir,
  type BackupSummary,
  type StoreCheck,
} from '../store/engine/backup.js';
import { exitWith, print, printListing } from './cli-context.js';

/** Adds the commands. */
export function addStoreCommands(program: Command): void {
  const store = program.command('store').description('back up, restore and check the embedded store');
  store
    .command('backup')
    .description('copy the store into one file; the server may be running')
    .argument('<file>', 'the file to write')
    .action(async (file: string) => {
      const { dataDir } = embedded();
      print(['Backed up:', ...backupLines(await backupDataDir(dataDir, path.resolve(file)))]);
    });
  store
    .command('restore')
    .description('replace the store by a backup and keep the old store beside it; stop the server first')
    .argument('<file>', 'a file made by "store backup"')
    .action(async (file: string) => {
      const { dataDir } = embedded();
      print(['Restored:', ...backupLines(await restoreDataDir(dataDir, path.resolve(file), Date.now()))]);
    });
  store
    .command('check')
    .description('check the store for damage; the server may be running')
    .action(() => {
      const report = checkDataDir(embedded().dataDir);
      printListing(report, checkLines(report));
      if (report.problems.length > 0) exitWith(1);
    });
}

function embedded(): Config {
  const config = readConfig(process.env, process.cwd());
  if (!config.databaseUrl) return config;
  throw new DeskError(
    'config.invalid',
    'DATABASE_URL: PostgreSQL is backed up with pg_dump and restored with pg_restore',
  );
}

function backupLines({ file, bytes, tables }: BackupSummary): readonly string[] {
  return [`  ${file} (${bytes} bytes)`, ...tableLines(tables)];
}

function checkLines({ loose, problems, tables }: StoreCheck): readonly string[] {
  const verdict = problems.length === 0 ? ['The store is whole.'] : ['The store is damaged:', ...problems];
  const readable = loose.map(
    ({ path: file, mode }) => `Other users may read ${file} (mode ${mode}); the next start tightens it.`,
  );
  return [...verdict, ...readable, ...tableLines(tables)];
}

function tableLines(tables: BackupSummary['tables']): readonly string[] {
  return tables.map(({ table, rows, sha256 }) => `  ${table}  ${rows} rows  ${sha256.slice(0, 16)}`);
}
