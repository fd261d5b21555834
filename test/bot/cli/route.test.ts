/** The commands that check, explain and source the routing policy. */
import assert from 'node:assert/strict';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import type { Directory, Offer } from '../../../core/directory/types.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { routeChanges, routeRules } from '../../../bot/cli/route-changes.js';
import { routeSources } from '../../../bot/cli/route-sources.js';
import { routeCheck, routeExplain } from '../../../bot/cli/route.js';
import { offerOf, publisherOf } from '../../helpers/directory-builders.js';

const VAULT: Offer = offerOf({
  id: 'fabrikam.vault',
  publisherId: 'fabrikam',
  name: 'Fabrikam Vault',
  hosting: 'azure',
});
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map([[VAULT.id, VAULT]]),
  publishers: new Map([['fabrikam', publisherOf({ id: 'fabrikam', name: 'Fabrikam' })]]),
};
const PROFILE: PartnerProfile = {
  name: 'Contoso Cloud',
  model: 'indirect-reseller',
  tenantIds: [],
  tier1: 'publisher',
  resellerKeeps: ['billing', 'technical'],
  desks: { billing: { name: 'Billing' }, technical: { name: 'Support' } },
  provider: { name: 'Tailspin', desk: { name: 'Partner desk' } },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: false },
  overrides: {},
};
const WORLD = { directory: DIRECTORY, profile: PROFILE };
const has = (lines: readonly string[], pattern: RegExp) =>
  assert.ok(
    lines.some((line) => pattern.test(line)),
    lines.join('\n'),
  );

describe('route check', () => {
  it('says how many rules were checked when nothing is wrong', () => {
    const { ok, lines } = routeCheck('2026-11-30');
    assert.equal(ok, true);
    assert.match(lines.join('\n'), /^\d+ rules, \d+ pages: every cell has one owner/);
  });

  it('names each old page that was not read again', () => {
    const { ok, lines } = routeCheck('2099-01-01');
    assert.equal(ok, false);
    has(lines, /^page billing: dated 2022-11-08, last read on \d{4}-\d{2}-\d{2}; read it again$/);
  });
});

describe('route check --changed', () => {
  let folder = '';
  const file = (name: string, text: string) => {
    const full = path.join(folder, name);
    writeFileSync(full, text);
    return full;
  };
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-rules-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('says that no answer differs between this version and its own file', async () => {
    const { code, lines, data } = await routeChanges([file('same.json', routeRules()), 'current']);
    assert.equal(code, 0);
    assert.match(lines.join('\n'), /^No answer differs in \d+ combinations of facts\.$/);
    assert.equal((data as { differs: boolean }).differs, false);
  });

  it('prints the facts, the answers before and after, and the reason', async () => {
    const old = routeRules().replaceAll('"publisher-csp-program"', '"publisher-support"');
    const { code, lines, data } = await routeChanges([file('old.json', old), 'current']);
    assert.equal(code, 1);
    has(lines, /^\d+ of \d+ combinations of facts have another answer\.$/);
    has(
      lines,
      /^route: issue=purchase-transaction\.reselling-terms\|purchase-transaction\.private-offer asker=partner/,
    );
    has(lines, /^ {2}before {2}publisher, publisher-support \(reselling-terms\.partner\): /);
    has(lines, /^ {2}after {3}publisher, publisher-csp-program \(reselling-terms\.partner\): \S/);
    const { changed } = data as { changed: readonly { kind: string }[] };
    assert.ok(changed.some(({ kind }) => kind === 'route'));
  });

  it('tells a file that it cannot read from answers that differ', async () => {
    for (const versions of [['nowhere.json', 'current'], [file('bad.json', '{}'), 'current'], ['current']]) {
      const { code, lines } = await routeChanges(versions);
      assert.equal(code, 2);
      assert.equal(lines.length, 1);
    }
  });
});

describe('route explain', () => {
  it('prints the facts, the considered rules, the answer, the reason in words, and the source with its address', () => {
    const { ok, lines } = routeExplain(
      { asker: 'customer', issue: 'technical', offer: 'fabrikam.vault' },
      WORLD,
    );
    assert.equal(ok, true);
    has(lines, /^Offer +Fabrikam Vault \(fabrikam\.vault\) by Fabrikam$/);
    has(lines, /^Facts .*model=indirect-reseller .*hosting=azure tier1=publisher/);
    has(lines, /– microsoft-supported\.customer: supportTier=publisher$/);
    has(lines, /✓ technical\.customer\.publisher-first$/);
    has(lines, /^Answer +ISV \(publisher\) is responsible$/);
    has(lines, /^Why .*Contoso Cloud passes technical questions directly to Fabrikam/);
    has(lines, /^Source +Support for commercial marketplace products.*2023-07-31, stated/);
    has(lines, /^Fact +stated: The CSP partner may send/);
    has(lines, /^ +https:\/\/learn\.microsoft\.com\//);
  });

  it('prefers a fact from the command line over the profile and the directory', () => {
    const { lines } = routeExplain(
      {
        asker: 'partner',
        issue: 'billing',
        model: 'direct-bill',
        channel: 'partner',
        offer: 'fabrikam.vault',
      },
      WORLD,
    );
    has(lines, /^Rule +billing\.partner$/);
    assert.ok(!lines.some((line) => line.startsWith('Asked too')));
  });

  it('shows the modifiers that apply and the open questions', () => {
    const { lines } = routeExplain({ asker: 'partner', issue: 'provisioning-deployment' }, WORLD);
    has(lines, /\+ modifier\.reseller-staff/);
    has(lines, /^Asked too +channel, hosting:/);
  });

  it('names the allowed words when a fact has another value', () => {
    const { ok, lines } = routeExplain({ asker: 'boss', issue: 'technical', keeps: 'billing,everything' });
    assert.equal(ok, false);
    assert.deepEqual(lines, [
      'asker: "boss" is none of partner, customer, publisher',
      'keeps: "everything" is none of billing, technical',
    ]);
  });

  it('takes the issue from a pasted error, and asks for the issue where the text is no published error', () => {
    const { ok, lines } = routeExplain({ asker: 'customer', error: 'error 900146' }, WORLD);
    assert.equal(ok, true);
    has(lines, /^Facts .*issue=subscription-management\.transfer/);
    has(lines, /^Error +900146: /);
    const unknown = routeExplain({ asker: 'customer', error: 'it hangs' }, WORLD);
    assert.deepEqual(unknown, {
      ok: false,
      lines: ['error: the text is not one of the published errors; give --issue too'],
    });
    assert.deepEqual(routeExplain({ asker: 'customer' }, WORLD), {
      ok: false,
      lines: ['issue: give --issue, or --error with a pasted error text'],
    });
  });

  it('begins each sentence with a capital letter where a party has no name', () => {
    const { lines } = routeExplain({
      asker: 'partner',
      issue: 'contract-legal.customer-agreement',
      model: 'indirect-reseller',
    });
    has(lines, /^Why .*agreement\. The indirect provider confirms it\.$/);
  });

  it('says of a resale enabled offer that Microsoft bills the customer and pays the partner', () => {
    for (const [asker, whom] of [
      ['customer', 'you for this product'],
      ['partner', 'the customer for this offer'],
    ] as const) {
      const { lines } = routeExplain({ asker, issue: 'billing', channel: 'resale-enabled-offer' });
      has(lines, new RegExp(`^Why +Microsoft bills ${whom} and pays `));
    }
  });

  it('does not guess an offer', () => {
    assert.equal(routeExplain({ asker: 'partner', issue: 'technical', offer: 'vault' }, WORLD).ok, false);
    assert.equal(routeExplain({ asker: 'partner', issue: 'technical', offer: 'fabrikam.vault' }).ok, false);
  });

  it('accepts the name of an offer when the search finds exactly one offer', () => {
    const hit = { offerId: 'fabrikam.vault', score: 1, reason: 'exact-name' } as const;
    const find = () => ({ kind: 'one', hit, others: [] }) as const;
    const { lines } = routeExplain(
      { asker: 'partner', issue: 'technical', offer: 'Fabrikam Vault' },
      { ...WORLD, index: { find } },
    );
    has(lines, /^Offer +Fabrikam Vault/);
  });
});

describe('route sources', () => {
  it('prints each page with its address, both dates and the facts that the rules take from the page', () => {
    const { lines } = routeSources('2026-11-30', { stale: false });
    has(lines, /^support {2}Support for commercial marketplace products/);
    has(lines, /^ {2}page of 2023-07-31, read on \d{4}-\d{2}-\d{2} .*cited by \d+ rules$/);
    has(lines, /^ {2}- billing-first \(stated\): /);
  });

  it('prints with --stale old pages and pages without a date, and marks overdue pages', () => {
    const { lines } = routeSources('2026-11-30', { stale: true });
    has(lines, /page without a date/);
    has(routeSources('2028-01-01', { stale: true }).lines, /overdue since 2027-11-29/);
  });
});
