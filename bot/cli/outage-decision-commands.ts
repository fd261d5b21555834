/**
 * `outages confirm|dismiss|close|join|split` and `outages source map|confirm`: decisions of operators about incidents and senders.
 */
import os from 'node:os';
import type { Command } from 'commander';
import type { IncidentDeps } from '../../core/services/outages/change-incident.js';
import { actAsOperator, joinAsOperator, splitAsOperator, type OperatorAct } from './outage-acts.js';
import { listMapping, mapComponent, unmapComponent, type MappingDeps } from './outage-mapping.js';
import { confirmFrom, type Done } from './outage-sources.js';
import { listWords, removeWord, setWord } from './outage-words.js';
import { exitWith, print, printListing, withCliContext, type CliContext } from './cli-context.js';

/** Adds the commands that confirm, dismiss, close, join and split incidents. */
export function addDecisionCommands(outages: Command): void {
  act(outages, 'confirm', 'confirm an unconfirmed incident; all its recipients get a card');
  act(outages, 'dismiss', 'dismiss an unconfirmed incident');
  act(outages, 'close', 'end an incident that its sender does not end');
  outages
    .command('join')
    .description('join two incidents that are one outage; each keeps its title')
    .argument('<incident>', 'the id of the incident that stays')
    .argument('<other>', 'the id of the incident that is joined into it')
    .action((id: string, other: string) => decide((deps) => joinAsOperator(deps, id, other, actor())));
  outages
    .command('split')
    .description('split an incident from the incident into which it was joined')
    .argument('<other>', 'the id of the incident that was joined')
    .action((other: string) => decide((deps) => splitAsOperator(deps, other, actor())));
}

function decide(work: (deps: IncidentDeps) => Promise<Done>): Promise<void> {
  return withCliContext({ seed: false }, async (world) => {
    const { incidents, silences } = world.stores.outages;
    said(await work({ incidents, silences, publisherOf: await publishers(world), now: world.now }));
  });
}

function act(outages: Command, name: OperatorAct, description: string): void {
  const command = outages
    .command(name)
    .description(description)
    .argument('<incident>', 'the id of the incident');
  if (name !== 'confirm')
    command.requiredOption('--reason <reason>', 'the reason; everybody who has the card reads it');
  command.action((id: string, { reason = '' }: { reason?: string }) =>
    decide((deps) => actAsOperator(deps, name, id, actor(), reason)),
  );
}

/** Adds the commands that map a sender's names and set the severity from which a person confirms its reports. */
export function addReadingCommands(source: Command): void {
  source
    .command('confirm')
    .description('set the severity from which a person must confirm the sender’s reports')
    .argument('<id>')
    .argument('<severity>', 'minor, major, critical or never')
    .action((id: string, severity: string) =>
      withCliContext({ seed: false }, async ({ stores, now }) => {
        const { sources } = stores.outages;
        said(await confirmFrom({ sources, actor: actor(), now }, id, severity));
      }),
    );
  addWordCommands(source);
  const map = source
    .command('map')
    .description('manage which offers the component names of a sender stand for');
  map
    .command('list')
    .description('print the mapping, and the names that arrived and are not mapped')
    .argument('<id>')
    .action((id: string) => mapping((deps) => listMapping(deps, id)));
  map
    .command('add')
    .description('map a component name to offers')
    .argument('<id>')
    .argument('<component>', 'the name as the sender writes it')
    .argument('<offers...>', 'offer ids')
    .action((id: string, component: string, offers: string[]) =>
      mapping((deps) => mapComponent(deps, id, component, offers)),
    );
  map
    .command('remove')
    .description('remove offers, or the whole component, from the mapping')
    .argument('<id>')
    .argument('<component>')
    .argument('[offers...]')
    .action((id: string, component: string, offers: string[]) =>
      mapping((deps) => unmapComponent(deps, id, component, offers)),
    );
}

function addWordCommands(source: Command): void {
  const words = source
    .command('words')
    .description('manage the words of a sender that mean a severity or a state');
  words
    .command('list')
    .description('print the words of the sender')
    .argument('<id>')
    .action((id: string) =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) =>
        said(await listWords(stores.outages, id)),
      ),
    );
  words
    .command('set')
    .description('set what a word of the sender means')
    .argument('<id>')
    .argument('<kind>', 'severity or state')
    .argument('<word>', 'the word as the sender writes it')
    .argument('<meaning>', 'critical, major, …; or investigating, resolved, …')
    .action((id: string, kind: string, word: string, meaning: string) =>
      wording((deps) => setWord(deps, id, { kind, word, meaning })),
    );
  words
    .command('remove')
    .description('let the usual meaning of a word count again')
    .argument('<id>')
    .argument('<kind>', 'severity or state')
    .argument('<word>')
    .action((id: string, kind: string, word: string) => wording((deps) => removeWord(deps, id, kind, word)));
}

function wording(work: (deps: Parameters<typeof setWord>[0]) => Promise<Done>): Promise<void> {
  return withCliContext({ seed: false }, async ({ stores, now }) => {
    const { sources } = stores.outages;
    said(await work({ sources, actor: actor(), now }));
  });
}

function mapping(work: (deps: MappingDeps) => Promise<Done>): Promise<void> {
  return withCliContext({ seed: false }, async (world) => {
    const { sources, history } = world.stores.outages;
    const { ofSource } = history;
    const publisherOf = await publishers(world);
    said(await work({ sources, ofSource, publisherOf, actor: actor(), now: world.now }));
  });
}

async function publishers({ stores }: CliContext): Promise<(offerId: string) => string | undefined> {
  const { offers } = await stores.directory.load();
  return (offerId) => offers.get(offerId)?.publisherId;
}

function actor(): string {
  return `cli:${os.userInfo().username}`;
}

function said(done: Done): void {
  if (done.kind === 'done') printListing(done.data, done.lines);
  else print([done.reason]);
  if (done.kind === 'refused') exitWith(1);
}
