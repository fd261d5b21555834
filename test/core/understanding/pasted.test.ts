/** The bot reads pasted mails, small talk, and sentences that rule out a topic. */
import assert from 'node:assert/strict';
import { isErrorNumber } from '../../../core/understanding/sentence-signs.js';
import { LONGEST_READ, questionIn, withinLimit } from '../../../core/understanding/pasted.js';
import { smallTalkOf, type SmallTalk } from '../../../core/understanding/small-talk.js';

describe('the number of an error', () => {
  it('is the whole text, or the text says more', () => {
    for (const text of [': error code 2001', 'error 3000', 'shows Fehlercode 17', '顯示錯誤代碼 42', '17'])
      assert.equal(isErrorNumber(text), true, text);
    for (const text of ['error code 2001 when I save', 'error', 'backup fails', '付款錯誤 42'])
      assert.equal(isErrorNumber(text), false, text);
  });
});

describe('a pasted mail', () => {
  const mail = [
    'From: Ada <ada@contoso.example>',
    'To: desk@fabrikam.example',
    'Sent: Monday, 9 March',
    'Subject: RE: FW: Contoso Backup',
    '',
    'Dear team,',
    'the nightly job stops with an error since Tuesday.',
    '2026-03-09T02:00:00Z ERROR job 7 failed',
    '   at Job.run (/srv/job.js:10:3)',
    'Kind regards,',
    'Ada Lovelace',
    'This e-mail is confidential and intended solely for the addressee.',
    '-----Original Message-----',
    'From: Grace',
    'How do I cancel my invoice?',
  ].join('\n');

  it('is reduced to its subject and its own words', () => {
    assert.equal(
      questionIn(mail),
      'Contoso Backup.\nDear team,\nthe nightly job stops with an error since Tuesday.',
    );
  });

  it('keeps the quoted words of a mail that is only a quotation', () => {
    assert.equal(
      questionIn('> the app does not start\n> please help'),
      'the app does not start\nplease help',
    );
  });

  it('keeps a long paragraph whole', () => {
    const text = `${'We use it every day in the office. '.repeat(60)}\nFabrikam Vault does not start.`;
    assert.ok(questionIn(text).endsWith('Fabrikam Vault does not start.'));
    const line = `${'We use it every day in the office. '.repeat(60)}Fabrikam Vault does not start.`;
    assert.ok(questionIn(line).endsWith('Fabrikam Vault does not start.'));
  });

  it('is the forwarded mail, when the writer only points to it', () => {
    const original = ['From: Grace', 'Sent: Monday', 'Subject: FW: Vault', '', 'It does not start.'].join(
      '\n',
    );
    const read = 'Vault.\nIt does not start.';
    for (const marker of ['', '-----Original Message-----\n', '________________________________\n']) {
      const below = `${marker}${original}`;
      assert.equal(questionIn(`See below, please.\n\nRegards,\nAda\n\n${below}`), `please.\n${read}`);
      assert.equal(questionIn(`請看下方。\n\n${below}`), read);
      assert.equal(
        questionIn(`See below: the bill is wrong.\n\n${below}`),
        `the bill is wrong.\n${read}`,
        marker,
      );
      assert.equal(questionIn(`The bill is wrong.\n\n${below}`), 'The bill is wrong.', marker);
    }
    assert.equal(questionIn(`---------- Forwarded message ---------\n${original}`), read);
  });

  it('ends where a mail program names the mail below, also over two lines', () => {
    for (const named of [
      'On Mon, 2 Mar 2026 at 10:00, Grace <grace@contoso.example>\nwrote:',
      'Am Mo., 2. März 2026 um 10:00 Uhr\nschrieb Grace <grace@contoso.example>:',
      'Le lun. 2 mars 2026 à 10:00, Grace\na écrit :',
    ])
      assert.equal(
        questionIn(`The bill is wrong.\n\n${named}\nIt does not start.`),
        'The bill is wrong.',
        named,
      );
  });

  it('ends at the headers of the mail below, without a line between', () => {
    for (const [sender, sent] of [
      ['From: Grace', 'Sent: Monday'],
      ['Von: Grace', 'Gesendet: Montag'],
      ['De : Grace', 'Envoyé : lundi'],
      ['寄件者：Grace', '寄件日期：3月2日'],
      ['差出人：Grace', '送信日時：3月2日'],
      ['보낸 사람: Grace', '보낸 날짜: 3월 2일'],
    ] as const)
      assert.equal(
        questionIn(`The bill is wrong.\n\n${sender}\n${sent}\n\nIt does not start.`),
        'The bill is wrong.',
        sender,
      );
    const list = 'From: the first page\nthe bill is wrong.\nIt does not start.';
    assert.match(questionIn(list), /^the bill is wrong\.\nIt does not start\.$/);
  });

  it('loses its footers and the number in the signature', () => {
    assert.equal(
      questionIn('帳單不對。\n王小明\n電話：02-5555-0100\n本電子郵件含有機密資訊'),
      '帳單不對。\n王小明',
    );
    assert.equal(questionIn('The bill is wrong.\nSent from my iPhone'), 'The bill is wrong.');
  });

  it('leaves a short typed line as it is', () => {
    assert.equal(questionIn('Date: the format is wrong'), 'Date: the format is wrong');
  });
});

describe('a message in HTML', () => {
  it('loses its tags, its mentions and the names of characters', () => {
    assert.equal(questionIn('<at>Ada</at>&nbsp;the bill is <b>wrong</b>'), 'the bill is wrong');
    assert.equal(questionIn('<p>Hello</p><p>Vault&nbsp;stops &amp; fails</p>'), 'Hello\nVault stops & fails');
    for (const text of ['a < b and c > d', 'use <ORDER-ID> here', 'Ada <ada@contoso.example>'])
      assert.equal(questionIn(text), text);
  });

  it('loses what the page runs, pictures, and every written character', () => {
    assert.equal(
      questionIn(
        '<section><img alt="x" src="y">Caf&eacute; Vault &#8211; stops<script>run()</script></section>',
      ),
      'Café Vault – stops',
    );
    assert.equal(
      questionIn('<div>the sync <s>works</s> fails<style>p{}</style></div>'),
      'the sync works fails',
    );
    assert.equal(questionIn('Terms &unknown; apply'), 'Terms &unknown; apply');
  });

  it('is read without the message that it answers', () => {
    const quoted =
      '<blockquote itemtype="http://schema.skype.com/Reply"><strong itemprop="mri">Grace</strong><p>Vault stops</p></blockquote>';
    assert.equal(questionIn(`${quoted}<p>The bill is wrong.</p>`), 'The bill is wrong.');
    assert.equal(questionIn(quoted), 'Vault stops');
    assert.equal(questionIn(`<p>Help with this one.</p>${quoted}`), 'Vault stops');
  });
});

describe('the limit of one message', () => {
  it('reads at least 8,000 characters whole', () => {
    assert.ok(LONGEST_READ >= 8_000);
    assert.deepEqual(withinLimit('x'.repeat(8_000)), { text: 'x'.repeat(8_000), cut: false });
  });

  it('keeps the first and the last part of a longer message', () => {
    const { text, cut } = withinLimit(`begin${'x'.repeat(50_000)}end`);
    assert.ok(cut && text.startsWith('begin') && text.endsWith('end') && text.length <= LONGEST_READ + 3);
  });
});

describe('small talk and wishes for a person', () => {
  const said: Readonly<Record<SmallTalk, readonly string[]>> = {
    person: [
      'I need to talk to someone',
      'speak to a human',
      'Call me!',
      'Can somebody call me back?',
      'could you put me through to your support team?',
      '我要找真人客服',
      '请转人工',
      '請打電話給我',
      '担当者と話したいです',
      'Ich möchte mit einem Menschen sprechen',
      'Je voudrais parler à un conseiller',
      'Quiero hablar con una persona',
    ],
    thanks: [
      'thanks',
      'OK, thanks, that helped!',
      '謝謝',
      'ありがとうございます',
      'Danke schön!',
      'Merci beaucoup',
      'gracias',
    ],
    goodbye: ['bye', 'See you later', '再見', 'さようなら', 'Tschüss', 'au revoir', 'hasta luego'],
    agreed: ['ok', 'got it', '了解', 'わかりました', 'alles klar', "d'accord", 'vale'],
    'are-you-a-bot': ['are you a bot?', 'Who are you?', '你是機器人嗎', 'Bist du ein Bot?', 'eres un robot?'],
    'what-can-you-do': ['what can you do?', 'help me please', '你會做什麼', 'Was kannst du?'],
    insult: [
      'you are stupid',
      'you are an idiot',
      'useless bot',
      '爛機器人',
      'du bist dumm',
      'so ein Mist',
      '😡',
      '👎',
    ],
    hesitation: [
      'hmm',
      'um…',
      'one moment please',
      'let me check',
      '等一下',
      'うーん',
      'euh',
      'einen Moment bitte',
    ],
    'how-are-you': ['How are you?', '你好嗎', "wie geht's", 'お元気ですか'],
    'are-you-there': ['test', 'testing 123', '測試', '在嗎', 'テスト', 'are you there?'],
    laughter: ['lol', 'haha', ':)', ';-)', '😀', '哈哈', 'ㅋㅋㅋ', '笑'],
    greeting: ['Hello there!', 'hi', '你好', 'こんにちは', 'Guten Tag', 'bonjour', 'hola'],
  };
  for (const [kind, texts] of Object.entries(said))
    for (const text of texts)
      it(`include “${text}” as ${kind}`, () => {
        assert.equal(smallTalkOf(text), kind);
      });

  for (const text of [
    'who should I talk to about my invoice?',
    'thanks, but my invoice is wrong',
    'the agent does not start',
    'customer support does not answer',
    'technical problem with Contoso Backup',
    '誰可以幫我處理帳單',
  ])
    it(`do not include the question “${text}”`, () => {
      assert.equal(smallTalkOf(text), undefined);
    });
});
