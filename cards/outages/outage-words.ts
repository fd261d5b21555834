/** The words of an outage: times in the recipient's zone, the reason for the card, and the staff's actions. */
import type { TellReason } from '../../core/incident/audience.js';
import type { Incident, IncidentUpdate, StaffAct } from '../../core/incident/types.js';
import type { Language } from '../../core/terms.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

const DAY = { year: 'numeric', month: 'short', day: 'numeric' } as const;
const MOMENT = {
  ...DAY,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
} as const;

/** A moment on the recipient's clock, with the zone; UTC where the zone is not known. */
export function localMoment(at: number, zone: string, language: Language): string {
  // Square brackets would have to be escaped on a card, and some clients show the escape.
  return local(at, zone, language, MOMENT).replace(/ ?\[([^\]]+)\]/, '（$1）');
}

/** The day of a moment in the recipient's zone. */
export function localDay(at: number, zone: string, language: Language): string {
  return local(at, zone, language, DAY);
}

function local(at: number, zone: string, language: Language, parts: typeof DAY | typeof MOMENT): string {
  if (!Number.isFinite(at)) return '';
  const key = `${language} ${zone} ${String(parts === DAY)}`;
  const found = formatters.get(key) ?? formatter(language, zone, parts) ?? formatter(language, 'UTC', parts);
  if (!found) return '';
  formatters.set(key, found);
  return found.format(at);
}

function formatter(
  language: Language,
  zone: string,
  parts: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(language, { ...parts, timeZone: zone === '' ? 'UTC' : zone });
  } catch {
    return undefined;
  }
}

/** The first affected offers, or the publishers where the outage names no offer. */
export function affectedNames(
  { affected }: Incident,
  names: { readonly offer: NameOf; readonly publisher: NameOf },
  language: Language,
): string {
  const { offers, publishers } = affected;
  const concerned = offers.length > 0 ? offers.map(names.offer) : publishers.map(names.publisher);
  return listOf(concerned.slice(0, 3), language);
}

/** The sender's title; for a flood, a sentence that names the source. */
export function incidentTitle({ title, manyFrom }: Incident, text: RenderContext['text']): string {
  return manyFrom === undefined ? title : text('outage.title.many', { source: manyFrom });
}

/** The sender's text of an update, or this product's own sentence. */
export function updateText({ text, remark }: IncidentUpdate, ctx: RenderContext): string {
  return remark === undefined ? text : ctx.text(`outage.remark.${remark}`);
}

/** Names of ids, for sentences; an unknown id is shown as the id. */
export type NameOf = (id: string) => string;

/** `You get this because …`. */
export function becauseSaid(
  reason: TellReason,
  names: { readonly offer: NameOf; readonly publisher: NameOf },
  ctx: RenderContext,
): Sentence {
  switch (reason.kind) {
    case 'offer':
      return say(ctx, `outage.because.offer.${reason.by}`, { name: names.offer(reason.offerId) });
    case 'publisher':
      return say(ctx, `outage.because.publisher.${reason.by}`, { name: names.publisher(reason.publisherId) });
    case 'everything':
      return say(ctx, `outage.because.everything.${reason.by}`);
    case 'told-before':
      return say(ctx, 'outage.because.told-before');
  }
}

/** `Silenced until … because …`, with the name of the silenced topic where the card does not show it. */
export function silenceSaid(
  silence: { readonly until: number; readonly reason: string; readonly name?: string },
  zone: string,
  ctx: RenderContext,
): Sentence {
  const until = localMoment(silence.until, zone, ctx.language);
  const { name, reason } = silence;
  return name === undefined
    ? say(ctx, 'outage.silenced', { until, reason })
    : say(ctx, 'outage.silenced.named', { name, until, reason });
}

/** `HH:MM` of minutes after midnight. */
export function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Short names of the days, Sunday first. */
export function weekdayNames(language: Language): readonly string[] {
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  // 4 January 1970 was a Sunday.
  return [0, 1, 2, 3, 4, 5, 6].map((day) => format.format((day + 3) * 86_400_000));
}

/** Names in a row, as the language lists them. */
export function listOf(names: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }).format(names);
}

/** One line of the history; without a state it is a remark. */
export function updateSaid(update: IncidentUpdate, zone: string, ctx: RenderContext): Sentence {
  const at = localMoment(update.at, zone, ctx.language);
  if (update.state === null) return say(ctx, 'outage.update.remark', { at });
  return say(ctx, 'outage.update', { at, state: ctx.text(`outage.state.${update.state}`) });
}

/** An action of a member of staff, with its time. A person at the command line has no name that recipients know. */
export function actSaid(act: StaffAct, name: NameOf, zone: string, ctx: RenderContext): Sentence {
  const by = act.by.startsWith('cli:') ? ctx.text('outage.operator') : name(act.by);
  const values = { name: by, at: localMoment(act.at, zone, ctx.language) };
  return say(ctx, `outage.act.${act.kind}`, values);
}
