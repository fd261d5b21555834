/** Opening hours in the reader's words: days by name, the zone by name, holidays left out (the line of the moment knows them). */
import { formatHours, parseHours } from '../../core/directory/hours.js';
import type { RenderContext } from '../kit/types.js';

/** A Monday at noon; the six days after it are the rest of the week. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

/** `Mon–Fri 09:00–17:30 (Pacific Time)`; free text stays as it is, and nothing is nothing. */
export function hoursWords(
  text: string | undefined,
  { language, now }: Pick<RenderContext, 'language' | 'now'>,
): string {
  const hours = text === undefined ? undefined : parseHours(text);
  if (!hours) return text ?? '';
  const [, ...rules] = formatHours({ ...hours, off: [] }).split('; ');
  if (rules[0] === '24/7') return rules[0];
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const named = DAYS.reduce(
    (said, day, at) => said.replaceAll(day, weekday.format(MONDAY + at * DAY_MS)),
    rules.join('; '),
  );
  return `${named.replaceAll('-', '–')} (${zoneName(hours.zone, language, now)})`;
}

function zoneName(zone: string, language: string, now: number): string {
  const parts = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
