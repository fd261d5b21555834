/** The linter: silent about the rules as they stand, and loud about each defect planted in them. */
import assert from 'node:assert/strict';
import { lintPolicy, type Finding } from '../../../core/policy/lint.js';
import type { Rule } from '../../../core/policy/rule.js';
import { RULES } from '../../../core/policy/rules.js';
import { SOURCES, type SourceId } from '../../../core/policy/sources.js';

const TODAY = '2026-11-22';

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

  it('finds cells nobody owns when a rule is taken away', () => {
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

  it('finds a rule that an earlier one keeps from ever winning, and names that one', () => {
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

  it('finds a rule without a source', () => {
    const rules = changed('billing.customer', (rule) => ({ ...rule, source: 'nowhere' as SourceId }));
    assert.deepEqual(findings(rules, 'no-source'), [{ kind: 'no-source', ruleId: 'billing.customer' }]);
  });

  it('finds a source nobody has read again in time', () => {
    const sources = { ...SOURCES, tax: { ...SOURCES.tax, reviewBy: '2026-11-21' } };
    const expired = lintPolicy(RULES, TODAY, sources).filter((finding) => finding.kind === 'expired-source');
    const byTax = RULES.filter((rule) => rule.source === 'tax').map((rule) => rule.id);
    assert.deepEqual(
      expired.map((finding) => finding.ruleId),
      byTax,
    );
    assert.deepEqual(
      lintPolicy(RULES, '2026-11-21', sources).filter((finding) => finding.kind === 'expired-source'),
      [],
    );
  });

  it('finds sentences that do not exist or are of the wrong kind', () => {
    const rules = changed('billing.customer', (rule) => ({ ...rule, notes: ['prepare.error'] as never }));
    assert.deepEqual(findings(rules, 'unknown-key'), [
      { kind: 'unknown-key', ruleId: 'billing.customer', key: 'prepare.error' },
    ]);
  });

  it('finds a customer sent to Microsoft past the partner', () => {
    const rules = changed('billing.customer', (rule) => ({
      ...rule,
      escalation: [{ party: 'microsoft', way: 'partner-center-support' }],
    }));
    const [finding] = findings(rules, 'illegal-step');
    assert.ok(finding?.kind === 'illegal-step');
    assert.equal(finding.ruleId, 'billing.customer');
    assert.equal(finding.way, 'partner-center-support');
  });

  it('finds a customer given the engineering contact', () => {
    const rules = changed('technical.customer', (rule) => ({
      ...rule,
      escalation: [{ party: 'publisher', way: 'publisher-engineering' }],
    }));
    assert.equal(findings(rules, 'illegal-step').length, 1);
  });

  it('finds a way given to the wrong party', () => {
    const rules = changed('technical.partner', (rule) => ({
      ...rule,
      first: { party: 'partner', way: 'publisher-support' },
    }));
    assert.equal(findings(rules, 'illegal-step').length, 1);
  });
});
