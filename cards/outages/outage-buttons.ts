/** The buttons of an outage card, with the small forms that some of them open. */
import { isOver, type Incident } from '../../core/incident/types.js';
import { clickAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import { choiceField, form, hoursField, reasonField } from './outage-forms.js';
import { incidentTitle } from './outage-words.js';
import { plainText } from '../kit/safe-text.js';
import type { CardAction, OutageTopic } from '../kit/action-table.js';
import type { RenderContext } from '../kit/types.js';

/** Names of the form fields, read back from the click. */
export const FIELDS = {
  note: 'note',
  reason: 'reason',
  hours: 'hours',
  why: 'why',
  same: 'same',
} as const;

/** The recipient's own settings for this card. */
export interface RecipientState {
  readonly topic: OutageTopic;
  readonly subscribed: boolean;
  /** The recipient's own silence that covers the incident, if there is one. */
  readonly silenceId?: string;
}

/**
 * The staff's actions for the incident, at the card's foot: at most six, and none when it is over. @param others open
 * incidents that may be the same outage.
 */
export function outageButtons(
  incident: Incident,
  recipient: RecipientState,
  others: readonly Incident[],
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
    ...joinForm(incidentId, others, ctx),
  ];
}

/** Choices of one form, and the characters of a title. */
const MOST_OTHERS = 10;
const LABEL = 80;

/** Joins another open incident into this one. None where no other incident is open. */
function joinForm(incidentId: string, others: readonly Incident[], ctx: RenderContext): readonly Element[] {
  if (others.length === 0) return [];
  const choices = others.slice(0, MOST_OTHERS).map((one) => ({
    title: plainText(incidentTitle(one, ctx.text), LABEL) || '–',
    value: one.id,
  }));
  const body = [choiceField(FIELDS.same, 'outage.field.same', choices, '', ctx)];
  return [form('outage.button.join', { verb: 'outage-join', incidentId }, body, ctx)];
}

/** Says that two joined incidents are not the same outage: of a joined incident, and of the newest one joined into it. */
export function splitButton({ id, joined, joinedInto }: Incident, ctx: RenderContext): readonly Element[] {
  const incidentId = joinedInto ? id : joined?.at(-1)?.id;
  if (incidentId === undefined) return [];
  return [clickAction({ verb: 'outage-split', incidentId }, ctx.text('outage.button.split'), ctx)];
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
