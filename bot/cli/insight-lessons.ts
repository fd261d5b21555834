/** `insights review|accept|try|learned|forget`: what people chose after a question back, and what this desk learned. */
import type { Command } from 'commander';
import { offerNamed } from '../../core/directory/offer-named.js';
import type { Directory } from '../../core/directory/types.js';
import type { Lesson } from '../../core/ports.js';
import {
  forgetLearned,
  listLearned,
  teach,
  type Learned,
  type Teaching,
} from '../../core/services/answers/learn.js';
import { keptSentences, trySlices, type ReplayReading } from '../../core/services/answers/replay.js';
import { reviewSlices, type Choice, type LessonGroup } from '../../core/services/answers/review-lessons.js';
import { ISSUES, isIssue } from '../../core/terms.js';
import { inTimeSlices } from '../../dialogs/shared/time-slices.js';
import { scopeProblem } from './outage-scope.js';
import { depsOf } from './understand-command.js';
import { actor, exitWith, print, printListing, withCliContext, type CliContext } from './cli-context.js';

const DAY_MS = 86_400_000;

interface Look {
  readonly days: string;
  readonly limit: string;
}

interface Meaning {
  readonly issue?: string;
  readonly offer?: string;
}

/** Adds the commands to `insights`. */
export function addLessonCommands(insights: Command): void {
  insights
    .command('review')
    .description('list what people chose after the bot asked back, corrected, or marked as not helpful')
    .option('--days <days>', 'look back this many days', '30')
    .option('--limit <groups>', 'show at most this many', '20')
    .action(review);
  insights
    .command('accept')
    .description('learn one line of "insights review", for this desk only')
    .argument('<id>', 'the id that the review prints')
    .option('--issue <issue>', 'this kind of issue instead of what most people chose')
    .option('--offer <offer>', 'this offer instead of what most people chose')
    .action(accept);
  insights
    .command('try')
    .description('replay the sentences on record with one more phrase or alias; learn nothing')
    .argument('<words>', 'the phrase or alias')
    .option('--issue <issue>', 'the kind of issue that the words shall mean')
    .option('--offer <offer>', 'the id of the offer that the words shall name')
    .option('--days <days>', 'replay this many days', '30')
    .action(tryWords);
  insights
    .command('learned')
    .description('list the phrases and aliases that this desk has learned: who added them, and when')
    .action(showLearned);
  insights
    .command('forget')
    .description('take a learned phrase or alias back')
    .argument('<id>', 'the id that "insights learned" prints')
    .action(forget);
}

function review({ days, limit }: Look): Promise<void> {
  return withCliContext({ seed: true, reads: true }, async (world) => {
    const deps = await depsOf(world);
    const lessons = await world.stores.lessons.list(world.now() - Number(days) * DAY_MS);
    const { open, settled, total } = await inTimeSlices(reviewSlices(lessons, deps));
    const groups = open.slice(0, Number(limit));
    const more = open.length - groups.length;
    printListing(
      {
        total,
        settled,
        groups: groups.map((one) => ({ ...one, lastAt: new Date(one.lastAt).toISOString() })),
      },
      [
        `${total} sentences with a choice or a complaint; the bot follows ${settled} of them today.`,
        ...groups.flatMap((group) => groupLines(group, deps.directory)),
        ...(more > 0 ? [`… and ${more} more`] : []),
      ],
    );
  });
}

function groupLines(group: LessonGroup, directory: Directory): readonly string[] {
  const { reasons, chosen, read } = group;
  const why = (Object.keys(reasons) as Lesson['reason'][])
    .filter((reason) => reasons[reason] > 0)
    .map((reason) => `${reason} ${reasons[reason]}`);
  const last = new Date(group.lastAt).toISOString().slice(0, 10);
  const said = (choices: readonly Choice[]) =>
    choices.map(({ value, times }) => `${nameOf(value, directory)} (${times})`).join(', ');
  return [
    `${String(group.times).padStart(5)} ×  “${group.text}”  [${group.languages.join(', ')}; last ${last}]`,
    ...group.otherTexts.map((text) => `         also “${text}”`),
    `         ${why.join(', ')}${read.length > 0 ? `; the bot read ${said(read)}` : ''}`,
    chosen.length > 0
      ? `         people chose ${said(chosen)}: insights accept ${shortId(group.id)}`
      : `         nobody chose another answer: insights accept ${shortId(group.id)} --issue ISSUE`,
  ];
}

const shortId = (id: string): string => id.slice(0, 8);

/** An offer by its name and id; an issue by its id. */
function nameOf(value: string, directory: Directory): string {
  const offer = directory.offers.get(value);
  return offer ? `${offer.name}, ${value}` : value;
}

function accept(id: string, meaning: Meaning): Promise<void> {
  return withCliContext({ seed: true }, async (world) => {
    const lesson = await world.stores.lessons.byId(id);
    if (!lesson) return refuse(`There is no line ${id}. "insights review" prints the ids.`);
    const lessons = await world.stores.lessons.list(0);
    const { open } = await inTimeSlices(reviewSlices(lessons, await depsOf(world)));
    const chosen = open.find((group) => group.id === lesson.id)?.chosen[0]?.value ?? lesson.chosen;
    const usual = chosen === undefined ? {} : isIssue(chosen) ? { issue: chosen } : { offer: chosen };
    const given = meaning.issue ?? meaning.offer;
    const teaching = teachingOf(lesson.text, given === undefined ? usual : meaning);
    if (typeof teaching === 'string') return refuse(teaching);
    return learnIn(world, teaching);
  });
}

/** The teaching, or the sentence that says what is wrong. */
function teachingOf(words: string, { issue, offer }: Meaning): Teaching | string {
  if ((issue === undefined) === (offer === undefined)) return 'Give either --issue ISSUE or --offer OFFER.';
  if (offer !== undefined) return { about: 'offer', words, offerId: offer };
  if (issue !== undefined && isIssue(issue)) return { about: 'issue', words, issue };
  return `"${issue}" is none of ${ISSUES.join(', ')}`;
}

/** Adds one phrase or alias and says how to take it back. */
export function learn(teaching: Teaching): Promise<void> {
  return withCliContext({ seed: true }, (world) => learnIn(world, teaching));
}

async function learnIn({ stores, now }: CliContext, given: Teaching): Promise<void> {
  const directory = await stores.directory.load();
  const teaching = withKnownId(given, directory);
  const done = await teach(stores, directory, teaching, { actor: actor(), now: now() });
  const { words } = teaching;
  const name = teaching.about === 'issue' ? teaching.issue : directory.offers.get(teaching.offerId)?.name;
  switch (done.kind) {
    case 'learned': {
      const said = teaching.about === 'issue' ? 'means' : 'finds';
      return print([`“${words}” now ${said} ${name}. Take it back: insights forget ${done.id}`]);
    }
    case 'known':
      return print([`“${words}” was known ${teaching.about === 'issue' ? 'for' : 'as a name of'} ${name}.`]);
    case 'no-offer':
      return refuse(unknownOffer(teaching, directory));
    case 'bad-words':
      return refuse(BAD_WORDS[teaching.about]);
  }
}

/** The offer's id as the directory writes it: operators type ids in any letter case. */
function withKnownId(teaching: Teaching, { offers }: Directory): Teaching {
  if (teaching.about === 'issue') return teaching;
  return { ...teaching, offerId: offerNamed(offers, teaching.offerId)?.id ?? teaching.offerId };
}

/** Names the nearest offer. */
function unknownOffer(teaching: Teaching, directory: Directory): string {
  const given = teaching.about === 'offer' ? [teaching.offerId] : [];
  return scopeProblem(directory, { offers: given }) ?? 'There is no such offer.';
}

const BAD_WORDS = {
  issue: 'A phrase has letters or digits, and at most 300 characters.',
  offer: 'An alias has 1 to 120 characters.',
} as const;

function tryWords(words: string, { days, ...meaning }: Meaning & Pick<Look, 'days'>): Promise<void> {
  const given = teachingOf(words, meaning);
  if (typeof given === 'string') return Promise.resolve(refuse(given));
  return withCliContext({ seed: true, reads: true }, async (world) => {
    const { stores, now } = world;
    const deps = await depsOf(world);
    const teaching = withKnownId(given, deps.directory);
    if (teaching.about === 'offer' && !deps.directory.offers.has(teaching.offerId))
      return refuse(unknownOffer(teaching, deps.directory));
    const since = now() - Number(days) * DAY_MS;
    const kept = keptSentences(await stores.unanswered.list(since), await stores.lessons.list(since));
    const present = { ...deps, phrases: await stores.phrases.list(), partnerName: deps.profile.name };
    const { sentences, differences } = await inTimeSlices(trySlices(teaching, kept, present));
    printListing({ sentences, differences }, [
      `${sentences} sentences on record; ${differences.length} would be read differently.`,
      ...differences.flatMap(({ text, times, before, after }) => [
        `${String(times).padStart(5)} ×  “${text}”`,
        `         - ${readingWords(before, deps.directory)}`,
        `         + ${readingWords(after, deps.directory)}`,
      ]),
      'Nothing was learned.',
    ]);
  });
}

function readingWords({ issue, offerId }: ReplayReading, directory: Directory): string {
  const offer = offerId === undefined ? 'asks for the offer' : nameOf(offerId, directory);
  return `${issue ?? 'asks for the kind'} · ${offer}`;
}

function showLearned(): Promise<void> {
  return withCliContext({ seed: true, reads: true }, async ({ stores }) => {
    const [learned, directory] = [await listLearned(stores), await stores.directory.load()];
    printListing(
      {
        learned: learned.map((one) => ({
          ...one,
          at: one.at === undefined ? null : new Date(one.at).toISOString(),
        })),
      },
      learned.length === 0
        ? ['This desk has learned nothing yet.']
        : learned.map((one) => learnedLine(one, directory)),
    );
  });
}

function learnedLine(one: Learned, directory: Directory): string {
  const meaning = one.about === 'issue' ? one.issue : nameOf(one.offerId, directory);
  const when = one.at === undefined ? 'unknown day' : new Date(one.at).toISOString().slice(0, 16);
  return `${one.id}  “${one.words}” → ${meaning}  (${one.actor ?? 'unknown person'}, ${when})`;
}

function forget(id: string): Promise<void> {
  return withCliContext({ seed: true }, async ({ stores, now }) => {
    const gone = await forgetLearned(stores, id, { actor: actor(), now: now() });
    if (!gone) return refuse(`There is no learned item ${id}. "insights learned" prints the ids.`);
    print([`“${gone.words}” is forgotten.`]);
  });
}

/** Prints the reason and returns 1. */
export function refuse(reason: string): void {
  print([reason]);
  exitWith(1);
}
