/** A sender of outages is silent when it never sent, sent nothing for 30 days, or is a page that does not answer. */
import assert from 'node:assert/strict';
import { senderSilences } from '../../../bot/app/sender-silence.js';
import type { OutageSource, SourceHealth } from '../../../core/incident/ports.js';
import type { Incident } from '../../../core/incident/types.js';
import { outageSource } from '../../helpers/outages.js';
import type { Stores } from '../../../bot/store/stores.js';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

const source = (over: Partial<OutageSource> = {}) => outageSource({ format: 'statuspage', ...over });
const PAGE = source({ auth: { kind: 'polled', url: 'https://status.contoso.com/', everyMs: 120_000 } });

const told = (one: OutageSource, lastAt?: number, health?: SourceHealth) => {
  const incidents = lastAt === undefined ? [] : [{ updatedAt: lastAt } as Incident];
  const outages = {
    sources: { list: () => Promise.resolve([one]), health: () => Promise.resolve(healthOf(one, health)) },
    history: { ofSource: () => Promise.resolve(incidents) },
  } as unknown as Stores['outages'];
  return senderSilences({ stores: { outages }, now: () => NOW });
};
const healthOf = ({ id }: OutageSource, health: SourceHealth | undefined) =>
  new Map(health ? [[id, health]] : []);

const CASES: readonly (readonly [
  string,
  OutageSource,
  number | undefined,
  SourceHealth | undefined,
  string,
])[] = [
  ['a sender that never sent', source(), undefined, undefined, 'silent: never sent anything'],
  ['a sender that sent yesterday', source(), NOW - DAY, undefined, 'heard: sent 1 days ago'],
  [
    'a sender without an outage for 31 days',
    source(),
    NOW - 31 * DAY,
    undefined,
    'silent: sent nothing for 31 days',
  ],
  [
    'a page that answers',
    PAGE,
    undefined,
    { okAt: 1, failingSince: null, reason: null },
    'heard: answers when the server reads it',
  ],
  [
    'a page that does not answer',
    PAGE,
    NOW,
    { okAt: 1, failingSince: NOW - 600_000, reason: '503' },
    'silent: has not answered for 10 minutes',
  ],
  ['a page that was never read', PAGE, undefined, undefined, 'silent: was never read'],
];

describe('the silence of a sender', () => {
  for (const [title, one, lastAt, health, expected] of CASES)
    it(`is decided for ${title}`, async () => {
      const [found] = await told(one, lastAt, health);
      assert.equal(`${found?.silent ? 'silent' : 'heard'}: ${found?.heard}`, expected);
    });

  it('is not looked at for staff, and not for a sender that is switched off', async () => {
    assert.deepEqual(await told(source({ auth: { kind: 'staff' } })), []);
    assert.deepEqual(await told(source({ active: false })), []);
  });
});
