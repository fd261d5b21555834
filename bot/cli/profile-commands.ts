/** `profile init|check|import|show`: manages the partner profile as a file. */
import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';
import readline from 'node:readline/promises';
import { Option, type Command } from 'commander';
import { diffValues } from '../../core/directory/diff.js';
import { profileFromText } from '../../core/directory/parse-profile.js';
import type { ProfileProblem } from '../../core/directory/profile-problems.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import {
  isAsked,
  problemLine,
  problemsWith,
  profileFrom,
  type ProfileAnswers,
  QUESTIONS,
} from '../../core/directory/profile-draft.js';
import { DeskError } from '../../core/errors.js';
import { CSP_MODELS } from '../../core/terms.js';
import { changedSinceFile, changeLine } from '../app/profile-file.js';
import { actor, exitWith, namedFile, print, printListing, withCliContext } from './cli-context.js';

/** Adds the commands. */
export function addProfileCommands(program: Command): void {
  const profile = program
    .command('profile')
    .description('the partner profile: who you are and how you support customers');
  addInit(profile);
  profile
    .command('check')
    .description('name every wrong field of a profile file, with an example; change nothing')
    .argument('<file>', 'a JSON file')
    .action(check);
  profile
    .command('import')
    .description('apply a profile file; the server may be running')
    .argument('<file>', 'a JSON file')
    .option('--dry-run', 'print what would change, change nothing')
    .action((file: string, { dryRun = false }: { dryRun?: boolean }) => importFile(file, dryRun));
  profile
    .command('show')
    .description('print the current profile, and what differs from the file of OFFER_DESK_PROFILE')
    .action(show);
}

function addInit(profile: Command): void {
  const init = profile
    .command('init')
    .description(
      'ask for name, model, tenants, desks, languages, logo and colour, and write a valid file; with --name it asks nothing',
    )
    .option('--file <file>', 'the file to write', 'partner-profile.json')
    .option('--force', 'overwrite an existing file');
  for (const { key, flag, text } of QUESTIONS) {
    const option = new Option(`--${flag} <${flag}>`, text);
    if (key === 'model') option.choices(CSP_MODELS);
    init.addOption(option);
  }
  init.action(writeNew);
}

interface InitOptions extends ProfileAnswers {
  readonly file: string;
  readonly force?: boolean;
}

async function writeNew({ file, force, ...given }: InitOptions): Promise<void> {
  const answers = given.name === undefined ? await askAll(given) : given;
  const made = profileFrom(answers);
  if (!made.ok) return refuse(file, made.problems);
  const target = namedFile(file);
  try {
    const text = `${JSON.stringify(made.profile, null, 2)}\n`;
    await writeFile(target, text, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'EEXIST'
        ? 'is there already; --force writes over it'
        : 'cannot be written';
    throw new DeskError('config.invalid', `${target} ${why}`, { cause });
  }
  print([
    `Written: ${target}`,
    'Next: "offer-desk profile import" brings it into force, or set OFFER_DESK_PROFILE to it.',
    'See docs/configuration.md for the fields that were not asked: overrides, customer regions, duties of a reseller.',
  ]);
}

async function askAll(given: ProfileAnswers): Promise<ProfileAnswers> {
  if (!process.stdin.isTTY)
    throw new DeskError(
      'config.invalid',
      'profile init asks questions and needs a terminal. In a script give --name and the other options',
    );
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await askQuestions(given, (text) => terminal.question(text));
  } finally {
    terminal.close();
  }
}

/** Asks for the missing values. Explains a wrong answer and asks again. `ask` returns the answer to a text. */
export async function askQuestions(
  given: ProfileAnswers,
  ask: (text: string) => Promise<string>,
): Promise<ProfileAnswers> {
  let answers = given;
  for (const question of QUESTIONS) {
    const { key, text, example } = question;
    if (answers[key] !== undefined || !isAsked(question, answers)) continue;
    let told = '';
    for (;;) {
      const answer = (await ask(`${told}${text} (for example ${example}): `)).trim();
      const next = answer === '' ? answers : { ...answers, [key]: answer };
      const problems = problemsWith(question, next);
      if (problems.length === 0) {
        answers = next;
        break;
      }
      told = problems.map((one) => `  ${problemLine(one)}\n`).join('');
    }
  }
  return answers;
}

function refuse(file: string, problems: readonly ProfileProblem[]): void {
  printListing({ file, valid: false, problems }, [
    `${file}: ${problems.length} ${problems.length === 1 ? 'place is' : 'places are'} wrong. Nothing was changed.`,
    ...problems.map((one) => `  ${problemLine(one)}`),
  ]);
  exitWith(1);
}

async function parsedFile(file: string) {
  const target = namedFile(file);
  const text = await readFile(target, 'utf8').catch((cause: unknown) => {
    throw new DeskError('config.invalid', `${target} cannot be read`, { cause });
  });
  return profileFromText(text);
}

async function check(file: string): Promise<void> {
  const parsed = await parsedFile(file);
  if (!parsed.ok) return refuse(file, parsed.problems);
  printListing({ file, valid: true, problems: [] }, [
    `${file} is a valid profile of ${parsed.profile.name} (${parsed.profile.model}).`,
  ]);
}

async function importFile(file: string, dryRun: boolean): Promise<void> {
  const parsed = await parsedFile(file);
  if (!parsed.ok) return refuse(file, parsed.problems);
  await withCliContext({ seed: false, reads: dryRun }, async ({ stores, now }) => {
    const [last] = await stores.profile.history(1);
    const changes = last ? diffValues(last.profile, parsed.profile) : [];
    if (!dryRun) await stores.profile.save(parsed.profile, actor(), now(), last?.version ?? 0, false);
    print([
      `${dryRun ? 'Would be in force' : 'In force'}: ${parsed.profile.name} (${parsed.profile.model})`,
      ...changes.map((one) => `  ${changeLine(one)}`),
    ]);
  });
}

function show(): Promise<void> {
  return withCliContext({ seed: false, reads: true }, async ({ stores }) => {
    const profile: PartnerProfile | undefined = await stores.profile.load();
    if (!profile) {
      print(['There is no partner profile. "offer-desk profile init" writes one.']);
      return exitWith(1);
    }
    const changed = (await changedSinceFile(stores.profile)) ?? [];
    printListing({ profile, changedSinceFile: changed }, [
      JSON.stringify(profile, null, 2),
      ...(changed.length === 0
        ? []
        : [
            'Edited since the file of OFFER_DESK_PROFILE was applied; the edits count until the file changes:',
          ]),
      ...changed.map((one) => `  ${changeLine(one)}`),
    ]);
  });
}
