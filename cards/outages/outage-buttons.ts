/** The buttons of an outage card, with the small forms that some of them open. */
import { isOver, type Incident } from '../../core/incident/types.js';
import { clickAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import { form, hoursField, reasonField } from './outage-forms.js';
import type { CardAction, OutageTopic } from '../kit/action-table.js';
import type { RenderContext } from '../kit/types.js';

/** Names of the form fields, read back from the click. */
export const FIELDS = { note: 'note', reason: 'reason', hours: 'hours', why: 'why' } as const;

/** The recipient's own settings for this card. */
export interface RecipientState {
  readonly topic: OutageTopic;
  readonly subscribed: boolean;
  /** The recipient's own silence that covers the incident, if there is one. */
  readonly silenceId?: string;
}

/** The staff's actions for the incident, at the card's foot: at most five, and none when it is over. */
export function outageButtons(
  incident: Incident,
  recipient: RecipientState,
  ctx: RenderContext,
): readonly Element[] {
  const { id: incidentId } = incident;
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  if (isOver(incident.state)) return [];
  if (incident.unconfirmed) {
    return [
      button({ verb: 'outage-confirm', incidentId }, 'outage.button.confirm'),
      endForm('outage.button.dismiss', { verb: 'outage-dismiss', incidentId }, ctx),
      noteForm(incidentId, ctx),
    ];
  }
  const released = incident.acts.some((act) => act.kind === 'released');
  return [
    button({ verb: 'outage-acknowledge', incidentId }, 'outage.button.acknowledge'),
    noteForm(incidentId, ctx),
    silenceButton(incidentId, recipient, ctx),
    ...(released ? [] : [button({ verb: 'outage-release', incidentId }, 'outage.button.release')]),
    endForm('outage.button.close', { verb: 'outage-close', incidentId }, ctx),
  ];
}

/** Follow, or stop following. The button stays under the reason for the card until the end of the outage. */
export function followButton(
  incidentId: string,
  { topic, subscribed }: RecipientState,
  ctx: RenderContext,
): Element {
  const verb = subscribed ? 'outage-unsubscribe' : 'outage-subscribe';
  const key = subscribed ? 'outage.button.unsubscribe' : 'outage.button.subscribe';
  return clickAction({ verb, topic, incidentId }, ctx.text(key), ctx);
}

function silenceButton(incidentId: string, { silenceId }: RecipientState, ctx: RenderContext): Element {
  if (silenceId !== undefined)
    return clickAction(
      { verb: 'outage-unsilence', silenceId, incidentId },
      ctx.text('outage.button.unsilence'),
      ctx,
    );
  const body = [reasonField(FIELDS.reason, ctx), hoursField(FIELDS.hours, ctx)];
  return form('outage.button.silence', { verb: 'outage-silence', incidentId }, body, ctx);
}

function noteForm(incidentId: string, ctx: RenderContext): Element {
  const label = ctx.text('outage.field.note');
  const input = { type: 'Input.Text', id: FIELDS.note, label, isMultiline: true, maxLength: 500 };
  return form('outage.button.note', { verb: 'outage-note', incidentId }, [input], ctx);
}

/** A button that ends the incident for everybody asks for a reason. */
function endForm(key: string, action: CardAction, ctx: RenderContext): Element {
  return form(key, action, [reasonField(FIELDS.why, ctx)], ctx);
}
