/** The buttons of an outage card, with the small forms two of them open. */
import { isOver, type Incident } from '../core/incident/types.js';
import { clickAction, linkAction } from './buttons.js';
import type { Element } from './elements.js';
import type { CardAction, OutageTopic, RenderContext } from './types.js';

/** Hours a silence may last; the form offers these. */
export const SILENCE_HOURS = [4, 24, 72] as const;
/** Names of the form fields, read back from the click. */
export const FIELDS = { note: 'note', reason: 'reason', hours: 'hours' } as const;

/** What a reader may do on the card: staff alone acts, whoever gets it may stop it. */
export function outageButtons(
  incident: Incident,
  topic: OutageTopic,
  subscribed: boolean,
  ctx: RenderContext,
): readonly Element[] {
  const { id } = incident;
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  const stop = subscribed
    ? button({ verb: 'outage-unsubscribe', topic }, 'outage.button.unsubscribe')
    : button({ verb: 'outage-subscribe', topic }, 'outage.button.subscribe');
  const link = linkAction(ctx.text('outage.button.page'), incident.url);
  if (isOver(incident.state)) return [stop, ...link];
  const released = incident.acts.some((act) => act.kind === 'released');
  return [
    button({ verb: 'outage-acknowledge', incidentId: id }, 'outage.button.acknowledge'),
    noteForm(id, ctx),
    silenceForm(id, ctx),
    stop,
    ...(released ? [] : [button({ verb: 'outage-release', incidentId: id }, 'outage.button.release')]),
    ...link,
  ];
}

function form(title: string, body: readonly Element[], actions: readonly Element[]): Element {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', version: '1.5', body, actions } };
}

function noteForm(incidentId: string, ctx: RenderContext): Element {
  const title = ctx.text('outage.button.note');
  const label = ctx.text('outage.field.note');
  const input = { type: 'Input.Text', id: FIELDS.note, label, isMultiline: true, maxLength: 500 };
  return form(title, [input], [clickAction({ verb: 'outage-note', incidentId }, title, ctx)]);
}

function silenceForm(incidentId: string, ctx: RenderContext): Element {
  const title = ctx.text('outage.button.silence');
  const choices = SILENCE_HOURS.map((hours) => ({
    title: ctx.text('outage.hours', { hours }),
    value: String(hours),
  }));
  const body = [
    { type: 'Input.Text', id: FIELDS.reason, label: ctx.text('outage.field.reason'), maxLength: 200 },
    {
      type: 'Input.ChoiceSet',
      id: FIELDS.hours,
      label: ctx.text('outage.field.hours'),
      value: choices[0]?.value ?? '',
      choices,
    },
  ];
  return form(title, body, [clickAction({ verb: 'outage-silence', incidentId }, title, ctx)]);
}
