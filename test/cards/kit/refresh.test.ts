/** Cards that show some people their own view: sixty at most, Teams people only, and a signed action. */
import assert from 'node:assert/strict';
import { decodeAction, MAX_REFRESHED, refreshedFor } from '../../../cards/kit/actions.js';
import { cardContext, testSigner } from '../../helpers/card-fixtures.js';

const ctx = cardContext({ host: 'teams' });
const action = { verb: 'show-answer', offerId: 'contoso.backup', issue: 'billing' } as const;
const card = { type: 'AdaptiveCard' };
const refreshOf = (userIds: readonly string[]) =>
  refreshedFor(card, action, userIds, ctx).refresh as
    { userIds: string[]; action: { data: unknown } } | undefined;

describe('a card that refreshes itself', () => {
  it('does so for sixty people at most, however many read it', () => {
    const people = Array.from({ length: 200 }, (_, at) => `29:person-${at}`);
    assert.deepEqual(refreshOf(people)?.userIds, people.slice(0, MAX_REFRESHED));
    assert.equal(MAX_REFRESHED, 60);
  });

  it('names each person once, and only people of Teams', () => {
    const ids = ['29:a', '29:a', '8:orgid:b', '28:a-bot', 'somebody@contoso.com', '', '29:with space'];
    assert.deepEqual(refreshOf(ids)?.userIds, ['29:a', '8:orgid:b']);
  });

  it('is an ordinary card when there is nobody to do it for', () => {
    assert.equal(refreshedFor(card, action, [], ctx), card);
  });

  it('carries an action that only we can have made', () => {
    const data = refreshOf(['29:a'])?.action.data;
    assert.deepEqual(decodeAction({ action: { data } }, testSigner), {
      kind: 'action',
      action,
      step: ctx.step,
    });
  });
});
