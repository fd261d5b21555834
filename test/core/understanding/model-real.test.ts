/** The shipped model on the development questions, when the folder of the questions is given. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fold } from '../../../core/text.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { readPhrases, readQuestions, rightKinds } from '../../../scripts/understanding/corpus.js';
import { askerOf } from '../../../scripts/understanding/fit.js';

const folder = process.env.OFFER_DESK_REAL_DATA;

describe('the shipped model on questions outside its training', () => {
  for (const name of ['questions.jsonl', 'questions-calibration.jsonl']) {
    it(`reaches its target figures on ${name}`, function () {
      if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
      const classifier = createIssueClassifier();
      const judged = readQuestions(join(folder, name)).map((question) => ({
        question,
        read: classifier.read(question.text, { asker: askerOf(question.asker) }),
      }));
      const answered = judged.filter(({ read }) => read.decision === 'answered');
      const wrong = answered.filter(
        ({ question, read }) => !rightKinds(question).includes(read.ranked[0]!.kind),
      );
      assert.ok(1 - answered.length / judged.length <= 0.15, 'asked back');
      assert.ok(1 - wrong.length / answered.length >= 0.92, 'right among answered');
      assert.ok(wrong.length / judged.length <= 0.055, 'wrong and confident');
    });
  }

  it('has no development question in its training phrases', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    const phrases = new Set(readPhrases().map((phrase) => fold(phrase.text)));
    const copied = readQuestions(join(folder, 'questions.jsonl')).filter((each) =>
      phrases.has(fold(each.text)),
    );
    assert.deepEqual(
      copied.map((each) => each.id),
      [],
    );
  });
});
