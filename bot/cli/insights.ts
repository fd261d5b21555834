/** What operators read of questions that could not be matched. Formatting only. */
import type { UnansweredGroup, UnansweredReport } from '../../core/services/answers/unanswered.js';
import type { Directory } from '../../core/directory/types.js';

/** The report as lines, at most `limit` groups. */
export function insightLines(
  report: UnansweredReport,
  directory: Directory,
  limit: number,
): readonly string[] {
  const { open, settled, total } = report;
  const asked = open.reduce((sum, group) => sum + group.times, 0);
  const head = `${total} asked and not known; ${settled} would be known today, ${asked} still would not.`;
  if (open.length === 0) return [head];
  const shown = open.slice(0, limit);
  const more = open.length > shown.length ? [`… and ${open.length - shown.length} more`] : [];
  return [head, ...shown.flatMap((group) => groupLines(group, directory)), ...more];
}

function groupLines(group: UnansweredGroup, directory: Directory): readonly string[] {
  const offers = group.nearestOffers.map((id) => `${directory.offers.get(id)?.name ?? id} (${id})`);
  const last = new Date(group.lastAt).toISOString().slice(0, 10);
  return [
    `${String(group.times).padStart(5)} ×  no ${group.missing}: “${group.text}”  [${group.languages.join(', ')}; last ${last}]`,
    ...(group.missing === 'offer' && offers.length > 0
      ? [`         nearest offers: ${offers.join('; ')}`]
      : []),
    ...(group.nearestIssues.length > 0 ? [`         nearest kinds: ${group.nearestIssues.join(', ')}`] : []),
  ];
}
