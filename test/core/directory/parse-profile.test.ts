/** A partner profile is taken when every desk can be reached as it says, and refused by field when not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseProfile } from '../../../core/directory/parse-profile.js';

/** The sample as a form may spoil it: every field may come to hold anything. */
interface Spoilt {
  name: unknown;
  model: unknown;
  tenantIds: unknown;
  readonly desks: Record<'billing' | 'technical', Record<string, unknown>>;
  readonly customerMaySee: Record<string, unknown>;
  readonly overrides: Record<string, unknown>;
  provider?: unknown;
  extra?: unknown;
}
const sample = JSON.parse(
  readFileSync(new URL('../../../data/partner-profile.json', import.meta.url), 'utf8'),
) as Spoilt;
const changed = (change: (profile: Spoilt) => void): unknown => {
  const copy = structuredClone(sample);
  change(copy);
  return copy;
};

describe('a partner profile', () => {
  it('of the sample is taken as it stands', () => {
    assert.deepEqual(parseProfile(sample), { ok: true, profile: sample });
  });

  it('has its numbers and addresses normalised', () => {
    const parsed = parseProfile(
      changed((one) => {
        one.desks.billing.phone = '+1 (425) 555-0190';
        one.desks.billing.url = 'http://support.alpineskihouse.com/billing';
      }),
    );
    assert.ok(parsed.ok);
    assert.deepEqual(
      [parsed.profile.desks.billing.phone, parsed.profile.desks.billing.url],
      ['+14255550190', 'https://support.alpineskihouse.com/billing'],
    );
  });

  const wrong: readonly (readonly [string, (profile: Spoilt) => void])[] = [
    [
      'name',
      (one) => {
        one.name = ' ';
      },
    ],
    [
      'model',
      (one) => {
        one.model = 'reseller';
      },
    ],
    [
      'tenantIds.0',
      (one) => {
        one.tenantIds = ['contoso.onmicrosoft.com'];
      },
    ],
    [
      'desks.billing.email',
      (one) => {
        one.desks.billing.email = 'billing';
      },
    ],
    [
      'desks.technical.url',
      (one) => {
        one.desks.technical.url = 'javascript:alert(1)';
      },
    ],
    [
      'desks.technical.phone',
      (one) => {
        one.desks.technical.phone = 'call';
      },
    ],
    [
      'customerMaySee.supportEmail',
      (one) => {
        one.customerMaySee.supportEmail = 'yes';
      },
    ],
    [
      'provider',
      (one) => {
        one.model = 'indirect-reseller';
      },
    ],
    [
      'desks.billing.hours',
      (one) => {
        one.desks.billing.hours = 'Mon-Fri 9 to 5';
      },
    ],
    [
      'overrides.fabrikam.tier1',
      (one) => {
        one.overrides.fabrikam = { tier1: 'microsoft' };
      },
    ],
    [
      '',
      (one) => {
        one.extra = 1;
      },
    ],
  ];
  for (const [field, change] of wrong) {
    it(`is refused at ${field || 'a field nobody knows'}`, () => {
      const parsed = parseProfile(changed(change));
      assert.ok(!parsed.ok);
      assert.deepEqual(
        parsed.problems.map((problem) => problem.field),
        [field],
      );
    });
  }

  it('has its hours in the one form, days off included', () => {
    const parsed = parseProfile(
      changed((one) => {
        one.desks.technical.hours = 'off 12-25, 01-01; Mo-Fr 09:00-12:00,13:00-17:00; Europe/Berlin';
      }),
    );
    assert.ok(parsed.ok);
    const { hours } = parsed.profile.desks.technical;
    assert.equal(hours, 'Europe/Berlin; Mo-Fr 09:00-12:00, 13:00-17:00; off 01-01, 12-25');
  });

  it('saved before hours had a form may be read on, its hours as people wrote them', () => {
    const old = changed((one) => {
      one.desks.technical.hours = 'Mon-Fri 9 to 5';
    });
    const parsed = parseProfile(old, { anyHours: true });
    assert.equal(parsed.ok && parsed.profile.desks.technical.hours, 'Mon-Fri 9 to 5');
  });

  it('of a reseller names its provider', () => {
    const reseller = changed((one) => {
      one.model = 'indirect-reseller';
      one.provider = {
        name: 'Trey Distribution',
        desk: { name: 'Reseller desk', email: 'resellers@treyresearch.net' },
      };
    });
    assert.equal(parseProfile(reseller).ok, true);
  });
});
