/** Cards that show some people their own view: at most sixty people, only in Teams, with a signed action. */
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
  it('refreshes for at most sixty people, for any number of readers', () => {
    const people = Array.from({ length: 200 }, (_, at) => `29:person-${at}`);
    assert.deepEqual(refreshOf(people)?.userIds, people.slice(0, MAX_REFRESHED));
    assert.equal(MAX_REFRESHED, 60);
  });

  it('names each person once, and only people of Teams', () => {
    const ids = ['29:a', '29:a', '8:orgid:b', '28:a-bot', 'somebody@contoso.com', '', '29:with space'];
    assert.deepEqual(refreshOf(ids)?.userIds, ['29:a', '8:orgid:b']);
  });

  it('is an ordinary card when the list of people is empty', () => {
    assert.equal(refreshedFor(card, action, [], ctx), card);
  });

  it('carries an action with the bot’s signature', () => {
    const data = refreshOf(['29:a'])?.action.data;
    assert.deepEqual(decodeAction({ action: { data } }, testSigner), {
      kind: 'action',
      action,
      step: ctx.step,
    });
  });
});
