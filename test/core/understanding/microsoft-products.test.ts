/** The classifier sees whether a sentence is about a Microsoft product or only names Microsoft's shop or platform. */
import assert from 'node:assert/strict';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';

const classifier = createIssueClassifier();

describe('a Microsoft product', () => {
  const about = [
    'Teams meeting button is missing in Outlook',
    'AzureActivity is not connected to Sentinel',
    'Azure deployment fails with an error',
    'Power BI report does not load',
    'Where does Dynamics 365 store our data?',
    'Azure AD sign in is broken',
    'Who can open our data under Customer Lockbox?',
  ];
  for (const text of about) {
    it(`is the subject of "${text}"`, () => assert.equal(classifier.read(text).subject, 'microsoft'));
  }

  const aside = [
    'I tried to deploy Litware Orchid from the Azure Marketplace and get an error',
    'Proseware Analytics for Microsoft Sentinel shows no data',
    'Fortinet logs do not arrive in Sentinel',
    'This offer is not available to Microsoft Azure Cloud Solution Providers',
    'Contoso Backup crashes on Windows Server',
    'I cannot log in',
    '無法登入',
  ];
  for (const text of aside) {
    it(`is not the subject of "${text}"`, () => assert.equal(classifier.read(text).subject, undefined));
  }

  it('is the subject of instructions for buying, billing and cancelling', () => {
    assert.equal(classifier.read('The steps to cancel in the documentation are wrong').subject, 'microsoft');
    assert.equal(classifier.read('The user guide of the scanner is outdated').subject, undefined);
  });
});
