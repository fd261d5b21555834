/** The cards that ask for the kind of issue (the nearest kinds, the topics of one kind, all kinds), and the card that names several questions. */
import { clickAction, navigation, type ChoiceRow } from '../kit/buttons.js';
import type { AskBackData, IssueChoicesData, IssueTopicsData } from '../kit/card-data.js';
import { say, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import type { IssueKind } from '../../core/terms.js';
import { textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { safeText } from '../kit/safe-text.js';
import { renderChoices, type RowGroup } from './choice-card.js';
import { issueRow, understoodLine, issueName, type Understood } from './guide.js';
import { issueMenu, topicsOf } from './issue-menu.js';

const NEAREST = 5;

/** Asks which of the nearest issues is meant. */
export function askBackCard(data: AskBackData, ctx: RenderContext): RenderedCard {
  const rows = [...new Set(data.issues)].slice(0, NEAREST).map((issue) => issueRow(issue, ctx));
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName, bought: data.bought }, ctx),
      title: say(ctx, 'ask-back.title'),
      groups: [{ rows }],
      hint: say(ctx, 'ask-back.hint'),
      actions: [
        clickAction({ verb: 'change', what: 'issue' }, ctx.text('button.something-else'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}

/** Asks for the kind of issue. A kind with topics leads to `issueTopicsCard`; a kind without topics is an answer. */
export function issueChoicesCard(data: IssueChoicesData, ctx: RenderContext): RenderedCard {
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName, bought: data.bought }, ctx),
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

/** Asks for the topic; the general one stands first. */
export function issueTopicsCard(data: IssueTopicsData, ctx: RenderContext): RenderedCard {
  const rows = topicsOf(data.kind, ctx.asker).map((issue) => issueRow(issue, ctx));
  return renderChoices(
    {
      understood: understoodLine({ offerName: data.offerName, bought: data.bought }, ctx),
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

/** The card that names back the questions found in one text, before they are answered one after the other. */
export interface SeveralQuestionsData {
  readonly questions: readonly Understood[];
}

/** A numbered line for each question. */
export function severalQuestionsCard({ questions }: SeveralQuestionsData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, questions.length === 2 ? 'several.title.two' : 'several.title.three');
  const body = say(ctx, 'several.body');
  const lines = questions.map((one, at) => `${at + 1} · ${lineOf(one, ctx)}`);
  const details = lines.map((line) => textBlock(safeText(line), { weight: 'bolder', spacing: 'small' }));
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, lines.join('\n'), body.plain]),
  };
}

function lineOf({ issue, offerName }: Understood, ctx: RenderContext): string {
  const names = [issue === undefined ? '' : issueName(issue, ctx), offerName ?? ''];
  return names.filter((name) => name !== '').join(' · ');
}
