/** The line that shows what was understood so far, on question cards. */
import type { Issue, PurchaseChannel } from '../../core/terms.js';
import type { ChoiceRow } from '../kit/buttons.js';
import { NOTHING, type Said, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

export interface Understood {
  readonly offerName?: string;
  readonly issue?: Issue;
}

/** `I understood: Billing · Contoso Backup`, or whichever of the two is known; nothing when neither is. */
export function understoodLine(known: Understood, ctx: RenderContext): Said {
  const issue = known.issue === undefined ? undefined : issueName(known.issue, ctx);
  const offer = known.offerName;
  if (issue !== undefined && offer) return say(ctx, 'understood.both', { issue, offer });
  if (issue !== undefined) return say(ctx, 'understood.issue', { issue });
  return offer ? say(ctx, 'understood.offer', { offer }) : NOTHING;
}

/** The issue in plain words of the reader's language. */
export function issueName(issue: Issue, ctx: RenderContext): string {
  return ctx.text(`issue.${issue}`);
}

/** A purchase channel in the words of who reads it. */
export function channelName(channel: PurchaseChannel | 'unknown', ctx: RenderContext): string {
  if (channel === 'unknown') return ctx.text('choice.unsure');
  return ctx.text(`channel.${ctx.asker === 'customer' ? 'customer' : 'staff'}.${channel}`);
}

/** The issue as a choice, with a line that tells it from its neighbours. */
export function issueRow(issue: Issue, ctx: RenderContext): ChoiceRow {
  return {
    action: { verb: 'choose-issue', issue },
    label: issueName(issue, ctx),
    detail: ctx.text(`issue.${issue}.hint`),
  };
}
