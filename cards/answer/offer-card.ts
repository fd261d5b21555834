/** One offer at a glance: who handles each kind of issue, and the first contact. For chats and for unfurled links. */
import type { Answer } from '../../core/services/answers/answer.js';
import { reachableAnswer, type ReachableAnswer } from '../../core/services/answers/open-first.js';
import { partyName, stepName } from './answer-words.js';
import { linkAction } from '../kit/buttons.js';
import { contactBlock } from './contact-block.js';
import { box, type Element, heading, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { type Sentence, oneLine, paragraphs, say, sayIf } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { issueName } from '../choices/guide.js';

export interface OfferData {
  /** Answers about one offer, one for each issue. */
  readonly answers: readonly [Answer, ...Answer[]];
}

/** Heaviest card, in bytes of UTF-16, with room for a message extension's envelope. */
const MAX_BYTES = 22 * 1024;

/** The card of an offer. Everything on it is for the asker of its answers. */
export function offerCard({ answers }: OfferData, ctx: RenderContext): RenderedCard {
  const offer = answers[0].offer;
  const values = { offer: offer?.name ?? '', publisher: offer?.publisherName ?? '' };
  const title = say(ctx, 'offer-card.title', values);
  const intro = say(ctx, 'offer-card.intro', values);
  const withdrawn = sayIf(offer?.withdrawn, ctx, 'answer.withdrawn', values);
  const rows = answers.map((answer) => row(answer, ctx));
  const contacts = contactsOf(answers, ctx);
  const details = (most: number): readonly Element[] => [
    ...(withdrawn.card === '' ? [] : [box([textBlock(withdrawn.card)], { style: 'warning' })]),
    ...rows.map((one) => textBlock(one.card, { spacing: 'small' })),
    ...(most === 0 || contacts.length === 0 ? [] : [heading(ctx.text('offer-card.contacts'))]),
    ...contacts.slice(0, most).map((one) => box(one.elements, { style: 'emphasis', spacing: 'small' })),
  ];
  return {
    card: fitting((most) => cardOf(title, intro, details(most), ctx), contacts.length),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      intro.plain,
      withdrawn.plain,
      rows.map((one) => one.plain).join('\n'),
      ...contacts.map((one) => one.lines.join('\n')),
    ]),
  };
}

function cardOf(title: Sentence, intro: Sentence, details: readonly Element[], ctx: RenderContext): Element {
  const actions = linkAction(ctx.text('button.private-chat'), ctx.privateChat);
  return renderCard('notice', ctx.language, { title: title.card, body: intro.card }, { details, actions });
}

/** `Billing: Contoso Cloud. First contact: Contoso Cloud – service desk.` */
function row(answer: Answer, ctx: RenderContext): Sentence {
  const { responsible } = answer.decision;
  return say(ctx, 'offer-card.row', {
    issue: issueName(answer.facts.issue, ctx),
    responsible: partyName(answer.responsibleName, responsible, ctx),
    first: stepName(answer.first, ctx),
    way: ctx.text(`way.${answer.first.step.way}`),
  });
}

/** The first stops of all answers, each contact once. */
function contactsOf(answers: OfferData['answers'], ctx: RenderContext) {
  const firsts = new Map<string, ReachableAnswer>();
  for (const answer of answers) {
    const { step, contact } = answer.first;
    const key = `${step.way}:${contact?.email ?? contact?.url ?? ''}`;
    if (!firsts.has(key)) firsts.set(key, reachableAnswer(answer, ctx.now));
  }
  return [...firsts.values()].map((answer) => contactBlock(answer.first, answer, ctx, { buttons: false }));
}

/** With extremely long data the last contacts are left off; the text twin keeps them. */
function fitting(cardWith: (most: number) => Element, all: number): Element {
  for (let most = all; ; most -= 1) {
    const card = cardWith(most);
    if (most === 0 || JSON.stringify(card).length * 2 <= MAX_BYTES) return card;
  }
}
