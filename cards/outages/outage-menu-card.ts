/** The outage menu: open outages, what a recipient follows, and silences. */
import type { Recipient, Subscription } from '../../core/incident/audience.js';
import { compareSeverity, type Incident, type Severity } from '../../core/incident/types.js';
import { choiceRow, clickAction } from '../kit/buttons.js';
import { type Element, heading, textBlock } from '../kit/elements.js';
import {
  createForm,
  followForm,
  leaveForm,
  quietForm,
  silencesForm,
  topicValue,
} from './outage-menu-forms.js';
import { clock, incidentTitle, listOf, silenceSaid, weekdayNames, type NameOf } from './outage-words.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** A silence of the recipient that is active now. */
export interface ShownSilence {
  readonly id: string;
  /** The name of the silenced topic. */
  readonly name: string;
  readonly reason: string;
  readonly until: number;
}

export interface OutageMenuData {
  readonly open: readonly Incident[];
  /** How many open outages, worst first, the earlier pages show; absent: the first page. */
  readonly from?: number | undefined;
  /** Undefined for a person who never subscribed. */
  readonly recipient: Recipient | undefined;
  readonly silences: readonly ShownSilence[];
  readonly names: { readonly offer: NameOf; readonly publisher: NameOf };
  /** IANA zone of the recipient; UTC when empty. */
  readonly zone: string;
  /** What just happened, as a locale key; absent when the recipient opened the menu. */
  readonly done?: string;
  /** Suggested offers to follow from this severity on. They take the place of the open outages. */
  readonly suggested?: { readonly offerIds: readonly string[]; readonly from?: Severity };
  /** The card says and offers nothing else: outages are not for this person. */
  readonly closed?: boolean;
}

const MOST_OPEN = 5;
const MOST_SUBSCRIPTIONS = 8;
const MOST_SILENCES = 5;
/** The forms offer more than the card lists, so that a person can end what the card only counts. */
const MOST_CHOICES = 40;

export function outageMenuCard(data: OutageMenuData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'outage.menu.title');
  const body = data.done ? say(ctx, `outage.done.${data.done}`) : say(ctx, 'outage.menu.body');
  const lines = data.closed
    ? []
    : [...followLines(data, ctx), ...silenceLines(data, ctx), stateSaid(data, ctx)];
  const details: readonly Element[] = data.closed
    ? []
    : [
        ...(data.suggested
          ? data.suggested.offerIds.map((id) => suggestedRow(id, data, ctx))
          : openRows(data, ctx)),
        heading(ctx.text('outage.menu.follows')),
        ...lines.map((line) => textBlock(line.card, { spacing: 'small' })),
      ];
  const actions = data.closed ? [] : menuActions(data, ctx);
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      data.closed ? '' : ctx.text('outage.menu.follows'),
      lines.map((one) => one.plain).join('\n'),
    ]),
  };
}

/** The worst first, then the newest. The card gives the number of the others, with a button to the next page. */
function openRows(data: OutageMenuData, ctx: RenderContext): readonly Element[] {
  const inOrder = [...data.open].sort(
    (a, b) => compareSeverity(b.severity, a.severity) || b.startedAt - a.startedAt,
  );
  const from = Math.min(data.from ?? 0, Math.max(0, inOrder.length - 1));
  const shown = inOrder.slice(from, from + MOST_OPEN);
  const left = inOrder.length - from - shown.length;
  if (left <= 0) return shown.map((incident) => openRow(incident, data, ctx));
  const more = choiceRow(
    {
      action: { verb: 'outage-list', from: from + MOST_OPEN },
      label: ctx.text('outage.button.more-open'),
      detail: ctx.text('outage.menu.more-open', { count: left }),
    },
    ctx,
  );
  return [...shown.map((incident) => openRow(incident, data, ctx)), more];
}

function openRow(incident: Incident, { names }: OutageMenuData, ctx: RenderContext): Element {
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const status = ctx.text(incident.unconfirmed ? 'outage.status.unconfirmed' : 'outage.status', {
    state,
    severity,
  });
  const { offers, publishers } = incident.affected;
  const concerned = offers.length > 0 ? offers.map(names.offer) : publishers.map(names.publisher);
  const detail = [listOf(concerned.slice(0, 3), ctx.language), status]
    .filter((one) => one !== '')
    .join(' · ');
  return choiceRow(
    {
      action: { verb: 'outage-show', incidentId: incident.id },
      label: ctx.text('outage.title', { title: incidentTitle(incident, ctx.text) }),
      detail,
    },
    ctx,
  );
}

function suggestedRow(id: string, { names, suggested }: OutageMenuData, ctx: RenderContext): Element {
  const from = suggested?.from === undefined ? {} : { from: suggested.from };
  const action: CardAction = { verb: 'outage-subscribe', topic: { kind: 'offer', id }, ...from };
  return choiceRow({ action, label: names.offer(id), detail: ctx.text('outage.button.follow') }, ctx);
}

function subscriptionsOf({ recipient }: OutageMenuData): readonly Subscription[] {
  return (recipient?.subscriptions ?? []).slice(-MOST_SUBSCRIPTIONS);
}

/** The followed topics, with their severity and who added them. */
function followLines(data: OutageMenuData, ctx: RenderContext): readonly Sentence[] {
  const shown = subscriptionsOf(data);
  if (shown.length === 0) return [say(ctx, 'outage.menu.nothing')];
  const count = (data.recipient?.subscriptions.length ?? 0) - shown.length;
  return [
    ...shown.map((one) =>
      say(ctx, `outage.followed.${one.by}`, {
        name: nameOf(one.what, data, ctx),
        severity: ctx.text(`outage.severity.${one.from}`),
      }),
    ),
    ...(count > 0 ? [say(ctx, 'outage.and-more', { count })] : []),
  ];
}

function nameOf(what: Subscription['what'], { names }: OutageMenuData, ctx: RenderContext): string {
  switch (what.kind) {
    case 'offer':
      return names.offer(what.offerId);
    case 'publisher':
      return ctx.text('outage.topic.publisher', { name: names.publisher(what.publisherId) });
    case 'everything':
      return ctx.text('outage.topic.everything');
  }
}

function silenceLines({ silences, zone }: OutageMenuData, ctx: RenderContext): readonly Sentence[] {
  const count = silences.length - MOST_SILENCES;
  return [
    ...silences.slice(0, MOST_SILENCES).map((one) => silenceSaid(one, zone, ctx)),
    ...(count > 0 ? [say(ctx, 'outage.menu.more-silences', { count })] : []),
  ];
}

function stateSaid({ recipient }: OutageMenuData, ctx: RenderContext): Sentence {
  if (recipient?.optedOut) return say(ctx, 'outage.menu.stopped');
  const quiet = recipient?.quiet;
  if (!quiet) return say(ctx, 'outage.menu.awake');
  const names = weekdayNames(ctx.language);
  const chosen = [1, 2, 3, 4, 5, 6, 0].filter((day) => quiet.days.includes(day));
  return say(ctx, 'outage.menu.quiet', {
    from: clock(quiet.from),
    to: clock(quiet.to),
    days:
      chosen.length === 0
        ? ctx.text('outage.every-day')
        : listOf(
            chosen.map((day) => names[day] ?? ''),
            ctx.language,
          ),
    zone: quiet.zone === '' ? 'UTC' : quiet.zone,
    severity: ctx.text(`outage.severity.${quiet.override}`),
  });
}

function menuActions(data: OutageMenuData, ctx: RenderContext): readonly Element[] {
  const { recipient, silences } = data;
  const followed = (recipient?.subscriptions ?? []).slice(-MOST_CHOICES).map((one) => ({
    name: nameOf(one.what, data, ctx),
    value: topicValue(one.what),
  }));
  const ended = silences.slice(0, MOST_CHOICES).map(({ id, name }) => ({ name, value: id }));
  const resume = clickAction({ verb: 'outage-pause', on: false }, ctx.text('outage.button.resume'), ctx);
  return [
    followForm(ctx),
    ...(recipient?.optedOut ? [resume] : [leaveForm(followed, ctx)]),
    silencesForm(ended, ctx),
    quietForm(recipient?.quiet ?? null, ctx),
    createForm(ctx),
  ];
}
