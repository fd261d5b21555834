/** The output of the understand command for a line of text. */
import assert from 'node:assert/strict';
import { runUnderstand, understandLine, type UnderstandDeps } from '../../../bot/cli/understand.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { PartnerProfile } from '../../../core/directory/profile.js';
import { ISSUE_KINDS } from '../../../core/terms.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { directory, OFFERS } from '../../core/directory/search/search-fixture.js';

const profile: PartnerProfile = {
  name: 'Fourth Coffee Cloud',
  model: 'direct-bill',
  tenantIds: [],
  tier1: 'partner',
  resellerKeeps: [],
  desks: { billing: { name: 'Billing' }, technical: { name: 'Support' } },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: true },
  overrides: {},
};
const world = directory(OFFERS);
const deps: UnderstandDeps = {
  directory: world,
  index: buildOfferIndex(world),
  classifier: createIssueClassifier(),
  profile,
};
const empty: UnderstandDeps = {
  ...deps,
  directory: directory([], []),
  index: buildOfferIndex(directory([], [])),
};

describe('understandLine', () => {
  it('returns the kind, the offer, the party and the rule', () => {
    const out = understandLine({ text: 'billing problem with Contoso Backup', asker: 'end-customer' }, deps);
    assert.equal(out.kind, 'billing');
    assert.equal(out.decision, 'answered');
    assert.equal(out.offers[0]?.id, 'contoso.backup');
    assert.equal(out.offers[0]?.name, 'Contoso Backup');
    assert.equal(out.party, 'CSP partner');
    assert.equal(out.rule, 'billing.customer');
    assert.deepEqual(out.kinds[0], { kind: 'billing', confidence: out.confidence });
  });

  const parties: readonly (readonly [string, string, string])[] = [
    ['Contoso Backup crashes when I open it', 'customer', 'ISV'],
    ['Fabrikam WAF for Microsoft Sentinel shows no data', 'partner', 'Microsoft'],
    ['Teams meeting button is missing in Outlook', 'end-customer', 'Microsoft'],
    ['How do I publish our SaaS offer in AppSource?', 'isv', 'Microsoft'],
    ['Please cancel our subscription', 'unknown', 'CSP partner'],
    ['Deployment from the marketplace fails with a template error', 'csp-partner', 'Microsoft'],
  ];
  for (const [text, asker, party] of parties) {
    it(`names ${party} for "${text}" from ${asker}`, () => {
      assert.equal(understandLine({ text, asker }, deps).party, party);
    });
  }

  it('finds the issue in the text without the name of the offer', () => {
    const out = understandLine({ text: 'Contoso Backup: refund please' }, deps);
    assert.equal(out.issue, 'billing.refund');
  });

  it('asks back for a vague text, and still names the likely kinds', () => {
    const out = understandLine({ text: 'cost' }, deps);
    assert.equal(out.decision, 'asked');
    assert.ok(ISSUE_KINDS.includes(out.kind) && out.kinds.length >= 3);
  });

  it('works with an empty directory', () => {
    const out = understandLine({ text: 'I want a refund', asker: 'customer' }, empty);
    assert.deepEqual([out.kind, out.offers, out.party], ['billing', [], 'CSP partner']);
  });

  it('treats an unknown asker as a customer', () => {
    assert.deepEqual(
      understandLine({ text: 'I want a refund', asker: 'martian' }, deps),
      understandLine({ text: 'I want a refund', asker: 'customer' }, deps),
    );
  });
});

async function run(lines: readonly string[]): Promise<readonly Record<string, unknown>[]> {
  const out: string[] = [];
  await runUnderstand(lines, deps, (line) => out.push(line));
  return out.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('runUnderstand', () => {
  it('writes one line for each line, and continues after bad lines', async () => {
    const out = await run([
      '{"text":"refund"}',
      'not json',
      '',
      '{"lang":"en"}',
      'null',
      '[]',
      '{"text":5}',
      '{"text":"login fails"}',
    ]);
    assert.deepEqual(
      out.map((line) => line.error ?? line.kind),
      [
        'billing',
        'not JSON',
        'needs a "text"',
        'needs a "text"',
        'needs a "text"',
        'needs a "text"',
        'technical',
      ],
    );
    assert.equal(out[1]?.line, 2);
  });

  it('accepts a line of any length', async () => {
    const [line] = await run([JSON.stringify({ text: 'refund '.repeat(20_000) })]);
    assert.equal(line?.kind, 'billing');
  });
});
