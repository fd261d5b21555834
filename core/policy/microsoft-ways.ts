/** The addresses of Microsoft's desks and pages, each with the date of the text in which it was read. */
import type { Way } from './decision.js';

export interface MicrosoftPlace {
  /** Microsoft's name of the place, for operators; askers read it in their language (`way.<way>`). */
  readonly place: string;
  readonly url: string;
  /** Other addresses of the same desk. */
  readonly alternatives: readonly string[];
  /** ISO day of the text the address was last read in. */
  readonly checkedOn: string;
}

/** The places where the partner's own staff do something themselves. */
export const PARTNER_CENTER_URL = 'https://partner.microsoft.com/dashboard/home';

export const MICROSOFT_WAYS = {
  'partner-center-support': {
    place: 'Partner Center > Help + support',
    url: 'https://partner.microsoft.com/dashboard/v2/support/',
    alternatives: [
      'https://partner.microsoft.com/dashboard/v2/support/servicerequests/create?category=csp',
      'https://aka.ms/partnercentersupport',
    ],
    checkedOn: '2023-10-23',
  },
  'azure-support': {
    place: 'Azure portal > Help + support > New support request',
    url: 'https://portal.azure.com/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest',
    alternatives: ['https://azure.microsoft.com/support/'],
    checkedOn: '2023-10-23',
  },
  'azure-portal-purchase': {
    place: 'Azure portal > New support request > Subscription management',
    url: 'https://portal.azure.com/#blade/Microsoft_Azure_Support/HelpAndSupportBlade/newsupportrequest',
    alternatives: ['https://aka.ms/marketplacesupport'],
    checkedOn: '2021-07-01',
  },
  'microsoft-publisher-support': {
    place: 'Commercial marketplace publisher support',
    url: 'https://go.microsoft.com/fwlink/?linkid=2165533',
    alternatives: ['https://aka.ms/marketplacepublishersupport'],
    checkedOn: '2023-10-23',
  },
  'microsoft-service-health': {
    place: 'Azure Service Health',
    url: 'https://portal.azure.com/#blade/Microsoft_Azure_Health/AzureHealthBrowseBlade/serviceIssues',
    alternatives: ['https://admin.microsoft.com/adminportal/home#/servicehealth'],
    checkedOn: '2023-10-23',
  },
  'microsoft-security': {
    place: 'Microsoft Security Response Center',
    url: 'https://msrc.microsoft.com/',
    alternatives: [],
    checkedOn: '2023-10-23',
  },
  'credit-request': {
    place: 'Partner Center > Request a credit',
    url: 'https://partner.microsoft.com/support/v2/?stage=2&topicid=cb49dd48-9497-e427-1a6e-f4d5f51da512',
    alternatives: ['https://learn.microsoft.com/partner-center/request-credit'],
    checkedOn: '2023-10-23',
  },
  'csp-program-guide': {
    place: 'CSP Program Guide',
    url: 'https://go.microsoft.com/fwlink/p/?LinkId=617100',
    alternatives: [],
    checkedOn: '2023-10-23',
  },
} as const satisfies Partial<Record<Way, MicrosoftPlace>>;
export type MicrosoftWay = keyof typeof MICROSOFT_WAYS;

/** True when the way leads to Microsoft itself. */
export function isMicrosoftWay(way: Way): way is MicrosoftWay {
  return way in MICROSOFT_WAYS;
}
