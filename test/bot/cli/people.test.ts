/** The commands about people in Graph, and about managers without a chat with the bot. */
import assert from 'node:assert/strict';
import type { TeamDefault } from '../../../core/incident/ports.js';
import { readConfig } from '../../../bot/app/config.js';
import { probeLines, probePerson, statusLines } from '../../../bot/cli/people-status.js';
import { teamLines, unreachedBy, unreachedLines } from '../../../bot/cli/team-reach.js';
import { affects, incident } from '../../helpers/incidents.js';
import { REGISTERED } from '../../helpers/key-server.js';

const config = (env: Record<string, string>) => readConfig(env, '/');

describe('the people commands', () => {
  it('say for each use whether the use is configured, by which setting, and which permission the use needs', () => {
    const lines = statusLines(config({ ...REGISTERED, OFFER_DESK_PEOPLE: 'presence' }));
    assert.match(lines.join('\n'), /^presence +configured; needs Presence\.Read\.All/m);
    assert.match(lines.join('\n'), /^manager +not configured \(OFFER_DESK_PEOPLE=manager\)/m);
    assert.match(lines.join('\n'), /^staff groups +not configured \(OFFER_DESK_STAFF_GROUPS\)/m);
    const local = statusLines(config({ OFFER_DESK_PEOPLE: 'presence' }));
    assert.match(local.join('\n'), /registration +not configured/);
    assert.match(local.join('\n'), /^presence +not configured/m);
  });

  it('say for one person which question Graph answers, and what to do when Graph refuses', async () => {
    const env = {
      ...REGISTERED,
      OFFER_DESK_PEOPLE: 'presence,team',
      OFFER_DESK_STAFF_GROUPS: 'dddddddd-0000-4000-8000-000000000001',
    };
    const people = {
      idOf: () => Promise.resolve({ kind: 'known', value: '1' } as const),
      presenceOf: () => Promise.resolve({ kind: 'refused' } as const),
      managerOf: () => Promise.resolve({ kind: 'none' } as const),
      groupsOf: () =>
        Promise.resolve({ kind: 'known', value: new Set(['dddddddd-0000-4000-8000-000000000001']) } as const),
    };
    const lines = probeLines(await probePerson(people, 'ada@contoso.com', config(env)));
    assert.match(lines[1] ?? '', /^presence: REFUSED: grant the permission/);
    assert.deepEqual([lines[2], lines[3]], ['manager: there is none', 'groups: answered']);
    const away = { ...people, idOf: () => Promise.resolve({ kind: 'unavailable' } as const) };
    assert.match(probeLines(await probePerson(away, 'ada@contoso.com', config(env))).join(), /NO ANSWER/);
  });

  it('name only the managers who have no chat with the bot and whose teams follow an outage', () => {
    const follows = (managerId: string, offerId: string, readerId: string | null): TeamDefault => ({
      managerId,
      readerId,
      topics: [{ what: { kind: 'offer', offerId }, from: 'minor', by: 'team-default' }],
    });
    const defaults = [
      follows('grace', 'contoso.mail', null),
      follows('told', 'contoso.mail', 'p|29:told'),
      follows('other', 'fabrikam.backup', null),
    ];
    const one = incident({ affected: affects({ offers: ['contoso.mail'] }) });
    for (const state of ['investigating', 'resolved'] as const) {
      const managers = unreachedBy({ ...one, state }, defaults, () => undefined);
      assert.deepEqual(managers, ['grace'], state);
      assert.match(unreachedLines(managers).join('\n'), /not installed the bot 1\n +grace/);
    }
    assert.deepEqual(unreachedLines([]), []);
    assert.match(teamLines(defaults).join('\n'), /^grace\t1 topics\thas not installed the bot$/m);
    assert.match(teamLines(defaults).join('\n'), /^told\t1 topics\tis told$/m);
    assert.match(teamLines([]).join(), /No manager/);
  });
});
