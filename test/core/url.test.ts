/** Addresses are judged the same on the first call and on the hundred-thousandth. */
import assert from 'node:assert/strict';
import { parseUrl } from '../../core/url.js';

describe('an address', () => {
  it('outside ASCII is one however often it was asked', () => {
    for (let i = 0; i < 100_000; i += 1)
      parseUrl(i % 2 ? 'https://münchen.example/hilfe' : `https://contoso.com/${i}`);
    assert.equal(parseUrl('https://münchen.example/hilfe')?.hostname, 'xn--mnchen-3ya.example');
  });

  it('is undefined for text that is none, and read beside a base', () => {
    assert.equal(parseUrl('not an address'), undefined);
    assert.equal(
      parseUrl('/next?page=2', 'https://contoso.com/list')?.href,
      'https://contoso.com/next?page=2',
    );
  });
});
