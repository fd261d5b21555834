/** A held conversation: which button is pressed, what is compared, and how the transcript says it. */
import assert from 'node:assert/strict';
import { holdConversation, wentWell, type Talker } from '../../../bot/simulate/hold.js';
import type { Reply } from '../../../bot/simulate/reply.js';
import { transcriptLines } from '../../../bot/simulate/transcript.js';

const CARD: Reply = {
  id: '1',
  from: { role: 'bot' },
  attachments: [
    {
      content: {
        type: 'AdaptiveCard',
        body: [
          { type: 'TextBlock', text: 'Before the heading' },
          { type: 'TextBlock', text: 'Which offer?', style: 'heading' },
          {
            type: 'RichTextBlock',
            inlines: [
              { type: 'TextRun', text: 'Email: ' },
              { type: 'TextRun', text: 'a@contoso.com' },
            ],
          },
          { type: 'FactSet', facts: [{ title: 'Offer', value: 'Contoso Sign' }] },
          { type: 'Input.ChoiceSet', label: 'Reason', choices: [{ title: 'Left' }, { title: 'Wrong' }] },
          {
            type: 'Container',
            items: [{ type: 'TextBlock', text: 'said again in the title of the button' }],
            selectAction: { type: 'Action.Submit', title: 'Contoso Sign', data: 7 },
          },
        ],
        actions: [{ type: 'Action.OpenUrl', title: 'Open', url: 'https://www.contoso.com/' }],
      },
    },
  ],
};

function talker(pressed: unknown[]): Talker {
  return {
    greeting: [CARD],
    say: (text) => Promise.resolve([{ id: '2', from: { role: 'bot' }, text: `You said ${text}.` }]),
    press: (value) => {
      pressed.push(value);
      return Promise.resolve([CARD]);
    },
  };
}

const line = (fields: object) => ({ expect: [], not: [], ...fields });
const talk = (...lines: readonly object[]) => ({
  name: 'a talk',
  who: 'customer' as const,
  language: 'en-US',
  lines: lines.map(line),
});

describe('a held conversation', () => {
  it('presses the newest button with the title and compares every reply of the line', async () => {
    const pressed: unknown[] = [];
    const held = await holdConversation(
      talk(
        { press: 'Contoso Sign', expect: ['Which offer?', 'a@contoso.com'] },
        { say: 'hi', not: ['hello'] },
      ),
      talker(pressed),
    );
    assert.deepEqual(pressed, [7]);
    assert.ok(wentWell(held));
  });

  it('prints a card in its order, with its inputs and buttons', async () => {
    const held = await holdConversation(
      talk({ say: 'hi\nthere', expect: ['You said it.'], not: ['You'] }),
      talker([]),
    );
    assert.deepEqual(transcriptLines(held), [
      '── a talk (customer, en-US)',
      'bot: **Which offer?**',
      '     Before the heading',
      '     Email: a@contoso.com',
      '     Offer: Contoso Sign',
      '     (Reason: Left / Wrong)',
      '     [Contoso Sign]',
      '     [Open] https://www.contoso.com/',
      '',
      'customer: hi',
      '          there',
      'bot: You said hi',
      '     there.',
      '✗ The replies do not contain the expected words:',
      '    - expected: You said it.',
      '    + nearest:  You said hi',
      '✗ The replies contain words that they must not contain:',
      '    + You',
      '',
    ]);
  });

  it('stops at a button that is not there and lists the buttons', async () => {
    const held = await holdConversation(talk({ press: 'Contoso' }, { say: 'more' }), talker([]));
    assert.deepEqual(transcriptLines(held).slice(-6), [
      'customer presses [Contoso]',
      '✗ The replies have no button with this title:',
      '    - Contoso',
      '    + Contoso Sign',
      '  Lines not said after this: 1.',
      '',
    ]);
    assert.ok(!wentWell(held));
  });
});
