/** What people read while the desk has no partner profile: administrators what is missing, everybody else that it is not open yet. */
import type { SetUpNeed } from '../../core/directory/set-up.js';
import { exactLine, labelled, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainText } from '../kit/safe-text.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** The command that an operator runs for each thing that is missing; an administrator reads it on the card. */
const COMMANDS: Readonly<Record<SetUpNeed, string>> = {
  profile: 'offer-desk profile init',
  directory: 'offer-desk directory import FILE',
  admins: 'OFFER_DESK_ADMINS',
};

/** The two ways a profile file comes into force. */
const PROFILE_WAYS = { bring: 'offer-desk profile import FILE', setting: 'OFFER_DESK_PROFILE' };

/** For an administrator: what is missing, and the way to do it. */
export function setUpCard(
  { needs, sampleKept }: { readonly needs: readonly SetUpNeed[]; readonly sampleKept: boolean },
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'set-up.title');
  const body = say(ctx, 'set-up.body');
  const steps = needs.map((need) =>
    say(ctx, `set-up.need.${need}`, { command: COMMANDS[need], ...PROFILE_WAYS }),
  );
  const lines = [
    ...steps,
    ...(sampleKept ? [say(ctx, 'set-up.sample')] : []),
    say(ctx, 'set-up.check', { command: 'offer-desk doctor' }),
  ];
  const details = lines.map((line) => textBlock(line.card, { spacing: 'small' }));
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, lines.map((line) => `• ${line.plain}`).join('\n')]),
  };
}

/** For everybody else: nothing of a partner that is not known yet, and a reference for the operator. */
export function notSetUpCard(
  { reference }: { readonly reference: string },
  ctx: RenderContext,
): RenderedCard {
  const title = say(ctx, 'set-up.closed.title');
  const body = say(ctx, 'set-up.closed.body');
  const label = ctx.text('notice.reference');
  const shown = plainText(reference, 60);
  return {
    card: renderCard(
      'notice',
      { title: title.card, body: body.card },
      { details: [exactLine(label, shown)] },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, labelled(label, shown)]),
  };
}
