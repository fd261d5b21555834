/** The shipped model against the development questions, where their folder is given. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fold } from '../../../core/text.js';
import { calibrated, shippedModel } from '../../../core/understanding/model.js';
import { readPhrases, readQuestions } from '../../../scripts/understanding/corpus.js';
import { crossValidate } from '../../../scripts/understanding/fit.js';
import { buildModel } from '../../../scripts/train-understanding.js';

const folder = process.env.OFFER_DESK_REAL_DATA;

describe('the shipped model and the development questions', () => {
  it('comes out of the training script byte for byte', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    this.timeout(120_000);
    assert.equal(JSON.stringify(buildModel(join(folder, 'questions.jsonl'))), JSON.stringify(shippedModel()));
  });

  it('reaches its figures on questions held out by thread', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    this.timeout(120_000);
    const { calibration, threshold } = shippedModel();
    const judged = crossValidate(readPhrases(), readQuestions(join(folder, 'questions.jsonl')), { seed: 5 });
    const answered = judged.filter(
      ({ scores: [first] }) =>
        first !== undefined &&
        first.kind !== 'other' &&
        calibrated(first.probability, calibration) >= threshold,
    );
    const wrong = answered.filter((each) => !each.right).length;
    assert.ok((answered.length - wrong) / answered.length >= 0.88);
    assert.ok(1 - answered.length / judged.length <= 0.2);
    assert.ok(wrong / judged.length <= 0.06);
  });

  it('has no development question among its phrases', function () {
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
