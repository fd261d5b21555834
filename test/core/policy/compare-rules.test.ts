/** Two versions of the rules: the comparison names each difference, and reading a file keeps what it does not know apart. */
import assert from 'node:assert/strict';
import { compareRules } from '../../../core/policy/compare-rules.js';
import type { Rule } from '../../../core/policy/rule.js';
import { readRuleBook, writeRuleBook } from '../../../core/policy/rule-book.js';
import { RULES } from '../../../core/policy/rules.js';

function changed(id: string, change: (rule: Rule) => Rule): readonly Rule[] {
  assert.ok(RULES.some((rule) => rule.id === id));
  return RULES.map((rule) => (rule.id === id ? change(rule) : rule));
}

describe('two versions of the rules', () => {
  it('have no difference when they are the same, or a rule only has another name', () => {
    assert.deepEqual(compareRules(RULES, RULES).changed, []);
    const renamed = changed('payment.customer', (rule) => ({ ...rule, id: 'payment.of-a-customer' }));
    assert.deepEqual(compareRules(RULES, renamed).changed, []);
  });

  it('differ in the facts, the party and the contact of a changed rule', () => {
    const after = changed('licenses.partner', (rule) => ({
      ...rule,
      responsible: 'microsoft',
      first: { party: 'microsoft', way: 'partner-center-support' },
      escalation: [],
    }));
    const { changed: found, combinations } = compareRules(RULES, after);
    assert.ok(combinations > 150_000);
    for (const one of found) {
      assert.equal(one.kind, 'route');
      assert.deepEqual(one.facts.issue, ['subscription-management.licenses']);
      assert.deepEqual(one.facts.asker, ['partner']);
      assert.equal(one.before?.rule, 'licenses.partner');
      assert.equal(one.after?.responsible, 'microsoft');
    }
    const plain = found.find(({ facts }) => facts.model?.includes('direct-bill'));
    assert.deepEqual(plain?.before?.ways, ['publisher-support', 'publisher-engineering']);
    assert.deepEqual(plain?.after?.ways, ['partner-center-support']);
  });

  it('differ in words where only the reason, the source or a figure changed', () => {
    const after = changed('payment.customer', (rule) => ({ ...rule, source: 'support/partner-rest' }));
    const kinds = new Set(compareRules(RULES, after).changed.map(({ kind }) => kind));
    assert.deepEqual([...kinds], ['words']);
  });

  it('differ where one of them has no rule', () => {
    const without = RULES.filter(({ id }) => id !== 'payment.customer');
    assert.ok(compareRules(RULES, without).changed.some(({ kind, after }) => kind === 'gone' && !after));
    assert.ok(compareRules(without, RULES).changed.some(({ kind, before }) => kind === 'new' && !before));
  });
});

describe('a file of rules', () => {
  it('is read back as it was written', () => {
    const read = readRuleBook(writeRuleBook(RULES));
    assert.ok(read.kind === 'read');
    assert.deepEqual(read.book.unknown, []);
    assert.deepEqual(compareRules(RULES, read.book.rules).changed, []);
  });

  it('says which conditions, parties and ways this version does not know', () => {
    const [first] = RULES;
    assert.ok(first);
    const foreign = {
      ...first,
      id: 'foreign',
      when: { issue: ['parking'], weather: ['rain'] },
      first: { party: 'janitor', way: 'letter' },
      escalation: [],
    } as unknown as Rule;
    const read = readRuleBook(writeRuleBook([foreign]));
    assert.ok(read.kind === 'read');
    assert.deepEqual(read.book.unknown, [
      'foreign: the condition weather',
      'foreign: issue=parking',
      'foreign: party janitor',
      'foreign: way letter',
    ]);
  });

  it('is refused when it is not JSON or not of this format', () => {
    for (const text of ['', '{', '[]', '{"format":2,"rules":[]}', '{"format":1,"rules":[{"id":""}]}']) {
      const read = readRuleBook(text);
      assert.ok(read.kind === 'bad' && read.problem !== '', text);
    }
  });
});
