/** The cards about wrong contacts with `text` in every free text, for the tests of all cards. */
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { answerCard } from '../../cards/answer/answer-card.js';
import { reportContactCard, type ReportContactData } from '../../cards/reports/report-contact-card.js';
import { reportQueueCard } from '../../cards/reports/report-queue-card.js';
import { REPORT_ANSWERS, reportSaidCard, thanksCard } from '../../cards/reports/reporter-card.js';
import type { Answer } from '../../core/services/answers/answer.js';
import {
  REPORT_REASONS,
  SETTLEMENT_KINDS,
  type ContactReport,
} from '../../core/services/reports/report-contact.js';
import { NOW } from './card-fixtures.js';

type View = (ctx: RenderContext) => RenderedCard;

const ABOUT = { key: 'offer:fabrikam.contoso-backup', way: 'publisher-support', mark: '9x0pq3mzr1' } as const;

export function reportViews(name: string, answer: Answer, text?: string): Readonly<Record<string, View>> {
  const note = text ?? 'The number [number] rings, but nobody answers.';
  const email = text ?? 'support@fabrikam.com';
  const reports = REPORT_REASONS.map((reason, at): ContactReport => {
    const reporter = {
      channelId: 'msteams',
      conversationId: `a:${at}`,
      userId: `29:${at}`,
      language: 'en',
      asker: 'partner',
    } as const;
    return {
      id: `r${at}`,
      at: NOW - at * 86_400_000,
      about: ABOUT,
      reason,
      note: at === 0 ? note : '',
      reporter,
    };
  });
  const contact = {
    kind: 'customer-support',
    name,
    email,
    phone: text ?? '+14255550123',
    url: text ?? 'https://support.fabrikam.com/',
    upn: email,
    hours: text ?? 'UTC; 24/7',
  } as const;
  const data: ReportContactData = { about: ABOUT, name, contact, reports, people: 5 };
  const queued = (at: number) => ({
    about: { ...ABOUT, mark: `m${at}` },
    reports: reports.slice(0, at + 1),
    people: at + 1,
    name,
  });
  const thanks = { name, way: ABOUT.way, reason: 'left', reportedAt: NOW, note } as const;
  return {
    'answer-doubted': (ctx) => answerCard({ answer }, { ...ctx, doubted: () => 2 }),
    'report-contact': (ctx) => reportContactCard(data, ctx),
    'report-contact-no-note': (ctx) => reportContactCard({ ...data, hint: 'no-note' }, ctx),
    'report-contact-desk': (ctx) =>
      reportContactCard({ ...data, about: { key: 'desk:billing', way: 'partner-desk', mark: 'm' } }, ctx),
    'report-contact-page': (ctx) =>
      reportContactCard(
        { ...data, about: { key: 'microsoft', way: 'azure-support', mark: 'm' }, contact: undefined },
        ctx,
      ),
    ...Object.fromEntries(
      SETTLEMENT_KINDS.map((kind) => [
        `report-contact-${kind}`,
        (ctx: RenderContext) =>
          reportContactCard(
            { ...data, settled: { kind, at: NOW, by: '29:x', note, byName: name, now: false } },
            ctx,
          ),
      ]),
    ),
    'report-contact-settled-now': (ctx) =>
      reportContactCard({ ...data, settled: { kind: 'right', at: NOW, by: '29:x', note, now: true } }, ctx),
    'report-queue': (ctx) => reportQueueCard({ contacts: [0, 1, 2].map(queued) }, ctx),
    'report-queue-long': (ctx) =>
      reportQueueCard({ contacts: Array.from({ length: 40 }, (_, at) => queued(at % 5)) }, ctx),
    'report-queue-empty': (ctx) => reportQueueCard({ contacts: [] }, ctx),
    ...Object.fromEntries(
      REPORT_ANSWERS.map((kind) => [
        `report-said-${kind}`,
        (ctx: RenderContext) => reportSaidCard({ kind }, ctx),
      ]),
    ),
    ...Object.fromEntries(
      SETTLEMENT_KINDS.map((outcome) => [
        `report-thanks-${outcome}`,
        (ctx: RenderContext) => thanksCard({ ...thanks, outcome }, ctx),
      ]),
    ),
  };
}
