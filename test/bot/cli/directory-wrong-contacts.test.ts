/** The list of contacts that people reported as wrong. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { EXIT } from '../../../bot/cli/directory.js';
import { directoryWrongContacts } from '../../../bot/cli/directory-wrong-contacts.js';
import { readProfile } from '../../../bot/directory/sample.js';
import { contactMark } from '../../../core/directory/correction.js';
import type { Contact, Directory } from '../../../core/directory/types.js';
import type { ContactReport } from '../../../core/services/reports/report-contact.js';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const SUPPORT: Contact = { kind: 'customer-support', name: 'Help desk', email: 'help@fabrikam.com' };
const DIRECTORY: Directory = {
  version: 1,
  offers: new Map(),
  publishers: new Map([
    ['fabrikam', { id: 'fabrikam', name: 'Fabrikam, Inc.', aliases: [], links: {}, contacts: [SUPPORT] }],
  ]),
};

function report(userId: string, over: Partial<ContactReport> = {}): ContactReport {
  return {
    id: userId,
    at: Date.parse('2026-11-20T10:00:00Z'),
    about: { key: 'publisher:fabrikam', way: 'publisher-support', mark: contactMark(SUPPORT) },
    reason: 'bounces',
    note: 'since [number]',
    reporter: { channelId: 'msteams', conversationId: 'a:1', userId, language: 'en', asker: 'customer' },
    ...over,
  };
}

describe('the operators’ list of wrong contacts', () => {
  const listed = async (open: readonly ContactReport[], limit = 50) => {
    const lines: string[] = [];
    const out = { line: (text: string) => void lines.push(text), progress: () => undefined };
    const profile = await readProfile(path.join(ROOT, 'data', 'partner-profile.json'));
    const stores = {
      directory: { load: () => Promise.resolve(DIRECTORY) },
      profile: { load: () => Promise.resolve(profile) },
      reports: { open: () => Promise.resolve(open) },
    };
    const code = await directoryWrongContacts({ limit }, stores, out);
    return { code, text: lines.join('\n') };
  };

  it('shows the owner, the current contact and the reports, and names no reporter', async () => {
    const { code, text } = await listed([
      report('29:ada-canary'),
      report('29:ben-canary', { reason: 'left', note: '' }),
    ]);
    assert.equal(code, EXIT.refused);
    assert.match(text, /^Fabrikam, Inc\. \(publisher:fabrikam\), publisher-support: 2 people$/m);
    assert.match(text, /now: Help desk · help@fabrikam\.com/);
    assert.match(text, /2026-11-20 10:00 {2}customer {2}bounces: since \[number\]/);
    assert.match(text, /Everybody is warned/);
    assert.doesNotMatch(text, /canary|29:/);
  });

  it('marks reports about an older contact, keeps to the limit, and ends with 0 when the list is empty', async () => {
    const old = report('29:ada', { about: { ...report('x').about, mark: 'older' } });
    assert.match((await listed([old])).text, /says something else since/);
    const desk = report('29:ada', { about: { key: 'desk:billing', way: 'partner-desk', mark: 'm' } });
    assert.match((await listed([report('29:ada'), desk], 1)).text, /and 1 more/);
    assert.deepEqual(await listed([]), { code: EXIT.ok, text: 'Nothing is reported as wrong.' });
  });
});
