/** Takes the report of another system that a contact of an answer is wrong. */
import type { z } from 'zod';
import { seenMark } from '../../cards/reports/wrong-contact.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { reportSaidCard } from '../../cards/reports/reporter-card.js';
import {
  REPORT_REASONS,
  reportContact,
  type ReportDeps,
} from '../../core/services/reports/report-contact.js';
import type { Asker } from '../../core/terms.js';
import { readReference } from './answer-body.js';
import type { ReportTaken, WrongContact } from './api.js';
import { wrongField } from './read-request.js';

/** The channel of reporters that are systems: no message is sent to it. */
const CHANNEL = 'api';

export interface ContactReporter {
  /** Names the client: it has at most one open report about a contact. */
  readonly id: string;
  readonly audience: Asker;
}

/**
 * Records the report, or says why not.
 * @param ctx of the sentence about the outcome
 * @throws DeskError `request.malformed` for a reference of no answer
 */
export async function takeReport(
  { reference, reason, note = '' }: z.infer<typeof WrongContact>,
  { id, audience: asker }: ContactReporter,
  deps: Omit<ReportDeps, 'wasSeen'>,
  ctx: RenderContext,
): Promise<z.infer<typeof ReportTaken>> {
  const about = readReference(reference);
  if (!about)
    throw wrongField('reference', 'names no contact. Send `reference` of a contact of an answer, unchanged.');
  const name = `${CHANNEL}:${id}`;
  const { kind } = await reportContact(
    { ...deps, wasSeen: (present) => seenMark(present, ctx.signer) === about.seen },
    {
      ...about,
      reason,
      note,
      reporter: { channelId: CHANNEL, conversationId: name, userId: name, language: ctx.language, asker },
    },
  );
  if (kind === 'no-reason')
    throw wrongField('reason', `unknown value. Send one of: ${REPORT_REASONS.join(', ')}.`);
  return { outcome: kind, message: reportSaidCard({ kind }, ctx).text };
}
