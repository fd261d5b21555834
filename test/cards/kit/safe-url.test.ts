/** Addresses that a card may open. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cardUrl, e164, mailtoUrl, oneEmail, safeUrl, telUrl } from '../../../cards/kit/safe-url.js';
import { HOSTILE, WRONG_TYPES } from '../../helpers/card-fixtures.js';

describe('an https address', () => {
  for (const [given, expected] of [
    ['https://support.fabrikam.com', 'https://support.fabrikam.com/'],
    [' https://fabrikam.com/help?a=1&b=2#top ', 'https://fabrikam.com/help?a=1&b=2#top'],
    ['HTTPS://FABRIKAM.com/A', 'https://fabrikam.com/A'],
    ['https://例え.jp/', 'https://xn--r8jz45g.jp/'],
  ] as const) {
    it(`is kept: ${given}`, () => assert.equal(safeUrl(given), expected));
  }

  for (const given of [
    'http://fabrikam.com',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '//fabrikam.com',
    'fabrikam.com',
    'https://user:pass@fabrikam.com',
    'https://fabrikam.com@evil.example/',
    'https://fabrikam.com/a b',
    'https://fabrikam.com/\\evil',
    'https://',
    'https://fabrikam.com/"><script>',
    'https://fabrikam.com/${x}',
    `https://fabrikam.com/${'x'.repeat(3_000)}`,
  ]) {
    it(`is refused: ${given.slice(0, 60)}`, () => assert.equal(safeUrl(given), undefined));
  }

  it('is refused when the value is not text or is too long for a card', () => {
    for (const value of WRONG_TYPES) assert.equal(safeUrl(value), undefined);
    assert.equal(cardUrl(`https://fabrikam.com/${'x'.repeat(500)}`), undefined);
  });
});

describe('a mail address', () => {
  it('is kept when the value is exactly one address', () => {
    assert.equal(oneEmail(' support@fabrikam.com '), 'support@fabrikam.com');
    assert.equal(oneEmail("o'neil+csp@mail.fabrikam.co.uk"), "o'neil+csp@mail.fabrikam.co.uk");
  });

  for (const given of [
    'a@b.com,c@d.com',
    'a@b.com; c@d.com',
    'a@b.com?bcc=evil@example.com',
    'a@b.com\nbcc: evil@example.com',
    'Support <a@b.com>',
    'a@b',
    '@b.com',
    'a b@c.com',
    '"x"@b.com',
    HOSTILE.unbroken ?? '',
  ]) {
    it(`is refused: ${JSON.stringify(given).slice(0, 50)}`, () => assert.equal(oneEmail(given), undefined));
  }

  it('carries an encoded subject and body, and only one recipient', () => {
    const url = mailtoUrl('a&b@fabrikam.com', 'Help & more?', 'Line 1\nLine 2 &bcc=evil@example.com');
    assert.equal(
      url,
      'mailto:a%26b@fabrikam.com?subject=Help%20%26%20more%3F&body=Line%201%0ALine%202%20%26bcc%3Devil%40example.com',
    );
  });

  it('never gets another header, for any subject and body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (subject, body) => {
        const url = new URL(mailtoUrl('a@fabrikam.com', subject, body) ?? '');
        assert.deepEqual([...url.searchParams.keys()], ['subject', 'body']);
        assert.equal(url.pathname, 'a@fabrikam.com');
      }),
    );
  });
});

describe('a phone number', () => {
  for (const [given, expected] of [
    ['+1 (425) 555-0123', '+14255550123'],
    ['+44 (0)20 7946 0000', '+442079460000'],
    ['0049 30 1234567', '+49301234567'],
    ['+886-2-5550-1234 ext. 12', '+886255501234'],
    ['+1.425.555.0123 x9', '+14255550123'],
    ['425 555 0123', undefined],
    ['+12', undefined],
    ['+1 425 CALL NOW', undefined],
    ['tel:+14255550123', undefined],
    ['+999999999999999999', undefined],
  ] as const) {
    it(`${given} becomes ${expected ?? 'no international number'}`, () =>
      assert.equal(e164(given), expected));
  }

  it('can be dialled on the web in its national form, but any other text cannot', () => {
    assert.equal(telUrl('(02) 5550-1234'), 'tel:0255501234');
    assert.equal(telUrl('+1 425 555 0123'), 'tel:+14255550123');
    assert.equal(telUrl('ask reception'), undefined);
    for (const value of WRONG_TYPES) assert.equal(telUrl(value), undefined);
  });
});
