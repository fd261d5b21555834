/** What the doctor found, for administrators: what is wrong first, each with the way to mend it. */
import { isHealthy, type Finding } from '../../core/findings.js';
import { textBlock, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { plainAction } from './admin-form.js';

/** Findings shown; more are counted. */
const MOST_SHOWN = 10;

export function doctorCard(
  { findings }: { readonly findings: readonly Finding[] },
  ctx: RenderContext,
): RenderedCard {
  const open = (['wrong', 'doubt'] as const).flatMap((verdict) =>
    findings.filter((one) => one.verdict === verdict),
  );
  const title = say(ctx, isHealthy(findings) ? 'doctor.healthy' : 'doctor.ill');
  const body = say(ctx, 'doctor.body', { open: open.length, fine: findings.length - open.length });
  const lines = open
    .slice(0, MOST_SHOWN)
    .map((one) => say(ctx, `doctor.${one.verdict}`, { what: one.what, mend: one.mend ?? '' }));
  const more =
    open.length > MOST_SHOWN
      ? [say(ctx, 'doctor.more', { count: open.length - MOST_SHOWN, command: 'offer-desk doctor' })]
      : [];
  const shown = [...lines, ...more];
  const details: readonly Element[] = shown.map((line) => textBlock(line.card, { spacing: 'small' }));
  const actions = [plainAction({ verb: 'upkeep-menu' }, ctx.text('admin.button.menu'), ctx)];
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, shown.map((line) => `• ${line.plain}`).join('\n')]),
  };
}
