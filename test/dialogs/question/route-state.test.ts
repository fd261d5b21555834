/** The facts of one question: the visitor can fill, remove and change each fact, and facts never mix. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CardAction } from '../../../cards/kit/action-table.js';
import type { Directory, Offer } from '../../../core/directory/types.js';
import { reduce } from '../../../dialogs/question/reduce.js';
import {
  advance,
  back,
  clear,
  fill,
  freshState,
  restart,
  stepId,
  type RouteState,
} from '../../../dialogs/question/route-state.js';
import { offerOf } from '../../helpers/directory-builders.js';

const offer = (id: string, publisherId: string, name: string, withdrawn = false): Offer =>
  offerOf({ id, publisherId, name, withdrawn });
const offers = [
  offer('contoso.backup', 'contoso', 'Contoso Backup'),
  offer('contoso.archive', 'contoso', 'Contoso Archive', true),
  offer('fabrikam.crm', 'fabrikam', 'Fabrikam CRM'),
];
const directory: Directory = {
  version: 1,
  offers: new Map(offers.map((one) => [one.id, one])),
  publishers: new Map(),
};
const fresh = freshState('n', 'f');
const filled = fill(fill(fresh, 'offer', { offerId: 'contoso.backup' }), 'issue', {
  issue: 'billing.refund',
});

describe('the state of a question', () => {
  it('gives every card of every generation a different id', () => {
    assert.notEqual(stepId(fresh), stepId(advance(fresh)));
    assert.notEqual(stepId(fresh), stepId(freshState('m', 'f')));
  });

  it('keeps old cards stale after starting over', () => {
    const later = advance(advance(filled));
    assert.equal(restart(later).step, later.step);
    assert.equal(restart(later).offerId, undefined);
  });

  it('goes back one answer at a time, the last answer first', () => {
    const all = fill(fill(filled, 'channel', { channel: 'partner' }), 'refund-window', { refundOpen: true });
    const steps = [all];
    while (back(steps.at(-1)!) !== steps.at(-1)) steps.push(back(steps.at(-1)!));
    assert.deepEqual(
      steps.map((state) => state.order.length),
      [4, 3, 2, 1, 0],
    );
  });

  it('leaves a narrowed list before it removes an answer', () => {
    const narrowed: RouteState = { ...filled, issueView: { kind: 'group', of: 'billing' } };
    assert.equal(back(narrowed).issueView, undefined);
    assert.equal(back(narrowed).offerId, 'contoso.backup');
  });

  it('forgets the answers that depend on a changed answer', () => {
    const all = fill(fill(filled, 'hosting', { hosting: 'azure' }), 'refund-window', { refundOpen: false });
    const changed = clear(all, 'offer');
    assert.equal(changed.hosting, undefined);
    assert.equal(changed.refundOpen, undefined);
    assert.equal(changed.issue, 'billing.refund');
    assert.deepEqual(changed.order, ['issue']);
  });
});

describe('a card button', () => {
  it('chooses an offer that exists and ignores an offer that does not exist', () => {
    assert.equal(
      reduce(fresh, { verb: 'choose-offer', offerId: 'fabrikam.crm' }, directory)?.offerId,
      'fabrikam.crm',
    );
    assert.equal(reduce(fresh, { verb: 'choose-offer', offerId: 'gone' }, directory), fresh);
  });

  it('lists a publisher’s offers with the most asked first, and withdrawn ones last', () => {
    const sign = offer('contoso.sign', 'contoso', 'Contoso Sign');
    const more = { ...directory, offers: new Map([...directory.offers, [sign.id, sign]]) };
    const times: Readonly<Record<string, number>> = { 'contoso.sign': 3, 'contoso.archive': 9 };
    const action = { verb: 'choose-publisher', publisherId: 'contoso' } as const;
    const state = reduce(fresh, action, more, (id) => times[id] ?? 0);
    assert.deepEqual(state?.offerView?.kind === 'several' && state.offerView.offerIds, [
      'contoso.sign',
      'contoso.backup',
      'contoso.archive',
    ]);
  });

  it('shows a publisher’s offers, offers on sale first', () => {
    const state = reduce(fresh, { verb: 'choose-publisher', publisherId: 'contoso' }, directory);
    assert.deepEqual(state?.offerView, {
      kind: 'several',
      asked: 'contoso',
      offerIds: ['contoso.backup', 'contoso.archive'],
      total: 2,
    });
  });

  it('keeps the offer for “Another issue”, and removes the offer for “Another offer”', () => {
    assert.equal(reduce(filled, { verb: 'same-offer' }, directory)?.offerId, 'contoso.backup');
    assert.equal(reduce(filled, { verb: 'same-offer' }, directory)?.issue, undefined);
    assert.equal(reduce(filled, { verb: 'other-offer' }, directory)?.offerId, undefined);
  });

  const actions: readonly CardAction[] = [
    { verb: 'choose-offer', offerId: 'contoso.backup' },
    { verb: 'choose-publisher', publisherId: 'contoso' },
    { verb: 'offer-none' },
    { verb: 'choose-group', kind: 'billing' },
    { verb: 'choose-issue', issue: 'outage' },
    { verb: 'answer-channel', channel: 'partner' },
    { verb: 'answer-hosting', hosting: 'saas' },
    { verb: 'answer-refund-window', open: true },
    { verb: 'change', what: 'offer' },
    { verb: 'change', what: 'issue' },
    { verb: 'change', what: 'channel' },
    { verb: 'same-offer' },
    { verb: 'other-offer' },
    { verb: 'restart' },
    { verb: 'back' },
  ];

  it('keeps the order of answers equal to the filled answers, for any series of clicks', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 30 }), (clicks) => {
        const state = clicks.reduce((one, click) => reduce(one, click, directory) ?? one, fresh);
        const held = {
          offer: state.offerId !== undefined,
          issue: state.issue !== undefined,
          channel: state.channel !== undefined,
          hosting: state.hosting !== undefined,
          'refund-window': state.refundOpen !== undefined,
        };
        const expected = Object.entries(held)
          .filter(([, is]) => is)
          .map(([slot]) => slot);
        assert.deepEqual([...state.order].sort(), expected.sort());
      }),
    );
  });
});
