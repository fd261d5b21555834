/** The default topics of a manager come from the topics that the team follows, on the real stores of both engines. */
import assert from 'node:assert/strict';
import type { Subscription } from '../../../../core/incident/audience.js';
import {
  endTeams,
  refreshTeams,
  type StaffChat,
  type TeamDeps,
} from '../../../../core/services/outages/team-defaults.js';
import { about } from '../../../helpers/outage-recipients.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const offer = (offerId: string, by: Subscription['by'] = 'reader'): Subscription => ({
  what: { kind: 'offer', offerId },
  from: 'major',
  by,
});
const chat = (personId: string): StaffChat => ({ personId, about: about(`p|${personId}`) });

onEveryEngine('defaults for a manager’s team', (stores) => {
  let managers: Record<string, string | null | undefined>;
  let people: string[];
  let replanned: string[];
  beforeEach(async () => {
    const { kysely } = stores().database;
    await kysely.deleteFrom('outage_readers').execute();
    await kysely.deleteFrom('team_defaults').execute();
    managers = { ada: 'grace', ben: 'grace', cy: 'away', dan: null, grace: null };
    people = ['ada', 'ben', 'cy', 'dan', 'grace'];
    replanned = [];
  });
  const recipients = () => stores().outages.recipients;
  const deps = (): TeamDeps => ({
    recipients: recipients(),
    teams: stores().outages.teams,
    // eslint-disable-next-line @typescript-eslint/require-await -- the port is a stream, and this fake has its values at hand: there is nothing to await
    chats: async function* () {
      yield* people.map(chat);
    },
    managerOf: (id) => Promise.resolve(managers[id]),
    replan: (id) => Promise.resolve(void replanned.push(id)),
    now: () => 1,
  });
  async function follows(person: string, ...offers: readonly string[]): Promise<void> {
    await recipients().know(chat(person).about, 1);
    for (const one of offers) await recipients().subscribe(`p|${person}`, offer(one), 1);
  }
  const topicsOf = async (person: string) => (await recipients().byId(`p|${person}`))?.subscriptions ?? [];

  it('give a manager the topics of the team, and count managers who cannot be reached', async () => {
    await follows('ada', 'contoso.mail');
    await follows('ben', 'contoso.mail', 'contoso.crm');
    await follows('cy', 'contoso.files');
    await follows('dan', 'contoso.dns');
    const outcome = await refreshTeams(deps());
    assert.deepEqual(outcome, { kind: 'done', followers: 4, managers: 2, changed: 1, unreached: 1 });
    const team = ['contoso.crm', 'contoso.mail'].map((one) => offer(one, 'team-default'));
    assert.deepEqual(await topicsOf('grace'), team);
    assert.deepEqual(replanned, ['p|grace']);
    assert.deepEqual(await stores().outages.teams.all(), [
      { managerId: 'away', readerId: null, topics: [offer('contoso.files', 'team-default')] },
      { managerId: 'grace', readerId: 'p|grace', topics: team },
    ]);
  });

  it('change nothing and plan nothing when nothing changed', async () => {
    await follows('ada', 'contoso.mail');
    await refreshTeams(deps());
    replanned = [];
    const outcome = await refreshTeams(deps());
    assert.ok(outcome.kind === 'done' && outcome.changed === 0);
    assert.deepEqual(replanned, []);
  });

  it('plan again after an interrupted run', async () => {
    await follows('ada', 'contoso.mail');
    const broken = { ...deps(), replan: () => Promise.reject(new Error('the process ends')) };
    await assert.rejects(refreshTeams(broken));
    await refreshTeams(deps());
    assert.deepEqual(replanned, ['p|grace']);
  });

  it('end when the team stops following or gets another manager; the manager’s own choices stay', async () => {
    await follows('ada', 'contoso.mail');
    await follows('grace', 'contoso.own');
    await refreshTeams(deps());
    assert.equal((await topicsOf('grace')).length, 2);
    managers.ada = 'ben';
    await refreshTeams(deps());
    assert.deepEqual(await topicsOf('grace'), [offer('contoso.own')]);
    assert.deepEqual(await topicsOf('ben'), [offer('contoso.mail', 'team-default')]);
    await recipients().unsubscribe('p|ada', offer('contoso.mail').what, 2);
    await refreshTeams(deps());
    assert.deepEqual(await topicsOf('ben'), []);
  });

  it('never return after the manager declined them or said stop', async () => {
    await follows('ada', 'contoso.mail', 'contoso.crm');
    await refreshTeams(deps());
    await recipients().unsubscribe('p|grace', offer('contoso.mail').what, 2);
    await recipients().setOptedOut('p|grace', true, 2);
    await refreshTeams(deps());
    assert.deepEqual(await topicsOf('grace'), [offer('contoso.crm', 'team-default')]);
    assert.equal((await recipients().byId('p|grace'))?.optedOut, true);
  });

  it('come only from team members who get outage cards and can be reached', async () => {
    await follows('ada', 'contoso.mail');
    await follows('ben', 'contoso.crm');
    await recipients().setOptedOut('p|ada', true, 2);
    await recipients().setReachable('p|ben', false, 'ConversationBlockedByUser', 2);
    const outcome = await refreshTeams(deps());
    assert.deepEqual(outcome, { kind: 'done', followers: 0, managers: 0, changed: 0, unreached: 0 });
  });

  it('stay unchanged while Graph cannot name a manager', async () => {
    await follows('ada', 'contoso.mail');
    await follows('cy', 'contoso.crm');
    await refreshTeams(deps());
    const before = await topicsOf('grace');
    managers = { ada: 'cy', cy: undefined };
    assert.deepEqual(await refreshTeams(deps()), { kind: 'unsure', people: 1 });
    assert.deepEqual(await topicsOf('grace'), before);
  });

  it('end when the manager removes the bot, and all end when the operator switches them off', async () => {
    await follows('ada', 'contoso.mail');
    await follows('cy', 'contoso.crm');
    managers.cy = 'ben';
    await refreshTeams(deps());
    people = people.filter((one) => one !== 'grace');
    const outcome = await refreshTeams(deps());
    assert.ok(outcome.kind === 'done' && outcome.unreached === 1);
    assert.deepEqual(await topicsOf('grace'), []);
    assert.equal(await endTeams(deps()), 2);
    assert.deepEqual(await topicsOf('ben'), []);
    assert.deepEqual(await stores().outages.teams.all(), []);
  });
});
