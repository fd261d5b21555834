/** Whose language it is: sequences of activities in which the client's language changes. */
import assert from 'node:assert/strict';
import { hearSpeech, languageOf, type HeardSpeech, type Speech } from '../../dialogs/shared/speech.js';
import type { Language } from '../../core/terms.js';

const BOTH: readonly Language[] = ['en', 'zh-Hant'];
type Step = Partial<HeardSpeech>;
const said = (text: string, locale?: string): Step => ({ text, locale, byPerson: true });
const clicked = (locale?: string): Step => ({ locale, byPerson: true });
const event = (locale?: string): Step => ({ locale, byPerson: false });

/** The languages of the turns, and what the person is told. */
function replay(
  steps: readonly Step[],
  {
    isPage = false,
    kept = {},
    offered = BOTH,
  }: { isPage?: boolean; kept?: Speech; offered?: readonly Language[] } = {},
) {
  let speech = kept;
  const turns = steps.map((step) => {
    const heard = { byPerson: true, isPage, ...step };
    const { language, news, kept: next } = hearSpeech(speech, heard, offered, 'en');
    speech = next;
    return { language, news: news?.kind };
  });
  return {
    languages: turns.map((turn) => turn.language),
    news: turns.flatMap((turn) => turn.news ?? []),
    speech,
  };
}

describe('the language of a person', () => {
  it('stays while Teams changes the locale of messages, clicks and events', () => {
    const { languages } = replay([
      said('Contoso Backup', 'zh-TW'),
      clicked('en-US'),
      clicked(),
      event('en-US'),
      said('1', 'en-US'),
      said('帳單', 'en-GB'),
    ]);
    assert.deepEqual([...new Set(languages)], ['zh-Hant']);
  });

  it('is not taken from an event that no person caused', () => {
    const { languages } = replay([event('en-US'), said('Contoso Backup', 'zh-TW')]);
    assert.deepEqual(languages, ['en', 'zh-Hant']);
  });

  it('is the language that the person writes, and the person is told once', () => {
    const { languages, news } = replay([
      said('Contoso Backup', 'en-US'),
      said('我的發票不對，請幫我看看', 'en-US'),
      said('Contoso Backup for Azure', 'en-US'),
      said('這個產品還是壞了', 'en-US'),
      clicked('en-US'),
    ]);
    assert.deepEqual(languages, ['en', 'zh-Hant', 'zh-Hant', 'zh-Hant', 'zh-Hant']);
    assert.deepEqual(news, ['heard']);
  });

  it('changes back only when the person writes another language twice in a row', () => {
    const chinese = said('我的發票不對，請幫我看看');
    const english = said('I cannot sign in to the product');
    assert.deepEqual(replay([chinese, english, chinese, english, english]).languages, [
      ...['zh-Hant', 'zh-Hant', 'zh-Hant', 'zh-Hant'],
      'en',
    ]);
  });

  it('is the chosen one, whatever the person writes', () => {
    const kept = { language: 'en' } as const;
    const { languages, news } = replay([said('我的發票不對，請幫我看看', 'zh-TW')], { kept });
    assert.deepEqual([languages, news], [['en'], []]);
  });

  it('stays when the desk does not offer what the person writes, and the person is told once', () => {
    const french = said('Je ne peux pas me connecter', 'fr-FR');
    const { languages, news } = replay([french, french, said('Ma facture est fausse')]);
    assert.deepEqual(languages, ['en', 'en', 'en']);
    assert.deepEqual(news, ['not-offered']);
  });

  it('follows the language of the page, which the visitor chooses', () => {
    const steps = [said('I cannot sign in to the product', 'en-US'), said('1', 'zh-TW'), said('2', 'zh-TW')];
    assert.deepEqual(replay(steps, { isPage: true }).languages, ['en', 'zh-Hant', 'zh-Hant']);
  });

  it('is the written one also when a page names another', () => {
    const steps = [said('1', 'en-US'), said('我的發票不對，請幫我看看', 'en-US'), said('1', 'en-US')];
    assert.deepEqual(replay(steps, { isPage: true }).languages, ['en', 'zh-Hant', 'zh-Hant']);
  });

  it('is the desk’s first Chinese while the characters do not tell the script', () => {
    assert.equal(languageOf({ written: 'zh' }, ['zh-Hant', 'en'], 'en'), 'zh-Hant');
    assert.equal(replay([said('我想退款')]).languages[0], 'zh-Hant');
  });
});
