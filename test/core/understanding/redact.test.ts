/** The stored text of an unanswered question contains no personal data. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_KEPT, redact, withoutMarks } from '../../../core/understanding/redact.js';
import { cpuMs } from '../../helpers/cpu-time.js';

describe('a kept question', () => {
  const table: readonly [said: string, kept: string][] = [
    ['write to ada.lovelace+x@mail.contoso.com please', 'write to [e-mail] please'],
    ['tenant 0f8fad5b-d9cb-469f-a165-70867728950e is broken', 'tenant [id] is broken'],
    ['call +1 (425) 555-0100 now', 'call [number] now'],
    ['card 4111 1111 1111 1111 charged', 'card [number] charged'],
    ['invoice 20261122 is wrong', 'invoice [number] is wrong'],
    ['error 500 on page', 'error 500 on page'],
    ['see https://contoso.com/a/b?token=abc&user=ada#x', 'see https://contoso.com/a/b'],
    ['@ada-l cannot log in', '[person] cannot log in'],
    ['My name is Ada Lovelace and it fails', 'My name is [person] and it fails'],
    ["I'm Ada and it fails", "I'm [person] and it fails"],
    ['i am not able to log in', 'i am not able to log in'],
    ['key 9f86d081884c7d659a2feaa0c55ad015', 'key [id]'],
    ['我叫王小明，無法登入', '我叫[person]，無法登入'],
    ['two\nlines\twith\u202eodd characters', 'two lines with odd characters'],
  ];
  for (const [said, kept] of table) {
    it(`keeps no personal data of “${said.slice(0, 40).replace(/\s/g, ' ')}”`, () =>
      assert.equal(redact(said), kept));
  }

  it('is short for any text, and is ready within 50 ms', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 2_000 }),
        (text) => redact(text).length <= MAX_KEPT * 4,
      ),
    );
    const hard = [
      '@'.repeat(10_000),
      '1'.repeat(10_000),
      'a@'.repeat(5_000),
      'Dr. '.repeat(3_000),
      '(+1-'.repeat(3_000),
    ];
    for (const text of hard) {
      const took = cpuMs(() => redact(text), 4);
      assert.ok(took < 50, `${String(took)} ms`);
    }
  });

  it('is read without the marks that stand for personal data', () => {
    assert.equal(withoutMarks(redact('the lamp is odd, ada@contoso.com, 4255550100')), 'the lamp is odd, ,');
    assert.equal(withoutMarks('[draft] of the [person]'), '[draft] of the');
  });
});
