/** Runs an operator command in this process. */
import { ALL_GROUPS } from '../../bot/cli/every-command.js';
import { failureOf, runCommandLine } from '../../bot/cli/program.js';

export interface Printed {
  readonly code: number;
  readonly text: string;
}

/** The exit code and the lines of a command. A command that fails gives the lines of its error. */
export async function runCommand(folder: string, argv: readonly string[]): Promise<Printed> {
  const lines: string[] = [];
  let code = 0;
  const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
  const exit = (given: number) => void (code = given);
  try {
    await runCommandLine({ argv, folder, actor: 'cli:amy', out, exit }, ALL_GROUPS);
  } catch (error) {
    const failure = failureOf(error);
    code = failure.code;
    lines.push(...failure.lines);
  }
  return { code, text: lines.join('\n') };
}
