/** One incident for one recipient: state, severity, responsible party, notes, actions, and the reason for the card. */
import type { TellReason } from '../../core/incident/audience.js';
import { compareSeverity, isOver, isPlanned, type Incident } from '../../core/incident/types.js';
import type { Answer } from '../../core/services/answers/answer.js';
import { reachableAnswer } from '../../core/services/answers/open-first.js';
import { isolated } from '../../locales/text.js';
import { headline } from '../answer/answer-words.js';
import { contactBlock } from '../answer/contact-block.js';
import { linkAction } from '../kit/buttons.js';
import {
  type Block,
  actionRow,
  box,
  type Element,
  heading,
  labelled,
  listed,
  textBlock,
} from '../kit/elements.js';
import { followButton, outageButtons, splitButton, type RecipientState } from './outage-buttons.js';
import { ledgerBlock, type LedgerShown } from './outage-ledger.js';
import {
  actSaid,
  becauseSaid,
  incidentTitle,
  listOf,
  localMoment,
  silenceSaid,
  updateSaid,
  updateText,
  type NameOf,
} from './outage-words.js';
import { renderCard } from '../kit/render.js';
import { plainText, safeText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { OutageTopic } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export interface OutageData {
  readonly incident: Incident;
  /** Who handles an outage of the affected offer; undefined where the policy has no answer. */
  readonly answer?: Answer;
  /** Why this recipient gets the card; undefined on a card that somebody asked for. */
  readonly reason?: TellReason;
  readonly subscribed: boolean;
  /** The topic of the subscribe button. */
  readonly topic: OutageTopic;
  /** The recipient's own silence that covers the incident. */
  readonly silence?: { readonly id: string; readonly until: number; readonly reason: string };
  /** Our customers' regions that the incident names; undefined without a list of the partner, or with other readers. */
  readonly ours?: readonly string[];
  /** The recipient's last action, as a locale key. */
  readonly notice?: string;
  /** The delivery counts, for staff who look; undefined on the recipients' own cards, and with other readers. */
  readonly ledger?: LedgerShown;
  /** Open incidents that may be the same outage; absent on the recipients' own cards. */
  readonly others?: readonly Incident[];
  /** IANA zone of the recipient. */
  readonly zone: string;
  readonly names: { readonly offer: NameOf; readonly publisher: NameOf; readonly person: NameOf };
  /** False where the card must have no actions: a customer's card, or a card in a channel. */
  readonly actions: boolean;
}

const MAX_BYTES = 25 * 1024;
const MOST_LINES = 6;
const MOST_NAMES = 5;
const UPDATE_LENGTH = 280;

/** The card. Long histories are cut to the newest lines that fit; the text twin has the same lines. */
export function outageCard(data: OutageData, ctx: RenderContext): RenderedCard {
  for (let most = MOST_LINES; ; most -= 1) {
    const made = rendered(data, ctx, most);
    if (most === 0 || JSON.stringify(made.card).length * 2 <= MAX_BYTES) return made;
  }
}

function rendered(data: OutageData, ctx: RenderContext, most: number): RenderedCard {
  const { incident } = data;
  const title = say(ctx, incident.unconfirmed ? 'outage.title.unconfirmed' : 'outage.title', {
    title: incidentTitle(incident, ctx.text),
  });
  const status = statusSaid(incident, ctx);
  const times = timesSaid(data, ctx);
  const blocks = [
    noticeBlock(data, ctx),
    doubtBlock(incident, ctx),
    unrecognisedBlock(incident, ctx),
    silenceBlock(data, ctx),
    affectedBlock(data, ctx),
    responsibleBlock(data, ctx, most > 0),
    historyBlock(data, ctx, most),
    actsBlock(data, ctx, most),
    ledgerBlock(data.ledger, ctx),
    reasonBlock(data, ctx),
    lastRow(data, ctx),
  ];
  const actions = data.actions ? outageButtons(incident, recipientState(data), data.others ?? [], ctx) : [];
  const slots = {
    details: [
      textBlock(status.card, { weight: 'bolder', spacing: 'small', ...colourOf(incident) }),
      textBlock(times.card, { spacing: 'small' }),
      ...blocks.flatMap((block) => block.elements),
    ],
    actions,
  };
  const summary = say(ctx, 'outage.summary', {
    title: incidentTitle(incident, ctx.text),
    status: status.plain,
  });
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: '' }, slots),
    summary: oneLine(summary.plain),
    text: paragraphs([title.plain, status.plain, times.plain, ...blocks.map((one) => one.lines.join('\n'))]),
  };
}

function statusSaid(incident: Incident, ctx: RenderContext): Sentence {
  if (incident.joinedInto) return say(ctx, 'outage.status.joined', { title: incident.joinedInto.title });
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${isOver(incident.state) ? incident.worst : incident.severity}`);
  const doubtful = incident.unconfirmed && !isOver(incident.state);
  return say(ctx, doubtful ? 'outage.status.unconfirmed' : 'outage.status', { state, severity });
}

/** The words say the severity; the colour shows it at a glance. */
function colourOf({ state, severity, joinedInto }: Incident): {
  readonly color?: 'attention' | 'warning' | 'good';
} {
  if (joinedInto || isPlanned(state)) return {};
  if (isOver(state)) return { color: 'good' };
  return { color: compareSeverity(severity, 'major') >= 0 ? 'attention' : 'warning' };
}

function timesSaid({ incident, zone }: OutageData, ctx: RenderContext): Sentence {
  const at = (moment: number) => localMoment(moment, zone, ctx.language);
  if (incident.resolvedAt !== null) {
    return say(ctx, 'outage.times.over', { since: at(incident.startedAt), until: at(incident.resolvedAt) });
  }
  const key = isPlanned(incident.state) ? 'outage.times.planned' : 'outage.times.open';
  return say(ctx, key, { since: at(incident.startedAt), updated: at(incident.updatedAt) });
}

function noticeBlock({ notice }: OutageData, ctx: RenderContext): Block {
  if (notice === undefined) return { elements: [], lines: [] };
  const line = ctx.text(`outage.done.${notice}`);
  return { elements: [textBlock(line, { weight: 'bolder', spacing: 'small' })], lines: [line] };
}

/** Why the report may be wrong, and what the recipient can do about that. */
function doubtBlock({ unconfirmed, state }: Incident, ctx: RenderContext): Block {
  if (!unconfirmed || isOver(state)) return { elements: [], lines: [] };
  const said = say(ctx, 'outage.unconfirmed', { source: unconfirmed.source });
  return {
    elements: [box([textBlock(said.card)], { style: 'warning', spacing: 'small' })],
    lines: [said.plain],
  };
}

/** The sender named an offer that the directory does not know, so the list of affected recipients is a guess. */
function unrecognisedBlock({ unrecognised = [] }: Incident, ctx: RenderContext): Block {
  if (unrecognised.length === 0) return { elements: [], lines: [] };
  const said = say(ctx, 'outage.unrecognised', { names: listed(unrecognised, ctx.language) });
  return {
    elements: [box([textBlock(said.card)], { style: 'warning', spacing: 'small' })],
    lines: [said.plain],
  };
}

function silenceBlock({ silence, zone }: OutageData, ctx: RenderContext): Block {
  if (!silence) return { elements: [], lines: [] };
  const said = silenceSaid({ until: silence.until, reason: silence.reason }, zone, ctx);
  return { elements: [textBlock(said.card, { weight: 'bolder', spacing: 'small' })], lines: [said.plain] };
}

/** Follow or stop, and the sender's own page: these buttons stay when the incident is over. */
function lastRow(data: OutageData, ctx: RenderContext): Block {
  const { incident } = data;
  const follow = data.actions ? [followButton(incident.id, recipientState(data), ctx)] : [];
  const split = data.actions ? splitButton(incident, ctx) : [];
  const actions = [...follow, ...split, ...linkAction(ctx.text('outage.button.page'), incident.url)];
  return { elements: actionRow(actions), lines: [] };
}

function recipientState({ topic, subscribed, silence }: OutageData): RecipientState {
  return { topic, subscribed, silenceId: silence?.id };
}

function affectedBlock({ incident, names, ours }: OutageData, ctx: RenderContext): Block {
  const { affected } = incident;
  const lines = [
    { key: 'offers', list: affected.offers.map(names.offer) },
    { key: 'publishers', list: affected.offers.length > 0 ? [] : affected.publishers.map(names.publisher) },
    { key: 'components', list: affected.components },
    { key: 'regions', list: affected.regions },
    { key: 'ours', list: ours ?? [] },
  ].flatMap(({ key, list }) => (list.length === 0 ? [] : [listSaid(`outage.affected.${key}`, list, ctx)]));
  if (ours?.length === 0 && affected.regions.length > 0) lines.push(say(ctx, 'outage.affected.not-ours'));
  return {
    elements: lines.map((one) => textBlock(one.card, { spacing: 'small' })),
    lines: lines.map((one) => one.plain),
  };
}

function listSaid(key: string, list: readonly string[], ctx: RenderContext): Sentence {
  const shown = list.slice(0, MOST_NAMES).map((name) => plainText(name, 60));
  const more = list.length - shown.length;
  const text =
    listOf(shown, ctx.language) + (more > 0 ? ` ${ctx.text('outage.and-more', { count: more })}` : '');
  return {
    card: ctx.text(key, { names: safeText(text, 400) }),
    plain: ctx.text(key, { names: plainText(text, 400) }),
  };
}

/** Who is responsible, how to reach them, and what Microsoft does here: readers ask this in every outage. */
function responsibleBlock({ answer, incident }: OutageData, ctx: RenderContext, buttons: boolean): Block {
  const own = incident.owner === 'microsoft' || answer?.decision.responsible === 'microsoft';
  const microsoft = say(ctx, own ? 'outage.microsoft.own' : 'outage.microsoft.not');
  const note = textBlock(microsoft.card, { spacing: 'small' });
  if (!answer) return { elements: [note], lines: [microsoft.plain] };
  const head = headline(answer, ctx);
  const reachable = reachableAnswer(answer, ctx.now);
  const contact = contactBlock(reachable.first, reachable, ctx, { buttons });
  return {
    elements: [heading(head.card), box(contact.elements, { style: 'emphasis', spacing: 'small' }), note],
    lines: [head.plain, ...contact.lines, microsoft.plain],
  };
}

function historyBlock({ incident, zone }: OutageData, ctx: RenderContext, most: number): Block {
  const updates = incident.updates.slice(0, most);
  if (updates.length === 0) return { elements: [], lines: [] };
  const title = ctx.text('outage.history');
  const lines = updates.map((update) => ({
    head: updateSaid(update, zone, ctx),
    card: isolated(safeText(updateText(update, ctx), UPDATE_LENGTH), ctx.language),
    plain: isolated(plainText(updateText(update, ctx), UPDATE_LENGTH), ctx.language),
  }));
  return {
    elements: [
      heading(title),
      ...lines.map(({ head, card }) => textBlock(labelled(head.card, card).trim(), { spacing: 'small' })),
    ],
    lines: [title, ...lines.map(({ head, plain }) => labelled(head.plain, plain).trim())],
  };
}

function actsBlock({ incident, names, zone }: OutageData, ctx: RenderContext, most: number): Block {
  const acts = [...incident.acts].reverse().slice(0, most);
  if (acts.length === 0) return { elements: [], lines: [] };
  const title = ctx.text('outage.acts');
  const lines = acts.map((act) => ({
    head: actSaid(act, names.person, zone, ctx),
    card: isolated(safeText(act.text, UPDATE_LENGTH), ctx.language),
    plain: isolated(plainText(act.text, UPDATE_LENGTH), ctx.language),
  }));
  return {
    elements: [
      heading(title),
      ...lines.map(({ head, card }) => textBlock(labelled(head.card, card).trim(), { spacing: 'small' })),
    ],
    lines: [title, ...lines.map(({ head, plain }) => labelled(head.plain, plain).trim())],
  };
}

function reasonBlock({ reason, names }: OutageData, ctx: RenderContext): Block {
  if (!reason) return { elements: [], lines: [] };
  const said = becauseSaid(reason, names, ctx);
  const stop = ctx.text('outage.stop');
  const elements: readonly Element[] = [said.card, stop].map((line) =>
    textBlock(line, { subtle: true, size: 'small', spacing: 'small' }),
  );
  return { elements, lines: [said.plain, stop] };
}
