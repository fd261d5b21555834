/** Cases for tests: a case of a member of staff with two stops, and the hours of their contacts. */
import { officeHours } from '../../core/directory/working-time.js';
import type { CaseHolder, ContactCase, HoursOf } from '../../core/services/cases/case.js';

/** Monday, 10:00 in UTC. */
export const MONDAY = Date.UTC(2026, 7, 31, 10);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** Every contact is open from Monday to Friday, 9 to 17, in UTC. */
export const inOffice: HoursOf = () => officeHours('UTC');

export const HOLDER: CaseHolder = {
  channelId: 'msteams',
  conversationId: 'a:ada',
  userId: '29:ada',
  tenantId: 'contoso',
  asker: 'partner',
  language: 'en',
  zone: 'Asia/Taipei',
};

export function sampleCase(over: Partial<ContactCase> = {}): ContactCase {
  return {
    id: 'c1',
    clickKey: 'msteams|29:ada|k.1',
    version: 1,
    holder: HOLDER,
    issue: 'technical',
    offerId: 'fabrikam.contoso-backup',
    stops: [
      { party: 'publisher', way: 'publisher-support', key: 'offer:fabrikam.contoso-backup', mark: 'm1' },
      { party: 'publisher', way: 'publisher-engineering', key: 'publisher:fabrikam', mark: 'm2' },
    ],
    history: [{ at: MONDAY, kind: 'wrote', stop: 0 }],
    customer: '',
    severity: 'minor',
    openedAt: MONDAY,
    dueAt: MONDAY + DAY_MS,
    endsAt: MONDAY + 30 * DAY_MS,
    asked: 0,
    failures: 0,
    ...over,
  };
}
