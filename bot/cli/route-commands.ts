/** The `route` commands. */
import type { Command } from 'commander';
import { buildOfferIndex } from '../../core/directory/search/search.js';
import { routeCheck, routeExplain, type ExplainOptions, type Printed } from './route.js';
import { routeChanges, routeRules } from './route-changes.js';
import { routeSources } from './route-sources.js';
import { exitWith, print, printListing, withCliContext } from './cli-context.js';

/** Adds the commands about the policy. */
export function addRouteCommands(program: Command): void {
  const route = program.command('route').description('the responsibility rules');
  route
    .command('check')
    .description('check the rules: cells without a rule, rules that never apply, missing or expired sources')
    .option(
      '--changed <version...>',
      'compare an old and a new file of "route rules" instead ("current": this version); exit code 1 when answers differ',
    )
    .action(check);
  route
    .command('rules')
    .description('print the rules of this version as JSON, for "route check --changed"')
    .action(() => print([routeRules().trimEnd()]));
  route
    .command('sources')
    .description('list the pages that the rules cite; pages to read again come first')
    .option('--stale', 'only pages that are old, have no date, or are due to be read again')
    .action(({ stale = false }: { stale?: boolean }) => show(routeSources(today(), { stale })));
  addExplain(route);
}

function addExplain(route: Command): void {
  route
    .command('explain')
    .description('print how the rules lead from the facts to the answer')
    .requiredOption('--asker <asker>', 'partner, customer or publisher')
    .option(
      '--issue <issue>',
      'a kind of issue, for example billing or billing.refund; not needed with --error',
    )
    .option('--offer <text>', 'an offer of the directory: name, id or marketplace URL')
    .option('--model <model>', 'CSP model of the partner')
    .option('--channel <channel>', 'how the offer was bought')
    .option('--hosting <hosting>', 'saas, azure or unknown')
    .option('--support-tier <tier>', 'publisher, microsoft, community or none')
    .option('--tier1 <who>', 'who answers technical questions first: partner or publisher')
    .option('--private-offer <kind>', 'publisher, csp or multiparty')
    .option(
      '--agreement <whose>',
      'a private offer is bought under: own or indirect (another partner bills it)',
    )
    .option('--error <text>', 'a pasted error text; its issue replaces --issue')
    .option('--country <country>', 'country on the invoice: code or name')
    .option('--partner-helps', 'the partner helps with purchases in which it takes no part')
    .option('--keeps <duties>', 'what an indirect reseller keeps: billing, technical')
    .action(async (options: ExplainOptions) => show(await explain(options)));
}

async function check({ changed }: { readonly changed?: readonly string[] }): Promise<void> {
  if (changed === undefined) return show(routeCheck(today()));
  const { code, data, lines } = await routeChanges(changed);
  printListing(data, lines);
  exitWith(code);
}

function explain(options: ExplainOptions): Promise<Printed> {
  return withCliContext({ seed: true, reads: true }, async ({ stores }) => {
    const directory = await stores.directory.load();
    const profile = await stores.profile.load();
    return routeExplain(options, { directory, profile, index: buildOfferIndex(directory) });
  });
}

function show({ lines, ok, data }: Printed): void {
  printListing(data, lines);
  exitWith(ok ? 0 : 1);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
