/** Prints `route check --changed OLD NEW`: the answers that differ between two versions of the rules. */
import { readFile } from 'node:fs/promises';
import { compareRules, type AnswerShown, type ChangedAnswers } from '../../core/policy/compare-rules.js';
import { readRuleBook, writeRuleBook, type RuleBook } from '../../core/policy/rule-book.js';
import { RULES } from '../../core/policy/rules.js';
import { textIn } from '../../locales/text.js';
import { namedFile } from './cli-context.js';
import type { Printed } from './route.js';

/** The name of the rules of the running version. */
const PRESENT = 'current';

/** `route rules`: the rules of this version as a file's text. */
export function routeRules(): string {
  return writeRuleBook(RULES);
}

/** Exit code 0: no answer differs. 1: answers differ. 2: a version cannot be read. */
export type Changes = Printed & { readonly code: 0 | 1 | 2 };

function unread(lines: readonly string[]): Changes {
  return { code: 2, ok: false, lines };
}

/** The answers that differ between two files of rules. `current` stands for the rules of this version. */
export async function routeChanges(versions: readonly string[]): Promise<Changes> {
  if (versions.length !== 2) return unread(['--changed needs two versions: the old one, then the new one.']);
  const books = await Promise.all(versions.map(bookOf));
  const problems = books.flatMap((book) => ('problem' in book ? [book.problem] : []));
  const [old, now] = books;
  if (!old || !now || 'problem' in old || 'problem' in now) return unread(problems);
  const { combinations, changed } = compareRules(old.rules, now.rules);
  const unknown = [...old.unknown, ...now.unknown];
  const count = changed.reduce((sum, each) => sum + each.combinations, 0);
  const data = { differs: changed.length > 0, combinations, changedCombinations: count, changed, unknown };
  return {
    code: changed.length > 0 ? 1 : 0,
    ok: changed.length === 0,
    data,
    lines: [
      ...summary(changed, count, combinations),
      ...changed.flatMap(changeLines),
      ...unknown.map(unknownLine),
    ],
  };
}

async function bookOf(name: string): Promise<RuleBook | { readonly problem: string }> {
  if (name === PRESENT) return { rules: RULES, unknown: [] };
  let text: string;
  try {
    text = await readFile(namedFile(name), 'utf8');
  } catch {
    return { problem: `${name}: cannot read the file. "route rules" writes such a file.` };
  }
  const read = readRuleBook(text);
  return read.kind === 'read' ? read.book : { problem: `${name}: is no file of rules; ${read.problem}` };
}

function summary(changed: readonly ChangedAnswers[], count: number, combinations: number): readonly string[] {
  if (changed.length === 0) return [`No answer differs in ${combinations} combinations of facts.`];
  const routes = changed.filter(({ kind }) => kind !== 'words').length;
  const others = changed.length - routes;
  return [
    `${count} of ${combinations} combinations of facts have another answer.`,
    `${routes} changes lead to another party or contact; ${others} keep the route and change words, source or figures.`,
    '',
  ];
}

function changeLines({ facts, combinations, kind, before, after }: ChangedAnswers): readonly string[] {
  const words = Object.entries(facts).map(([fact, values]) => `${fact}=${values.join('|')}`);
  return [
    `${kind}: ${words.join(' ')} (${combinations} combinations)`,
    `  before  ${answerWords(before)}`,
    `  after   ${answerWords(after)}`,
    ...(before && after ? differences(before, after) : []),
    '',
  ];
}

function answerWords(answer: ChangedAnswers['before']): string {
  if (!answer) return 'no rule';
  const { responsible, ways, rule, reason } = answer;
  return `${responsible}, ${ways.join(' → ')} (${rule}): ${sentence(reason)}`;
}

/** The sentence of a reason; its key where this version has no such sentence. */
function sentence(reason: string): string {
  const text = textIn('en');
  const names = {
    partner: 'the partner',
    provider: 'the provider',
    publisher: 'the publisher',
    offer: 'the offer',
  };
  try {
    return text(reason, names);
  } catch {
    return reason;
  }
}

/** The other parts of the answer that changed. */
function differences(before: AnswerShown, after: AnswerShown): readonly string[] {
  const parts = [
    ['source', 'source'],
    ['notes', 'notes'],
    ['own steps', 'ownSteps'],
    ['tell', 'tell'],
    ['figures', 'figures'],
  ] as const;
  const said = (value: string | readonly string[] | undefined) =>
    [value ?? []].flat().join(', ') || 'nothing';
  return parts
    .map(([name, part]) => ({ name, was: said(before[part]), is: said(after[part]) }))
    .filter(({ was, is }) => was !== is)
    .map(({ name, was, is }) => `  ${name}  ${was} → ${is}`);
}

function unknownLine(what: string): string {
  return `not known to this version: ${what}`;
}
