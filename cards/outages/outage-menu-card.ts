/** The outage menu: open outages, what a recipient follows, and silences. */
import type { Recipient, Subscription } from '../../core/incident/audience.js';
import { compareSeverity, type Incident, type Severity } from '../../core/incident/types.js';
import { choiceRow, clickAction } from '../kit/buttons.js';
import { actionRow, type Block, type Element, heading, textBlock } from '../kit/elements.js';
import {
  createForm,
  followForm,
  leaveForm,
  quietForm,
  silencesForm,
  topicValue,
} from './outage-menu-forms.js';
import {
  affectedNames,
  clock,
  incidentTitle,
  listOf,
  silenceSaid,
  weekdayNames,
  type NameOf,
} from './outage-words.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import { firstWords, plainText } from '../kit/safe-text.js';
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

/** How many entries of each list, worst first, the earlier pages show. */
export interface MenuPages {
  readonly from?: number | undefined;
  readonly follows?: number | undefined;
  readonly silences?: number | undefined;
}

export interface OutageMenuData {
  readonly open: readonly Incident[];
  /** The place in each list; absent: the first page of all lists. */
  readonly pages?: MenuPages | undefined;
  /** Undefined for a person who never subscribed. */
  readonly recipient: Recipient | undefined;
  /** When the recipient's next weekly summary is due; undefined for a recipient without it. */
  readonly weeklyAt?: number | undefined;
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

/** How much of long data the card shows. */
interface Fit {
  /** Entries of one list on one page. */
  readonly page: number;
  /** Characters of a title and of a reason, and of the name of a topic. */
  readonly title: number;
  readonly name: number;
  /** Choices in a form. More than one page, where they fit, so that a person need not leaf through the list. */
  readonly choices: number;
}
/** From the full card to the smallest one. Ordinary names always fit into the first. */
const FITS: readonly Fit[] = [
  { page: 5, title: 300, name: 70, choices: 30 },
  { page: 5, title: 90, name: 50, choices: 12 },
  { page: 5, title: 60, name: 40, choices: 5 },
  { page: 5, title: 45, name: 20, choices: 5 },
  { page: 3, title: 60, name: 40, choices: 3 },
  { page: 2, title: 40, name: 30, choices: 2 },
];
const SMALLEST: Fit = { page: 1, title: 40, name: 30, choices: 1 };
/** The heaviest card, in bytes of UTF-16. */
const MAX_BYTES = 25 * 1024;

/** The card. With extremely long names it shows shorter names, then fewer entries on a page. */
export function outageMenuCard(data: OutageMenuData, ctx: RenderContext): RenderedCard {
  for (let level = 0; ; level += 1) {
    const made = menuIn(data, FITS[level] ?? SMALLEST, ctx);
    if (level >= FITS.length || JSON.stringify(made.card).length * 2 <= MAX_BYTES) return made;
  }
}

function menuIn(data: OutageMenuData, fit: Fit, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'outage.menu.title');
  const body = data.done ? say(ctx, `outage.done.${data.done}`) : say(ctx, 'outage.menu.body');
  const parts = data.closed
    ? []
    : [followBlock(data, fit, ctx), silenceBlock(data, fit, ctx), settingsBlock(data, ctx)];
  const details: readonly Element[] = data.closed
    ? []
    : [
        ...(data.suggested
          ? data.suggested.offerIds.map((id) => suggestedRow(id, data, fit, ctx))
          : openRows(data, fit, ctx)),
        heading(ctx.text('outage.menu.follows')),
        ...parts.flatMap((part) => part.elements),
      ];
  const actions = data.closed ? [] : menuActions(data, fit, ctx);
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, { details, actions }),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      data.closed ? '' : ctx.text('outage.menu.follows'),
      parts.flatMap((part) => part.lines).join('\n'),
    ]),
  };
}

/** One page of a list, and the number of entries after it. A place after the end shows the last entry. */
function pageOf<T>(
  all: readonly T[],
  size: number,
  given = 0,
): { readonly shown: readonly T[]; readonly left: number; readonly next: number } {
  const from = Math.min(given, Math.max(0, all.length - 1));
  const shown = all.slice(from, from + size);
  const next = from + shown.length;
  return { shown, left: all.length - next, next };
}

/** The row that leads to the next page of one list. The other lists stay at their place. */
function moreRow(
  list: keyof MenuPages,
  key: string,
  { left, next }: { readonly left: number; readonly next: number },
  { pages = {} }: OutageMenuData,
  ctx: RenderContext,
): Block {
  if (left <= 0) return { elements: [], lines: [] };
  const action = { verb: 'outage-list', ...pages, [list]: next } as const;
  const row = { action, label: ctx.text('outage.button.more-open'), detail: ctx.text(key, { count: left }) };
  return { elements: [choiceRow(row, ctx)], lines: [row.detail] };
}

/** The worst first, then the newest. The card gives the number of the others, with a button to the next page. */
function openRows(data: OutageMenuData, fit: Fit, ctx: RenderContext): readonly Element[] {
  const inOrder = [...data.open].sort(
    (a, b) => compareSeverity(b.severity, a.severity) || b.startedAt - a.startedAt,
  );
  const page = pageOf(inOrder, fit.page, data.pages?.from);
  const rows = page.shown.map((incident) => openRow(incident, data, fit, ctx));
  return [...rows, ...moreRow('from', 'outage.menu.more-open', page, data, ctx).elements];
}

function openRow(incident: Incident, { names }: OutageMenuData, fit: Fit, ctx: RenderContext): Element {
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const status = ctx.text(incident.unconfirmed ? 'outage.status.unconfirmed' : 'outage.status', {
    state,
    severity,
  });
  const short = {
    offer: (id: string) => firstWords(names.offer(id), fit.name),
    publisher: (id: string) => firstWords(names.publisher(id), fit.name),
  };
  const concerned = affectedNames(incident, short, ctx.language);
  const detail = [concerned, status].filter((one) => one !== '').join(' · ');
  return choiceRow(
    {
      action: { verb: 'outage-show', incidentId: incident.id },
      label: ctx.text('outage.title', { title: firstWords(incidentTitle(incident, ctx.text), fit.title) }),
      detail,
    },
    ctx,
  );
}

function suggestedRow(
  id: string,
  { names, suggested }: OutageMenuData,
  fit: Fit,
  ctx: RenderContext,
): Element {
  const from = suggested?.from === undefined ? {} : { from: suggested.from };
  const action: CardAction = { verb: 'outage-subscribe', topic: { kind: 'offer', id }, ...from };
  return choiceRow(
    { action, label: firstWords(names.offer(id), fit.title), detail: ctx.text('outage.button.follow') },
    ctx,
  );
}

/** The followed topics, with their severity and who added them. */
function followBlock(data: OutageMenuData, fit: Fit, ctx: RenderContext): Block {
  const page = pageOf(data.recipient?.subscriptions ?? [], fit.page, data.pages?.follows);
  if (page.shown.length === 0) return linesBlock([say(ctx, 'outage.menu.nothing')]);
  const said = page.shown.map((one) =>
    say(ctx, `outage.followed.${one.by}`, {
      name: firstWords(plainText(nameOf(one.what, data, ctx)), fit.name),
      severity: ctx.text(`outage.severity.${one.from}`),
    }),
  );
  return both(linesBlock(said), moreRow('follows', 'outage.menu.more-follows', page, data, ctx));
}

function linesBlock(said: readonly Sentence[]): Block {
  return {
    elements: said.map((line) => textBlock(line.card, { spacing: 'small' })),
    lines: said.map((line) => line.plain),
  };
}

function both(a: Block, b: Block): Block {
  return { elements: [...a.elements, ...b.elements], lines: [...a.lines, ...b.lines] };
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

function silenceBlock(data: OutageMenuData, fit: Fit, ctx: RenderContext): Block {
  const page = pageOf(data.silences, fit.page, data.pages?.silences);
  const said = page.shown.map((one) => {
    const name = firstWords(plainText(one.name), fit.name);
    return silenceSaid({ ...one, name, reason: firstWords(one.reason, fit.title) }, data.zone, ctx);
  });
  return both(linesBlock(said), moreRow('silences', 'outage.menu.more-silences', page, data, ctx));
}

/** Quiet hours, and the weekly summary with its button. */
function settingsBlock(data: OutageMenuData, ctx: RenderContext): Block {
  const on = data.weeklyAt === undefined;
  const said = [stateSaid(data, ctx), say(ctx, on ? 'outage.menu.no-weekly' : 'outage.menu.weekly')];
  const title = ctx.text(on ? 'outage.button.weekly' : 'outage.button.no-weekly');
  const button = clickAction({ verb: 'outage-weekly', on }, title, ctx);
  return both(linesBlock(said), { elements: actionRow([button]), lines: [] });
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

/** The choices of a form: all entries, or those from the shown page on. */
function choicesOf<T>(all: readonly T[], { choices }: Fit, from = 0): readonly T[] {
  const first = Math.min(from, Math.max(0, all.length - choices));
  return all.slice(first, first + choices);
}

function menuActions(data: OutageMenuData, fit: Fit, ctx: RenderContext): readonly Element[] {
  const { recipient, silences, pages } = data;
  const short = (name: string): string => firstWords(plainText(name), fit.name);
  const followed = choicesOf(recipient?.subscriptions ?? [], fit, pages?.follows).map((one) => ({
    name: short(nameOf(one.what, data, ctx)),
    value: topicValue(one.what),
  }));
  const ended = choicesOf(silences, fit, pages?.silences).map(({ id, name }) => ({
    name: short(name),
    value: id,
  }));
  const resume = clickAction({ verb: 'outage-pause', on: false }, ctx.text('outage.button.resume'), ctx);
  return [
    followForm(ctx),
    ...(recipient?.optedOut ? [resume] : [leaveForm(followed, ctx)]),
    silencesForm(ended, ctx),
    quietForm(recipient?.quiet ?? null, ctx),
    createForm(ctx),
  ];
}
