/** The outage commands in both languages, and the product that a command names. */
import assert from 'node:assert/strict';
import { outageCommandOf } from '../../../dialogs/outages/outage-words.js';
import { topicNamed } from '../../../dialogs/outages/outage-wishes.js';
import type { DirectoryView } from '../../../dialogs/shared/services.js';

describe('the parser of outage commands', () => {
  const table: readonly (readonly [string, unknown])[] = [
    ['outages', { kind: 'menu' }],
    ['Outages!', { kind: 'menu' }],
    ['服務中斷', { kind: 'menu' }],
    ['outages stop', { kind: 'stop' }],
    ['中斷 停止', { kind: 'stop' }],
    ['outages follow Contoso Backup', { kind: 'follow', name: 'contoso backup' }],
    ['outages follow Contoso Backup from major', { kind: 'follow', name: 'contoso backup', from: 'major' }],
    ['outages subscribe letters from home', { kind: 'follow', name: 'letters from home' }],
    [
      'outages follow letters from home from planned work',
      { kind: 'follow', name: 'letters from home', from: 'maintenance' },
    ],
    ['中斷 追蹤 Contoso Backup 從 重大', { kind: 'follow', name: 'contoso backup', from: 'major' }],
    ['中斷 追蹤 Contoso Backup 從重大', { kind: 'follow', name: 'contoso backup', from: 'major' }],
    ['outages unfollow Contoso Backup', { kind: 'unfollow', name: 'contoso backup' }],
    ['中斷 取消追蹤 Contoso Backup', { kind: 'unfollow', name: 'contoso backup' }],
    ['outages weekly', { kind: 'weekly', on: true }],
    ['outages weekly summary off', { kind: 'weekly', on: false }],
    ['中斷 每週摘要', { kind: 'weekly', on: true }],
    ['outages weekly report of Contoso', undefined],
    ['outages of last week', undefined],
    ['status of my order', undefined],
    [`outages follow ${'x'.repeat(300)}`, undefined],
  ];
  for (const [text, command] of table) {
    it(`reads “${text.slice(0, 60)}” as ${JSON.stringify(command) ?? 'a question'}`, () => {
      assert.deepEqual(outageCommandOf(text), command);
    });
  }

  it('reads a name as a publisher, all products, one offer, or several offers to choose from', () => {
    const hits = [1, 2, 3, 4, 5, 6, 7].map((at) => ({
      offerId: `o${String(at)}`,
      score: 1,
      reason: 'words',
    }));
    const view = {
      directory: { publishers: new Map([['contoso', { id: 'contoso', name: 'Contoso, Ltd.' }]]) },
      index: {
        find: (name: string) =>
          name === 'ledger'
            ? { kind: 'one', hit: hits[0], others: [] }
            : name === 'backup'
              ? { kind: 'several', hits }
              : { kind: 'none', nearest: [] },
      },
    } as unknown as DirectoryView;
    assert.deepEqual(topicNamed('contoso, ltd.', view), {
      kind: 'topic',
      topic: { kind: 'publisher', id: 'contoso' },
    });
    assert.deepEqual(topicNamed('All', view), { kind: 'topic', topic: { kind: 'everything' } });
    assert.deepEqual(topicNamed('所有產品', view), { kind: 'topic', topic: { kind: 'everything' } });
    assert.deepEqual(topicNamed('ledger', view), { kind: 'topic', topic: { kind: 'offer', id: 'o1' } });
    assert.deepEqual(topicNamed('backup', view), {
      kind: 'several',
      offerIds: ['o1', 'o2', 'o3', 'o4', 'o5'],
    });
    assert.deepEqual(topicNamed('nothing', view), { kind: 'none', offerIds: [] });
    assert.deepEqual(topicNamed('', view), { kind: 'none', offerIds: [] });
  });
});
