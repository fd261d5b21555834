/** The staff's side of a hand-over: the customer's question, the bot's answer, the state, and how to reply. */
import { isOpen, type Entry } from '../../core/handover/types.js';
import { partyName } from '../answer/answer-words.js';
import { clickAction } from '../kit/buttons.js';
import { box, type Element, exactLine, heading, labelled, listed, textBlock } from '../kit/elements.js';
import { HANDOVER_FIELDS, staffName, statusSaid, stuckSaid, type StatusData } from './handover-words.js';
import { localMoment } from '../outages/outage-words.js';
import { renderCard } from '../kit/render.js';
import { plainText, safeText } from '../kit/safe-text.js';
import { NOTHING, oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueName } from '../choices/guide.js';
import { languageName } from '../../core/terms.js';

export interface HandoverStaffData extends StatusData {
  /** The newest words of both, oldest first. */
  readonly entries: readonly Entry[];
  /** Staff's answers that the visitor could not be shown so far. */
  readonly stuck: number;
  /** IANA zone in which staff read times; UTC where it is not known. */
  readonly zone: string;
  /** Why the button that was just pressed had no effect. */
  readonly problem?: 'empty' | 'taken';
  /** In a channel, an answer in the thread reaches the visitor too. */
  readonly kind: 'channel' | 'group';
}

const LONGEST_REPLY = 2000;
const WORDS = 500;
const LINE = 160;

export function handoverStaffCard(data: HandoverStaffData, ctx: RenderContext): RenderedCard {
  const { handover } = data;
  const title = say(ctx, 'handover.staff.title');
  const status = statusSaid(data, 'staff', ctx);
  if (handover.status === 'forgotten') return finished(title, status, ctx);
  const about = aboutLines(data, ctx);
  const said = data.entries.map((entry) => lineSaid(entry, data, ctx));
  const stuck = stuckSaid(data.stuck, handover, 'staff', ctx);
  const problem = data.problem ? say(ctx, `handover.note.${data.problem}.title`) : NOTHING;
  const contact = handover.topic.contact;
  const label = contact ? ctx.text(`handover.staff.contact.${contact.kind}`) : '';
  const details = [
    ...[problem, stuck]
      .filter((line) => line.card !== '')
      .map((line) => box([textBlock(line.card)], { style: 'warning' })),
    ...about.map((line) => textBlock(line.card, { spacing: 'small' })),
    ...(contact ? [exactLine(label, contact.value)] : []),
    ...(said.length === 0 ? [] : [heading(ctx.text('handover.staff.said'))]),
    ...said.map((line) => textBlock(line.card, { spacing: 'small' })),
    ...(isOpen(handover) ? answering(data, ctx) : []),
  ];
  const actions = isOpen(handover) ? staffButtons(data, ctx) : [];
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: status.card }, { details, actions }),
    summary: oneLine(`${title.plain}. ${status.plain}`),
    text: paragraphs([
      title.plain,
      status.plain,
      problem.plain,
      stuck.plain,
      about.map((line) => line.plain).join('\n'),
      contact ? labelled(label, plainText(contact.value, 254)) : '',
      said.map((line) => line.plain).join('\n'),
    ]),
  };
}

function finished(title: Sentence, status: Sentence, ctx: RenderContext): RenderedCard {
  const body = say(ctx, 'handover.staff.forgotten-body');
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: status.card },
      { details: [textBlock(body.card)] },
    ),
    summary: oneLine(status.plain),
    text: paragraphs([title.plain, status.plain, body.plain]),
  };
}

/**
 * The customer's question, the bot's answer and the tried contacts. The visitor's own words are shown as plain text.
 */
function aboutLines({ handover, zone }: HandoverStaffData, ctx: RenderContext): readonly Sentence[] {
  const { topic, openedAt, visitor } = handover;
  const { issue, offerName, responsible, named, purchase } = topic;
  const parties = (list: typeof named) => list.map(({ party, name }) => partyName(name, party, ctx));
  const values = {
    issue: issue === null ? '' : issueName(issue, ctx),
    offer: offerName ?? '',
    name: responsible ? (parties([responsible])[0] ?? '') : '',
    names: listed(parties(named), ctx.language),
    at: localMoment(openedAt, zone, ctx.language),
    language: languageName(visitor.language),
  };
  const line = (key: string, is: unknown): readonly Sentence[] =>
    is ? [say(ctx, `handover.staff.${key}`, values)] : [];
  return [
    ...words('handover.staff.message', topic.message, ctx),
    ...words('handover.staff.question', topic.question, ctx),
    ...line('about-both', issue !== null && offerName !== null),
    ...line('about-issue', issue !== null && offerName === null),
    ...line('answered', responsible),
    ...line('named', named.length > 0),
    ...(purchase === null ? [] : [say(ctx, `channel.staff.${purchase}`)]),
    ...line('not-helped', topic.notHelped),
    ...line('since', true),
  ];
}

function words(key: string, text: string, ctx: RenderContext): readonly Sentence[] {
  if (text.trim() === '') return [];
  const label = ctx.text(key);
  return [
    {
      card: labelled(label, safeText(text, WORDS)),
      plain: labelled(label, plainText(text, WORDS)),
    },
  ];
}

/** The writer, the first words, and whether the other side has the message. */
function lineSaid(entry: Entry, { person }: HandoverStaffData, ctx: RenderContext): Sentence {
  const text = entry.what.kind === 'text' ? entry.what.text : '';
  const name =
    entry.to === 'staff' ? ctx.text('handover.staff.customer') : staffName(entry.by, 'staff', person, ctx);
  const state = ctx.text(`handover.mark.${entry.state}`);
  const form = (clean: typeof plainText) =>
    ctx.text('handover.staff.line', { name: clean(name, 60), text: clean(text, LINE), state });
  return { card: form(safeText), plain: form(plainText) };
}

function answering({ kind }: HandoverStaffData, ctx: RenderContext): readonly Element[] {
  return [
    textBlock(ctx.text(`handover.staff.how.${kind}`), { subtle: true, size: 'small' }),
    {
      type: 'Input.Text',
      id: HANDOVER_FIELDS.reply,
      label: ctx.text('handover.field.reply'),
      // Web Chat names the field by it when it reads a new card out.
      placeholder: ctx.text('handover.field.reply'),
      isMultiline: true,
      maxLength: LONGEST_REPLY,
    },
  ];
}

function staffButtons({ handover }: HandoverStaffData, ctx: RenderContext): readonly Element[] {
  const { id: handoverId, takenBy } = handover;
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    button({ verb: 'handover-reply', handoverId }, 'handover.button.reply'),
    ...(takenBy === null ? [button({ verb: 'handover-take', handoverId }, 'handover.button.take')] : []),
    button({ verb: 'handover-close', handoverId }, 'handover.button.close'),
  ];
}
