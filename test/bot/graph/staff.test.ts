/** Staff by group: only members ask as staff, and nobody becomes staff by a failure. */
import assert from 'node:assert/strict';
import { type People, type GraphAnswer, staffGate } from '../../../bot/graph/people.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { startDesk } from '../../helpers/desk.js';
import { startConnector, teamsActivity } from '../../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer } from '../../helpers/key-server.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const unasked = () => Promise.reject(new Error('nobody should ask this'));

function peopleWith(groupsOf: (personId: string) => GraphAnswer<ReadonlySet<string>>): People {
  return {
    idOf: unasked,
    managerOf: unasked,
    presenceOf: unasked,
    groupsOf: (personId) => Promise.resolve(groupsOf(personId)),
  };
}

const gate = (told: GraphAnswer<ReadonlySet<string>>, groupIds = ['dddddddd-0000-4000-8000-000000000001']) =>
  staffGate({ people: peopleWith(() => told), groupIds, log: new CapturedLog() });

describe('staff by group', () => {
  const table: readonly [name: string, told: GraphAnswer<ReadonlySet<string>>, asker: string][] = [
    ['a member', { kind: 'known', value: new Set(['dddddddd-0000-4000-8000-000000000001']) }, 'partner'],
    ['somebody in none of the groups', { kind: 'known', value: new Set() }, 'customer'],
    ['somebody Graph does not know', { kind: 'none' }, 'customer'],
    ['anybody while Graph is away', { kind: 'unavailable' }, 'customer'],
    ['anybody while Graph is not configured', { kind: 'not-configured' }, 'customer'],
  ];
  for (const [name, told, asker] of table) {
    it(`takes ${name} for a ${asker}`, async () => {
      assert.equal(await gate(told)('partner', 'ada'), asker);
    });
  }

  it('asks nothing when no groups are chosen, and never makes anybody staff', async () => {
    const away = { kind: 'unavailable' } as const;
    assert.equal(await gate(away, [])('partner', 'ada'), 'partner');
    const member = { kind: 'known', value: new Set(['dddddddd-0000-4000-8000-000000000001']) } as const;
    assert.equal(await gate(member)('customer', 'ada'), 'customer');
    assert.equal(await gate(member)('partner', undefined), 'customer');
  });

  it('decides what a person of the partner’s tenant is shown, over the real route', async () => {
    const [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const people = peopleWith((id) => ({
      kind: 'known',
      value: new Set(id === 'ada' ? ['dddddddd-0000-4000-8000-000000000001'] : []),
    }));
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_STAFF_GROUPS: 'dddddddd-0000-4000-8000-000000000001',
    };
    const desk = await startDesk(env, { sdk: keys.sdk(connector.url), people });
    try {
      for (const [aadObjectId, staff] of [['ada', true] as const, ['ben', false] as const]) {
        const activity = {
          ...teamsActivity(connector, {
            text: 'Contoso Backup for Azure crashes with an error when a backup runs',
          }),
          from: { id: `29:${aadObjectId}`, name: aadObjectId, aadObjectId },
          conversation: { id: `a:${aadObjectId}`, conversationType: 'personal', tenantId: TENANT },
          serviceUrl: SERVICE_URL,
        };
        connector.introduce(activity);
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${keys.token()}` };
        await fetch(`${desk.url}/api/messages`, { method: 'POST', headers, body: JSON.stringify(activity) });
        const said = JSON.stringify(connector.messages().at(-1));
        assert.equal(said.includes('engineering@contoso.com'), staff, aadObjectId);
      }
      assert.equal(connector.messages().length, 2);
    } finally {
      await Promise.all([desk.close(), connector.close(), keys.close()]);
    }
  });
});
