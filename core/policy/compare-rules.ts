/** Compares two versions of the rules: for every combination of facts, the answer before and the answer after. */
import { PURCHASE_CHANNELS, type Issue } from '../terms.js';
import { routeBy } from './decide.js';
import type { RouteFacts } from './decision.js';
import { allFacts } from './facts-space.js';
import { RULE_FACTS, fits, type Rule, type RuleFact } from './rule.js';

/** What a reader sees of an answer. The id of a rule is not part of it: a rule may get a new name. */
export interface AnswerShown {
  readonly responsible: string;
  /** The ways, the first contact first. */
  readonly ways: readonly string[];
  readonly reason: string;
  readonly source: string;
  readonly notes: readonly string[];
  readonly ownSteps?: string;
  readonly tell?: string;
  readonly figures: readonly string[];
}

/** Facts with which an answer may differ besides the facts of rules. */
const FACTS = [...RULE_FACTS, 'resellerKeeps', 'partnerHelps'] as const;
type ShownFact = RuleFact | 'resellerKeeps' | 'partnerHelps';
export type FactValues = Readonly<Partial<Record<ShownFact, readonly string[]>>>;

/** Combinations of facts whose answers changed in the same way. */
export interface ChangedAnswers {
  /** The facts that these combinations have in common, as their values; a fact that may be anything is left out. */
  readonly facts: FactValues;
  readonly combinations: number;
  /** `route`: another party or contact. `words`: the same route, told or sourced otherwise. */
  readonly kind: 'route' | 'words' | 'new' | 'gone';
  readonly before?: AnswerShown & { readonly rule: string };
  readonly after?: AnswerShown & { readonly rule: string };
}

export interface Comparison {
  readonly combinations: number;
  readonly changed: readonly ChangedAnswers[];
}

type Values = Map<ShownFact, Set<string>>;

interface Group {
  readonly first: Pick<ChangedAnswers, 'before' | 'after'>;
  readonly values: Values;
  /** Issue and channel of each combination: they decide what the other facts may be. */
  readonly cells: Set<string>;
  combinations: number;
}

/** All answers that differ between two versions, changes of the route first, then by the number of combinations. */
export function compareRules(before: readonly Rule[], after: readonly Rule[]): Comparison {
  const [old, now] = [answersOf(before), answersOf(after)];
  const groups = new Map<string, Group>();
  const possible = new Map<string, Values>();
  let combinations = 0;
  for (const facts of allFacts()) {
    combinations += 1;
    note(facts, valuesIn(possible, cellOf(facts)));
    const [was, is] = [old(facts), now(facts)];
    const key = `${shown(was)}→${shown(is)}`;
    if (shown(was) === shown(is)) continue;
    const group = groups.get(key) ?? newGroup({ before: was, after: is });
    groups.set(key, group);
    group.combinations += 1;
    group.cells.add(cellOf(facts));
    note(facts, group.values);
  }
  return {
    combinations,
    changed: [...groups.values()].map((group) => described(group, possible)).sort(byWeight),
  };
}

type Answered = (AnswerShown & { readonly rule: string }) | undefined;

function answersOf(rules: readonly Rule[]): (facts: RouteFacts) => Answered {
  const byIssue = new Map<Issue, readonly Rule[]>();
  const about = (issue: Issue) => {
    const known = byIssue.get(issue) ?? rules.filter(({ when }) => when.issue?.includes(issue) ?? true);
    byIssue.set(issue, known);
    return known;
  };
  return (facts) => {
    const rule = about(facts.issue).find(({ when }) => fits(when, facts));
    return rule && answerBy(rule, facts);
  };
}

function answerBy(rule: Rule, facts: RouteFacts): Answered {
  const { responsible, steps, notes } = routeBy(rule, facts);
  const { id, reason, source, ownSteps, tell, figures = [] } = rule;
  return {
    rule: id,
    responsible,
    ways: steps.map(({ way }) => way),
    reason,
    source,
    notes,
    ownSteps,
    tell,
    figures,
  };
}

/** The answer without the id of its rule, for comparing. */
function shown(answer: Answered): string {
  return answer ? JSON.stringify({ ...answer, rule: undefined }) : '';
}

function newGroup(first: Group['first']): Group {
  return { first, values: new Map(), cells: new Set(), combinations: 0 };
}

function note(facts: RouteFacts, values: Values): void {
  for (const fact of FACTS) {
    const set = values.get(fact) ?? new Set<string>();
    values.set(fact, set.add(valueOf(facts, fact)));
  }
}

function valueOf(facts: RouteFacts, fact: ShownFact): string {
  const value = facts[fact];
  return Array.isArray(value) ? value.join('+') || 'nothing' : String(value);
}

function cellOf({ issue, channel }: RouteFacts): string {
  return `${issue} ${channel}`;
}

function valuesIn(possible: Map<string, Values>, cell: string): Values {
  const values = possible.get(cell) ?? new Map<ShownFact, Set<string>>();
  possible.set(cell, values);
  return values;
}

function described(
  { first, values, cells, combinations }: Group,
  possible: ReadonlyMap<string, Values>,
): ChangedAnswers {
  const facts = [...values]
    .filter(([fact, set]) => isLimited(fact, set, cells, possible))
    .map(([fact, set]) => [fact, [...set]]);
  return { facts: Object.fromEntries(facts) as FactValues, combinations, kind: kindOf(first), ...first };
}

/** True where the answers differ for some values of the fact only. */
function isLimited(
  fact: ShownFact,
  set: ReadonlySet<string>,
  cells: ReadonlySet<string>,
  possible: ReadonlyMap<string, Values>,
): boolean {
  if (fact === 'issue') return true;
  if (fact === 'channel') return set.size < PURCHASE_CHANNELS.length;
  return [...cells].some((cell) => [...(possible.get(cell)?.get(fact) ?? [])].some((one) => !set.has(one)));
}

function kindOf({ before, after }: Group['first']): ChangedAnswers['kind'] {
  if (!before) return 'new';
  if (!after) return 'gone';
  const route = ({ responsible, ways }: AnswerShown) => JSON.stringify([responsible, ways]);
  return route(before) === route(after) ? 'words' : 'route';
}

const WEIGHT = { gone: 0, route: 1, new: 2, words: 3 } as const;

function byWeight(a: ChangedAnswers, b: ChangedAnswers): number {
  return WEIGHT[a.kind] - WEIGHT[b.kind] || b.combinations - a.combinations;
}
