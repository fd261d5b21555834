/** The lines under a contact besides its date: dead or not, presence in Teams, opening hours, and a substitute. */
import { parseHours, type OpenState, formatHours, hoursInZone } from '../../core/directory/hours.js';
import { isTimeZone } from '../../core/time.js';
import type { ShownContact } from '../../core/services/answers/answer.js';
import {
  reachable,
  type ReachableAnswer,
  type ReachableContact,
  type ReachableStep,
} from '../../core/services/answers/open-first.js';
import { stepName } from './answer-words.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { longDate } from './verified.js';
import type { Language } from '../../core/terms.js';
import { isUnspaced, punctuationOf } from '../../locales/language.js';

export interface StateLine {
  readonly said: Sentence;
  /** True for a line that warns: the contact cannot be used now. */
  readonly alert: boolean;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** The lines under a contact. `answer` is given for the first contact only, which may get a substitute. */
export function contactState(
  contact: ReachableContact,
  answer: ReachableAnswer | undefined,
  ctx: RenderContext,
): readonly StateLine[] {
  return [
    ...presenceLine(contact, ctx),
    ...stateLines(contact, ctx),
    ...(answer ? insteadLine(answer, ctx) : []),
  ];
}

/** Whether the person can be reached in Teams, with the time: the card stays, but presence changes. */
function presenceLine({ presence }: ShownContact, ctx: RenderContext): readonly StateLine[] {
  if (!presence) return [];
  const own = ctx.zone !== undefined && isTimeZone(ctx.zone) ? ctx.zone : undefined;
  const time = clockText(presence.at, own ?? 'UTC', ctx) + (own === undefined ? ' UTC' : '');
  return [{ said: say(ctx, `presence.${presence.state}`, { time }), alert: false }];
}

/** The lines of a contact's state. Opening hours in free text are shown elsewhere, as they are. */
function stateLines(contact: ReachableContact, ctx: RenderContext): readonly StateLine[] {
  if (contact.deadSince !== undefined) return [{ said: deadLine(contact, ctx), alert: true }];
  const { openNow } = contact;
  if (!openNow) return [];
  const line = { said: openLine(openNow.state, openNow.zone, ctx), alert: openNow.state.kind !== 'open' };
  return contact.isWrittenFirst ? [line, { said: say(ctx, 'hours.write'), alert: false }] : [line];
}

/** Whether the contact is open now, and when that changes; undefined for hours in free text and unknown hours. */
export function hoursSaid(
  hours: string | undefined,
  ctx: RenderContext,
): { readonly said: Sentence; readonly isOpen: boolean } | undefined {
  const found = reachable({ hours }, ctx.now).openNow;
  return found && { said: openLine(found.state, found.zone, ctx), isOpen: found.state.kind === 'open' };
}

/**
 * The stop to turn to while the first contact is dead or closed; undefined when the first contact is open, another
 * contact of the same party stands in, or nobody else fits.
 */
export function substituteOf({ first, escalation }: ReachableAnswer): ReachableStep | undefined {
  const { contact, order } = first;
  if (!contact || order?.why) return undefined;
  const isDead = contact.deadSince !== undefined;
  const state = contact.openNow?.state;
  if (!isDead && (state === undefined || state.kind === 'open')) return undefined;
  return escalation.find((step) => isUsable(step, !isDead));
}

function insteadLine(answer: ReachableAnswer, ctx: RenderContext): readonly StateLine[] {
  const next = substituteOf(answer);
  if (!next) return [];
  const isDead = answer.first.contact?.deadSince !== undefined;
  const name = stepName(next, ctx);
  // The same company under another way: the way tells the two apart.
  const isSameName = name === stepName(answer.first, ctx);
  const way = ctx.text(`way.${next.step.way}`);
  const shown = isSameName ? say(ctx, 'contact.at', { name, way }).plain : name;
  return [{ said: say(ctx, isDead ? 'dead.instead' : 'hours.instead', { name: shown }), alert: false }];
}

/** A dead contact gets any usable substitute. A closed contact gets only a substitute that is known to be open. */
function isUsable({ contact }: ReachableStep, mustBeOpen: boolean): boolean {
  if (!contact || contact.deadSince !== undefined) return false;
  const { email, phone, upn, url } = contact;
  if ((email ?? phone ?? upn ?? url) === undefined) return false;
  const state = contact.openNow?.state.kind;
  return state === 'open' || (!mustBeOpen && state !== 'shut');
}

function deadLine({ deadSince, deadReason }: ShownContact, ctx: RenderContext): Sentence {
  const date = longDate(deadSince, ctx.language) ?? deadSince ?? '';
  return say(ctx, `dead.${deadReason ?? 'unknown'}`, { date });
}

/** Times in the reader's zone where it is known, else in the contact's zone; the line says which. */
function openLine(state: OpenState, zone: string, ctx: RenderContext): Sentence {
  const own = ctx.zone !== undefined && isTimeZone(ctx.zone) ? ctx.zone : undefined;
  const where = own === undefined ? 'there' : 'yours';
  const time = (at: number) => clockText(at, own ?? zone, ctx);
  switch (state.kind) {
    case 'open':
      return state.until === undefined
        ? say(ctx, 'hours.always')
        : say(ctx, `hours.open.${where}`, { time: time(state.until) });
    case 'closed':
      return say(ctx, `hours.closed.${where}`, {
        wait: waitText(state.opensAt - ctx.now, ctx),
        time: time(state.opensAt),
      });
    case 'shut':
      return say(ctx, 'hours.shut');
  }
}

/** `2 hr 10 min`, as the language writes it; from one day on without the minutes. */
export function waitText(milliseconds: number, { language }: Pick<RenderContext, 'language'>): string {
  const all = Math.max(1, Math.ceil(milliseconds / MINUTE_MS));
  const days = Math.floor(all / DAY_MINUTES);
  const parts = {
    day: days,
    hour: Math.floor((all % DAY_MINUTES) / 60),
    minute: days === 0 ? all % 60 : 0,
  };
  const named = Object.entries(parts)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) =>
      new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    );
  const said = new Intl.ListFormat(language, { type: 'unit', style: 'narrow' }).format(named);
  // Unicode's units of Japanese and Chinese have spaces, which stand in no sentence.
  return isUnspaced(language) ? said.replaceAll(' ', '') : said;
}

/** Making a formatter costs far more than using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `09:00`, with the day of the week when it is not today. */
function clockText(at: number, zone: string, ctx: RenderContext): string {
  const day = (moment: number) => formatter(ctx.language, zone, 'day').format(moment);
  return formatter(ctx.language, zone, day(at) === day(ctx.now) ? 'time' : 'weekday').format(at);
}

function formatter(language: string, zone: string, form: 'day' | 'time' | 'weekday'): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${form}`;
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const parts = {
    day: { year: 'numeric', month: 'numeric', day: 'numeric' },
    time: clock,
    weekday: { weekday: 'short', ...clock },
  } as const;
  const found = formatters.get(key) ?? new Intl.DateTimeFormat(language, { ...parts[form], timeZone: zone });
  formatters.set(key, found);
  return found;
}

/** A Monday at noon; the next six days are the rest of the week. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const DAY_CODE = new RegExp(`\\b(?:${DAYS.join('|')})\\b`, 'g');

/**
 * `Mon–Fri 9–17:30, Sat 9–13 (your time)`, in the reader's zone where it is known, else in the contact's zone, with the
 * zone's name. Free text stays as it is, and an empty value stays empty.
 */
export function hoursWords(
  text: string | undefined,
  { language, now, zone, text: say }: Pick<RenderContext, 'language' | 'now' | 'zone' | 'text'>,
): string {
  const own = text === undefined ? undefined : parseHours(text);
  if (!own) return text ?? '';
  const isKnown = zone !== undefined && isTimeZone(zone);
  const hours = isKnown ? hoursInZone(own, zone, now) : { ...own, off: [] };
  const [, ...rules] = formatHours(hours).split('; ');
  if (rules[0] === '24/7') return rules[0];
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const named = rules
    .join('; ')
    .replace(DAY_CODE, (day) => weekday.format(MONDAY + DAYS.indexOf(day) * DAY_MS));
  const isOwn = isKnown && hours.zone === zone;
  return say('hours.line', {
    hours: shortClocks(named, language),
    zone: isOwn ? say('hours.your-zone') : zoneName(hours.zone, language, now),
  });
}

/** Short enough for one line: `09:00` is `9`. A comma between days where no day has a break. */
function shortClocks(rules: string, language: Language): string {
  const hasBreaks = rules.includes(', ');
  const { comma, semicolon } = punctuationOf(language);
  const between = hasBreaks || isUnspaced(language) ? semicolon : comma;
  return rules
    .replace(/\b0?(\d{1,2}):(\d\d)\b/g, (_, hour: string, minute: string) =>
      minute === '00' ? hour : `${hour}:${minute}`,
    )
    .replaceAll('-', '–')
    .replaceAll(', ', comma)
    .replaceAll('; ', between);
}

/** Making a formatter costs far more than using one. */
const zoneFormatters = new Map<string, Intl.DateTimeFormat>();

function zoneName(zone: string, language: string, now: number): string {
  const key = `${language} ${zone}`;
  const options = { timeZone: zone, timeZoneName: 'longGeneric' } as const;
  const formatter = zoneFormatters.get(key) ?? new Intl.DateTimeFormat(language, options);
  zoneFormatters.set(key, formatter);
  const parts = formatter.formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
