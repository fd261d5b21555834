/** What packages print reaches the log as an event, never with what they quote. */
import assert from 'node:assert/strict';
import { quietConsole } from '../../../bot/runtime/log.js';
import { CapturedLog } from '../../helpers/capture-log.js';

/* eslint no-console: off -- the console is what is tested */

describe('the console of a running server', () => {
  it('goes into the log: the message of an error, nothing else that is quoted', () => {
    const log = new CapturedLog();
    const before: unknown = Reflect.get(console, 'error');
    const giveBack = quietConsole(log);
    try {
      console.error(new Error('invalid signature'), { body: 'canary-body' });
      console.error('Error finding key for token. Available keys: canary-key');
      console.log('hello', 'canary-text');
    } finally {
      giveBack();
    }
    assert.equal(Reflect.get(console, 'error'), before);
    assert.equal(log.entries.length, 3);
    assert.equal(log.entries[0]?.fields.message, 'invalid signature');
    assert.ok(!log.text.includes('canary'));
  });
});
