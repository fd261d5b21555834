/** E-mails, URLs, phone numbers, dates and flags: the values that are accepted, repaired and refused. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupedPhone } from '../../../../core/directory/parse/phone.js';
import {
  readDate,
  readEmail,
  readFlag,
  readPhone,
  readUrl,
  type ReadValue,
} from '../../../../core/directory/parse/values.js';

type Case = readonly [raw: string, expected: string, ...remarks: string[]];
type Refused = readonly [raw: string, code: string];

function takes(read: (raw: string) => ReadValue<unknown>, cases: readonly Case[]): void {
  for (const [raw, value, ...remarks] of cases) {
    it(`takes ${JSON.stringify(raw)} as ${value}${remarks.length > 0 ? `, remarking ${remarks.join(', ')}` : ''}`, () => {
      assert.deepEqual(read(raw), { ok: true, value, remarks });
    });
  }
}

function refuses(read: (raw: string) => ReadValue<unknown>, cases: readonly Refused[]): void {
  for (const [raw, code] of cases) {
    it(`refuses ${JSON.stringify(raw.slice(0, 60))} (${code})`, () => {
      assert.deepEqual(read(raw), { ok: false, code });
    });
  }
}

describe('an imported e-mail address', () => {
  takes(readEmail, [
    ['help@contoso.com', 'help@contoso.com'],
    ['Help.Desk+csp@sub.contoso.co.uk', 'Help.Desk+csp@sub.contoso.co.uk'],
    ['mailto:help@contoso.com', 'help@contoso.com', 'mailto-removed'],
    ['mailto:help@contoso.com?subject=Hi', 'help@contoso.com', 'mailto-removed'],
    ['help@contoso.com; sales@contoso.com', 'help@contoso.com', 'several-emails'],
    ['help@contoso.com or sales@contoso.com', 'help@contoso.com', 'several-emails'],
    ['Contoso Help <help@contoso.com>', 'help@contoso.com'],
    ["pat.o'neil@fabrikam.example", "pat.o'neil@fabrikam.example"],
    ['pat.o’neil@fabrikam.example', "pat.o'neil@fabrikam.example"],
    ["'help@contoso.com'", 'help@contoso.com'],
    ['soporte@españa.example', 'soporte@españa.example'],
  ]);
  refuses(readEmail, [
    ['help', 'bad-email'],
    ['help at contoso.com', 'bad-email'],
    ['help@contoso', 'bad-email'],
    ['help@@contoso.com', 'bad-email'],
    ['help@contoso..com', 'bad-email'],
    ['help@-contoso.com', 'bad-email'],
    ['https://contoso.com/help', 'bad-email'],
    ['"<script>"@contoso.com', 'bad-email'],
    [
      `${'x'.repeat(60)}@${'y'.repeat(60)}.${'z'.repeat(60)}.${'w'.repeat(60)}.${'v'.repeat(60)}.com`,
      'too-long',
    ],
  ]);
});

describe('an imported URL', () => {
  takes(readUrl, [
    ['https://support.contoso.com/a?b=c#d', 'https://support.contoso.com/a?b=c#d'],
    ['HTTPS://Support.Contoso.com', 'https://support.contoso.com/'],
    ['http://support.contoso.com/x', 'https://support.contoso.com/x', 'url-upgraded'],
    ['http://support.contoso.com:80/x', 'https://support.contoso.com/x', 'url-upgraded'],
    ['www.contoso.com/help', 'https://www.contoso.com/help', 'url-scheme-added'],
    ['www.contoso.com:8443/help', 'https://www.contoso.com:8443/help', 'url-scheme-added'],
    ['https://contoso.com/privacy policy.pdf', 'https://contoso.com/privacy%20policy.pdf', 'url-encoded'],
    ['https://contoso.com/help, Help and contact', 'https://contoso.com/help', 'url-words-removed'],
    ['https://münchen.example/hilfe', 'https://xn--mnchen-3ya.example/hilfe'],
  ]);
  refuses(readUrl, [
    ['javascript:alert(1)', 'unsafe-url'],
    ['JaVaScRiPt:alert(1)', 'unsafe-url'],
    ['data:text/html,<script>', 'unsafe-url'],
    ['vbscript:x', 'unsafe-url'],
    ['file:///etc/passwd', 'unsafe-url'],
    ['https://contoso.com@evil.example/', 'unsafe-url'],
    ['https://user:secret@contoso.com/', 'unsafe-url'],
    ['ftp://contoso.com/x', 'bad-url'],
    ['htpts://www.contoso.com', 'bad-url'],
    ['mailto:help@contoso.com', 'bad-url'],
    ['http://contoso.com:8080/x', 'bad-url'],
    ['https://localhost/x', 'bad-url'],
    ['https://10.0.0.1/x', 'bad-url'],
    ['https://[::1]/x', 'bad-url'],
    ['https://', 'bad-url'],
    ['see our website', 'bad-url'],
    ['/help', 'bad-url'],
    ['//contoso.com/help', 'bad-url'],
    [`https://contoso.com/${'x'.repeat(3000)}`, 'too-long'],
  ]);

  it('is always https, and is unchanged when it is read again', () => {
    const parts = fc.constantFrom(
      'https://',
      'http://',
      'javascript:',
      '//',
      'www.',
      'contoso.com',
      ':80',
      '/',
      '@',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (pieces) => {
        const read = readUrl(pieces.join('').trim());
        if (!read.ok) return;
        assert.match(read.value, /^https:\/\/[^\s@]+/);
        assert.deepEqual(readUrl(read.value), { ok: true, value: read.value, remarks: [] });
      }),
    );
  });
});

describe('a stored phone number', () => {
  for (const [stored, shown] of [
    ['+14255550100', '+1 425 555 0100'],
    ['+442079460000', '+44 20 7946 0000'],
    ['+886255550100', '+886 2 5555 0100'],
    ['+493055550100', '+49 30 55550100'],
    ['+14255550100 ext. 12', '+1 425 555 0100 ext. 12'],
    ['+1 (425) 555-0100', '+1 425 555 0100'],
    // No country, letters, too short: the number stays unchanged.
    ['(02) 5550-1234', '(02) 5550-1234'],
    ['+1 800 CONTOSO', '+1 800 CONTOSO'],
    ['+1234', '+1234'],
    ['+14255550100 <b>now</b>', '+14255550100 <b>now</b>'],
  ] as const)
    it(`is shown grouped: ${stored} as ${shown}`, () => assert.equal(groupedPhone(stored), shown));
});

describe('an imported phone number', () => {
  takes(readPhone, [
    ['+1 (425) 555-0100', '+14255550100'],
    ["'+49 30 5550100", '+49305550100'],
    ['＋1 425 555 0100', '+14255550100'],
    ['+44 (0)20 5550 0100', '+442055500100'],
    ['0049 30 5550100', '+49305550100'],
    ['tel:+14255550100', '+14255550100'],
    ['+1.425.555.0100', '+14255550100'],
    ['(425) 555-0100', '(425) 555-0100'],
    ['+1 425 555 0100 ext. 22', '+14255550100 ext. 22'],
    ['+1 425 555 0100 x12', '+14255550100 ext. 12'],
    ['+1.425.555.0100 ext 12', '+14255550100 ext. 12'],
    ['+886 2 5555 0100 分機 305', '+886255550100 ext. 305'],
    ['＋１　４２５　５５５　０１００', '+14255550100'],
    ['+1 425 555 0100 / +44 20 7946 0000', '+14255550100', 'several-phones'],
    ['+1 425 555 0100; +1 425 555 0101', '+14255550100', 'several-phones'],
    ['+1 425 555 0100 or +1 425 555 0101', '+14255550100', 'several-phones'],
    ['+1 425 555 0100, option 2', '+14255550100', 'phone-words-removed'],
    ['Phone: +1 425 555 0100', '+14255550100', 'phone-words-removed'],
    ['電話：+886 2 5555 0100', '+886255550100', 'phone-words-removed'],
    ['+1 425 555 0100 (toll free)', '+14255550100', 'phone-words-removed'],
    ['Tel. (425) 555-0100', '(425) 555-0100', 'phone-words-removed'],
    ['+49 30/5550100', '+49305550100'],
    ['+1 425 555', '+1425555', 'unlikely-phone'],
    ['1-800-CONTOSO', '1-800-CONTOSO'],
  ]);
  refuses(readPhone, [
    ['4.91E+11', 'bad-phone'],
    ['call us', 'bad-phone'],
    ['12', 'bad-phone'],
    ['open 24/7', 'bad-phone'],
    ['see https://contoso.com/help', 'bad-phone'],
    ['=1+425', 'bad-phone'],
    ['<b>+14255550100</b>', 'bad-phone'],
    ['1'.repeat(30), 'bad-phone'],
  ]);

  it('does not get a country that it did not name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9][0-9]{6,11}$/), (national) => {
        assert.deepEqual(readPhone(national), { ok: true, value: national, remarks: [] });
      }),
    );
  });
});

describe('an imported date', () => {
  const read = (raw: string) => readDate(raw, '2026-11-22');
  takes(read, [
    ['2026-11-22', '2026-11-22'],
    ['2024-02-29', '2024-02-29'],
    ['2026-03-04T12:00:00Z', '2026-03-04'],
  ]);
  refuses(read, [
    ['2026-11-23', 'future-date'],
    ['03/04/2026', 'bad-date'],
    ['2026-02-30', 'bad-date'],
    ['2026-13-01', 'bad-date'],
    ['yesterday', 'bad-date'],
  ]);
});

describe('an imported yes or no', () => {
  it('accepts the words that people and programs use', () => {
    for (const yes of ['true', 'Yes', '1', 'x', '是'])
      assert.deepEqual(readFlag(yes), { ok: true, value: true, remarks: [] });
    for (const no of ['FALSE', 'no', '0', '否'])
      assert.deepEqual(readFlag(no), { ok: true, value: false, remarks: [] });
    assert.deepEqual(readFlag('perhaps'), { ok: false, code: 'bad-flag' });
  });
});
