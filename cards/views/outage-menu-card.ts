/** What somebody follows and what is open: the start of everything about outages in the chat. */
import type { Reader, Subscription } from '../../core/incident/audience.js';
import type { Incident } from '../../core/incident/types.js';
import { choiceRow, clickAction } from '../buttons.js';
import { type Element, heading, textBlock } from '../elements.js';
import type { NameOf } from '../outage-words.js';
import { renderCard } from '../render.js';
import { oneLine, paragraphs, type Said, say } from '../say.js';
import type { CardAction, OutageTopic, RenderContext, RenderedCard } from '../types.js';

export interface OutageMenuData {
  readonly open: readonly Incident[];
  /** Undefined for somebody who never asked for anything. */
  readonly reader: Reader | undefined;
  readonly names: { readonly offer: NameOf; readonly publisher: NameOf };
  /** What just happened, as a locale key; none when asked for. */
  readonly done?: string;
}

const MOST_OPEN = 6;
const MOST_SUBSCRIPTIONS = 8;
/** Names of the form fields, read back from the click. */
export const MENU_FIELDS = {
  from: 'quietFrom',
  to: 'quietTo',
  title: 'title',
  offer: 'offer',
  severity: 'severity',
} as const;

export function outageMenuCard(data: OutageMenuData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'outage.menu.title');
  const body = data.done ? say(ctx, `outage.done.${data.done}`) : say(ctx, 'outage.menu.body');
  const followed = (data.reader?.subscriptions ?? []).slice(-MOST_SUBSCRIPTIONS);
  const lines = followed.map((one) => followSaid(one, data, ctx));
  const state = stateSaid(data.reader, ctx);
  const details: readonly Element[] = [
    ...data.open.slice(0, MOST_OPEN).map((incident) => openRow(incident, ctx)),
    heading(ctx.text('outage.menu.follows')),
    ...(lines.length > 0 ? lines : [say(ctx, 'outage.menu.nothing')]).map((line) =>
      textBlock(line.card, { spacing: 'small' }),
    ),
    textBlock(state.card, { subtle: true, spacing: 'small' }),
  ];
  return {
    card: renderCard(
      'notice',
      { title: title.card, body: body.card },
      { details, actions: menuActions(data, ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      ctx.text('outage.menu.follows'),
      lines.map((one) => one.plain).join('\n'),
      state.plain,
    ]),
  };
}

function openRow(incident: Incident, ctx: RenderContext): Element {
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const detail = ctx.text('outage.status', { state, severity });
  return choiceRow(
    {
      action: { verb: 'outage-show', incidentId: incident.id },
      label: ctx.text('outage.title', { title: incident.title }),
      detail,
    },
    ctx,
  );
}

function followSaid({ what, from }: Subscription, { names }: OutageMenuData, ctx: RenderContext): Said {
  const severity = ctx.text(`outage.severity.${from}`);
  switch (what.kind) {
    case 'offer':
      return say(ctx, 'outage.follow.offer', { name: names.offer(what.offerId), severity });
    case 'publisher':
      return say(ctx, 'outage.follow.publisher', { name: names.publisher(what.publisherId), severity });
    case 'everything':
      return say(ctx, 'outage.follow.everything', { severity });
  }
}

function stateSaid(reader: Reader | undefined, ctx: RenderContext): Said {
  if (reader?.optedOut) return say(ctx, 'outage.menu.stopped');
  if (!reader?.quiet) return say(ctx, 'outage.menu.awake');
  return say(ctx, 'outage.menu.quiet', { from: clock(reader.quiet.from), to: clock(reader.quiet.to) });
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function menuActions({ reader }: OutageMenuData, ctx: RenderContext): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  const everything: OutageTopic = { kind: 'everything' };
  const all = reader?.subscriptions.some((one) => one.what.kind === 'everything') ?? false;
  return [
    all
      ? button({ verb: 'outage-unsubscribe', topic: everything }, 'outage.button.unfollow-all')
      : button({ verb: 'outage-subscribe', topic: everything }, 'outage.button.follow-all'),
    reader?.optedOut
      ? button({ verb: 'outage-pause', on: false }, 'outage.button.resume')
      : button({ verb: 'outage-pause', on: true }, 'outage.button.stop'),
    form('outage.button.quiet', { verb: 'outage-quiet' }, quietFields(ctx), ctx),
    form('outage.button.create', { verb: 'outage-create' }, createFields(ctx), ctx),
  ];
}

function form(key: string, action: CardAction, body: readonly Element[], ctx: RenderContext): Element {
  const title = ctx.text(key);
  const actions = [clickAction(action, title, ctx)];
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
}

function quietFields(ctx: RenderContext): readonly Element[] {
  return [
    { type: 'Input.Time', id: MENU_FIELDS.from, label: ctx.text('outage.field.from'), value: '20:00' },
    { type: 'Input.Time', id: MENU_FIELDS.to, label: ctx.text('outage.field.to'), value: '07:00' },
  ];
}

function createFields(ctx: RenderContext): readonly Element[] {
  const choices = (['minor', 'major', 'critical'] as const).map((value) => ({
    title: ctx.text(`outage.severity.${value}`),
    value,
  }));
  return [
    { type: 'Input.Text', id: MENU_FIELDS.title, label: ctx.text('outage.field.title'), maxLength: 200 },
    { type: 'Input.Text', id: MENU_FIELDS.offer, label: ctx.text('outage.field.offer'), maxLength: 200 },
    {
      type: 'Input.ChoiceSet',
      id: MENU_FIELDS.severity,
      label: ctx.text('outage.field.severity'),
      value: 'major',
      choices,
    },
  ];
}
