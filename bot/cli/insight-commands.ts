/** `insights show`, `insights unanswered`, and the two commands that teach an alias or a phrase. */
import type { Command } from 'commander';
import {
  type UnansweredGroup,
  type UnansweredSummary,
  rankUnanswered,
} from '../../core/services/answers/unanswered.js';
import type { Directory } from '../../core/directory/types.js';
import { ISSUES, isIssue } from '../../core/terms.js';
import { depsOf } from './understand-command.js';
import { addLessonCommands, learn, refuse } from './insight-lessons.js';
import { addShowCommand } from './insight-show.js';
import { printListing, withCliContext } from './cli-context.js';

/** The report as lines, at most `limit` groups. */
function insightLines(report: UnansweredSummary, directory: Directory, limit: number): readonly string[] {
  const { open, settled, total } = report;
  const asked = open.reduce((sum, group) => sum + group.times, 0);
  const head = `${total} asked and not known; ${settled} would be known today, ${asked} still would not.`;
  if (open.length === 0) return [head];
  const shown = open.slice(0, limit);
  const more = open.length > shown.length ? [`… and ${open.length - shown.length} more`] : [];
  return [head, ...shown.flatMap((group) => groupLines(group, directory)), ...more];
}

/** The report with named fields, at most `limit` groups. */
function insightFields({ open, settled, total }: UnansweredSummary, limit: number) {
  const groups = open.slice(0, limit).map((one) => ({ ...one, lastAt: new Date(one.lastAt).toISOString() }));
  return { total, settled, groups };
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

const DAY_MS = 86_400_000;

/** Adds the commands. */
export function addInsightCommands(program: Command): void {
  const insights = program
    .command('insights')
    .description('what people asked, what the bot did not understand, and what this desk has taught it');
  addShowCommand(insights);
  insights
    .command('unanswered')
    .description('rank the questions that matched nothing, with the nearest offers and kinds of issue')
    .option('--days <days>', 'look back this many days', '30')
    .option('--limit <groups>', 'show at most this many', '20')
    .action((options: { days: string; limit: string }) =>
      unanswered(Number(options.days), Number(options.limit)),
    );
  insights
    .command('add-alias')
    .description('teach another name of an offer')
    .argument('<offer>', 'the offer’s id')
    .argument('<alias>', 'the name people use')
    .action(teachAlias);
  insights
    .command('add-phrase')
    .description('teach what a phrase means')
    .argument('<issue>', 'a kind of issue, for example billing.refund')
    .argument('<phrase>', 'the words people use')
    .action(teachPhrase);
  addLessonCommands(insights);
}

function unanswered(days: number, limit: number): Promise<void> {
  return withCliContext({ seed: true, reads: true }, async (world) => {
    const deps = await depsOf(world);
    const entries = await world.stores.unanswered.list(world.now() - days * DAY_MS);
    const report = rankUnanswered(entries, deps);
    printListing(insightFields(report, limit), insightLines(report, deps.directory, limit));
  });
}

function teachAlias(offerId: string, words: string): Promise<void> {
  return learn({ about: 'offer', words, offerId });
}

function teachPhrase(issue: string, words: string): Promise<void> {
  if (!isIssue(issue)) return Promise.resolve(refuse(`"${issue}" is none of ${ISSUES.join(', ')}`));
  return learn({ about: 'issue', words, issue });
}
