/** The card that asks which topic of one kind of issue is meant, where the topic changes who is responsible. */
import { clickAction, navigation } from '../kit/buttons.js';
import type { IssueTopicsData } from '../kit/card-data.js';
import { renderChoices } from './choice-card.js';
import { topicsOf } from './issue-menu.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueRow, understoodLine } from './understood.js';

/** Asks for the topic; the general one stands first. */
export function issueTopicsCard(data: IssueTopicsData, ctx: RenderContext): RenderedCard {
  const rows = topicsOf(data.kind, ctx.asker).map((issue) => issueRow(issue, ctx));
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName }, ctx),
      title: say(ctx, 'topics.title', { kind: ctx.text(`kind.${data.kind}`) }),
      groups: [{ rows }],
      hint: say(ctx, 'topics.hint'),
      actions: [
        clickAction({ verb: 'change', what: 'issue' }, ctx.text('button.all-issues'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}
