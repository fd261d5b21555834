/** Partner Center's documented answers in our words; what is not understood is unknown. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCustomers, readSubscriptions } from '../../../core/partner-center/read.js';
import { collection, customerBody, subscriptionBody } from '../../helpers/partner-center-server.js';

const ID = 'c5757d70-06f3-4f23-8367-5a9e55019f94';
const read = (over: object) => readSubscriptions(collection([subscriptionBody('Backup', 'Northwind', over)]));

describe('an answer of Partner Center', () => {
  it('has customers with id, name and domain', () => {
    assert.deepEqual(readCustomers(collection([customerBody({ id: ID, name: 'Contoso' })], 3)), {
      customers: [{ id: ID, name: 'Contoso', domain: 'contoso.onmicrosoft.com' }],
      more: true,
    });
  });

  it('leaves out a customer without an id or a name', () => {
    const wrong = [
      {},
      null,
      { ...customerBody({ id: ID, name: ' ' }) },
      customerBody({ id: '../x', name: 'C' }),
    ];
    assert.deepEqual(readCustomers(collection(wrong as object[]))?.customers, []);
  });

  const STATES = [
    ['active', 'active'],
    ['Suspended', 'suspended'],
    ['pending', 'pending'],
    ['expired', 'expired'],
    ['disabled', 'disabled'],
    ['deleted', 'deleted'],
    ['none', 'unknown'],
    ['paused', 'unknown'],
    [7, 'unknown'],
    [undefined, 'unknown'],
  ] as const;
  for (const [status, state] of STATES)
    it(`reads the status ${String(status)} as ${state}`, () => {
      assert.equal(read({ status })?.[0]?.state, state);
    });

  it('says who supports a product only when Partner Center says whose product it is', () => {
    const by = (isMicrosoftProduct: unknown) => read({ isMicrosoftProduct })?.[0]?.supportedBy;
    assert.deepEqual(
      [by(true), by(false), by(undefined), by('yes')],
      ['microsoft', 'publisher', 'unknown', 'unknown'],
    );
  });

  it('knows how it was bought only from an order', () => {
    assert.equal(read({})?.[0]?.channel, 'partner');
    assert.equal(read({ orderId: '' })?.[0]?.channel, undefined);
    assert.equal(read({ orderId: undefined })?.[0]?.channel, undefined);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (whole, item) => {
        for (const one of [readCustomers, readSubscriptions]) {
          one(whole);
          one({ items: [item] });
        }
      }),
    );
  });
});
