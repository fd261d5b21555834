/** The parser finds columns by the words in their headers. */
import assert from 'node:assert/strict';
import { COLUMNS } from '../../../../core/directory/parse/columns.js';
import { columnMeant, columnsOf } from '../../../../core/directory/parse/headers.js';

describe('a header', () => {
  const meant: readonly [string, string][] = [
    ['Offer ID', 'offer_id'],
    ['offerId', 'offer_id'],
    ['Support E-Mail', 'support_email'],
    ['Support e-mail address', 'support_email'],
    ['E-mail', 'support_email'],
    ['Contact Phone', 'support_phone'],
    ['Helpdesk Tel.', 'support_phone'],
    ['Product', 'offer_name'],
    ['Vendor', 'publisher_name'],
    ['ISV', 'publisher_name'],
    ['Support website', 'support_url'],
    ['CSP Program Contact E-mail', 'csp_email'],
    ['Engineering contact e-mail', 'engineering_email'],
    ['Status Page', 'status_url'],
    ['產品名稱', 'offer_name'],
    ['發行者', 'publisher_name'],
    ['支援電子郵件', 'support_email'],
    ['支援 電話', 'support_phone'],
    ['隱私權政策', 'privacy_url'],
    ['Kundensupport E-Mail', 'support_email'],
    ['Suport Email', 'support_email'],
    ['\uFEFFoffer\u200B_name', 'offer_name'],
  ];
  for (const [header, column] of meant) {
    it(`"${header}" is read as ${column}`, () => {
      assert.equal(columnMeant(header), column);
    });
  }

  it('is unknown when it has several meanings', () => {
    for (const header of ['', '?', 'Notes', 'Owner', 'Date', 'Status', 'ID', 'Price', 'Region'])
      assert.equal(columnMeant(header), undefined, header);
  });

  it('always means the column with its own name', () => {
    for (const column of COLUMNS) assert.equal(columnMeant(column), column);
  });

  it('prefers the column’s own name to another word, and the first word to the second', () => {
    const { columns, unknown } = columnsOf(['E-mail', 'support_email', 'Phone', 'Tel']);
    assert.deepEqual(
      [...columns],
      [
        ['support_email', 'support_email'],
        ['Phone', 'support_phone'],
      ],
    );
    assert.deepEqual(unknown, ['E-mail', 'Tel']);
  });
});
