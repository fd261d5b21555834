/** The contact that a visitor leaves, and the staff name that the visitor sees. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readContact } from '../../../core/handover/visitor-contact.js';
import { firstName } from '../../../core/handover/visitor-contact.js';

describe('the parser of a visitor’s contact', () => {
  for (const [text, kind] of [
    ['jo@fabrikam.com', 'email'],
    [' jo.o’neil+desk@mail.fabrikam.co.uk '.replace('’', "'"), 'email'],
    ['客服@範例.台灣', 'email'],
    ['+1 425 555 0100', 'phone'],
    ['(02) 2555-0100 ext. 12', 'phone'],
    ['０２２５５５０１００', 'phone'],
    ['030/5550 100', 'phone'],
  ] as const)
    it(`takes ${JSON.stringify(text)} as ${kind}`, () => {
      const read = readContact(text);
      assert.equal(read.kind === 'contact' ? read.contact.kind : read.kind, kind);
    });

  for (const text of [
    'call me',
    'jo@',
    '@fabrikam.com',
    'jo@fabrikam',
    'jo@@fabrikam.com',
    'jo@fabrikam.com, ben@contoso.com',
    'Jo <jo@fabrikam.com>',
    'jo..o@fabrikam.com',
    'jo@-fabrikam.com',
    `${'a'.repeat(65)}@fabrikam.com`,
    `jo@${'a'.repeat(300)}.com`,
    '1234',
    '12345678901234567890',
    '+',
    'javascript:alert(1)',
  ])
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(readContact(text).kind, 'bad'));

  it('accepts an empty contact', () => assert.equal(readContact(' \n ').kind, 'none'));

  it('gives one line without markup for any input, and reads it quickly', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (text) => {
        const read = readContact(text);
        if (read.kind === 'contact') assert.doesNotMatch(read.contact.value, /[\n\r<>]/);
      }),
    );
    assert.equal(readContact(`${'a.'.repeat(20_000)}@`).kind, 'bad');
  });
});

describe('the name of a member of staff that a visitor sees', () => {
  for (const [full, first] of [
    ['Ada Lovelace', 'Ada'],
    ['Lovelace, Ada', 'Ada'],
    ['Ada Lovelace (Contoso)', 'Ada'],
    ['王小明', '王小明'],
    ['  Ada  ', 'Ada'],
    ['ada@contoso.com', ''],
    ['', ''],
  ] as const)
    it(`is ${JSON.stringify(first)} of ${JSON.stringify(full)}`, () => assert.equal(firstName(full), first));
});
