/** `understand`: connects standard input and output with the classifier over the stored directory. */
import process from 'node:process';
import readline from 'node:readline';
import type { Command } from 'commander';
import { buildOfferIndex } from '../../core/directory/search/search.js';
import { createIssueClassifier } from '../../core/understanding/classifier.js';
import { DeskError } from '../../core/errors.js';
import { runUnderstand, type UnderstandDeps } from './understand.js';
import { withCliContext, type CliContext } from './cli-context.js';

/** Adds the command. */
export function addUnderstandCommand(program: Command): void {
  program
    .command('understand')
    .description(
      'read JSON lines {text, lang?, asker?} and print what the bot understands, one JSON line for each',
    )
    .action(() => withCliContext({ seed: true, reads: true }, async (world) => readAll(await depsOf(world))));
}

function readAll(deps: UnderstandDeps): Promise<void> {
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Infinity });
  return runUnderstand(lines, deps, (line) => void process.stdout.write(`${line}\n`));
}

/** Everything understanding works on, from the stores. @throws DeskError `config.invalid` without a profile. */
export async function depsOf({ stores }: CliContext): Promise<UnderstandDeps> {
  const directory = await stores.directory.load();
  const profile = await stores.profile.load();
  if (!profile) throw new DeskError('config.invalid', 'there is no partner profile');
  const taught = await stores.phrases.list();
  const classifier = createIssueClassifier({
    phrases: taught.map(({ phrase, issue }) => ({ text: phrase, issue })),
  });
  return { directory, profile, classifier, index: buildOfferIndex(directory) };
}
