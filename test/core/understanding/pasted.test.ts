/** The bot reads pasted mails, small talk, and sentences that rule out a topic. */
import assert from 'node:assert/strict';
import { isErrorNumber, withoutDenied } from '../../../core/understanding/sentence-signs.js';
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

  it('leaves a short typed line as it is', () => {
    assert.equal(questionIn('Date: the format is wrong'), 'Date: the format is wrong');
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
    insult: ['you are stupid', 'useless bot', '爛機器人', 'du bist dumm'],
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

describe('a sentence that rules out a topic', () => {
  for (const [text, left] of [
    ["it's not about the bill, it does not sync", ', it does not sync'],
    ['Es geht nicht um die Rechnung, sondern die App stürzt ab', ', sondern die App stürzt ab'],
    ['不是帳單的問題，是登入不了', '，是登入不了'],
    ['請求書の件ではなく、ログインできません', 'ログインできません'],
    ['it does not work', 'it does not work'],
  ] as const)
    it(`loses that topic: “${text}”`, () => {
      assert.equal(withoutDenied(text), left);
    });
});
