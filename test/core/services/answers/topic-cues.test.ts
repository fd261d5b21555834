/** Clear words: a visitor can name every issue in words, and a cue counts before the classifier. */
import assert from 'node:assert/strict';
import { CUED_ISSUES, cuedIssue } from '../../../../core/services/answers/topic-cues.js';
import { ISSUES } from '../../../../core/terms.js';
import { shippedModel } from '../../../../core/understanding/model.js';

describe('the cues of a topic', () => {
  it('reach every issue, together with the classifier', () => {
    const classes = new Set(shippedModel().classes);
    assert.deepEqual(
      ISSUES.filter((issue) => !classes.has(issue) && !CUED_ISSUES.has(issue)),
      [],
    );
  });

  it('recognise the customer agreement, co-sell, partner payouts and moves between partners', () => {
    assert.equal(cuedIssue('the MCA was not accepted', 'partner'), 'contract-legal.customer-agreement');
    assert.equal(cuedIssue('We lost co-sell ready', 'partner'), 'offer-onboarding.rewards');
    assert.equal(cuedIssue('where is our payout', 'customer'), undefined);
    assert.equal(
      cuedIssue('move our licenses to another partner', 'customer'),
      'subscription-management.transfer',
    );
  });
});
