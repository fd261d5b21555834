/** The sample fills an empty store once, covers every branch of the policy, and never touches a store in use. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSample, readProfile, SAMPLE_SOURCE } from '../../../bot/directory/sample.js';
import { freshnessOf } from '../../../core/directory/check.js';
import { openState, parseHours } from '../../../core/directory/hours.js';
import type { Directory, Offer } from '../../../core/directory/types.js';
import { CONTACT_KINDS, HOSTINGS, SUPPORT_TIERS } from '../../../core/terms.js';
import { memoryDirectoryStore, memoryProfileStore } from '../../helpers/memory-directory-store.js';

const data = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../data');
const PATHS = {
  directory: path.join(data, 'directory.json'),
  profile: path.join(data, 'partner-profile.json'),
};
const NOW = Date.parse('2026-11-22T10:00:00Z');
const ports = () => ({ directory: memoryDirectoryStore(), profile: memoryProfileStore() });

describe('the sample', () => {
  let directory: Directory;
  let offers: readonly Offer[];
  before(async () => {
    const into = ports();
    assert.deepEqual(await loadSample(into, PATHS, NOW), { directory: true, profile: true, offers: 46 });
    assert.equal((await into.profile.load())?.model, 'direct-bill');
    directory = await into.directory.load();
    offers = [...directory.offers.values()];
  });

  it('has at least 40 offers of at least 20 publishers', () => {
    assert.ok(directory.offers.size >= 40 && directory.publishers.size >= 20);
  });

  it('has every support tier and every hosting', () => {
    assert.deepEqual(new Set(offers.map((offer) => offer.supportTier)), new Set(SUPPORT_TIERS));
    assert.deepEqual(new Set(offers.map((offer) => offer.hosting)), new Set(HOSTINGS));
  });

  const reachable = (offer: Offer) => {
    const owners = [offer, directory.publishers.get(offer.publisherId)].filter((one) => one !== undefined);
    return {
      kinds: new Set(owners.flatMap((one) => one.contacts.map((contact) => contact.kind))),
      links: owners.map((one) => one.links.support),
    };
  };
  const branches: readonly (readonly [string, (offer: Offer) => boolean])[] = [
    ['all three contacts', (offer) => reachable(offer).kinds.size === 3],
    ...CONTACT_KINDS.map((kind): [string, (offer: Offer) => boolean] => [
      `no ${kind} contact`,
      (offer) => !reachable(offer).kinds.has(kind),
    ]),
    [
      'no contact and no link at all',
      (offer) => reachable(offer).kinds.size === 0 && !reachable(offer).links.some(Boolean),
    ],
    [
      'a support page and no other contact of its own',
      (offer) => offer.contacts.length === 0 && Boolean(offer.links.support),
    ],
    [
      'a contact that is only a phone number',
      (offer) => offer.contacts.some((one) => one.phone && !one.email && !one.url),
    ],
    ['a stale date', (offer) => freshnessOf(offer.verifiedOn, NOW).kind === 'stale'],
    ['no date', (offer) => freshnessOf(offer.verifiedOn, NOW).kind === 'never'],
    ['been withdrawn', (offer) => offer.withdrawn],
    ['plans in every CSP state', (offer) => new Set(offer.plans.map((plan) => plan.cspState)).size >= 2],
    [
      'a name in Chinese and an alias in English',
      (offer) => /\p{Script=Han}/u.test(offer.name) && offer.aliases.some((one) => /^[\w ]+$/.test(one)),
    ],
    ['accents in its name', (offer) => /[éèêû]/i.test(offer.name)],
    [
      "another publisher's name in its title and Microsoft's support",
      (offer) => offer.supportTier === 'microsoft' && /Fabrikam|Contoso/.test(offer.name),
    ],
    ['an id of an Office add-in', (offer) => /^WA\d+$/.test(offer.id)],
    [
      'a name that is the beginning of another',
      (offer) => offers.some((other) => other.name.startsWith(`${offer.name} `)),
    ],
  ];
  for (const [what, holds] of branches) {
    it(`has an offer with ${what}`, () => {
      assert.ok(offers.some(holds));
    });
  }

  it('has a publisher whose name alone leaves a question', () => {
    assert.ok(offers.filter((offer) => offer.publisherId === 'contoso').length >= 7);
  });

  it('reaches nobody: reserved phone numbers and https only', () => {
    const contacts = [...offers, ...directory.publishers.values()].flatMap((one) => one.contacts);
    for (const { phone, url } of contacts) {
      if (phone) assert.match(phone, /^\+142555501\d\d$/);
      if (url) assert.match(url, /^https:/);
    }
  });

  it('has opening hours as data, of desks too: at any hour one contact is open and another is not', async () => {
    const { desks } = await readProfile(PATHS.profile);
    const contacts = [...offers, ...directory.publishers.values()].flatMap((one) => one.contacts);
    const hours = contacts.flatMap((one) => (one.hours === undefined ? [] : [parseHours(one.hours)]));
    assert.ok(hours.length >= 8);
    for (let hour = 0; hour < 24 * 7; hour += 1) {
      const open = hours.map((one) => one && openState(one, NOW + hour * 3_600_000).kind);
      assert.ok(open.includes('open') && open.includes('closed'), `hour ${String(hour)}`);
    }
    for (const { hours: text = '' } of Object.values(desks)) assert.ok(parseHours(text), text);
  });

  it('is not loaded a second time, nor over a directory that was imported or emptied', async () => {
    const into = ports();
    await loadSample(into, PATHS, NOW);
    assert.deepEqual(await loadSample(into, PATHS, NOW), { directory: false, profile: false, offers: 0 });
    const rows = [...(await into.directory.rowsOf(SAMPLE_SOURCE)).keys()];
    await into.directory.commit({
      source: SAMPLE_SOURCE,
      upserts: [],
      removals: rows,
      actor: 'tester',
      at: NOW,
    });
    assert.equal((await loadSample(into, PATHS, NOW)).directory, false);
    assert.equal((await into.directory.load()).offers.size, 0);
  });

  it('loads with a clock that is years behind', async () => {
    assert.equal((await loadSample(ports(), PATHS, Date.parse('2020-01-01T00:00:00Z'))).offers, 46);
  });
});

describe('a first run from files of the operator', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (name: string, text: string) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };

  it('belongs to the source it is given', async () => {
    const directory = write('own.csv', 'offer_id,offer_name\na.1,A\n');
    const into = ports();
    await loadSample(into, { ...PATHS, directory, source: 'file:own' }, NOW);
    assert.equal((await into.directory.rowsOf('file:own')).size, 2);
  });

  it('stops at a directory file with a bad row, naming it, and writes no directory', async () => {
    const directory = write('bad.csv', 'offer_id,offer_name,support_email\na.1,A,nobody\n');
    const into = ports();
    await assert.rejects(loadSample(into, { ...PATHS, directory }, NOW), (error: Error) =>
      error.message.includes('row 2, support_email: bad-email'),
    );
    assert.equal(await into.directory.version(), 0);
  });

  it('stops at a profile that is wrong, naming the field', async () => {
    await assert.rejects(readProfile(write('p.json', '{"name":"Alpine"}')), {
      code: 'config.invalid',
      message: /model/,
    });
    await assert.rejects(readProfile(write('q.json', '{')), { code: 'config.invalid' });
  });
});
