/** The kinds that the bot asks back with: for every asker only kinds and topics that this asker is offered. */
import assert from 'node:assert/strict';
import { issueMenu, topicsOf } from '../../../cards/choices/issue-menu.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { Directory } from '../../../core/directory/types.js';
import { ASKERS, ISSUES, kindOf, type Asker, type Issue } from '../../../core/terms.js';
import type { IssueClassifier } from '../../../core/understanding/classifier.js';
import { freshState } from '../../../dialogs/question/route-state.js';
import { understandFirst, type UnderstandingContext } from '../../../dialogs/question/understand.js';

const NOTHING: Directory = { version: 1, offers: new Map(), publishers: new Map() };

/** A reader that is not sure, and finds these issues the nearest. */
const unsure = (asker: Asker, issues: readonly Issue[]): UnderstandingContext => ({
  view: { directory: NOTHING, index: buildOfferIndex(NOTHING) },
  classifier: {
    read: () => ({
      decision: 'asked',
      ranked: issues.map((issue) => ({ issue, kind: kindOf(issue), confidence: 0.1 })),
    }),
  } satisfies IssueClassifier,
  asker,
});

function nearestFor(asker: Asker, issues: readonly Issue[]): readonly Issue[] {
  const { state } = understandFirst(freshState('n', 'f'), 'it is strange here', unsure(asker, issues));
  return state.issueView?.kind === 'nearest' ? state.issueView.issues : [];
}

describe('the nearest kinds', () => {
  for (const asker of ASKERS) {
    const offered = new Set(
      issueMenu(asker).flatMap(({ kinds }) => kinds.flatMap((kind) => topicsOf(kind, asker))),
    );
    // Staff find the rewards by their own words: the menu has no publishing issues for partners.
    if (asker === 'partner') offered.add('offer-onboarding.rewards');

    it(`are only what a ${asker} is offered, whatever the reader finds the nearest`, () => {
      for (const issue of ISSUES) {
        const shown = nearestFor(asker, [issue, 'technical', 'billing']);
        assert.deepEqual(
          shown.filter((one) => !offered.has(one)),
          [],
          issue,
        );
        if (offered.has(issue)) assert.equal(shown[0], issue);
        else if (offered.has(kindOf(issue))) assert.equal(shown[0], kindOf(issue), issue);
        assert.equal(new Set(shown).size, shown.length, issue);
      }
    });
  }

  it('name the bill, and not the partner’s own invoice, to a customer', () => {
    assert.deepEqual(nearestFor('customer', ['billing.reconciliation', 'payment']), ['billing', 'payment']);
    assert.deepEqual(
      nearestFor('partner', ['billing.reconciliation', 'payment'])[0],
      'billing.reconciliation',
    );
  });
});
