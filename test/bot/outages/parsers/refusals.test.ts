/** The parsers refuse unreadable payloads, and stay within their limits for any input. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_FEED_BYTES, MAX_JSON_BYTES } from '../../../../bot/outages/parsers/documents.js';
import { FORMATS, parseOutage } from '../../../../bot/outages/parsers/registry.js';
import { LIMITS } from '../../../../bot/outages/parsers/fields.js';
import type { ParseResult } from '../../../../bot/outages/parsers/types.js';
import { cpuMs } from '../../../helpers/cpu-time.js';

const code = (result: ParseResult): string => (result.kind === 'error' ? result.code : 'events');
const atom = (entries: string): string => `<feed xmlns="http://www.w3.org/2005/Atom">${entries}</feed>`;

describe('the parsers of outages', () => {
  const table: readonly (readonly [string, string, string | Uint8Array, string])[] = [
    ['a format nobody knows', 'telegram', '{}', 'unknown-format'],
    ['JSON cut short', 'own', '{"id":', 'not-json'],
    ['bytes that are not UTF-8', 'own', Uint8Array.from([0x22, 0xff, 0xfe, 0x22]), 'not-utf8'],
    ['own JSON without an id', 'own', '{"title":"t","state":"resolved"}', 'missing-field'],
    ['own JSON with a made-up state', 'own', '{"id":"1","title":"t","state":"sideways"}', 'missing-field'],
    ['one bad outage in a list', 'own', '[{"id":"1","title":"t","state":"open"},7]', 'missing-field'],
    ['an empty list', 'own', '[]', 'wrong-shape'],
    ['a Statuspage body about nothing', 'statuspage', '{"page":{"id":"x"}}', 'wrong-shape'],
    ['a Statuspage incident without id', 'statuspage', '{"incident":{"name":"n"}}', 'missing-field'],
    ['an Alertmanager body without alerts', 'alertmanager', '{"groupKey":"k"}', 'wrong-shape'],
    ['a CloudEvent without id', 'cloudevents', '{"specversion":"1.0","source":"s","data":{}}', 'missing-field'],
    ['a CloudEvent of version 0.3', 'cloudevents', '{"specversion":"0.3","source":"s","id":"1","data":{}}', 'wrong-shape'],
    ['a CloudEvent whose data is no JSON', 'cloudevents', '{"specversion":"1.0","source":"s","id":"1","data":"x"}', 'wrong-shape'],
    ['a CloudEvent in a CloudEvent', 'cloudevents', '{"specversion":"1.0","source":"s","id":"1","data":{"specversion":"1.0","source":"s","id":"2","data":{"id":"1","title":"t","state":"open"}}}', 'wrong-shape'],
    ['an Azure alert about nothing known', 'azure', '{"schemaId":"azureMonitorCommonAlertSchema","data":{}}', 'wrong-shape'],
    ['a heartbeat with a made-up status', 'uptime-kuma', '{"heartbeat":{"status":9},"monitor":{"id":1}}', 'wrong-shape'],
    ['XML that does not close', 'atom', '<feed><entry></feed>', 'not-xml'],
    ['an RSS document called Atom', 'atom', '<rss><channel/></rss>', 'wrong-shape'],
    ['a document type with entities', 'rss', '<!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel/></rss>', 'not-xml'],
    ['elements nested without end', 'atom', atom('<a>'.repeat(5000) + '</a>'.repeat(5000)), 'not-xml'],
    ['JSON above its limit', 'own', `"${'x'.repeat(MAX_JSON_BYTES)}"`, 'too-large'],
    ['a feed above its limit', 'atom', 'x'.repeat(MAX_FEED_BYTES + 1), 'too-large'],
    ['prose', 'auto', 'hello', 'unknown-format'],
  ]; // prettier-ignore
  for (const [what, format, raw, expected] of table) {
    it(`answer ${expected} to ${what}`, () => {
      assert.equal(code(parseOutage(format, raw)), expected);
    });
  }

  it('ignore a byte-order mark', () => {
    assert.equal(code(parseOutage('own', '\ufeff{"id":"1","title":"t","state":"open"}')), 'events');
    assert.equal(
      code(parseOutage('own', Buffer.from('\ufeff{"id":"1","title":"t","state":"open"}'))),
      'events',
    );
  });

  it('never throw for any JSON value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS, 'auto'), fc.jsonValue(), (format, value) => {
        parseOutage(format, JSON.stringify(value));
      }),
      { numRuns: 300 },
    );
  });

  it('never throw for an unexpected value in a known field', () => {
    const known = fc.constantFrom(
      'incident', 'component', 'component_update', 'incidents', 'components', 'alerts', 'labels', 'annotations', 'value',
      'properties', 'impact', 'posts', 'issues', 'data', 'essentials', 'alertContext', 'heartbeat', 'monitor', 'tags',
      'id', 'name', 'title', 'status', 'state', 'updates', 'specversion', 'source', 'impactedServices', 'trackingId',
    ); // prettier-ignore
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<unknown>(null, '', 'x', 0, 1, true, '1.0', '[{}]', '0001-01-01T00:00:00Z'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(known, tie('node'), { maxKeys: 6 }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS), value, (format, body) => {
        parseOutage(format, JSON.stringify(body));
      }),
      { numRuns: 1000 },
    );
  });

  it('never throw for any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMATS, 'auto'), fc.uint8Array({ maxLength: 200 }), (format, raw) => {
        parseOutage(format, raw);
      }),
      { numRuns: 300 },
    );
  });

  it('cut a notice of a megabyte to the limits of a card', () => {
    const update = { at: '2026-03-02T00:00:00Z', state: 'open', text: 'y'.repeat(9000) };
    const body = {
      id: 'i'.repeat(2000),
      title: 't'.repeat(5000),
      state: 'open',
      updates: Array.from({ length: 100 }, () => update),
      components: Array.from({ length: 500 }, (_, n) => `component ${String(n)}`),
      url: `https://x.example/${'u'.repeat(5000)}`,
    };
    const result = parseOutage('own', JSON.stringify(body));
    assert.ok(result.kind === 'events');
    const [event] = result.events;
    assert.ok(event);
    assert.ok(event.sourceId.length <= LIMITS.id && event.title.length <= LIMITS.title);
    assert.equal(event.updates.length, LIMITS.updates);
    assert.ok(event.updates.every((u) => u.text.length <= 4000));
    assert.equal(event.affected.components.length, LIMITS.names);
    assert.equal(event.url, null);
  });

  it('distinguish two long ids that differ only at the end', () => {
    const id = (end: string): string => {
      const result = parseOutage(
        'own',
        JSON.stringify({ id: 'i'.repeat(400) + end, title: 't', state: 'open' }),
      );
      return result.kind === 'events' ? (result.events[0]?.sourceId ?? '') : '';
    };
    assert.notEqual(id('a'), id('b'));
  });

  it('accept only web addresses as links', () => {
    for (const url of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://user:pw@x.example/',
      'file:///etc/passwd',
    ]) {
      const result = parseOutage('own', JSON.stringify({ id: '1', title: 't', state: 'open', url }));
      assert.equal(result.kind === 'events' ? result.events[0]?.url : 'error', null, url);
    }
  });

  it('read a feed full of entities in seconds', function () {
    const entry = (n: number): string =>
      `<entry><id>${String(n)}</id><title>t</title><content type="html">${'&lt;p&gt;x&amp;amp;'.repeat(1000)}</content></entry>`;
    const document = atom(Array.from({ length: 100 }, (_, n) => entry(n)).join(''));
    const took = cpuMs(() => assert.equal(code(parseOutage('atom', document)), 'events'));
    assert.ok(took < 6000, `${String(took)} ms`);
  });
});
