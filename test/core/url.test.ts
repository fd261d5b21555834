/** The URL parser gives the same result on the first call and after 100,000 calls. */
import assert from 'node:assert/strict';
import { parseUrl } from '../../core/url.js';

describe('the URL parser', () => {
  it('reads a host name outside ASCII after 100,000 calls', () => {
    for (let i = 0; i < 100_000; i += 1)
      parseUrl(i % 2 ? 'https://münchen.example/hilfe' : `https://contoso.com/${i}`);
    assert.equal(parseUrl('https://münchen.example/hilfe')?.hostname, 'xn--mnchen-3ya.example');
  });

  it('gives undefined for text that is not a URL, and resolves a path against a base URL', () => {
    assert.equal(parseUrl('not an address'), undefined);
    assert.equal(
      parseUrl('/next?page=2', 'https://contoso.com/list')?.href,
      'https://contoso.com/next?page=2',
    );
  });
});
