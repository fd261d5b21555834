/** The reference of the operator's commands, made of the command line itself. */
import type { Command } from 'commander';
import { ALL_GROUPS } from '../bot/cli/every-command.js';
import { buildProgram, commandsOf } from '../bot/cli/program.js';

/** A table for each group of commands: usage, and what it does. */
export function commandTables(): string {
  const program = buildProgram(ALL_GROUPS);
  const alone = program.commands.filter((one) => one.commands.length === 0);
  const groups = program.commands.filter((one) => one.commands.length > 0);
  return [
    ...groups.map((group) => section(group.name(), group.description(), commandsOf(group, group.name()))),
    section(
      'others',
      '',
      alone.map((one) => [one.name(), one] as const),
    ),
  ].join('\n\n');
}

function section(title: string, description: string, commands: ReturnType<typeof commandsOf>): string {
  const leaves = commands.filter(([, command]) => command.commands.length === 0);
  return [
    `## ${title}`,
    '',
    ...(description === '' ? [] : [`${sentence(description)}`, '']),
    '| command | what it does |',
    '|---|---|',
    ...leaves.map(([words, command]) => `| \`${usage(words, command)}\` | ${cell(command.description())} |`),
  ].join('\n');
}

/** As a document writes it: arguments in capitals, optional parts in brackets. `--json` is everywhere and left out. */
function usage(words: string, command: Command): string {
  const given = command.registeredArguments.map((one) => {
    const name = one.name().toUpperCase();
    return one.required ? name : `[${name}]`;
  });
  const options = command.options
    .filter((one) => one.long !== '--json' && !one.hidden)
    .map((one) => {
      const value = /[<[]([\w-]+)/.exec(one.flags)?.[1]?.toUpperCase();
      const choices = one.argChoices?.join('|');
      const flag = [one.long ?? '', ...(value === undefined ? [] : [choices ?? value])].join(' ');
      return one.mandatory ? flag : `[${flag}]`;
    });
  return cell([words, ...given, ...options].join(' '));
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
