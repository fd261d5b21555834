/** The cards about cases with `text` in every free text, for the tests of all cards. */
import { answerCard } from '../../cards/answer/answer-card.js';
import { CASE_NOTES, caseCard, type CaseCardData } from '../../cards/cases/case-card.js';
import { CASE_ANSWERS, caseListCard, caseSaidCard, teamCasesCard } from '../../cards/cases/case-list-card.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import { reachableStep } from '../../core/services/answers/open-first.js';
import type { ContactCase } from '../../core/services/cases/case.js';
import { NOW } from './card-fixtures.js';
import { DAY_MS, sampleCase } from './cases.js';

type View = (ctx: RenderContext) => RenderedCard;

export function caseViews(name: string, answer: Answer, text?: string): Readonly<Record<string, View>> {
  const history: ContactCase['history'] = [
    { at: NOW - 2 * DAY_MS, kind: 'unanswered', stop: 0 },
    { at: NOW, kind: 'wrote', stop: 1 },
  ];
  const one = sampleCase({
    customer: text ?? 'Adatum, ticket 4711',
    dueAt: NOW + DAY_MS,
    endsAt: NOW + 30 * DAY_MS,
  });
  const steps = [answer.first, answer.escalation[0] ?? answer.first];
  const stops = steps.map((step) => reachableStep(step, NOW));
  const shown = { one, offerName: name, stops };
  const person = text ?? 'Grace';
  const data = (note: CaseCardData['note']): CaseCardData => {
    const moved = ['escalated', 'end-of-path', 'wrong-end'].includes(note);
    return { ...shown, note, person, one: moved ? { ...one, history } : one };
  };
  const many = Array.from({ length: 12 }, () => shown);
  const offer = answer.offer && { ...answer.offer, id: 'fabrikam.contoso-backup' };
  return {
    'answer-cases': (ctx) =>
      answerCard({ answer: { ...answer, offer, assumed: 'partner' } }, { ...ctx, cases: true }),
    ...Object.fromEntries(
      CASE_NOTES.map((note) => [`case-${note}`, (ctx: RenderContext) => caseCard(data(note), ctx)]),
    ),
    'case-list': (ctx) => caseListCard({ cases: [shown, { ...shown, offerName: '' }], hasTeam: true }, ctx),
    'case-list-long': (ctx) => caseListCard({ cases: many, hasTeam: false }, ctx),
    'case-list-empty': (ctx) => caseListCard({ cases: [], hasTeam: false }, ctx),
    'case-team': (ctx) => teamCasesCard({ cases: [{ ...shown, holder: person }] }, ctx),
    'case-team-long': (ctx) => teamCasesCard({ cases: many.map((each) => ({ ...each, holder: '' })) }, ctx),
    'case-team-empty': (ctx) => teamCasesCard({ cases: [] }, ctx),
    ...Object.fromEntries(
      CASE_ANSWERS.map((kind) => [`case-said-${kind}`, (ctx: RenderContext) => caseSaidCard({ kind }, ctx)]),
    ),
  };
}
