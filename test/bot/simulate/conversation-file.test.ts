/** Conversation files: what is read, and the sentence for each mistake. */
import assert from 'node:assert/strict';
import { readConversations } from '../../../bot/simulate/conversation-file.js';

async function problemsOf(text: string): Promise<readonly string[]> {
  const read = await readConversations(text);
  return read.ok ? [] : read.problems;
}

describe('a conversation file', () => {
  it('takes one text or a list of texts, and a number as the text that a person types', async () => {
    const read = await readConversations(
      [
        '- name: a',
        '  who: customer',
        '  lines:',
        '    - { say: 2, expect: x }',
        '    - { press: b, not: [y, z] }',
      ].join('\n'),
    );
    assert.deepEqual(read, {
      ok: true,
      conversations: [
        {
          name: 'a',
          who: 'customer',
          language: 'en-US',
          lines: [
            { say: '2', expect: ['x'], not: [] },
            { press: 'b', expect: [], not: ['y', 'z'] },
          ],
        },
      ],
    });
  });

  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['text that is not YAML', 'a: [1,\n b', /^line 2: is not valid YAML: /],
    ['a file without a list', 'name: a', /must be a list of conversations/],
    ['an empty file', '', /must be a list of conversations/],
    [
      'an unknown speaker',
      '- name: a\n  who: boss\n  lines:\n    - say: x',
      /^line 2: conversation 1 “a”: who: must be one of customer, partner$/,
    ],
    [
      'a line without words',
      '- name: a\n  who: partner\n  lines:\n    - expect: x',
      /^line 4: conversation 1 “a”, line 1: needs either "say" or "press"$/,
    ],
    [
      'a missing name',
      '- who: partner\n  lines:\n    - say: x',
      /^line 1: conversation 1: name: is missing$/,
    ],
    [
      'lines that are no list',
      '- name: a\n  who: partner\n  lines: hello',
      /^line 3: conversation 1 “a”: lines: must be a list$/,
    ],
    [
      'an unknown field',
      '- name: a\n  who: partner\n  lines:\n    - say: x\n      expects: y',
      /^line 4: conversation 1 “a”, line 1: unknown field "expects"$/,
    ],
    [
      'words that are no text',
      '- name: a\n  who: partner\n  lines:\n    - say: x\n      expect: { a: b }',
      /^line 5: conversation 1 “a”, line 1: expect: must be a text or a list of texts$/,
    ],
  ];
  for (const [title, text, expected] of cases)
    it(`names the place of ${title}`, async () => {
      assert.match((await problemsOf(text)).join('\n'), expected);
    });
});
