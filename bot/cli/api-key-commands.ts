/** `api-keys create|list|revoke`: the keys with which other systems ask the desk. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  API_AUDIENCES,
  API_SCOPES,
  isClientName,
  type ApiAudience,
  type ApiKey,
  type ApiKeyStore,
  type ApiScope,
} from '../../core/services/api/api-keys.js';
import { hashOf, keyLine, newKeyText } from '../api/key-secret.js';
import { exitWith, print, printListing, withCliContext } from './cli-context.js';

const PER_MINUTE = 60;
const MOST_PER_MINUTE = 6_000;

interface CreateOptions {
  readonly audience: ApiAudience;
  readonly scopes: readonly ApiScope[];
  readonly perMinute: number;
}

/** Adds the commands. */
export function addApiKeyCommands(program: Command): void {
  const keys = program.command('api-keys').description('keys with which other systems ask the desk');
  keys
    .command('create')
    .description('make a key for one client, and print it once')
    .argument('<name>', 'the name of the client, as ServiceNow')
    .addOption(
      new Option('--audience <audience>', 'who reads the answers; customers never get contacts of staff')
        .choices(API_AUDIENCES)
        .makeOptionMandatory(),
    )
    .option('--scopes <scopes>', `what it may ask: ${API_SCOPES.join(',')}`, scopesOf, API_SCOPES)
    .option('--per-minute <calls>', 'calls in a minute', callsOf, PER_MINUTE)
    .action(create);
  keys
    .command('list')
    .description('list the keys, without their secrets')
    .action(() =>
      withCliContext({ seed: false, reads: true }, async ({ stores }) => {
        const all = await stores.apiKeys.list();
        printListing({ keys: all.map(keyFields) }, all.length === 0 ? ['There is no key.'] : all.map(keyRow));
      }),
    );
  keys
    .command('revoke')
    .description('end the use of a key at once')
    .argument('<key>', 'the id or the name of the key')
    .action(revoke);
}

function create(name: string, { audience, scopes, perMinute }: CreateOptions): Promise<void> {
  return withCliContext({ seed: false }, async ({ stores, actor, now }) => {
    if (!isClientName(name)) return refuse('A name has letters, digits, spaces and . _ - ( ), at most 60.');
    const text = newKeyText();
    const key: ApiKey = {
      id: text.id,
      name,
      audience,
      scopes,
      perMinute,
      createdAt: now(),
      createdBy: actor,
      revokedAt: null,
      usedAt: null,
    };
    if (!(await stores.apiKeys.add(key, hashOf(text.secret))))
      return refuse(`A key in use has the name ${name}. Revoke it first, or choose another name.`);
    print([keyRow(key), `Key (shown once): ${keyLine(text)}`]);
  });
}

function revoke(named: string): Promise<void> {
  return withCliContext({ seed: false }, async ({ stores, actor, now }) => {
    const found = await keyNamed(stores.apiKeys, named);
    if (!found) return refuse(`No key in use has the id or the name ${named}.`);
    await stores.apiKeys.revoke(found.id, { actor, at: now() });
    print([`The key ${found.id} of ${found.name} is revoked.`]);
  });
}

async function keyNamed(store: ApiKeyStore, named: string): Promise<ApiKey | undefined> {
  const inUse = (await store.list()).filter(({ revokedAt }) => revokedAt === null);
  return inUse.find(({ id }) => id === named) ?? inUse.find(({ name }) => name === named);
}

function refuse(reason: string): void {
  print([reason]);
  exitWith(1);
}

function keyFields({
  id,
  name,
  audience,
  scopes,
  perMinute,
  createdAt,
  createdBy,
  revokedAt,
  usedAt,
}: ApiKey) {
  return {
    id,
    name,
    state: revokedAt === null ? 'in use' : 'revoked',
    audience,
    scopes,
    perMinute,
    createdAt: new Date(createdAt).toISOString(),
    createdBy,
    ...(revokedAt !== null && { revokedAt: new Date(revokedAt).toISOString() }),
    ...(usedAt !== null && { lastUsedOn: dayOf(usedAt) }),
  };
}

function keyRow(key: ApiKey): string {
  const { id, name, state, audience, scopes, perMinute } = keyFields(key);
  const used = key.usedAt === null ? 'never used' : `last used on ${dayOf(key.usedAt)}`;
  return [id, name, state, audience, scopes.join(','), `${perMinute} a minute`, used].join('\t');
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function scopesOf(text: string): readonly ApiScope[] {
  const named = text.split(',').map((one) => one.trim());
  const known = API_SCOPES.filter((one) => named.includes(one));
  if (known.length !== new Set(named).size) throw new InvalidArgumentError(`Known: ${API_SCOPES.join(',')}.`);
  return known;
}

function callsOf(text: string): number {
  const calls = Number(text);
  if (!Number.isInteger(calls) || calls < 1 || calls > MOST_PER_MINUTE)
    throw new InvalidArgumentError(`A number from 1 to ${MOST_PER_MINUTE}.`);
  return calls;
}
