/** Questions with a twist: similar words, but another responsible party. The policy decides from the sentence. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseProfile } from '../../../../core/directory/parse-profile.js';
import { understandLine } from '../../../../bot/cli/understand.js';
import { openDirectoryFile } from '../../../../bot/directory/file-source.js';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { Directory } from '../../../../core/directory/types.js';
import { importRows } from '../../../../core/services/directory/import-rows.js';
import { createIssueClassifier } from '../../../../core/understanding/classifier.js';
import { memoryDirectoryStore } from '../../../helpers/memory-directory-store.js';

type Party = 'CSP partner' | 'ISV' | 'Microsoft' | 'other';
const twists: readonly [asker: string, text: string, issue: string, party: Party][] = [
  ['customer', 'My bill for Contoso Backup is too high this month', 'billing', 'CSP partner'],
  [
    'partner',
    'The reconciliation file does not match our invoice for Contoso Backup',
    'billing.reconciliation',
    'Microsoft',
  ],
  ['customer', 'We need an account set up for Contoso Backup', 'account-setup', 'CSP partner'],
  ['partner', 'Activation of Contoso Backup is stuck on the landing page', 'account-setup.activation', 'ISV'],
  [
    'partner',
    'Deployment of Contoso Backup for Azure fails with a provisioning error',
    'provisioning-deployment',
    'Microsoft',
  ],
  ['partner', 'Deployment of Contoso Backup fails', 'provisioning-deployment', 'ISV'],
  ['customer', 'I want a refund for Contoso Backup', 'billing.refund', 'CSP partner'],
  ['customer', 'refund for Contoso Backup, the refund window has closed', 'billing.refund-late', 'ISV'],
  ['partner', 'Fabrikam Firewall Connector for Microsoft Sentinel shows errors', 'technical', 'Microsoft'],
  [
    'partner',
    'Community Workbooks for Microsoft Sentinel is broken, error when opening',
    'technical',
    'other',
  ],
  ['partner', 'Contoso Backup is down since this morning', 'outage', 'ISV'],
  [
    'partner',
    'Contoso Backup is down because Azure West Europe has an outage',
    'outage.microsoft-platform',
    'Microsoft',
  ],
  ['customer', '退款 Contoso Backup', 'billing.refund', 'CSP partner'],
  ['customer', 'Contoso Backup 無法登入', 'technical', 'ISV'],
];

describe('a question that contains a twist', () => {
  let directory: Directory;
  const data = (name: string) => new URL(`../../../../data/${name}`, import.meta.url);
  const parsed = parseProfile(JSON.parse(readFileSync(data('partner-profile.json'), 'utf8')));
  before(async () => {
    const store = memoryDirectoryStore();
    const { rows } = await openDirectoryFile(data('directory.json').pathname, {});
    await importRows(
      { directory: store },
      { source: 'sample', mode: 'full', rows, actor: 'test', now: Date.UTC(2026, 10, 22) },
    );
    directory = await store.load();
  });

  for (const [asker, text, issue, party] of twists) {
    it(`from a ${asker}, “${text}”, goes to ${party}`, () => {
      assert.ok(parsed.ok);
      const deps = {
        directory,
        index: buildOfferIndex(directory),
        classifier: createIssueClassifier(),
        profile: parsed.profile,
      };
      const understood = understandLine({ text, asker }, deps);
      assert.deepEqual(
        [understood.decision, understood.issue, understood.party, understood.offers.length > 0],
        ['answered', issue, party, true],
      );
    });
  }

  it('asks what a bare error number of a product is about, and reads the same number of the store', () => {
    assert.ok(parsed.ok);
    const deps = {
      directory,
      index: buildOfferIndex(directory),
      classifier: createIssueClassifier(),
      profile: parsed.profile,
    };
    for (const text of ['Contoso Backup: error code 2001', 'Contoso Backup error 3000', 'error 3000'])
      assert.equal(understandLine({ text, asker: 'customer' }, deps).decision, 'asked', text);
    const store = understandLine({ text: 'Partner Center shows error code 2085', asker: 'customer' }, deps);
    assert.deepEqual([store.decision, store.issue], ['answered', 'purchase-transaction.not-available']);
  });
});
