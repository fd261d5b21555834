/** `widget snippet`: prints the line for the partner's site and names every problem that would stop the chat. */
import type { Command } from 'commander';
import process from 'node:process';
import { readConfig } from '../app/config.js';
import { liveProblems } from '../web/widget/live-check.js';
import {
  snippet,
  snippetProblems,
  type SnippetOptions,
  type WidgetSettings,
} from '../web/widget/settings.js';
import { exitWith, print } from './cli-context.js';

/** Adds the command. */
export function addWidgetCommands(program: Command): void {
  const widget = program.command('widget').description('the chat on the partner’s own site');
  widget
    .command('snippet')
    .description('print the script line and check the configuration')
    .option('--language <language>', 'language of the chat, instead of the page’s')
    .option('--accent <colour>', 'colour as #rrggbb')
    .option('--position <side>', 'left or right')
    .option('--scheme <look>', 'light or dark, instead of the device’s')
    .option('--check <page...>', 'pages of the partner’s site to look at')
    .action((options: SnippetOptions & { readonly check?: readonly string[] }) => printSnippet(options));
}

async function printSnippet({
  check = [],
  ...options
}: SnippetOptions & { readonly check?: readonly string[] }): Promise<void> {
  const config = readConfig(process.env, process.cwd());
  const { publicUrl, widget, registration } = config;
  const base = publicUrl ?? `http://localhost:${String(config.port)}`;
  const problems = snippetProblems(widget, { ...options, publicUrl, registered: registration !== undefined });
  print([snippet(base, widget.partnerId, options)]);
  print(policyLines(base));
  print(widget.origins.map((origin) => `may embed it: ${origin}`));
  print(problems.length === 0 ? ['The configuration is fine.'] : problems.map((one) => `problem: ${one}`));
  const onPages = await Promise.all(check.map((page) => checkPage(page, base, widget)));
  if (problems.length > 0 || onPages.includes(false)) exitWith(1);
}

/** Returns false when a problem stops the chat there. */
async function checkPage(page: string, base: string, settings: WidgetSettings): Promise<boolean> {
  const problems = await liveProblems({ page, base, settings });
  print(
    problems.length === 0
      ? [`${page}: nothing keeps it from working`]
      : problems.map((one) => `${page}: ${one}`),
  );
  return problems.length === 0;
}

function policyLines(base: string): string[] {
  return [`A page with a content security policy needs: script-src ${base}/widget.js; frame-src ${base}`];
}
