import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import { warmReading } from '../../../../core/services/answers/warm-reading.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';
import { generatedDirectory } from '../../../bench/understanding/catalog.js';

describe('the reading after the start', () => {
  it('reads sentences in both scripts, one part in each slice', () => {
    const classifier = createIssueClassifier();
    const read: string[] = [];
    const spy: typeof classifier = {
      read: (text, hint) => {
        read.push(text);
        return classifier.read(text, hint);
      },
    };
    const slices = warmReading({ index: buildOfferIndex(generatedDirectory(50)), classifier: spy });
    let count = 0;
    let most = 0;
    for (let before = 0; !slices.next().done; before = read.length) {
      count += 1;
      most = Math.max(most, read.length - before);
    }
    assert.ok(read.some((text) => /[a-z]/.test(text)) && read.some((text) => /\p{Script=Han}/u.test(text)));
    assert.ok(count >= 12, `${count} slices`);
    assert.ok(most <= 3, `${most} sentences in one slice`);
  });
});
