/** The two readers that every parser uses: for text in HTML, and for the times that senders write. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { htmlToLine, htmlToText } from '../../../../bot/outages/parsers/html.js';
import { pageTime, time } from '../../../../bot/outages/parsers/times.js';
import { cpuMs } from '../../../helpers/cpu-time.js';

describe('the reader of HTML text', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['tags go, block tags end the line', '<p>One<br>two</p><div>three</div>', 'One\ntwo\n\nthree'],
    [
      'entities are read once',
      '&amp;lt;b&amp;gt; &quot;x&quot; &#39;y&#39; &#x41;&nbsp;&eacute;',
      '&lt;b&gt; "x" \'y\' A é',
    ],
    [
      'scripts and styles go with their content',
      'a<script>evil("</p>")</SCRIPT >b<style>p{}</style>c',
      'abc',
    ],
    ['a script that never ends takes the rest', 'a<script>evil', 'a'],
    ['comments and declarations go', 'a<!-- <b> -->b<!DOCTYPE x>c<?php y ?>d', 'abcd'],
    ['a comparison is no tag', 'latency < 5 ms and a<5 and x <= y', 'latency < 5 ms and a<5 and x <= y'],
    ['a placeholder is no tag', 'resource <resource name> in <GUID>', 'resource <resource name> in <GUID>'],
    ['an attribute may hold a bracket', '<a title="a > b" href=\'x>y\'>link</a>', 'link'],
    ['an unknown element with attributes goes', '<blink onclick="x">text</blink>', 'text'],
    ['Office elements go', '<o:p>text</o:p>', 'text'],
    ['direction overrides and controls go', 'a\u202eb\u0007c\u2066d', 'abcd'],
    ['a code point that is none goes', '&#0;&#xD800;&#x110000;x', 'x'],
    ['Markdown line breaks lose their backslash', 'one\\\n\ntwo', 'one\n\ntwo'],
    ['many empty lines become one', 'one\n\n\n\n\ntwo', 'one\n\ntwo'],
    ['Chinese and emoji stay', '<b>奥运会</b> 👩‍💻', '奥运会 👩‍💻'],
  ];
  for (const [what, html, expected] of table) {
    it(what, () => {
      assert.equal(htmlToText(html), expected);
    });
  }

  it('cuts a long text at the limit and never inside a character', () => {
    assert.equal(htmlToText('😀😀😀', 4), '😀…');
    assert.equal(htmlToLine(`a\nb${'c'.repeat(400)}`, 5), 'a bc…');
  });

  it('reads hostile markup of 64 KB in less than a second', () => {
    const hostile = [
      '<',
      '<a ',
      '<a href="',
      "<a href='x",
      '<!--',
      '<script>',
      '</',
      '&',
      '&#',
      '<p>',
      '<x y ',
      '\\\n',
      ' \n',
    ];
    for (const piece of hostile) {
      const html = piece.repeat(Math.ceil(65_536 / piece.length));
      const took = cpuMs(() => htmlToText(html));
      assert.ok(took < 1000, `${piece}: ${String(took)} ms`);
    }
  });

  it('removes every known tag', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      'b',
      '/',
      'script',
      ' ',
      '"',
      '=',
      '<b>',
      '</p>',
      '<script>',
      'x',
      '&lt;',
      '<!--',
      '-->',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = htmlToText(pieces.filter((p) => p !== '&lt;').join(''));
        assert.doesNotMatch(text, /<(script|b|p)>/);
      }),
    );
  });
});

describe('the reader of times', () => {
  const table: readonly (readonly [string, unknown, string | null])[] = [
    ['nanoseconds are cut', '2020-02-06T00:17:58.432911368Z', '2020-02-06T00:17:58.432Z'],
    ['an offset is counted', '2018-09-04T23:09:03.343+02:00', '2018-09-04T21:09:03.343Z'],
    ['an offset without colon too', '2018-09-04T23:09:03-0630', '2018-09-05T05:39:03.000Z'],
    ['no zone means UTC', '2024-08-12T03:15:00', '2024-08-12T03:15:00.000Z'],
    ['a space may stand for T', '2026-03-02 05:06:07.089', '2026-03-02T05:06:07.089Z'],
    ['a date is its midnight', '2026-03-02', '2026-03-02T00:00:00.000Z'],
    ['year 1 means never', '0001-01-01T00:00:00Z', null],
    ['the epoch means never', '1970-01-01T00:00:00Z', null],
    ['year 9999 means no end', '9999-12-31T23:59:59Z', null],
    ['RFC 822', 'Thu, 06 Aug 2026 01:09:00 Z', '2026-08-06T01:09:00.000Z'],
    ['RFC 822 with GMT', 'Thu, 06 Aug 2026 01:09:00 GMT', '2026-08-06T01:09:00.000Z'],
    ['RFC 822 with an American zone', '06 Aug 2026 01:09 PDT', '2026-08-06T08:09:00.000Z'],
    ['Unix seconds', 1_767_225_600, '2026-01-01T00:00:00.000Z'],
    ['Unix milliseconds', 1_767_225_600_123, '2026-01-01T00:00:00.123Z'],
    ['the 31st of February is no day', '2026-02-31T00:00:00Z', null],
    ['words are no time', 'yesterday', null],
    ['a zone nobody knows is no time', '06 Aug 2026 01:09 XYZ', null],
    ['a local date of the host is no time', '3/2/2026', null],
    ['a list is no time', ['2026-03-02'], null],
  ];
  for (const [what, given, expected] of table) {
    it(what, () => {
      const found = time(given);
      assert.equal(found === null ? null : new Date(found).toISOString(), expected);
    });
  }

  it('reads every ISO time to the millisecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1991, 0), max: Date.UTC(2199, 0) }), (at) => {
        assert.equal(time(new Date(at).toISOString()), at);
      }),
    );
  });

  it('completes a time without a year with the latest year that is not in the future', () => {
    const notAfter = Date.UTC(2026, 0, 2);
    assert.equal(pageTime('Dec 31, 15:05 PST', notAfter), Date.UTC(2025, 11, 31, 23, 5));
    assert.equal(pageTime('Jan  1, 00:10 UTC', notAfter), Date.UTC(2026, 0, 1, 0, 10));
    assert.equal(pageTime('Feb 29, 00:10 UTC', notAfter), Date.UTC(2024, 1, 29, 0, 10));
    assert.equal(pageTime('Jan 1, 2020, 00:10 UTC', notAfter), Date.UTC(2020, 0, 1, 0, 10));
    assert.equal(pageTime('soon', notAfter), null);
  });
});
