/** The environment is read once, checked, and documented. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readConfig, SETTINGS } from '../../../bot/app/config.js';
import { DeskError } from '../../../core/errors.js';

const ID = '11111111-1111-1111-1111-111111111111';
const single = { MICROSOFT_APP_ID: ID, MICROSOFT_APP_TENANT_ID: ID, MICROSOFT_APP_PASSWORD: 'secret' };
const code = (wanted: string) => (error: unknown) => error instanceof DeskError && error.code === wanted;

describe('configuration', () => {
  it('runs on nothing: loopback, embedded store, no registration', () => {
    const config = readConfig({}, '/srv/desk');
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.port, 3978);
    assert.equal(config.dataDir, '/srv/desk/.data');
    assert.equal(config.databaseUrl, undefined);
    assert.equal(config.registration, undefined);
  });

  it('takes an empty variable as absent, so that it cannot switch authentication off', () => {
    assert.throws(
      () => readConfig({ NODE_ENV: 'production', MICROSOFT_APP_ID: '' }, '/'),
      code('config.no-auth-public'),
    );
  });

  it('refuses to listen beyond this machine without a registration', () => {
    for (const HOST of ['0.0.0.0', '10.0.0.5', 'desk.contoso.com', '::']) {
      assert.throws(() => readConfig({ HOST }, '/'), code('config.no-auth-public'), HOST);
    }
    assert.equal(readConfig({ HOST: '0.0.0.0', ...single }, '/').host, '0.0.0.0');
  });

  it('asks for what each kind of registration needs', () => {
    assert.throws(() => readConfig({ MICROSOFT_APP_ID: ID, MICROSOFT_APP_PASSWORD: 'x' }, '/'), /TENANT_ID/);
    assert.throws(() => readConfig({ MICROSOFT_APP_ID: ID, MICROSOFT_APP_TENANT_ID: ID }, '/'), /PASSWORD/);
    const managed = {
      MICROSOFT_APP_TYPE: 'UserAssignedMSI',
      MICROSOFT_APP_ID: ID,
      MICROSOFT_APP_TENANT_ID: ID,
    };
    assert.equal(readConfig(managed, '/').registration?.type, 'UserAssignedMSI');
  });

  it('names every bad setting at once', () => {
    assert.throws(() => readConfig({ PORT: 'many', LOG_LEVEL: 'loud' }, '/'), /PORT.*LOG_LEVEL/s);
  });

  it('is documented setting by setting in .env.example', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
    const documented = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);
    assert.deepEqual(documented.sort(), Object.keys(SETTINGS).sort());
  });

  it('has the defaults that .env.example shows', () => {
    const example = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
    const shown: Record<string, string> = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value] as const),
    );
    assert.deepEqual(readConfig(shown, '/srv'), readConfig({}, '/srv'));
  });
});
