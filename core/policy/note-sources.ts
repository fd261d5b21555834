/** Where the remarks of an answer are published, for remarks that state a fact of a page. */
import type { NoteKey } from './keys.js';
import type { SourceId } from './sources.js';

export const NOTE_SOURCES: Readonly<Partial<Record<NoteKey, SourceId>>> = {
  'note.accept-by-date': 'customerPrivateOffer/accept-by',
  'note.admin-agent': 'manage/admin-agent',
  'note.buy-again': 'errorCodes/no-transfer',
  'note.customer-may-accept': 'customerAgreement/customer-may-accept',
  'note.eligibility-report': 'preCheck/eligibility-report',
  'note.indirect-agreement': 'multiparty/indirect-ea',
  'note.isv-files-ticket': 'refunds/late-by-publisher',
  'note.isv-reports-security': 'publisherSupport/security-events',
  'note.isv-steps-before-cancel': 'manage/steps-of-publisher',
  'note.multiparty': 'multiparty/partner-owns-relationship',
  'note.no-reactivation': 'lifeCycle/no-reactivation',
  'note.non-payment-grace': 'lifeCycle/grace-30-days',
  'note.own-administrator-reasons': 'validation/own-administrator',
  'note.partner-asks-microsoft': 'customerSupport/no-own-requests',
  'note.private-plans': 'managedApp/no-private-plans',
  'note.purchase-reasons': 'discover/why-missing',
  'note.reseller-no-credit': 'credit/not-from-resellers',
  'note.self-purchased': 'billing/self-purchase',
  'note.tax-exemption': 'organizationTax/exemption-by-request',
  'note.vat-id-direct': 'tax/microsoft-managed',
};
