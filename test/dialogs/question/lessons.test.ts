/** Lessons of a question: which sentence a later choice explains, and which choices teach nothing. */
import assert from 'node:assert/strict';
import { learnFrom, notHelpedLesson } from '../../../dialogs/question/lessons.js';
import { fill, freshState, restart, type RouteState } from '../../../dialogs/question/route-state.js';

const FRESH = freshState('n', 'f');
const unclear = (state: RouteState): RouteState => ({
  ...state,
  issueView: { kind: 'nearest', issues: ['billing', 'technical'] },
});
const said = (text: string, more: object = {}) => ({ text, ...more });
/** The state after a sentence that the bot did not understand. */
const asked = learnFrom(FRESH, unclear(FRESH), said('the lamp is odd')).state;
/** The state after a sentence that the bot read as a question about a bill. */
const read = learnFrom(FRESH, fill(FRESH, 'issue', { issue: 'billing' }), said('my bill')).state;

describe('the lessons of a question', () => {
  it('have the sentence that was asked back and the issue that the person chose', () => {
    const { state, lessons } = learnFrom(asked, fill(asked, 'issue', { issue: 'technical' }));
    assert.deepEqual(lessons, [
      { reason: 'asked-back', about: 'issue', text: 'the lamp is odd', chosen: 'technical' },
    ]);
    assert.deepEqual(learnFrom(state, fill(state, 'channel', { channel: 'partner' })).lessons, []);
  });

  it('have the first sentence when a second sentence explains it, and keep the second one', () => {
    const next = learnFrom(asked, fill(asked, 'issue', { issue: 'technical' }), said('it crashes'));
    assert.equal(next.lessons[0]?.text, 'the lamp is odd');
    assert.deepEqual(next.state.heard, { text: 'it crashes', issue: 'technical' });
  });

  it('have the first sentence when a number or a label explains it', () => {
    const chosen = said('2', { chosen: true });
    const { state } = learnFrom(asked, fill(asked, 'issue', { issue: 'technical' }), chosen);
    assert.deepEqual(state.heard, { text: 'the lamp is odd', issue: 'technical' });
  });

  it('call another issue for a sentence that was read a correction, by button or in words', () => {
    const corrected = {
      reason: 'corrected',
      about: 'issue',
      text: 'my bill',
      read: 'billing',
      chosen: 'technical',
    };
    const pressed = learnFrom(read, fill(read, 'issue', { issue: 'technical' }));
    assert.deepEqual(pressed.lessons, [corrected]);
    const typed = fill(restart(read), 'issue', { issue: 'technical' });
    assert.deepEqual(learnFrom(read, typed, said('no, it crashes', { corrects: true })).lessons, [corrected]);
  });

  it('have an unknown name and the offer that the person chose', () => {
    const view = { kind: 'none', asked: 'Zephyr Vault', nearest: [] } as const;
    const named = learnFrom(FRESH, { ...FRESH, offerView: view }, said('Zephyr Vault')).state;
    const { lessons } = learnFrom(named, fill(named, 'offer', { offerId: 'contoso.backup' }));
    const wanted = { reason: 'asked-back', about: 'offer', text: 'Zephyr Vault', chosen: 'contoso.backup' };
    assert.deepEqual(lessons, [wanted]);
    assert.deepEqual(learnFrom(named, fill(named, 'offer', { offerId: null })).lessons, []);
    assert.deepEqual(learnFrom(named, fill(named, 'issue', { issue: 'billing' })).lessons, []);
  });

  it('are none for a new question, for a choice from lists only, and after the start', () => {
    const another = fill(restart(read), 'issue', { issue: 'technical' });
    assert.deepEqual(learnFrom(read, another, said('it crashes')).lessons, []);
    assert.deepEqual(learnFrom(FRESH, fill(FRESH, 'issue', { issue: 'billing' })).lessons, []);
    const again = restart(asked);
    assert.deepEqual(learnFrom(again, fill(again, 'issue', { issue: 'billing' })).lessons, []);
  });

  it('have the sentence of an answer that did not help, unless everything was chosen from lists', () => {
    assert.deepEqual(notHelpedLesson(read), [
      { reason: 'not-helped', about: 'issue', text: 'my bill', read: 'billing' },
    ]);
    assert.deepEqual(notHelpedLesson(fill(FRESH, 'issue', { issue: 'billing' })), []);
  });
});
