/** Button payloads: the decoder returns the encoded action, and rejects a payload that was changed on the way. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson, decodeAction, encodeAction, hmacSigner } from '../../../cards/kit/actions.js';
import type { CardAction } from '../../../cards/kit/action-table.js';
import { HOSTINGS, ISSUE_KINDS, ISSUES, LANGUAGES, PURCHASE_CHANNELS } from '../../../core/terms.js';
import { testSigner } from '../../helpers/card-fixtures.js';

const ctx = { signer: testSigner, step: 'nonce.3' };

const EVERY_ACTION: readonly CardAction[] = [
  { verb: 'choose-offer', offerId: 'fabrikam.backup' },
  { verb: 'choose-publisher', publisherId: 'fabrikam' },
  { verb: 'choose-customer', place: 0 },
  { verb: 'choose-subscription', place: 7 },
  ...ISSUE_KINDS.map((kind) => ({ verb: 'choose-group', kind }) as const),
  ...ISSUES.map((issue) => ({ verb: 'choose-issue', issue }) as const),
  ...PURCHASE_CHANNELS.map((channel) => ({ verb: 'answer-channel', channel }) as const),
  ...HOSTINGS.map((hosting) => ({ verb: 'answer-hosting', hosting }) as const),
  { verb: 'answer-refund-window', open: true },
  { verb: 'answer-refund-window', open: false },
  { verb: 'change', what: 'offer' },
  { verb: 'change', what: 'issue' },
  ...LANGUAGES.map((language) => ({ verb: 'language', language }) as const),
  ...(
    [
      'offer-none',
      'request-offer',
      'same-offer',
      'other-offer',
      'not-helped',
      'why',
      'show-answer',
      'help',
      'cancel',
      'restart',
      'back',
    ] as const
  ).map((verb) => ({ verb })),
];

/** The value after a round trip as JSON. */
const travelled = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

interface Payload {
  v?: number;
  step: string;
  action: Record<string, unknown>;
  sig: string;
}

/** A copy with one changed place. */
function edited(change: (payload: Payload) => void): unknown {
  const payload: unknown = travelled(encodeAction({ verb: 'choose-offer', offerId: 'a.b' }, ctx));
  change((payload as { offerDesk: Payload }).offerDesk);
  return payload;
}

describe('a button payload', () => {
  it('decodes to the same action and step, for every verb', () => {
    for (const action of EVERY_ACTION) {
      const found = decodeAction(travelled(encodeAction(action, ctx)), testSigner);
      assert.deepEqual(found, { kind: 'action', action, step: 'nonce.3' });
    }
  });

  it('is also read from an Action.Execute invoke and from JSON text', () => {
    const data = encodeAction({ verb: 'help' }, ctx);
    const expected = { kind: 'action', action: { verb: 'help' }, step: 'nonce.3' };
    const invoke = { action: { type: 'Action.Execute', id: '1', verb: 'help', data }, trigger: 'manual' };
    assert.deepEqual(decodeAction(invoke, testSigner), expected);
    assert.deepEqual(decodeAction(JSON.stringify(data), testSigner), expected);
    assert.deepEqual(decodeAction({ action: { data: JSON.stringify(data) } }, testSigner), expected);
  });

  it('is read when the client added inputs to the payload', () => {
    const data = { ...encodeAction({ verb: 'help' }, ctx), comment: 'x', msteams: { type: 'messageBack' } };
    assert.equal(decodeAction(data, testSigner).kind, 'action');
  });

  it('does not depend on the order of keys', () => {
    const { offerDesk } = encodeAction({ verb: 'choose-offer', offerId: 'a.b' }, ctx);
    const { v, step, action, sig } = offerDesk;
    assert.equal(decodeAction({ offerDesk: { sig, action, step, v } }, testSigner).kind, 'action');
    assert.equal(canonicalJson({ b: [1, { d: 1, c: 2 }], a: 'x' }), '{"a":"x","b":[1,{"c":2,"d":1}]}');
  });

  const forgeries: readonly [string, (payload: Payload) => void][] = [
    ['another offer', (payload) => (payload.action.offerId = 'a.c')],
    ['another verb', (payload) => (payload.action = { verb: 'help' })],
    ['another step', (payload) => (payload.step = 'nonce.4')],
    ['another signature', (payload) => (payload.sig = 'A'.repeat(43))],
    ['a shortened signature', (payload) => (payload.sig = payload.sig.slice(0, 20))],
  ];
  for (const [name, change] of forgeries) {
    it(`is rejected as forged with ${name}`, () => {
      assert.deepEqual(decodeAction(edited(change), testSigner), { kind: 'forged' });
    });
  }

  it('is rejected as forged when another key signed the payload', () => {
    const other = encodeAction({ verb: 'help' }, { ...ctx, signer: hmacSigner('another key') });
    assert.deepEqual(decodeAction(other, testSigner), { kind: 'forged' });
  });

  it('is still accepted while the operator changes the key', () => {
    const signer = hmacSigner('new key', ['a key for tests only']);
    assert.equal(decodeAction(encodeAction({ verb: 'help' }, ctx), signer).kind, 'action');
    assert.deepEqual(decodeAction(encodeAction({ verb: 'help' }, { ...ctx, signer }), testSigner), {
      kind: 'forged',
    });
  });

  const strangers: readonly [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['words', 'help'],
    ['broken JSON text', '{"offerDesk":'],
    ['an empty object', {}],
    ['a list', [encodeAction({ verb: 'help' }, ctx)]],
    ['another version', edited((payload) => (payload.v = 2))],
    ['no version', edited((payload) => delete payload.v)],
    ['a verb we do not have', edited((payload) => (payload.action = { verb: 'delete-everything' }))],
    ['an issue we do not have', edited((payload) => (payload.action = { verb: 'choose-issue', issue: 'x' }))],
    ['an extra field', edited((payload) => (payload.action.admin = true))],
    ['an object for an id', edited((payload) => (payload.action.offerId = { $ne: null }))],
    ['an oversized id', edited((payload) => (payload.action.offerId = 'x'.repeat(10_000)))],
    ['an oversized step', edited((payload) => (payload.step = 'x'.repeat(10_000)))],
    ['oversized text', JSON.stringify({ pad: 'x'.repeat(5_000), ...encodeAction({ verb: 'help' }, ctx) })],
    ['an inherited payload', Object.create(encodeAction({ verb: 'help' }, ctx))],
  ];
  for (const [name, value] of strangers) {
    it(`is unknown when the value is ${name}`, () => {
      assert.deepEqual(decodeAction(value, testSigner), { kind: 'unknown' });
    });
  }

  it('never throws and never becomes an action, for any other value', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
        assert.notEqual(decodeAction(value, testSigner).kind, 'action');
        assert.notEqual(decodeAction({ offerDesk: value }, testSigner).kind, 'action');
      }),
    );
  });

  it('keeps any id exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (offerId) => {
        fc.pre(offerId.length <= 200);
        const found = decodeAction(
          travelled(encodeAction({ verb: 'choose-offer', offerId }, ctx)),
          testSigner,
        );
        assert.deepEqual(found, {
          kind: 'action',
          action: { verb: 'choose-offer', offerId },
          step: 'nonce.3',
        });
      }),
    );
  });
});
