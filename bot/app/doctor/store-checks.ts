/** Checks the content of the store: profile, directory and its sources, waiting cards, silent senders. */
import { readHours } from '../../../core/directory/parse/values.js';
import { DeskError } from '../../../core/errors.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { wasGood } from '../../../core/services/directory/sync-source.js';
import { outbox } from '../../store/outages/worker-store.js';
import type { Stores } from '../../store/stores.js';
import { integrityProblems } from '../../store/engine/backup.js';
import type { Config } from '../config.js';
import { changedSinceFile, changeLine, isApplied, readProfileFile } from '../profile-file.js';
import { senderSilences } from '../sender-silence.js';
import { holdsSampleRows, isSample } from '../set-up.js';
import { doubt, ok, wrong, type Finding } from '../../../core/findings.js';

export interface StoreDeps {
  readonly config: Pick<Config, 'registration' | 'partnerTenants' | 'profileFile'>;
  readonly stores: Stores;
  readonly now: () => number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const LATE_MS = 15 * MINUTE_MS;
const STALE_DAYS = 90;

/** Every such finding. */
export async function storeFindings(deps: StoreDeps): Promise<readonly Finding[]> {
  const found = await Promise.all([
    profileFindings(deps),
    profileFileFindings(deps),
    directoryFindings(deps),
    sourceFindings(deps),
    queueFindings(deps),
    senderFindings(deps),
  ]);
  return [...databaseFindings(deps), ...found.flat()];
}

function databaseFindings({ stores }: StoreDeps): readonly Finding[] {
  const connection = stores.database.sqlite;
  const problems = connection ? integrityProblems(connection) : [];
  if (problems.length === 0) return [ok('database', stores.kind)];
  const mend = 'stop the server and run "offer-desk store restore" with the newest backup';
  return [wrong('database.damage', `the store is damaged: ${problems.slice(0, 3).join('; ')}`, mend)];
}

async function profileFindings({ config, stores }: StoreDeps): Promise<readonly Finding[]> {
  const newest = await stores.profile.lastBy('');
  if (!newest)
    return [
      wrong(
        'profile.missing',
        'there is no partner profile: nobody is answered',
        '"offer-desk profile init", then "offer-desk profile import FILE"',
      ),
    ];
  if (await isSample(stores.profile)) {
    const what = 'the partner profile is the fictional sample';
    const mend = '"offer-desk profile init", then "offer-desk profile import FILE"';
    return [config.registration ? wrong('profile.sample', what, mend) : doubt('profile.sample', what, mend)];
  }
  const found = [...deskFindings(newest.profile), ...tenantFindings(newest.profile, config)];
  return found.length > 0 ? found : [ok('profile', `${newest.profile.name}, ${newest.profile.model}`)];
}

/** Checks whether the file of OFFER_DESK_PROFILE is valid and was applied, and lists later edits. */
async function profileFileFindings({ config, stores }: StoreDeps): Promise<readonly Finding[]> {
  const id = 'profile.file';
  const changes = (await changedSinceFile(stores.profile)) ?? [];
  const edited = doubt(
    'profile.edited',
    `edits outrank the file of OFFER_DESK_PROFILE: ${changes.map(changeLine).join('; ')}`,
    'write the edits into the file too: the next change of the file replaces them',
  );
  const found = changes.length > 0 ? [edited] : [];
  if (config.profileFile === undefined) return found;
  try {
    const file = await readProfileFile(config.profileFile);
    if (await isApplied(stores.profile, file)) return [...found, ok(id, 'the file was applied')];
    const what = 'the file of OFFER_DESK_PROFILE changed since it was applied';
    return [...found, doubt(id, what, 'restart the server: the file is applied at the start')];
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return [...found, wrong(id, error.message, '"offer-desk profile check FILE" explains each place')];
  }
}

function deskFindings({ desks, provider }: PartnerProfile): readonly Finding[] {
  const all = { ...desks, ...(provider && { provider: provider.desk }) };
  return Object.entries(all).flatMap(([name, { email, phone, url, hours }]) => [
    ...(email === undefined && phone === undefined && url === undefined
      ? [
          wrong(
            'profile.desk',
            `the ${name} desk has no email, phone or page`,
            'add one to the profile, or in the chat with “admin”',
          ),
        ]
      : []),
    ...(hours !== undefined && !readHours(hours).ok
      ? [
          doubt(
            'profile.hours',
            `the hours of the ${name} desk are only text`,
            'write them as "Europe/Berlin; Mo-Fr 09:00-17:00"',
          ),
        ]
      : []),
  ]);
}

function tenantFindings(
  { tenantIds }: PartnerProfile,
  { registration, partnerTenants }: StoreDeps['config'],
) {
  if (!registration || tenantIds.length + partnerTenants.length > 0) return [];
  const mend = 'add your tenant id to tenantIds of the profile, or to OFFER_DESK_PARTNER_TENANTS';
  return [wrong('profile.tenants', 'no tenant is yours: everybody in Teams is served as a customer', mend)];
}

async function directoryFindings({ config, stores, now }: StoreDeps): Promise<readonly Finding[]> {
  const { offers } = await stores.directory.load();
  const mend = '"offer-desk directory import FILE", or name sources in OFFER_DESK_SOURCES';
  if (offers.size === 0) return [wrong('directory.empty', 'the directory has no offers', mend)];
  if (config.registration && (await holdsSampleRows(stores.directory)))
    return [
      wrong(
        'directory.sample',
        'the directory holds the fictional sample',
        '"offer-desk directory forget sample"',
      ),
    ];
  const [newest] = await stores.directory.imports(1);
  const days = newest ? Math.floor((now() - newest.at) / DAY_MS) : 0;
  if (days > STALE_DAYS)
    return [doubt('directory.stale', `the directory was last changed ${days} days ago`, mend)];
  return [ok('directory', `${offers.size} offers`)];
}

async function sourceFindings({ stores, now }: StoreDeps): Promise<readonly Finding[]> {
  return (await stores.syncs.list()).map((state) => {
    const id = 'directory.source';
    if (wasGood(state)) return ok(id, `${state.source} came in`);
    const since =
      state.succeededAt === undefined
        ? 'never came in'
        : `has not come in for ${Math.ceil((now() - state.succeededAt) / DAY_MS)} days`;
    return wrong(
      id,
      `${state.source} ${since}: ${state.detail}`,
      `"offer-desk directory sync ${state.source}" says more`,
    );
  });
}

async function queueFindings({ stores, now }: StoreDeps): Promise<readonly Finding[]> {
  const { pending, oldestDueAt } = await outbox(stores.database.kysely, now());
  const late = oldestDueAt === undefined ? 0 : now() - oldestDueAt;
  if (late <= LATE_MS) return [ok('queue', `${pending} cards wait`)];
  const what = `${pending} outage cards wait, the oldest for ${Math.floor(late / MINUTE_MS)} minutes`;
  return [
    wrong('queue', what, 'look for "outages" and "platform" in the log; "outages report" names who waits'),
  ];
}

async function senderFindings(deps: StoreDeps): Promise<readonly Finding[]> {
  return (await senderSilences(deps)).map(({ id, silent, heard }) => {
    const what = `${id} ${heard}`;
    const mend = `send a test from there, or "offer-desk outages source off ${id}"`;
    return silent ? doubt('outages.sender', what, mend) : ok('outages.sender', what);
  });
}
