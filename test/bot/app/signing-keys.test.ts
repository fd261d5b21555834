/** Keys from the environment sign in place of the store's keys, and change without disconnecting anybody. */
import assert from 'node:assert/strict';
import { readConfig } from '../../../bot/app/config.js';
import { isCode } from '../../helpers/errors.js';
import { startDesk, Visitor, type Desk } from '../../helpers/desk.js';

const OLD = 'b2xkLWtleS1vZi1hLXRlc3QtMDEyMzQ1Njc4OWFiY2RlZg==';
const NEW = 'bmV3LWtleS1vZi1hLXRlc3QtMDEyMzQ1Njc4OWFiY2RlZg==';

describe('signing keys from the environment', function () {
  const resume = (desk: Desk, token: string) =>
    fetch(`${desk.url}/api/token/resume`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resume: token }),
    }).then((answer) => answer.status);
  const opened: Desk[] = [];
  afterEach(async () => {
    for (const desk of opened.splice(0)) await desk.close();
  });
  const start = async (env: Record<string, string> = {}) => {
    const desk = await startDesk(env);
    opened.push(desk);
    return desk;
  };
  const withKeys = (keys: string, dataDir?: string) =>
    start({ OFFER_DESK_SIGNING_KEYS: keys, ...(dataDir && { OFFER_DESK_DATA_DIR: dataDir }) });

  it('leave no signing key in the store', async () => {
    const desk = await withKeys(OLD);
    await Visitor.join(desk.url, 'customer');
    const kept = await desk.app.stores.database.kysely.selectFrom('secrets').select('name').execute();
    assert.deepEqual(kept.map(({ name }) => name).sort(), ['customer-marks', 'log-names', 'person-marks']);
  });

  it('accept what the older key signed until it is removed, and never what a key of the store signed', async () => {
    const { app, dataDir, url } = await start();
    const ofStore = await Visitor.join(url, 'customer');
    await app.stop();
    let desk = await withKeys(OLD, dataDir);
    assert.equal(await resume(desk, ofStore.resume), 403);
    const ofOld = await Visitor.join(desk.url, 'customer');
    await desk.app.stop();
    desk = await withKeys(`${NEW},${OLD}`, dataDir);
    assert.equal(await resume(desk, ofOld.resume), 200);
    const ofNew = await Visitor.join(desk.url, 'customer');
    await desk.app.stop();
    desk = await withKeys(NEW, dataDir);
    assert.deepEqual([await resume(desk, ofOld.resume), await resume(desk, ofNew.resume)], [403, 200]);
  });

  it('are refused when they are short, guessable, or a reference that Key Vault did not replace', () => {
    const unread = '@Microsoft.KeyVault(VaultName=contoso;SecretName=signing-keys)';
    for (const keys of ['short', 'a'.repeat(60), unread, [OLD, NEW, OLD, NEW].join(',')])
      assert.throws(() => readConfig({ OFFER_DESK_SIGNING_KEYS: keys }, '/'), isCode('config.invalid'), keys);
  });
});
