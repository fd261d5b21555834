/** What an administrator changes reaches the running bot without a restart. */
import assert from 'node:assert/strict';
import { live, openLiveClassifier } from '../../../bot/app/live-values.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a live value', () => {
  it('answers at once with what it has, and reads again when that has become old', async () => {
    let time = 0;
    let reads = 0;
    const value = await live(() => Promise.resolve(++reads), { now: () => time, log: new CapturedLog() });
    assert.equal(value(), 1);
    time = 4_999;
    assert.equal(value(), 1);
    time = 5_000;
    assert.equal(value(), 1);
    await settle();
    assert.equal(value(), 2);
    assert.equal(reads, 2);
  });

  it('keeps the last good value when reading fails, and tries again later', async () => {
    let time = 0;
    const answers = [Promise.resolve('good'), Promise.reject(new Error('down')), Promise.resolve('better')];
    const value = await live(() => answers.shift() ?? Promise.resolve('end'), {
      now: () => time,
      log: new CapturedLog(),
    });
    time = 6_000;
    value();
    await settle();
    assert.equal(value(), 'good');
    time = 12_000;
    value();
    await settle();
    assert.equal(value(), 'better');
  });

  it('is read once for all callers that wait for a fresh value, before they go on', async () => {
    let time = 0;
    let reads = 0;
    const value = await live(() => Promise.resolve(++reads), { now: () => time, log: new CapturedLog() });
    await value.fresh();
    assert.equal(value(), 1);
    time = 3_600_000;
    await Promise.all([value.fresh(), value.fresh()]);
    assert.deepEqual([value(), reads], [2, 2]);
    await value.refresh();
    assert.equal(value(), 3);
  });

  it('never puts an older reading over a newer one', async () => {
    const late: ((read: string) => void)[] = [];
    const reads = [
      () => Promise.resolve('first'),
      () => new Promise<string>((resolve) => late.push(resolve)),
    ];
    const value = await live(() => (reads.shift() ?? (() => Promise.resolve('newest')))(), {
      now: () => 0,
      log: new CapturedLog(),
    });
    const slow = value.refresh();
    const quick = value.refresh();
    await settle();
    late[0]?.('old');
    await Promise.all([slow, quick]);
    assert.equal(value(), 'newest');
  });

  it('makes the classifier anew only when a phrase was taught', async () => {
    let time = 0;
    const phrases: { phrase: string; issue: 'billing.tax' }[] = [];
    const store = { list: () => Promise.resolve([...phrases]) };
    const classifier = await openLiveClassifier(store, { now: () => time, log: new CapturedLog() });
    const first = classifier();
    time = 6_000;
    classifier();
    await settle();
    assert.equal(classifier(), first);
    phrases.push({ phrase: 'the glorb is off', issue: 'billing.tax' });
    time = 12_000;
    classifier();
    await settle();
    const read = classifier().read('the glorb is off');
    assert.equal(read.decision === 'answered' && read.guess.issue, 'billing.tax');
  });
});
