/** `widget snippet`: prints the line for the partner's site and says what would keep it from working. */
import type { Command } from 'commander';
import process from 'node:process';
import { readConfig } from '../config.js';
import { snippet, snippetProblems, type SnippetOptions } from '../web/widget/settings.js';
import { exitWith, print } from './world.js';

/** Adds the command. */
export function addWidgetCommands(program: Command): void {
  const widget = program.command('widget').description('the chat on the partner’s own site');
  widget
    .command('snippet')
    .description('print the script line and check the configuration')
    .option('--language <language>', 'language of the chat, instead of the page’s')
    .option('--accent <colour>', 'colour as #rrggbb')
    .option('--position <side>', 'left or right')
    .action((options: SnippetOptions) => printSnippet(options));
}

function printSnippet(options: SnippetOptions): void {
  const config = readConfig(process.env, process.cwd());
  const { publicUrl, widget, registration } = config;
  const base = publicUrl ?? `http://localhost:${String(config.port)}`;
  const problems = snippetProblems(widget, { ...options, publicUrl, registered: registration !== undefined });
  print([snippet(base, widget.partnerId, options)]);
  print(policyLines(base));
  print(widget.origins.map((origin) => `may embed it: ${origin}`));
  if (problems.length === 0) return print(['The configuration is fine.']);
  print(problems.map((problem) => `problem: ${problem}`));
  exitWith(1);
}

function policyLines(base: string): string[] {
  return [`A page with a content security policy needs: script-src ${base}/widget.js; frame-src ${base}`];
}
