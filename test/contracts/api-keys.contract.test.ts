/** The store of API keys: hashes only, one name in use once, and a revoked key stays revoked. */
import assert from 'node:assert/strict';
import type { ApiKey } from '../../core/services/api/api-keys.js';
import { onEveryEngine } from '../helpers/stores.js';

const key = (id: string, name: string, over: Partial<ApiKey> = {}): ApiKey => ({
  id,
  name,
  audience: 'customer',
  scopes: ['route', 'offers'],
  perMinute: 60,
  createdAt: 1_000,
  createdBy: 'cli:amy',
  revokedAt: null,
  usedAt: null,
  ...over,
});

onEveryEngine('the keys of other systems', (stores) => {
  it('keeps a key with the hash of its secret', async () => {
    const { apiKeys } = stores();
    assert.equal(await apiKeys.byId('none'), undefined);
    assert.equal(await apiKeys.add(key('a', 'ServiceNow'), 'hash-a'), true);
    assert.deepEqual(await apiKeys.byId('a'), { key: key('a', 'ServiceNow'), hash: 'hash-a' });
  });

  it('refuses a second key in use with the same name or id', async () => {
    const { apiKeys } = stores();
    assert.equal(await apiKeys.add(key('b', 'ServiceNow'), 'hash-b'), false);
    assert.equal(await apiKeys.add(key('a', 'Zendesk'), 'hash-c'), false);
    assert.equal(await apiKeys.byId('b'), undefined);
    assert.equal((await apiKeys.byId('a'))?.hash, 'hash-a');
  });

  it('revokes a key once, keeps it in the list, and gives its name free', async () => {
    const { apiKeys } = stores();
    assert.equal(await apiKeys.revoke('a', { actor: 'cli:bob', at: 2_000 }), true);
    assert.equal(await apiKeys.revoke('a', { actor: 'cli:eve', at: 3_000 }), false);
    assert.equal((await apiKeys.byId('a'))?.key.revokedAt, 2_000);
    assert.equal(await apiKeys.add(key('d', 'ServiceNow', { createdAt: 2_500 }), 'hash-d'), true);
    assert.deepEqual(
      (await apiKeys.list()).map(({ id }) => id),
      ['a', 'd'],
    );
  });

  it('notes the last use', async () => {
    const { apiKeys } = stores();
    await apiKeys.noteUse('d', 4_000);
    assert.equal((await apiKeys.byId('d'))?.key.usedAt, 4_000);
  });

  it('grants no scope and no audience that this version does not know', async () => {
    const { apiKeys, database } = stores();
    const insert = (id: string, audience: string, scopes: string) =>
      database.kysely
        .insertInto('api_keys')
        .values({
          id,
          name: id,
          hash: 'hash',
          audience,
          scopes,
          per_minute: 1,
          created_at: 9_000,
          created_by: 'later',
          revoked_at: null,
          revoked_by: null,
          used_at: null,
        })
        .execute();
    await insert('later-scope', 'customer', 'erase route');
    await insert('later-audience', 'auditor', 'route');
    assert.deepEqual((await apiKeys.byId('later-scope'))?.key.scopes, ['route']);
    assert.equal(await apiKeys.byId('later-audience'), undefined);
  });
});
