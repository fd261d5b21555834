/** The parser accepts a partner profile when every desk is reachable, and otherwise names the wrong fields. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { contrast } from '../../../core/colour.js';
import { parseProfile, PROFILE_FIELDS } from '../../../core/directory/parse-profile.js';
import { problemLine } from '../../../core/directory/profile-draft.js';

/** The sample profile after a wrong edit: every field may hold any value. */
interface Spoilt {
  name: unknown;
  model: unknown;
  tenantIds: unknown;
  readonly desks: Record<'billing' | 'technical', Record<string, unknown>>;
  readonly customerMaySee: Record<string, unknown>;
  readonly overrides: Record<string, unknown>;
  provider?: unknown;
  languages?: unknown;
  logo?: unknown;
  colour?: unknown;
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

describe('the partner profile parser', () => {
  it('accepts the sample unchanged', () => {
    assert.deepEqual(parseProfile(sample), { ok: true, profile: sample });
  });

  it('normalises phone numbers and addresses', () => {
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
      'extra',
      (one) => {
        one.extra = 1;
      },
    ],
    ['languages.1', (one) => void (one.languages = ['en', 'sv'])],
    ['languages', (one) => void (one.languages = [])],
    ['logo', (one) => void (one.logo = 'http://www.contoso.com/logo.png')],
    ['logo', (one) => void (one.logo = 'javascript:alert(1)')],
    ['logo', (one) => void (one.logo = 'data:text/html;base64,PGI+')],
    ['logo', (one) => void (one.logo = 'data:image/png;base64,R0lGODlhAQABAAAAACw=')],
    ['logo', (one) => void (one.logo = `data:image/png;base64,iVBORw0KGgo${'A'.repeat(40_000)}`)],
    ['colour', (one) => void (one.colour = 'blue')],
    ['colour', (one) => void (one.colour = '#ffcc00')],
    ['colour', (one) => void (one.colour = '#777777')],
  ];
  for (const [field, change] of wrong) {
    it(`refuses a wrong value at ${field} (${String(change).replace(/\s+/g, ' ').slice(0, 70)})`, () => {
      const parsed = parseProfile(changed(change));
      assert.ok(!parsed.ok);
      assert.deepEqual(
        parsed.problems.map((problem) => problem.field),
        [field],
      );
    });
  }

  it('writes the hours in one form, with days off', () => {
    const parsed = parseProfile(
      changed((one) => {
        one.desks.technical.hours = 'off 12-25, 01-01; Mo-Fr 09:00-12:00,13:00-17:00; Europe/Berlin';
      }),
    );
    assert.ok(parsed.ok);
    const { hours } = parsed.profile.desks.technical;
    assert.equal(hours, 'Europe/Berlin; Mo-Fr 09:00-12:00, 13:00-17:00; off 01-01, 12-25');
  });

  it('keeps free text in the hours of an older profile', () => {
    const old = changed((one) => {
      one.desks.technical.hours = 'Mon-Fri 9 to 5';
    });
    const parsed = parseProfile(old, { anyHours: true });
    assert.equal(parsed.ok && parsed.profile.desks.technical.hours, 'Mon-Fri 9 to 5');
  });

  it('requires a provider for a reseller', () => {
    const reseller = changed((one) => {
      one.model = 'indirect-reseller';
      one.provider = {
        name: 'Trey Distribution',
        desk: { name: 'Reseller desk', email: 'resellers@treyresearch.net' },
      };
    });
    assert.equal(parseProfile(reseller).ok, true);
  });

  it('accepts a colour with readable white text, and otherwise suggests the nearest shade', () => {
    const parsed = parseProfile(changed((one) => void (one.colour = '#767676')));
    assert.equal(parsed.ok && parsed.profile.colour, '#767676');
    const refused = parseProfile(changed((one) => void (one.colour = '#1E90FF')));
    const message = refused.ok ? '' : (refused.problems[0]?.message ?? '');
    const [, shade = ''] = /; (#[\da-f]{6}) is a shade/.exec(message) ?? [];
    assert.match(message, /^white text on #1e90ff has a contrast of 3\.2:1/);
    assert.ok(contrast(shade, '#ffffff') >= 4.5, message);
  });

  it('reports all problems at once, each with its path and the probable name', () => {
    const parsed = parseProfile({
      model: 'indirect-reseller',
      color: 'blue',
      desks: { billing: { name: 'Billing', emial: 'a@b.example' } },
    });
    const lines = parsed.ok ? [] : parsed.problems.map(problemLine);
    for (const line of [
      /^name: is missing; for example "Contoso Cloud"$/,
      /^provider: an indirect reseller names its indirect provider/,
      /^color: is not a field of a profile; perhaps colour is meant/,
      /^desks\.billing\.emial: is not a field of a profile; perhaps email is meant$/,
      /^desks\.technical: is missing; for example \{/,
    ])
      assert.ok(
        lines.some((one) => line.test(one)),
        `${String(line)}\n${lines.join('\n')}`,
      );
    assert.doesNotMatch(lines.join('\n'), /expected|Invalid|Unrecognized/);
  });
});

describe('the profile chapter of docs/configuration.md', () => {
  const text = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
  const example = JSON.parse(
    readFileSync(new URL('../../../data/partner-profile.reseller.json', import.meta.url), 'utf8'),
  ) as Record<string, unknown>;

  it('names an example file that is a valid profile', () => {
    assert.match(text, /`data\/partner-profile\.reseller\.json` is a profile/);
    assert.deepEqual(parseProfile(example), { ok: true, profile: example });
  });

  it('explains every field, and the example uses each', () => {
    for (const field of PROFILE_FIELDS) {
      assert.match(text, new RegExp(`^\\| .*\`${field}[\`.].* \\|`, 'm'), field);
      assert.ok(field in example, field);
    }
  });
});
