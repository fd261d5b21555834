/** The linter reports nothing for the real rules, and reports each defect that a test adds to them. */
import assert from 'node:assert/strict';
import { lintPolicy, type Finding } from '../../../core/policy/lint.js';
import type { Rule } from '../../../core/policy/rule.js';
import { RULES } from '../../../core/policy/rules.js';
import { PAGES, type Page, type SourceId } from '../../../core/policy/sources.js';
const TODAY = '2026-11-30';

function changed(id: string, change: (rule: Rule) => Rule): readonly Rule[] {
  assert.ok(RULES.some((rule) => rule.id === id));
  return RULES.map((rule) => (rule.id === id ? change(rule) : rule));
}

function findings(rules: readonly Rule[], kind: Finding['kind']): readonly Finding[] {
  return lintPolicy(rules, TODAY).filter((finding) => finding.kind === kind);
}

describe('the policy linter', () => {
  it('finds nothing wrong with the rules', () => {
    assert.deepEqual(lintPolicy(RULES, TODAY), []);
  });

  it('finds cells without an owner when a rule is removed', () => {
    const rules = RULES.filter((rule) => rule.id !== 'payment.customer');
    const [finding] = findings(rules, 'unowned');
    assert.ok(finding?.kind === 'unowned');
    assert.equal(finding.example.issue, 'payment');
    assert.equal(finding.example.asker, 'customer');
    assert.ok(finding.cells > 0);
  });

  it('finds an asker without a default', () => {
    const rules = RULES.filter((rule) => rule.id !== 'other.publisher');
    assert.deepEqual(findings(rules, 'no-default'), [{ kind: 'no-default', asker: 'publisher' }]);
  });

  it('finds a shadowed rule that can never win, and names the earlier rule', () => {
    const [first] = RULES;
    assert.ok(first);
    const greedy: Rule = { ...first, id: 'greedy', when: { asker: ['customer'], issue: ['payment'] } };
    const shadowed = findings([greedy, ...RULES], 'unreachable');
    assert.deepEqual(shadowed, [{ kind: 'unreachable', ruleId: 'payment.customer', shadowedBy: ['greedy'] }]);
  });

  it('finds an id used twice', () => {
    const [first] = RULES;
    assert.ok(first);
    assert.deepEqual(findings([...RULES, first], 'duplicate-id'), [
      { kind: 'duplicate-id', ruleId: first.id },
    ]);
  });

  it('finds a rule that cites a fact that its page does not list', () => {
    for (const source of [
      'nowhere/billing-first',
      'support/nothing',
      'support/constructor',
    ] as unknown as SourceId[]) {
      const rules = changed('billing.customer', (rule) => ({ ...rule, source }));
      assert.deepEqual(findings(rules, 'fact-not-listed'), [
        { kind: 'fact-not-listed', ruleId: 'billing.customer', source },
      ]);
    }
  });

  it('finds a date that gives only the month of a copy', () => {
    const pages = { ...PAGES, tax: { ...PAGES.tax, pageDate: '2023-10' } };
    assert.deepEqual(
      lintPolicy(RULES, TODAY, pages).filter(({ kind }) => kind === 'bad-date'),
      [{ kind: 'bad-date', pageId: 'tax', date: '2023-10' }],
    );
  });

  it('finds a page older than two years that was not checked again lately', () => {
    const old = { ...PAGES.tax, pageDate: '2022-09-01', readOn: '2025-11-20' };
    const found = (tax: Page) =>
      lintPolicy(RULES, TODAY, { ...PAGES, tax }).filter(({ kind }) => kind === 'old-page');
    assert.deepEqual(found(old), [
      { kind: 'old-page', pageId: 'tax', pageDate: '2022-09-01', readOn: '2025-11-20' },
    ]);
    assert.deepEqual(found({ ...old, readOn: '2026-11-01' }), []);
    assert.deepEqual(found({ ...old, pageDate: '2025-01-31' }), []);
    assert.equal(found({ ...old, pageDate: 'unknown' }).length, 1);
  });

  it('finds a page without an https address', () => {
    const pages = { ...PAGES, tax: { ...PAGES.tax, url: 'http://example.com' } };
    assert.deepEqual(
      lintPolicy(RULES, TODAY, pages).filter(({ kind }) => kind === 'bad-address'),
      [{ kind: 'bad-address', pageId: 'tax' }],
    );
  });

  it('finds sentences that do not exist or are of the wrong kind', () => {
    const rules = changed('billing.customer', (rule) => ({ ...rule, notes: ['prepare.error'] as never }));
    assert.deepEqual(findings(rules, 'unknown-key'), [
      { kind: 'unknown-key', ruleId: 'billing.customer', key: 'prepare.error' },
    ]);
  });

  it('finds a rule that sends a customer directly to Microsoft', () => {
    const rules = changed('billing.customer', (rule) => ({
      ...rule,
      escalation: [{ party: 'microsoft', way: 'partner-center-support' }],
    }));
    const [finding] = findings(rules, 'illegal-step');
    assert.ok(finding?.kind === 'illegal-step');
    assert.equal(finding.ruleId, 'billing.customer');
    assert.equal(finding.way, 'partner-center-support');
  });

  it('finds a rule that gives a customer the engineering contact', () => {
    const rules = changed('technical.customer', (rule) => ({
      ...rule,
      escalation: [{ party: 'publisher', way: 'publisher-engineering' }],
    }));
    assert.equal(findings(rules, 'illegal-step').length, 1);
  });

  it('finds a contact way of the wrong party', () => {
    const rules = changed('technical.partner', (rule) => ({
      ...rule,
      first: { party: 'partner', way: 'publisher-support' },
    }));
    assert.equal(findings(rules, 'illegal-step').length, 1);
  });
});
