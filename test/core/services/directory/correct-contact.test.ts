/** Corrections of a contact: checks, the record, conflicts, undo, and the end when the source changes. */
import assert from 'node:assert/strict';
import { contactMark } from '../../../../core/directory/correction.js';
import { correctContact, type Correction } from '../../../../core/services/directory/correct-contact.js';
import { undoChange } from '../../../../core/services/directory/undo-change.js';
import { importRows } from '../../../../core/services/directory/import-rows.js';
import type { Stores } from '../../../../bot/store/stores.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const NOW = Date.parse('2026-11-22T10:00:00Z');

onEveryEngine('correcting a contact', (stores: () => Stores) => {
  let key = '';
  let count = 0;
  const directory = () => stores().directory;
  const sync = (email: string, source = `file:${String(count)}`) =>
    importRows(
      { directory: directory() },
      {
        source,
        mode: 'full',
        actor: 'sync',
        now: NOW,
        rows: [
          {
            number: 2,
            fields: {
              offer_id: key.slice(6),
              offer_name: 'A',
              publisher_name: 'Contoso',
              support_email: email,
              support_name: 'Desk',
            },
          },
        ],
      },
    );
  const correct = (fields: Correction['fields'], more: Partial<Correction> = {}) =>
    correctContact(directory(), {
      key,
      kind: 'customer-support',
      fields,
      actor: 'aad:one',
      now: NOW,
      ...more,
    });
  const now = async () => (await directory().load()).offers.get(key.slice(6))?.contacts[0];

  beforeEach(async () => {
    count += 1;
    key = `offer:contoso.${String(count)}`;
    await sync('old@contoso.com');
  });

  it('changes the given fields, keeps the others, and sets the date', async () => {
    assert.equal((await correct({ email: 'right@contoso.com', hours: 'UTC;  24/7' })).kind, 'corrected');
    assert.deepEqual(await now(), {
      kind: 'customer-support',
      name: 'Desk',
      email: 'right@contoso.com',
      hours: 'UTC; 24/7',
      verifiedOn: '2026-11-22',
    });
    const [entry] = await directory().audit({ key, limit: 1 });
    assert.deepEqual([entry?.source, entry?.actor, entry?.at], ['admin', 'aad:one', NOW]);
  });

  it('stays after a sync of the same values and a second correction, and ends with a sync of other values', async () => {
    await correct({ email: 'right@contoso.com' });
    await correct({ phone: '+14255550100' });
    await sync('old@contoso.com');
    assert.deepEqual([(await now())?.email, (await now())?.phone], ['right@contoso.com', '+14255550100']);
    await sync('new@contoso.com');
    assert.equal((await now())?.email, 'new@contoso.com');
    await correct({ email: 'better@contoso.com' });
    await sync('new@contoso.com');
    assert.equal((await now())?.email, 'better@contoso.com');
  });

  it('marks a contact dead without verifying it, and brings it back to life', async () => {
    await correct({}, { dead: 'bounced' });
    assert.deepEqual(await now(), {
      kind: 'customer-support',
      name: 'Desk',
      email: 'old@contoso.com',
      deadSince: '2026-11-22',
      deadReason: 'bounced',
    });
    await correct({});
    assert.deepEqual(await now(), {
      kind: 'customer-support',
      name: 'Desk',
      email: 'old@contoso.com',
      verifiedOn: '2026-11-22',
    });
    assert.equal((await correct({})).kind, 'same');
  });

  it('can be undone and redone', async () => {
    await correct({ email: 'right@contoso.com' });
    assert.equal((await undoChange(directory(), { key, actor: 'aad:one', now: NOW })).kind, 'undone');
    assert.equal((await now())?.email, 'old@contoso.com');
    assert.equal((await undoChange(directory(), { key, actor: 'aad:one', now: NOW })).kind, 'undone');
    assert.equal((await now())?.email, 'right@contoso.com');
    assert.equal(
      (await undoChange(directory(), { key: 'offer:none', actor: 'aad:one', now: NOW })).kind,
      'nothing',
    );
  });

  it('shows the second administrator a conflict and overwrites nothing', async () => {
    const expected = contactMark(await now());
    assert.equal((await correct({ email: 'first@contoso.com' }, { expected })).kind, 'corrected');
    const second = await correct({ email: 'second@contoso.com' }, { expected });
    assert.equal(second.kind === 'conflict' && second.current?.email, 'first@contoso.com');
    assert.equal((await now())?.email, 'first@contoso.com');
  });

  it('accepts one of two corrections at the same moment', async () => {
    const expected = contactMark(await now());
    const both = await Promise.all(
      ['a@contoso.com', 'b@contoso.com'].map((email) => correct({ email }, { expected })),
    );
    assert.deepEqual(both.map((one) => one.kind).sort(), ['conflict', 'corrected']);
  });

  it('is refused with the wrong fields, or when the contact would have no channel', async () => {
    assert.deepEqual(
      await correct({ email: 'nobody', phone: 'call', url: 'javascript:x', hours: '9-5', name: '=' }),
      {
        kind: 'bad',
        fields: ['name', 'email', 'phone', 'url', 'hours'],
      },
    );
    assert.deepEqual(await correct({ email: '' }), { kind: 'unreachable' });
    assert.deepEqual(await correct({}, { key: 'offer:none' }), { kind: 'unknown' });
    assert.equal((await now())?.email, 'old@contoso.com');
  });
});
