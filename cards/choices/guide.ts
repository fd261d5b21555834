/** The line above a question: where the conversation stands, and what the bot understood. */
import { isPrivateOffer, type Issue, type PurchaseChannel } from '../../core/terms.js';
import type { ChoiceRow } from '../kit/buttons.js';
import { NOTHING, type Sentence, say, oneLine, paragraphs } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import type { GuideData } from '../kit/card-data.js';
import { box, bullets, type Element } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { plainName } from '../kit/safe-text.js';

/** The line on question cards that shows what the bot understood so far. */
export interface Understood {
  readonly offerName?: string;
  readonly issue?: Issue;
  readonly refundOpen?: boolean;
  /** How the person said that the product was bought: one channel, or all that the words leave open. */
  readonly bought?: readonly PurchaseChannel[];
}

/** `I understood: Billing · Contoso Backup · bought directly`, or what is known of it; nothing when nothing is known. */
export function understoodLine(known: Understood, ctx: RenderContext): Sentence {
  const issue = known.issue === undefined ? undefined : issueName(known.issue, ctx);
  const window =
    known.refundOpen === undefined
      ? []
      : [ctx.text(`understood.refund.${known.refundOpen ? 'open' : 'over'}`)];
  const names = [known.offerName ?? '', boughtName(known.bought, ctx), ...window];
  const offer = names.filter((name) => name !== '').join(' · ');
  if (issue !== undefined && offer) return say(ctx, 'understood.both', { issue, offer });
  if (issue !== undefined) return say(ctx, 'understood.issue', { issue });
  return offer ? say(ctx, 'understood.offer', { offer }) : NOTHING;
}

/** How the product was bought, in a few words; empty where nobody said it. */
function boughtName(bought: readonly PurchaseChannel[] = [], ctx: RenderContext): string {
  const [channel, ...more] = bought;
  if (channel === undefined) return '';
  if (more.length === 0) return ctx.text(`bought.${channel}`);
  return bought.some(isPrivateOffer) ? ctx.text('bought.private-offer') : '';
}

/** The issue in plain words of the reader's language. */
export function issueName(issue: Issue, ctx: RenderContext): string {
  return ctx.text(`issue.${issue}`);
}

/** A purchase channel in the reader's words. */
export function channelName(channel: PurchaseChannel | 'unknown', ctx: RenderContext): string {
  if (channel === 'unknown') return ctx.text('choice.unsure');
  return ctx.text(`channel.${ctx.asker === 'customer' ? 'customer' : 'staff'}.${channel}`);
}

/** The issue as a choice, with a line that distinguishes it from similar issues. */
export function issueRow(issue: Issue, ctx: RenderContext): ChoiceRow {
  return {
    action: { verb: 'choose-issue', issue },
    label: issueName(issue, ctx),
    detail: ctx.text(`issue.${issue}.hint`),
  };
}

/** The shape of welcome and help: a heading, the purpose, example sentences, and the words that always work. */
export interface Guide {
  /** Locale keys of heading and first sentence. */
  readonly titleKey: string;
  readonly introKey: string;
  readonly data: GuideData;
  /** Further sentences of the locale files. */
  readonly points: readonly string[];
  readonly actions: readonly Element[];
}

const EXAMPLES = 3;

/** Renders a guide for this asker. */
export function renderGuide(guide: Guide, ctx: RenderContext): RenderedCard {
  const title = say(ctx, guide.titleKey);
  const intro = say(ctx, guide.introKey, { partner: guide.data.partnerName });
  const examplesTitle = say(ctx, 'guide.examples');
  const commands = say(ctx, 'guide.commands');
  const examples = exampleSentences(guide.data, ctx);
  const data = {
    title: title.card,
    intro: intro.card,
    examplesTitle: examplesTitle.card,
    commands: commands.card,
  };
  const slots = {
    examples: bullets(examples.map((one) => one.card)),
    more: guide.points.length === 0 ? [] : [box(bullets(guide.points), { spacing: 'medium' })],
    actions: guide.actions,
  };
  const list = (items: readonly string[]) => items.map((item) => `• ${item}`).join('\n');
  return {
    card: renderCard('guide', ctx.language, data, slots),
    summary: oneLine(`${title.plain} ${intro.plain}`),
    text: paragraphs([
      title.plain,
      intro.plain,
      `${examplesTitle.plain}\n${list(examples.map((one) => one.plain))}`,
      list(guide.points),
      commands.plain,
    ]),
  };
}

function exampleSentences(data: GuideData, ctx: RenderContext): readonly Sentence[] {
  const names = data.offerNames
    .map(plainName)
    .filter((name) => name !== '')
    .slice(0, EXAMPLES);
  if (names.length === 0) return [say(ctx, 'guide.example.any')];
  return names.map((offer, at) => say(ctx, `guide.example.${ctx.asker}.${at + 1}`, { offer }));
}
