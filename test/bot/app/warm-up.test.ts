import assert from 'node:assert/strict';
import { warmReading } from '../../../bot/app/warm-up.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { generatedDirectory } from '../../bench/understanding/catalog.js';

describe('the reading after the start', () => {
  it('reads sentences in both scripts, at most one of them with the classifier in each slice', () => {
    const classifier = createIssueClassifier();
    const read: string[] = [];
    const spy: typeof classifier = {
      read: (text, hint) => {
        read.push(text);
        return classifier.read(text, hint);
      },
    };
    const directory = generatedDirectory(50);
    const view = { directory, index: buildOfferIndex(directory) };
    const slices = warmReading({ view, classifier: spy, asker: 'customer' });
    let most = 0;
    for (let before = 0; !slices.next().done; before = read.length)
      most = Math.max(most, read.length - before);
    assert.ok(read.some((text) => /[a-z]/.test(text)) && read.some((text) => /\p{Script=Han}/u.test(text)));
    assert.ok(most <= 1, `${most} sentences in one slice`);
  });
});
