/** A typed answer to "Did they answer?": its words in every language, and the case that it means. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../core/terms.js';
import { askedLast, typedAnswer } from '../../../dialogs/cases/typed-answer.js';
import { rawWords, textIn } from '../../../locales/text.js';
import { sampleCase } from '../../helpers/cases.js';

describe('a typed answer about a case', function () {
  for (const language of LANGUAGES)
    it(`is read in ${language}: the words of the buttons, yes and no`, () => {
      const text = textIn(language, 'partner');
      const words = rawWords(language);
      const every = (key: string) => (words[key] ?? '').split('|').filter((word) => word !== '');
      const answered = [text('case.button.answered'), ...every('case.word.answered'), ...every('word.yes')];
      const notYet = [text('case.button.not-yet'), ...every('case.word.not-yet'), ...every('word.no')];
      assert.ok(every('word.yes').length > 2 && every('word.no').length > 2);
      for (const word of answered) assert.equal(typedAnswer(word), 'answered', word);
      for (const word of notYet) assert.equal(typedAnswer(word), 'not-yet', word);
    });

  it('is no sentence that only contains the words', () => {
    for (const text of ['yes, and the invoice is wrong too', 'not yet installed on my server', 'help', ''])
      assert.equal(typedAnswer(text), undefined, text);
  });

  it('means the case about which the bot asked last', () => {
    const old = sampleCase({ id: 'old', asked: 1, toldAt: 10 });
    const last = sampleCase({ id: 'last', asked: 2, toldAt: 20 });
    assert.equal(askedLast([last, old], 0)?.id, 'last');
    assert.equal(askedLast([old, last], 19)?.id, 'last');
  });

  it('means no case when the bot said something later, or asked nothing', () => {
    const asked = sampleCase({ asked: 1, toldAt: 10 });
    const given = sampleCase({ id: 'given', asked: 0, toldAt: 20 });
    assert.equal(askedLast([asked], 10), undefined);
    assert.equal(askedLast([asked, given], 0), undefined);
    assert.equal(askedLast([sampleCase()], 0), undefined);
    assert.equal(askedLast([], 0), undefined);
  });
});
