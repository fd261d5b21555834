/** The shape of one policy rule, and when a rule fits the facts. */
import type { RouteFacts, RouteStep } from './decision.js';
import type { Party } from '../terms.js';
import type { FigureId } from './figures.js';
import type { NoteKey, PrepareKey, ReasonKey, TellKey } from './keys.js';
import type { SourceId } from './sources.js';
import type { OwnStepsId } from './own-steps.js';

/** The facts that a rule may use. A reseller's duties are not among them, because a modifier handles them. */
export const RULE_FACTS = [
  'issue',
  'asker',
  'model',
  'channel',
  'supportTier',
  'hosting',
  'tier1',
  'taxBy',
  'agreement',
] as const;
export type RuleFact = (typeof RULE_FACTS)[number];

/** Allowed values per fact; a fact that is left out may be anything. */
export type When = { readonly [K in RuleFact]?: readonly RouteFacts[K][] };

/** One row of the matrix. Rules are ordered and the first that fits wins. */
export interface Rule {
  /** Stable, because people cite the id and answers contain it. */
  readonly id: string;
  readonly when: When;
  readonly responsible: Party;
  readonly first: RouteStep;
  readonly escalation: readonly RouteStep[];
  readonly reason: ReasonKey;
  readonly prepare: readonly PrepareKey[];
  readonly notes: readonly NoteKey[];
  readonly ownSteps?: OwnStepsId;
  readonly tell?: TellKey;
  readonly figures?: readonly FigureId[];
  readonly source: SourceId;
}

/** The facts that keep a rule from fitting, as `asker=customer`; empty when the rule fits. */
export function misfits(when: When, facts: RouteFacts): readonly string[] {
  return RULE_FACTS.filter((fact) => !allows(when, facts, fact)).map((fact) => `${fact}=${facts[fact]}`);
}

/** True when the rule's conditions hold. */
export function fits(when: When, facts: RouteFacts): boolean {
  return RULE_FACTS.every((fact) => allows(when, facts, fact));
}

function allows(when: When, facts: RouteFacts, fact: RuleFact): boolean {
  const allowed: readonly string[] | undefined = when[fact];
  return allowed === undefined || allowed.includes(facts[fact]);
}
