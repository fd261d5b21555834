/** The card that asks what kind of issue it is: every kind that concerns this asker, grouped, in plain words. */
import { type ChoiceRow, navigation } from '../kit/buttons.js';
import type { IssueChoicesData } from '../kit/card-data.js';
import { renderChoices, type RowGroup } from './choice-card.js';
import { issueMenu, topicsOf } from './issue-menu.js';
import { say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { understoodLine } from './understood.js';
import type { IssueKind } from '../../core/terms.js';

/** Asks for the kind of issue. A kind with topics leads to `issueTopicsCard`, one without is an answer. */
export function issueChoicesCard(data: IssueChoicesData, ctx: RenderContext): RenderedCard {
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName }, ctx),
      title: say(ctx, 'issues.title'),
      intro: say(ctx, 'issues.free-text'),
      groups: issueGroups(ctx),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

/** The kinds as rows under their headings. */
export function issueGroups(ctx: RenderContext): readonly RowGroup[] {
  return issueMenu(ctx.asker).map(({ group, kinds }) => ({
    ...(group === 'other' ? {} : { title: ctx.text(`menu.${group}`) }),
    rows: kinds.map((kind) => kindRow(kind, ctx)),
  }));
}

function kindRow(kind: IssueKind, ctx: RenderContext): ChoiceRow {
  const [only, ...more] = topicsOf(kind, ctx.asker);
  const label = ctx.text(`kind.${kind}`);
  if (only === undefined || more.length > 0) return { action: { verb: 'choose-group', kind }, label };
  return { action: { verb: 'choose-issue', issue: only }, label };
}
