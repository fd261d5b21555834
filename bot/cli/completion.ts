/** `completion`: prints the script with which a shell completes commands and options. */
import { Argument, type Command } from 'commander';
import { print } from './cli-context.js';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

/** The words that may follow each command, by its words joined with `/`; the program itself is ''. */
type Words = ReadonlyMap<string, readonly string[]>;

/** Adds the command. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('print the completion script of a shell')
    .addArgument(new Argument('<shell>', 'bash, zsh, fish or powershell').choices(SHELLS))
    .action((shell: Shell) => print(completionScript(shell, program)));
}

/** The script for one shell, line by line. */
export function completionScript(shell: Shell, program: Command): readonly string[] {
  const words = wordsOf(program);
  switch (shell) {
    case 'bash':
      return bashScript(words);
    case 'zsh':
      return ['autoload -U +X bashcompinit && bashcompinit', ...bashScript(words)];
    case 'fish':
      return fishScript(words);
    case 'powershell':
      return powerShellScript(words);
  }
}

function wordsOf(command: Command, before = ''): Words {
  const own = [
    ...command.commands.map((one) => one.name()),
    ...command.options.flatMap((one) => (one.long ? [one.long] : [])),
    '--help',
  ];
  const below = command.commands.flatMap((one) => [...wordsOf(one, `${before}/${one.name()}`)]);
  return new Map([[before, own], ...below]);
}

function bashScript(words: Words): readonly string[] {
  const known = [...words.keys()].filter(Boolean).map((one) => `"${one}"`);
  return [
    '_offer_desk() {',
    '  local at="" words="" i',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case "$at/${COMP_WORDS[i]}" in',
    `      ${known.join('|')}) at="$at/\${COMP_WORDS[i]}" ;;`,
    '    esac',
    '  done',
    '  case "$at" in',
    ...[...words].map(([at, next]) => `    "${at}") words="${next.join(' ')}" ;;`),
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}"))',
    '}',
    'complete -o default -F _offer_desk offer-desk',
  ];
}

function fishScript(words: Words): readonly string[] {
  const known = [...words.keys()].filter(Boolean).map((one) => `'${one}'`);
  return [
    'function __offer_desk_words',
    "  set -l at ''",
    '  for word in (commandline -opc)[2..-1]',
    `    if contains -- "$at/$word" ${known.join(' ')}`,
    '      set at "$at/$word"',
    '    end',
    '  end',
    '  switch "$at"',
    ...[...words].map(([at, next]) => `    case '${at}'\n      printf '%s\\n' ${next.join(' ')}`),
    '  end',
    'end',
    "complete -c offer-desk -a '(__offer_desk_words)'",
  ];
}

function powerShellScript(words: Words): readonly string[] {
  return [
    'Register-ArgumentCompleter -Native -CommandName offer-desk -ScriptBlock {',
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $words = @{',
    ...[...words].map(([at, next]) => `    '${at}' = '${next.join(' ')}'`),
    '  }',
    "  $at = ''",
    '  foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {',
    '    if ($words.ContainsKey("$at/$element")) { $at = "$at/$element" }',
    '  }',
    '  $words[$at] -split \' \' | Where-Object { $_ -like "$wordToComplete*" } |',
    '    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }',
    '}',
  ];
}
