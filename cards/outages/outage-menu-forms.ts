/** The forms of the outage menu: follow, stop following, silence, quiet hours, and report by hand. */
import type { Silence, Subscription } from '../../core/incident/audience.js';
import type { QuietHours } from '../../core/incident/quiet.js';
import { clickAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import {
  choiceField,
  form,
  FROM_SEVERITIES,
  hoursField,
  OUTAGE_SEVERITIES,
  reasonField,
  severityField,
  textField,
  type Choice,
} from './outage-forms.js';
import { clock, weekdayNames } from './outage-words.js';
import { plainText } from '../kit/safe-text.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext } from '../kit/types.js';

/** Names of the form fields, read back from the click. */
export const MENU_FIELDS = {
  follow: 'followName',
  since: 'followFrom',
  leave: 'leaveTopics',
  mute: 'muteName',
  muteReason: 'muteReason',
  muteHours: 'muteHours',
  ended: 'endedSilences',
  from: 'quietFrom',
  to: 'quietTo',
  days: 'quietDays',
  override: 'quietOverride',
  title: 'title',
  offer: 'offer',
  severity: 'severity',
} as const;
const NAME = 200;
const LABEL = 90;
/** The characters of ids. Chosen values come back separated by commas, and other people can read the data of a card. */
const ID = /^[\w.:-]{1,220}$/;

/** A choice among the recipient's own entries: the name is outside data, the value is an id of this product. */
export interface Own {
  readonly name: string;
  readonly value: string;
}

export function followForm(ctx: RenderContext): Element {
  const body = [
    textField(MENU_FIELDS.follow, 'outage.field.follow', NAME, ctx),
    severityField(MENU_FIELDS.since, 'outage.field.since', FROM_SEVERITIES, 'minor', ctx),
  ];
  return form('outage.button.follow', { verb: 'outage-follow' }, body, ctx);
}

/** Stop following some topics, or stop all cards at once. */
export function leaveForm(followed: readonly Own[], ctx: RenderContext): Element {
  const all: CardAction = { verb: 'outage-pause', on: true };
  const choices = choicesOf(followed);
  if (choices.length === 0) return clickAction(all, ctx.text('outage.button.stop'), ctx);
  const body = [choiceField(MENU_FIELDS.leave, 'outage.field.leave', choices, '', ctx, true)];
  const stop = clickAction(all, ctx.text('outage.button.stop'), ctx);
  return form('outage.button.leave', { verb: 'outage-leave' }, body, ctx, [stop]);
}

/** Silence a product or publisher, or end silences. */
export function silencesForm(silences: readonly Own[], ctx: RenderContext): Element {
  const choices = choicesOf(silences);
  const some = choices.length > 0;
  const body = [
    textField(MENU_FIELDS.mute, 'outage.field.mute', NAME, ctx),
    reasonField(MENU_FIELDS.muteReason, ctx),
    hoursField(MENU_FIELDS.muteHours, ctx),
    ...(some ? [choiceField(MENU_FIELDS.ended, 'outage.field.ended', choices, '', ctx, true)] : []),
  ];
  const end = clickAction({ verb: 'outage-unmute' }, ctx.text('outage.button.unsilence'), ctx);
  return form('outage.button.silence', { verb: 'outage-mute' }, body, ctx, some ? [end] : []);
}

/** The present quiet hours, or the usual ones. */
export function quietForm(quiet: QuietHours | null, ctx: RenderContext): Element {
  const days = weekdayNames(ctx.language).map((title, day) => ({ title, value: String(day) }));
  const fromMonday = [...days.slice(1), ...days.slice(0, 1)];
  const time = (id: string, key: string, value: string): Element => ({
    type: 'Input.Time',
    id,
    label: ctx.text(key),
    value,
  });
  const body = [
    time(MENU_FIELDS.from, 'outage.field.from', clock(quiet?.from ?? 20 * 60)),
    time(MENU_FIELDS.to, 'outage.field.to', clock(quiet?.to ?? 7 * 60)),
    choiceField(MENU_FIELDS.days, 'outage.field.days', fromMonday, quiet?.days.join(',') ?? '', ctx, true),
    severityField(
      MENU_FIELDS.override,
      'outage.field.override',
      OUTAGE_SEVERITIES,
      quiet?.override ?? 'critical',
      ctx,
    ),
  ];
  const none = clickAction({ verb: 'outage-awake' }, ctx.text('outage.button.awake'), ctx);
  return form('outage.button.quiet', { verb: 'outage-quiet' }, body, ctx, quiet ? [none] : []);
}

export function createForm(ctx: RenderContext): Element {
  const body = [
    textField(MENU_FIELDS.title, 'outage.field.title', NAME, ctx),
    textField(MENU_FIELDS.offer, 'outage.field.offer', NAME, ctx),
    severityField(MENU_FIELDS.severity, 'outage.field.severity', OUTAGE_SEVERITIES, 'major', ctx),
  ];
  return form('outage.button.create', { verb: 'outage-create' }, body, ctx);
}

/** The id of a topic in a choice; the dialogs read the id back. */
export function topicValue(what: Subscription['what'] | Silence['what']): string {
  switch (what.kind) {
    case 'offer':
      return `offer:${what.offerId}`;
    case 'publisher':
      return `publisher:${what.publisherId}`;
    case 'incident':
      return `incident:${what.incidentId}`;
    case 'everything':
      return 'everything';
  }
}

/** A topic with another kind of id is stopped by its name, or on its card. */
function choicesOf(own: readonly Own[]): readonly Choice[] {
  return own
    .filter(({ value }) => ID.test(value))
    .map(({ name, value }) => ({ title: plainText(name, LABEL) || '–', value }));
}
