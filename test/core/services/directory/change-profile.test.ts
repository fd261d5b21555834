/** Edits of one part of the partner profile: checks, conflicts between two edits, the record, and undo. */
import assert from 'node:assert/strict';
import {
  partFields,
  partMark,
  withPart,
  type ProfilePart,
} from '../../../../core/directory/profile-parts.js';
import type { PartnerProfile } from '../../../../core/directory/profile.js';
import {
  changeProfile,
  planProfileUndo,
  profileHistory,
  undoProfile,
} from '../../../../core/services/directory/change-profile.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const desk = { name: 'Support desk', email: 'help@fabrikam.example', hours: 'Mon–Fri 9–5' };
const profile: PartnerProfile = {
  name: 'Fabrikam',
  model: 'direct-bill',
  tenantIds: [],
  tier1: 'partner',
  resellerKeeps: [],
  desks: { billing: desk, technical: desk },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: true },
  overrides: { contoso: { tier1: 'publisher' } },
};
const POLICY: ProfilePart = { kind: 'policy' };
const BILLING: ProfilePart = { kind: 'desk', desk: 'billing' };
const COMPANY: ProfilePart = { kind: 'company' };
const LOOKS: ProfilePart = { kind: 'looks' };
const TENANTS = ['11111111-2222-4333-8444-555555555555', '22222222-2222-4333-8444-555555555555'];
const CONTOSO: ProfilePart = { kind: 'override', id: 'contoso' };

/** The profile after a form replaced these fields of the part. */
function edited(part: ProfilePart, fields: Record<string, string>, of = profile) {
  return withPart(of, part, { ...partFields(of, part), ...fields });
}

describe('a part of the profile', () => {
  const made: readonly [string, ProfilePart, Record<string, string>, Partial<PartnerProfile>][] = [
    ['who answers first', POLICY, { tier1: 'publisher' }, { tier1: 'publisher' }],
    [
      'what customers may see',
      POLICY,
      { supportEmail: 'true', documentation: 'false' },
      { customerMaySee: { supportEmail: true, supportPhone: false, documentation: false } },
    ],
    [
      'a desk, its hours as data',
      BILLING,
      { hours: 'UTC; 24/7', phone: '+1 425 555 0100' },
      {
        desks: {
          billing: { ...desk, hours: 'UTC; 24/7', phone: '+14255550100' },
          technical: desk,
        },
      },
    ],
    [
      'a desk whose old free text stays as it is',
      BILLING,
      { name: 'Money' },
      { desks: { billing: { ...desk, name: 'Money' }, technical: desk } },
    ],
    [
      'an override',
      { kind: 'override', id: 'litware.vault' },
      { supportPhone: 'true' },
      { overrides: { ...profile.overrides, 'litware.vault': { customerMaySee: { supportPhone: true } } } },
    ],
    ['an override taken away', CONTOSO, { tier1: '' }, { overrides: {} }],
    [
      'an indirect reseller with its provider and what it does itself',
      COMPANY,
      { model: 'indirect-reseller', providerName: 'Trey Distribution', resellerKeeps: 'billing,technical' },
      {
        model: 'indirect-reseller',
        provider: { name: 'Trey Distribution', desk: { name: 'Trey Distribution' } },
        resellerKeeps: ['billing', 'technical'],
      },
    ],
    [
      'another name and tenants',
      COMPANY,
      { name: 'Fabrikam Cloud', tenantIds: `${TENANTS[0]}, ${TENANTS[1]}` },
      { name: 'Fabrikam Cloud', tenantIds: TENANTS },
    ],
    [
      'languages, logo and colour',
      LOOKS,
      { languages: 'zh-Hant', logo: 'https://www.fabrikam.example/a.png', colour: '#0F5C8C' },
      { languages: ['zh-Hant'], logo: 'https://www.fabrikam.example/a.png', colour: '#0f5c8c' },
    ],
    [
      'how customers buy',
      { kind: 'sales' },
      {
        usualChannel: 'partner',
        helpsWithDirectPurchases: 'true',
        country: 'us',
        customerRegions: 'West Europe',
      },
      {
        usualChannel: 'partner',
        helpsWithDirectPurchases: true,
        country: 'US',
        customerRegions: ['West Europe'],
      },
    ],
  ];
  for (const [name, part, fields, expected] of made) {
    it(`takes a change: ${name}`, () => {
      assert.deepEqual(edited(part, fields), { kind: 'profile', profile: { ...profile, ...expected } });
    });
  }

  const refused: readonly [string, ProfilePart, Record<string, string>, readonly string[]][] = [
    ['hours nobody can read', BILLING, { hours: 'nine to five' }, ['hours']],
    ['hours of no zone', BILLING, { hours: 'Mo-Fr 09:00-17:00' }, ['hours']],
    ['a desk without a name', BILLING, { name: ' ' }, ['name']],
    [
      'several wrong at once',
      BILLING,
      { email: 'nobody', url: 'javascript:x', phone: 'x' },
      ['email', 'phone', 'url'],
    ],
    ['a tier of somebody else', POLICY, { tier1: 'microsoft' }, ['tier1']],
    ['a word in place of yes or no', POLICY, { supportEmail: 'perhaps' }, ['supportEmail']],
    ['nothing said where something must be', POLICY, { documentation: '' }, ['documentation']],
    ['a reseller without a provider', COMPANY, { model: 'indirect-reseller' }, ['providerName']],
    ['a domain in place of a tenant', COMPANY, { tenantIds: `${TENANTS[0]}, fabrikam.com` }, ['tenantIds']],
    ['a company without a name', COMPANY, { name: '' }, ['name']],
    ['a model nobody has', COMPANY, { model: 'reseller' }, ['model']],
    [
      'looks that are none',
      LOOKS,
      { languages: 'sv', logo: 'logo.png', colour: 'blue' },
      ['colour', 'languages', 'logo'],
    ],
    ['a colour that white cannot be read on', LOOKS, { colour: '#ffcc00' }, ['colour']],
    ['a country that is a word', { kind: 'sales' }, { country: 'Taiwan' }, ['country']],
    ['a desk there is not', { kind: 'desk', desk: 'provider' }, { name: 'x' }, []],
  ];
  for (const [name, part, fields, wrong] of refused) {
    it(`refuses a change: ${name}`, () => {
      const found = edited(part, fields);
      assert.deepEqual(found.kind === 'bad' && [...found.fields].sort(), wrong);
    });
  }

  it('keeps the image when only the colour changes, and drops the image when its field is empty', () => {
    const logo = `data:image/gif;base64,R0lGOD${'A'.repeat(2_000)}`;
    const own = { ...profile, logo };
    assert.equal(partFields(own, LOOKS)?.logo, 'image/gif, 2 KB');
    assert.deepEqual(edited(LOOKS, { colour: '#0f5c8c' }, own), {
      kind: 'profile',
      profile: { ...own, colour: '#0f5c8c' },
    });
    assert.deepEqual(edited(LOOKS, { logo: '' }, own), { kind: 'profile', profile });
  });

  it('keeps the desk of a provider that gets another name', () => {
    const provider = { name: 'Trey', desk: { name: 'Reseller desk', email: 'a@trey.example' } };
    const own = { ...profile, provider };
    assert.deepEqual(edited(COMPANY, { providerName: 'Trey Distribution' }, own), {
      kind: 'profile',
      profile: { ...own, provider: { ...provider, name: 'Trey Distribution' } },
    });
  });

  it('does not exist under the name of an inherited object property', () => {
    assert.deepEqual(edited({ kind: 'override', id: 'constructor' }, {}), { kind: 'profile', profile });
  });
});

onEveryEngine('changing the profile', (stores) => {
  const store = () => stores().profile;
  const by = { actor: '29:ada', now: 5 };
  const change = (part: ProfilePart, fields: Record<string, string>, seen = profile) =>
    changeProfile(store(), {
      part,
      fields: { ...partFields(seen, part), ...fields },
      expected: partMark(seen, part),
      ...by,
    });
  beforeEach(() => store().save(profile, 'setup', 1));

  it('saves a version with its changes and its author', async () => {
    const done = await change(POLICY, { supportEmail: 'true' });
    const changes = [{ field: 'customerMaySee.supportEmail', before: 'false', after: 'true' }];
    assert.deepEqual(done, { kind: 'changed', changes });
    assert.equal((await store().load())?.customerMaySee.supportEmail, true);
    const [told] = await profileHistory(store(), 5);
    assert.deepEqual([told?.version.actor, told?.version.at, told?.changes], ['29:ada', 5, changes]);
    assert.equal((await change(POLICY, {}, (await store().load()) ?? profile)).kind, 'same');
  });

  it('shows the second administrator a conflict in the same part, and keeps both changes in different parts', async () => {
    assert.equal((await change(POLICY, { tier1: 'publisher' })).kind, 'changed');
    assert.equal((await change(BILLING, { name: 'Money' })).kind, 'changed');
    const second = await change(POLICY, { supportPhone: 'true' });
    assert.equal(second.kind === 'conflict' && second.current.tier1, 'publisher');
    assert.equal((await change(POLICY, { tier1: 'publisher' })).kind, 'same');
    const now = await store().load();
    assert.deepEqual(
      [now?.tier1, now?.desks.billing.name, now?.customerMaySee.supportPhone],
      ['publisher', 'Money', false],
    );
  });

  it('keeps two changes of the same moment in different parts, and only one in the same part', async () => {
    const both = await Promise.all([
      change(POLICY, { tier1: 'publisher' }),
      change(BILLING, { name: 'Money' }),
    ]);
    assert.deepEqual(
      both.map(({ kind }) => kind),
      ['changed', 'changed'],
    );
    const now = (await store().load()) ?? profile;
    assert.deepEqual([now.tier1, now.desks.billing.name], ['publisher', 'Money']);
    const rivals = await Promise.all(['a', 'b'].map((name) => change(BILLING, { name }, now)));
    assert.deepEqual(rivals.map(({ kind }) => kind).sort(), ['changed', 'conflict']);
  });

  it('undoes and redoes the last version, and reports a conflict when a newer version exists', async () => {
    await change(POLICY, { tier1: 'publisher' });
    const plan = await planProfileUndo(store());
    assert.deepEqual(plan?.changes, [{ field: 'tier1', before: 'publisher', after: 'partner' }]);
    const request = { expected: plan.last.version, ...by };
    assert.equal((await undoProfile(store(), request)).kind, 'undone');
    assert.equal((await store().load())?.tier1, 'partner');
    assert.equal((await undoProfile(store(), request)).kind, 'conflict');
    const again = await planProfileUndo(store());
    await undoProfile(store(), { expected: again?.last.version ?? 0, ...by });
    assert.equal((await store().load())?.tier1, 'publisher');
  });
});
