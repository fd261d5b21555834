/** The delivery of an outage, in a few lines for staff: delivered, waiting, left out and why, not delivered and why. */
import type { Ledger } from '../../core/incident/ledger.js';
import { type Block, listed, textBlock } from '../kit/elements.js';
import { plainText, safeText } from '../kit/safe-text.js';
import { say, type Sentence } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

export interface LedgerShown extends Ledger {
  /** Recipients without a decision so far: a large audience takes seconds. */
  readonly undecided: number;
}

/** Codes and reasons in one line. */
const MOST = 4;
const REASONS = new Set([
  'opted-out', 'unreachable', 'not-subscribed', 'below-severity', 'silenced', 'inhibited', 'unconfirmed', 'withdrawn',
]); // prettier-ignore

/** The lines; none for an outage without recipients. */
export function ledgerBlock(ledger: LedgerShown | undefined, ctx: RenderContext): Block {
  if (!ledger || ledger.total + ledger.undecided === 0) return { elements: [], lines: [] };
  const { withdrawn, mutedByReason, waitingByCode, failedByCode } = ledger;
  const spared = withdrawn === 0 ? mutedByReason : { ...mutedByReason, withdrawn };
  const lines = [
    say(ctx, 'outage.ledger', counts(ledger)),
    ...reasonLine('outage.ledger.spared', spared, ctx),
    ...reasonLine('outage.ledger.waiting', waitingByCode, ctx),
    ...reasonLine('outage.ledger.failed', failedByCode, ctx),
    ...(ledger.undecided > 0 ? [say(ctx, 'outage.ledger.undecided', { count: ledger.undecided })] : []),
  ];
  return {
    elements: lines.map((one) => textBlock(one.card, { subtle: true, size: 'small', spacing: 'small' })),
    lines: lines.map((one) => one.plain),
  };
}

/** The four add up to the total. */
function counts(ledger: Ledger): Readonly<Record<string, number>> {
  const { total, current, behind, pending, retrying, held, muted, withdrawn, stopped, dead } = ledger;
  return {
    total,
    told: current + behind,
    waiting: pending + retrying + held,
    spared: muted + withdrawn,
    failed: stopped + dead,
  };
}

function reasonLine(
  key: string,
  reasons: Readonly<Record<string, number>>,
  ctx: RenderContext,
): readonly Sentence[] {
  const all = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  if (all.length === 0) return [];
  const named = all.slice(0, MOST).map(([why, count]) => whySaid(why, count, ctx));
  const more = all.slice(MOST).reduce((sum, [, count]) => sum + count, 0);
  if (more > 0) named.push(ctx.text('outage.and-more', { count: more }));
  const text = listed(named, ctx.language);
  return [
    {
      card: ctx.text(key, { reasons: safeText(text, 400) }),
      plain: ctx.text(key, { reasons: plainText(text, 400) }),
    },
  ];
}

/** How often a reason stands: one of this product in words, an answer of the platform in the platform's own words. */
function whySaid(why: string, count: number, ctx: RenderContext): string {
  if (REASONS.has(why)) return ctx.text(`outage.ledger.why.${why}`, { count });
  return `${why} ${count.toLocaleString(ctx.language)}`;
}
