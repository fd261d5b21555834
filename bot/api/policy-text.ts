/** The policy and its sources as pages for an agent. They name parties and published pages, and no contact. */
import { issueName } from '../../cards/choices/guide.js';
import { plainText } from '../../cards/kit/safe-text.js';
import { PAGES, type Page } from '../../core/policy/sources.js';
import { routeQuestion } from '../../core/services/answers/route-question.js';
import { ISSUES } from '../../core/terms.js';
import { ruleLine } from './answer-body.js';
import { DATA_NOTICE } from './as-data.js';
import type { ApiDesk, Caller } from './desk.js';

/** The most characters of one rule. */
const MAX_LINE = 2_000;

/** Each issue with its answer for this audience, without an offer: bought in the partner's usual way. */
export function policyText(desk: ApiDesk, { audience: asker }: Caller): string {
  const services = desk.ready();
  const ctx = desk.context(asker, desk.languageOf(undefined), 'web');
  const [{ directory }, profile] = [services.view(), services.profile()];
  const lines = ISSUES.map((issue) => {
    const answer = routeQuestion({ asker, issue }, directory, profile);
    return `- \`${issue}\` (${issueName(issue, ctx)}): ${plainText(ruleLine(answer, ctx), MAX_LINE)}`;
  });
  return [
    '# Who is responsible for what',
    '',
    'The usual case, for the readers of this key. The purchase, the offer and the country may change an answer, so ask `who_is_responsible`.',
    '',
    DATA_NOTICE,
    '',
    ...lines,
  ].join('\n');
}

/** Every cited page with its date, the day it was read, and the statements taken from it. */
export function sourcesText(): string {
  const pages = Object.values(PAGES as Readonly<Record<string, Page>>).map(
    ({ title, url, pageDate, readOn, facts }) =>
      [
        `## ${title}`,
        '',
        `${url} (page of ${pageDate}, read on ${readOn})`,
        '',
        ...Object.values(facts).map(({ basis, fact }) => `- ${fact} (${basis})`),
      ].join('\n'),
  );
  return ['# Sources of the policy', ...pages].join('\n\n');
}
