/**
 * `outages parse`, `outages source …`, `outages list`, `outages report`, `outages replay`; decisions are in their own
 * file.
 */
import os from 'node:os';
import process from 'node:process';
import type { Command } from 'commander';
import { incidentTitle } from '../../cards/outages/outage-words.js';
import type { Incident } from '../../core/incident/types.js';
import { textIn } from '../../locales/text.js';
import { FORMATS } from '../outages/parsers/registry.js';
import { decisionLines } from './outage-acts.js';
import { addDecisionCommands, addReadingCommands } from './outage-decision-commands.js';
import { listedLine, listSources, sourceFields } from './outage-mapping.js';
import { ledgerLines, deliveryLedger, replayFailed } from './outage-ledger.js';
import {
  addSource,
  rotateSource,
  switchSource,
  type Done,
  type NewSource,
  type SourceDeps,
} from './outage-sources.js';
import { givenSecret, SECRET_OPTION } from './given-secret.js';
import { outagesParse, readMapping } from './outages.js';
import { historyLines, sinceOf } from './outage-history.js';
import { unreachedBy, unreachedLines } from './team-reach.js';
import { exitWith, print, printListing, withCliContext, type CliContext } from './cli-context.js';

const FORMATS_TEXT = `One of ${FORMATS.join(', ')}`;

/** Adds the commands about outages and their senders. */
export function addOutageCommands(program: Command): void {
  const outages = program.command('outages').description('outages, their senders and their cards');
  addParseCommand(outages);
  outages
    .command('list')
    .description('list the open incidents')
    .action(() =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) => {
        const open = await stores.outages.incidents.open();
        printListing({ incidents: open.map(openFields) }, open.map(openLine));
      }),
    );
  outages
    .command('report')
    .description('print the state of an incident’s cards, with reasons')
    .argument('[incident]', 'the id of the incident')
    .option('--since <date>', 'print all outages since this day (2026-03-01) as CSV instead')
    .action((id: string | undefined, { since }: { since?: string }) => {
      if (since !== undefined) return reportSince(since);
      return id === undefined
        ? withCliContext({ seed: false, reads: true }, () => Promise.resolve(said(NO_INCIDENT)))
        : report(id);
    });
  outages
    .command('replay')
    .description('send the failed cards of an incident again')
    .argument('<incident>', 'the id of the incident')
    .action((id: string) =>
      withCliContext({ seed: false }, async ({ stores, now }) => {
        print([`${await replayFailed(stores.outages.deliveries, id, now())} deliveries are due again.`]);
      }),
    );
  addDecisionCommands(outages);
  const source = outages
    .command('source')
    .alias('sources')
    .description('manage the senders of outage notices');
  addSourceCommands(source);
  addReadingCommands(source);
}

function addParseCommand(outages: Command): void {
  outages
    .command('parse')
    .description('print the events of a payload as JSON')
    .argument('<file>', 'the payload')
    .option('--format <format>', `the sender’s format; default: detected. ${FORMATS_TEXT}`)
    .option('--map <file>', 'the mapping file of the format "mapped"')
    .option('--source <id>', 'read it as this registered sender: its format, mapping, words and scope')
    .action((file: string, options: ParseOptions) =>
      options.source === undefined ? parse(file, options) : parseAs(options.source, file),
    );
}

function openFields(incident: Incident) {
  const { id, severity, state, unconfirmed, startedAt, updatedAt, affected } = incident;
  const title = incidentTitle(incident, textIn('en'));
  const [started, updated] = [startedAt, updatedAt].map((at) => new Date(at).toISOString());
  const confirmed = !unconfirmed;
  return {
    id,
    severity,
    state,
    confirmed,
    title,
    startedAt: started,
    updatedAt: updated,
    offers: affected.offers,
  };
}

function openLine(incident: Incident): string {
  const { id, severity, state, unconfirmed } = incident;
  const title = incidentTitle(incident, textIn('en'));
  return [id, severity, unconfirmed ? `${state} (not confirmed)` : state, title].join('\t');
}

interface ParseOptions {
  readonly format?: string;
  readonly map?: string;
  readonly source?: string;
}

/** A dry run: nothing is stored and no card is sent. */
function parseAs(id: string, file: string): Promise<void> {
  return withCliContext({ seed: false, reads: true }, async ({ stores }) => {
    const source = await stores.outages.sources.byId(id);
    if (!source) return said({ kind: 'refused', reason: `There is no source ${id}.` });
    const { offers } = await stores.directory.load();
    const lines: string[] = [];
    const code = await outagesParse(
      { file, source, publisherOf: (offerId) => offers.get(offerId)?.publisherId },
      (text) => void lines.push(text.trimEnd()),
    );
    print(lines);
    exitWith(code);
  });
}

async function parse(file: string, { format, map }: ParseOptions): Promise<void> {
  const code = await outagesParse(
    { file, format, map },
    (text) => void process.stdout.write(text),
    (text) => void process.stderr.write(text),
  );
  exitWith(code);
}

const NO_INCIDENT: Done = { kind: 'refused', reason: 'Name an incident, or a day with --since.' };

function reportSince(given: string): Promise<void> {
  return withCliContext({ seed: false, reads: true }, async ({ stores }) => {
    const at = sinceOf(given);
    if (at === undefined)
      return said({ kind: 'refused', reason: `${given} is no day; write it as 2026-03-01.` });
    const { history, deliveries } = stores.outages;
    print(await historyLines({ since: history.since, deliveries }, at));
  });
}

function report(id: string): Promise<void> {
  return withCliContext({ seed: false, reads: true }, async ({ stores }) => {
    const { incidents, deliveries } = stores.outages;
    const incident = await incidents.byId(id);
    if (!incident)
      return said({ kind: 'refused', reason: `There is no incident ${id}; see "outages list".` });
    const [ledger, undecided] = [await deliveryLedger(deliveries, id), await incidents.undecided(id)];
    const managers = await unreached(incident, stores);
    printListing(
      { incident: openFields(incident), recipients: { ...ledger, undecided }, unreachedManagers: managers },
      [...ledgerLines(incident, ledger, undecided), ...decisionLines(incident), ...unreachedLines(managers)],
    );
  });
}

/** Managers who miss a card because they have no chat with the bot. */
async function unreached(incident: Incident, stores: CliContext['stores']): Promise<readonly string[]> {
  const defaults = await stores.outages.teams.all();
  if (defaults.every((one) => one.readerId !== null)) return [];
  const { offers } = await stores.directory.load();
  return unreachedBy(incident, defaults, (offerId) => offers.get(offerId)?.publisherId);
}

interface AddOptions {
  readonly format: string;
  readonly publisher?: string;
  readonly offers?: string;
  readonly offer?: readonly string[];
  readonly sign?: NewSource['sign'];
  readonly secretFile?: string;
  readonly poll?: string;
  readonly every?: string;
  readonly monitor?: boolean;
  readonly confirmFrom?: string;
  readonly map?: string;
}

function addSourceCommands(source: Command): void {
  source
    .command('add')
    .description('register a sender; the command shows its token or secret once')
    .argument('<id>', 'the sender’s name in the address')
    .requiredOption('--format <format>', `the format of its notices. ${FORMATS_TEXT}`)
    .option(
      '--publisher <id>',
      'the publisher whose outages it reports; without it: Microsoft’s own services',
    )
    .option('--offers <ids>', 'only these offers, comma separated')
    .option(
      '--offer <id>',
      'only this offer; repeat it for several',
      (id, before: string[]) => [...before, id],
      [],
    )
    .option('--sign <how>', 'standard-webhooks, instatus or pagerduty; without it: a token in the address')
    .option(...SECRET_OPTION)
    .option('--poll <url>', 'read this https address regularly instead of waiting for notices')
    .option('--every <seconds>', 'how often to read it', '120')
    .option('--monitor', 'group its alerts by offer')
    .option(
      '--confirm-from <severity>',
      'the severity from which a person must confirm its reports, or never',
    )
    .option(
      '--map <file>',
      'the mapping file of the format "mapped"; try it with "outages parse --format mapped --map"',
    )
    .action(async (id: string, options: AddOptions) => {
      const mapping = options.map === undefined ? undefined : await readMapping(options.map);
      if (typeof mapping === 'string') return said({ kind: 'refused', reason: mapping });
      const secret = await givenSecret(options.secretFile);
      const given = { ...newSource(id, options), secret, ...(mapping && { mapping }) };
      // In local mode the sample exists from the first command on, as in the server.
      return change((deps) => addSource(deps, given), { seed: true, secret });
    });
  addListing(source);
  addSwitches(source);
}

function addListing(source: Command): void {
  source
    .command('list')
    .description('list all senders')
    .action(() =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) => {
        const { sources, history } = stores.outages;
        const listed = await listSources({ sources, ofSource: history.ofSource });
        printListing({ sources: listed.map(sourceFields) }, listed.map(listedLine));
      }),
    );
  source
    .command('rotate')
    .description('make a new token or secret; the old one works until the next rotation')
    .argument('<id>')
    .option(...SECRET_OPTION)
    .action(async (id: string, { secretFile }: { secretFile?: string }) => {
      const secret = await givenSecret(secretFile);
      return change((deps) => rotateSource(deps, id, secret), { secret });
    });
}

function addSwitches(source: Command): void {
  for (const [name, active] of [
    ['off', false],
    ['on', true],
  ] as const) {
    source
      .command(name)
      .description(active ? 'accept the sender’s notices again' : 'accept no notices of the sender')
      .argument('<id>')
      .action((id: string) => change((deps) => switchSource(deps, id, active)));
  }
}

function newSource(
  id: string,
  { every, offers, offer = [], sign, map: _file, secretFile: _secret, ...options }: AddOptions,
): NewSource {
  if (sign !== undefined && !['standard-webhooks', 'instatus', 'pagerduty'].includes(sign))
    throw new Error('--sign is standard-webhooks, instatus or pagerduty');
  const named = [...(offers?.split(',') ?? []), ...offer]
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return {
    id,
    ...options,
    sign,
    everySeconds: Number(every),
    ...(named.length > 0 && { offers: named }),
  };
}

function change(
  work: (deps: SourceDeps) => Promise<Done>,
  options: { readonly seed?: boolean; readonly secret?: string } = {},
): Promise<void> {
  return withCliContext({ seed: false, ...options }, async (world) => said(await work(await depsOf(world))));
}

async function depsOf({ stores, config, now }: CliContext): Promise<SourceDeps> {
  const { sources, secrets } = stores.outages;
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const directory = await stores.directory.load();
  return { directory, sources, secrets, actor: `cli:${os.userInfo().username}`, now, publicUrl };
}

function said(done: Done): void {
  if (done.kind === 'done') return print(done.lines);
  print([done.reason]);
  exitWith(1);
}
