/** The bot recognises admin commands in both languages, and separates them from questions that begin alike. */
import assert from 'node:assert/strict';
import { adminCommandOf } from '../../../dialogs/admin/admin-words.js';

describe('the parser of admin commands', () => {
  const table: readonly [text: string, expected: ReturnType<typeof adminCommandOf>][] = [
    ['admin', { kind: 'menu' }],
    ['  /ADMIN! ', { kind: 'menu' }],
    ['管理', { kind: 'menu' }],
    ['admin profile', { kind: 'profile' }],
    ['Administration: partner profile', { kind: 'profile' }],
    ['管理設定檔', { kind: 'profile' }],
    ['admin Contoso  Backup', { kind: 'find', name: 'Contoso Backup' }],
    ['admin edit Contoso Backup', { kind: 'find', name: 'Contoso Backup' }],
    ['edit contoso.backup', { kind: 'find', name: 'contoso.backup' }],
    ['編輯Contoso', { kind: 'find', name: 'Contoso' }],
    ['更正：Contoso', { kind: 'find', name: 'Contoso' }],
    ['edit', undefined],
    ['administrator rights are missing', undefined],
    ['editing does not work', undefined],
    ['my admin left', undefined],
    [`admin ${'x'.repeat(300)}`, undefined],
  ];
  for (const [text, expected] of table) {
    it(`reads ${JSON.stringify(text.slice(0, 40))} as ${expected?.kind ?? 'no command'}`, () => {
      assert.deepEqual(adminCommandOf(text), expected);
    });
  }
});
