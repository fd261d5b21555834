/** The sections of the answer card below the headline: escalation, what to have at hand, notes, links, and why. */
import { FIGURES, figuresFor, type Figure, type FigureId } from '../../core/policy/figures.js';
import { sourceOf } from '../../core/policy/sources.js';
import { OWN_STEPS } from '../../core/policy/own-steps.js';
import type { Answer } from '../../core/services/answers/answer.js';
import type { ReachableAnswer } from '../../core/services/answers/open-first.js';
import { isOwnWay, sayOf } from './answer-words.js';
import { linkAction, primaryFirst } from '../kit/buttons.js';
import { contactBlock, titleOnly } from './contact-block.js';
import { substituteOf } from './contact-state.js';
import { missingWords } from './missing-contact.js';
import {
  actionRow,
  type Block,
  box,
  bullets,
  type Element,
  heading,
  numbered,
  textBlock,
} from '../kit/elements.js';
import { cardUrl } from '../kit/safe-url.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { longDate } from './verified.js';
import type { Incident } from '../../core/incident/types.js';
import { incidentTitle, localMoment } from '../outages/outage-words.js';

export const MAX_STEPS = 4;
const MAX_ITEMS = 6;
const LINK_ORDER = ['status', 'documentation', 'collateral', 'marketing', 'terms', 'privacy'] as const;
const EMPTY: Block = { elements: [], lines: [] };

interface EscalationOptions {
  readonly buttons?: boolean;
  readonly most?: number;
  readonly title?: string;
}

/** The next stops, numbered, with their contacts as text. */
export function escalationSection(
  answer: ReachableAnswer,
  ctx: RenderContext,
  { buttons = false, most = MAX_STEPS, title = ctx.text('answer.escalation') }: EscalationOptions = {},
): Block {
  const steps = answer.escalation.slice(0, most);
  if (steps.length === 0) return EMPTY;
  const words = [answer.first, ...steps].map((step) => missingWords(step, answer, ctx));
  const standIn = buttons ? undefined : substituteOf(answer);
  const blocks = steps.map((step, at) => {
    const said = words[at + 1];
    const isTold = said !== '' && words.indexOf(said ?? '') <= at;
    if (step === standIn) return titleOnly(step, at + 1, answer, ctx);
    return contactBlock(step, answer, ctx, { buttons, number: at + 1, isTold });
  });
  return {
    elements: [heading(title), ...blocks.map((block) => box(block.elements, { spacing: 'medium' }))],
    lines: [title, ...blocks.map((block) => block.lines.join('\n'))],
  };
}

/** What to have ready before contacting anybody. */
export function prepareSection(answer: Answer, ctx: RenderContext): Block {
  const known = ctx.tenantId ? { 'prepare.customer-tenant': 'answer.your-tenant' } : {};
  const keys = answer.decision.prepare.map((key) => (known as Record<string, string>)[key] ?? key);
  return listSection('answer.prepare', keys, answer, ctx, { tenant: ctx.tenantId ?? '' });
}

/** True where the answer is what the reader does alone, with the steps on the card. */
export function isDoneAlone({ first, decision }: Answer): boolean {
  return decision.ownSteps !== undefined && isOwnWay(first.step.way);
}

/**
 * What the reader can do alone: numbered steps, and a button to the page. Where the steps are the whole answer, the
 * portal and the filled button stand above the steps, as at a contact.
 */
export function ownStepsSection(answer: Answer, ctx: RenderContext): Block {
  const { ownSteps } = answer.decision;
  if (ownSteps === undefined) return EMPTY;
  const { steps, page } = OWN_STEPS[ownSteps];
  const said = Array.from({ length: steps }, (_, at) => ctx.text(`own-steps.${ownSteps}.${at + 1}`));
  const lines = said.map((step, at) => `${at + 1}. ${step}`);
  const open = linkAction(ctx.text('answer.own-steps-open'), page);
  if (isDoneAlone(answer)) {
    const way = ctx.text(`way.${answer.first.step.way}`);
    const elements = [
      textBlock(way, { weight: 'bolder' }),
      ...actionRow(primaryFirst(open)),
      ...numbered(said),
    ];
    return {
      elements: [box(elements, { style: 'emphasis', spacing: 'small' })],
      lines: [way, ...lines, page],
    };
  }
  const title = ctx.text('answer.own-steps');
  return {
    elements: [heading(title), ...numbered(said), ...actionRow(open)],
    lines: [title, ...lines, page],
  };
}

/** What to say to a person whose contact only the reader knows. */
export function tellSection(answer: Answer, ctx: RenderContext): Block {
  const { tell } = answer.decision;
  if (tell === undefined) return EMPTY;
  const title = ctx.text('answer.tell');
  const said = sayOf(answer, tell, ctx);
  return { elements: [heading(title), textBlock(said.card)], lines: [title, said.plain] };
}

/** Windows and periods, each with the page it was published on. */
export function figuresSection({ decision, facts }: Answer, ctx: RenderContext): Block {
  const figures = figuresFor(decision.figures, facts.hosting);
  if (figures.length === 0) return EMPTY;
  const title = ctx.text('answer.figures');
  const said = figures.map((id) => figureLine(id, ctx));
  const disagree = figures.some((id) => (FIGURES as Readonly<Record<FigureId, Figure>>)[id].disagrees);
  const check = disagree ? [say(ctx, 'answer.figure-check')] : [];
  return {
    elements: [
      heading(title),
      ...bullets(said.map((one) => one.card)),
      ...check.map(({ card }) => textBlock(card, { size: 'small' })),
    ],
    lines: [title, ...said.map((one) => `• ${one.plain}`), ...check.map(({ plain }) => plain)],
  };
}

function figureLine(id: FigureId, ctx: RenderContext): Sentence {
  const { amount, source } = FIGURES[id];
  const { title, date, laterThan, readOn } = sourceOf(source);
  const read = longDate(readOn, ctx.language) ?? readOn;
  const after = longDate(laterThan, ctx.language);
  const undated = after
    ? ctx.text('answer.figure-later', { after, read })
    : ctx.text('answer.figure-undated', { read });
  const dated = longDate(date, ctx.language) ?? undated;
  const sentence = say(ctx, `figure.${id}`, { amount });
  const from = say(ctx, 'answer.figure-source', { title, date: dated });
  const both = (form: keyof Sentence) =>
    ctx.text('answer.figure-and-source', { figure: sentence[form], source: from[form] });
  return { card: both('card'), plain: both('plain') };
}

const isAdvice = (note: string) => note.startsWith('error.');

/** What to do about the error that the reader pasted. */
export function adviceSection(answer: Answer, ctx: RenderContext): Block {
  return listSection('answer.advice', answer.decision.notes.filter(isAdvice), answer, ctx);
}

/** Remarks that change what the reader does. */
export function notesSection(answer: Answer, ctx: RenderContext): Block {
  const notes = answer.decision.notes.filter((note) => !isAdvice(note));
  return listSection('answer.notes', notes, answer, ctx);
}

function listSection(
  titleKey: string,
  keys: readonly string[],
  answer: Answer,
  ctx: RenderContext,
  more: Readonly<Record<string, string>> = {},
): Block {
  if (keys.length === 0) return EMPTY;
  const title = ctx.text(titleKey);
  const said = keys.slice(0, MAX_ITEMS).map((key) => sayOf(answer, key, ctx, more));
  return {
    elements: [heading(title), ...bullets(said.map((one) => one.card))],
    lines: [title, said.map((one) => `• ${one.plain}`).join('\n')],
  };
}

/** Pages this asker may see, as links inside one line. */
export function linksSection(answer: Answer, ctx: RenderContext): Block {
  const links = LINK_ORDER.flatMap((kind) => {
    const url = cardUrl(answer.links[kind]);
    return url === undefined ? [] : [{ title: ctx.text(`link.${kind}`), url }];
  });
  if (links.length === 0) return EMPTY;
  const inlines = links.flatMap(({ title, url }, at) => [
    ...(at === 0 ? [] : [{ type: 'TextRun', text: ' · ' }]),
    ...linkAction(title, url).map((selectAction) => ({ type: 'TextRun', text: title, selectAction })),
  ]);
  const title = ctx.text('answer.links');
  return {
    elements: [heading(title), { type: 'RichTextBlock', spacing: 'small', inlines }],
    lines: [
      title,
      links.map((link) => ctx.text('card.pair', { label: link.title, value: link.url })).join('\n'),
    ],
  };
}

/** The source; for staff also the rule. */
export function whySection(answer: Answer, ctx: RenderContext): Block {
  const said = whySentences(answer, ctx);
  const link = linkAction(ctx.text('why.open'), answer.decision.source.url);
  const items: Element[] = [
    heading(ctx.text('why.title')),
    ...said.map((one) => textBlock(one.card, { spacing: 'small' })),
    ...link.map((selectAction) => ({
      type: 'RichTextBlock',
      spacing: 'small',
      inlines: [{ type: 'TextRun', text: ctx.text('why.open'), selectAction }],
    })),
  ];
  return {
    elements: [box(items)],
    lines: [ctx.text('why.title'), said.map((one) => one.plain).join('\n')],
  };
}

function whySentences(answer: Answer, ctx: RenderContext): readonly Sentence[] {
  const { ruleId, source } = answer.decision;
  const date = longDate(source.date, ctx.language);
  const read = longDate(source.readOn, ctx.language) ?? source.readOn;
  const key = date === undefined ? `why.${source.basis}.undated` : `why.${source.basis}`;
  const rule = ctx.asker === 'customer' ? [] : [say(ctx, 'why.rule', { rule: ruleId })];
  return [say(ctx, key, { title: source.title, date, read }), ...rule];
}

const MOST = 2;

/** Elements for the card and lines for the text twin; both empty when nothing is open. */
export function openIncidents(
  incidents: readonly Incident[],
  unreadableSince: number | undefined,
  ctx: RenderContext,
): { readonly elements: readonly Element[]; readonly lines: readonly string[] } {
  const said = incidents.slice(0, MOST).map((incident) => incidentSaid(incident, ctx));
  const doubt =
    unreadableSince === undefined
      ? []
      : [say(ctx, 'answer.page-unreadable', { since: momentFor(unreadableSince, ctx) })];
  return {
    elements: [
      ...said.map((one) => box([textBlock(one.card, { weight: 'bolder' })], { style: 'attention' })),
      ...doubt.map((one) => box([textBlock(one.card)], { style: 'warning' })),
    ],
    lines: [...said, ...doubt].map((one) => one.plain),
  };
}

function momentFor(at: number, ctx: RenderContext): string {
  return localMoment(at, ctx.zone ?? '', ctx.language);
}

function incidentSaid(incident: Incident, ctx: RenderContext): Sentence {
  return say(ctx, incident.unconfirmed ? 'answer.outage.unconfirmed' : 'answer.outage', {
    title: incidentTitle(incident, ctx.text),
    state: ctx.text(`outage.state.${incident.state}`),
    severity: ctx.text(`outage.severity.${incident.severity}`),
    since: momentFor(incident.startedAt, ctx),
  });
}
