/** `doctor`: names the problems of this installation and their repair. The exit code is 1 if there is a problem. */
import process from 'node:process';
import type { Command } from 'commander';
import { DeskError } from '../../core/errors.js';
import { examine } from '../app/doctor/doctor.js';
import { findingLines, isHealthy, wrong, type Finding } from '../../core/findings.js';
import { exitWith, printListing, withCliContext } from './cli-context.js';

/** Adds the command. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('name what is wrong with this installation and how to repair it')
    .option('--offline', 'send no request to Microsoft or to the public address')
    .action(async ({ offline = false }: { offline?: boolean }) => {
      const findings = await findAll(offline);
      printListing({ healthy: isHealthy(findings), findings }, findingLines(findings));
      if (!isHealthy(findings)) exitWith(1);
    });
}

/** If an installation cannot be opened, this failure is the finding. */
async function findAll(offline: boolean): Promise<readonly Finding[]> {
  try {
    return await withCliContext({ seed: false, reads: true }, (world) =>
      examine({ ...world, env: process.env, fetch, offline }),
    );
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return [wrong(error.code, error.message.trim(), error.remedy)];
  }
}
