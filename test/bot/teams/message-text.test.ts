/** The words that are read of a message in Teams and on the web. */
import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { messageText } from '../../../bot/teams/message-text.js';

const BOT = { type: 'mention', mentioned: { id: '28:bot', name: 'Offer Desk' }, text: '<at>Offer Desk</at>' };
const ANNA = {
  type: 'mention',
  mentioned: { id: '29:anna', name: 'Anna Contoso' },
  text: '<at>Anna Contoso</at>',
};

function read(text: string, more: object = {}): string {
  return messageText({
    channelId: 'msteams',
    text,
    recipient: { id: '28:bot' },
    ...more,
  } as Partial<Activity>);
}

describe('the words of a message', () => {
  const rows: [what: string, text: string, expected: string, more?: object][] = [
    ['leaves plain text alone', 'Contoso CRM does not start', 'Contoso CRM does not start'],
    ['drops the bot’s own mention', '<at>Offer Desk</at> help', 'help', { entities: [BOT] }],
    [
      'drops the mention of a colleague',
      '<at>Offer Desk</at> bill of Contoso CRM, please look <at>Anna Contoso</at>',
      'bill of Contoso CRM, please look',
      { entities: [BOT, ANNA] },
    ],
    ['drops a mention without an entity, as of a tag', '<at id="0">Support team</at> no access', 'no access'],
    ['decodes entities once', 'A &amp; B&nbsp;fail &amp;lt;', 'A & B fail &lt;'],
    ['reads a hard space after the mention', '<at>Offer Desk</at>&nbsp;help', 'help', { entities: [BOT] }],
    ['keeps what is no tag', 'usage < 5 and > 3 of <resource name>', 'usage < 5 and > 3 of <resource name>'],
    ['reads paragraphs as lines', '<p>No sync.</p><p>Since <b>Monday</b></p>', 'No sync.\n\nSince Monday'],
    [
      'leaves out the message that is answered',
      '<blockquote itemscope itemtype="http://schema.skype.com/Reply"><strong>Ben</strong><p>old</p></blockquote><p>new</p>',
      'new',
    ],
    ['keeps a quoted error', '<blockquote>Error 403</blockquote>What now?', 'Error 403\nWhat now?'],
    [
      'leaves out the first words of the answered message',
      'Which offer is it about? Contoso CRM',
      'Contoso CRM',
      {
        attachments: [
          { contentType: 'messageReference', content: '{"messagePreview":"Which offer is it about?"}' },
        ],
      },
    ],
    ['drops invisible characters', '\u200bhel\u00adp\ufeff', 'help'],
  ];
  for (const [what, text, expected, more] of rows) {
    it(what, () => assert.equal(read(text, more), expected));
  }

  it('reads a forwarded message, alone or after the sender’s own words', () => {
    const forwarded = (content: unknown) => ({
      attachments: [
        { contentType: 'forwardedMessageReference', content },
        { contentType: 'text/html', content: '<attachment id="1"></attachment>' },
      ],
    });
    const html = '<p>Fabrikam Mail does not sync</p>';
    assert.equal(
      read('', forwarded(JSON.stringify({ originalMessageContent: html }))),
      'Fabrikam Mail does not sync',
    );
    assert.equal(read('see', forwarded({ body: { content: html } })), 'see\n\nFabrikam Mail does not sync');
    assert.equal(read('see', forwarded('{')), 'see');
  });

  it('keeps tags and entities that somebody typed on the web', () => {
    assert.equal(read('what is &amp; in <b>', { channelId: 'directline' }), 'what is &amp; in <b>');
  });

  it('never throws, and shows no mark-up of a mention', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.anything(),
        fc.anything(),
        (text, entities, attachments) => {
          const found = read(`${text}<at>x</at>`, { entities, attachments });
          assert.ok(typeof found === 'string');
        },
      ),
    );
  });
});
