/** Who is an administrator: by list or group, only among staff, and never by a failure. */
import assert from 'node:assert/strict';
import { adminGate } from '../../../bot/app/people.js';
import { readConfig } from '../../../bot/app/config.js';
import { DeskError } from '../../../core/errors.js';
import type { GraphAnswer } from '../../../bot/graph/people.js';
import type { Asker } from '../../../core/terms.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const ADA = 'bbbbbbbb-0000-0000-0000-000000000001';
const BEN = 'bbbbbbbb-0000-0000-0000-000000000002';
const registration = { type: 'MultiTenant', appId: 'app' } as const;
const member: GraphAnswer<ReadonlySet<string>> = { kind: 'known', value: new Set(['keepers']) };
const stranger: GraphAnswer<ReadonlySet<string>> = { kind: 'known', value: new Set() };

interface Given {
  readonly asker?: Asker;
  readonly person?: string;
  readonly admins?: readonly string[];
  readonly groups?: readonly string[];
  readonly told?: GraphAnswer<ReadonlySet<string>>;
  readonly local?: boolean;
  readonly localAdmin?: boolean;
}

function decide({
  asker = 'partner',
  person = ADA,
  admins = [],
  groups = [],
  told,
  local,
  localAdmin = false,
}: Given) {
  const people = {
    groupsOf: () => (told ? Promise.resolve(told) : Promise.reject(new Error('nobody should ask this'))),
  };
  const config = { admins, adminGroups: groups, registration: local ? undefined : registration, localAdmin };
  return adminGate({ config, people, now: () => 0, log: new CapturedLog() })(asker, person || undefined);
}

describe('administrators', () => {
  const table: readonly [name: string, given: Given, admin: boolean, reason: string][] = [
    ['nobody without a list or group', {}, false, 'not-named'],
    ['who is on the list, in whatever case', { admins: [ADA.toUpperCase()] }, true, 'listed'],
    ['nobody else on account of the list', { admins: [BEN] }, false, 'not-named'],
    ['a member of a group', { groups: ['keepers'], told: member }, true, 'group'],
    ['no stranger to the group', { groups: ['keepers'], told: stranger }, false, 'not-named'],
    ['nobody Graph does not know', { groups: ['keepers'], told: { kind: 'none' } }, false, 'not-named'],
    [
      'nobody new while Graph is away',
      { groups: ['k'], told: { kind: 'unavailable' } },
      false,
      'unavailable',
    ],
    ['who is listed while Graph is away', { admins: [ADA], groups: ['keepers'] }, true, 'listed'],
    ['no customer, listed or not', { asker: 'customer', admins: [ADA] }, false, 'not-staff'],
    ['no publisher', { asker: 'publisher', admins: [ADA] }, false, 'not-staff'],
    ['nobody without an identity', { person: '', admins: [ADA] }, false, 'no-identity'],
    ['nobody in local mode without the switch', { local: true, admins: [ADA] }, false, 'not-named'],
    ['staff in local mode with the switch', { local: true, localAdmin: true, person: '' }, true, 'local'],
    ['nobody of a registered bot because of the switch', { localAdmin: true }, false, 'not-named'],
    ['no customer in local mode', { local: true, localAdmin: true, asker: 'customer' }, false, 'not-staff'],
  ];
  for (const [name, given, admin, reason] of table) {
    it(`include ${name}`.replace('include no', 'are no'), async () => {
      assert.deepEqual(await decide(given), { admin, reason });
    });
  }

  it('do not make every turn wait for a Graph that is away, and are found again when it is back', async () => {
    let [time, asked] = [0, 0];
    let told: GraphAnswer<ReadonlySet<string>> = { kind: 'unavailable' };
    const log = new CapturedLog();
    const groupsOf = () => Promise.resolve(((asked += 1), told));
    const config = { admins: [], adminGroups: ['keepers'], registration, localAdmin: false };
    const gate = adminGate({ config, people: { groupsOf }, now: () => time, log });
    for (let turn = 0; turn < 5; turn += 1) assert.equal((await gate('partner', ADA)).reason, 'unavailable');
    assert.equal(asked, 1);
    told = member;
    time = 10_000;
    assert.equal((await gate('partner', ADA)).admin, true);
    assert.ok(!JSON.stringify(log.entries).includes(ADA));
  });

  it('are named by object id: anything else is refused at the start', () => {
    const bad = (error: unknown) => error instanceof DeskError && error.message.includes('OFFER_DESK_ADMINS');
    assert.throws(() => readConfig({ OFFER_DESK_ADMINS: `${ADA},ada@contoso.com` }, '/'), bad);
    assert.deepEqual(readConfig({ OFFER_DESK_ADMINS: ` ${ADA} , ${BEN}` }, '/').admins, [ADA, BEN]);
  });
});
