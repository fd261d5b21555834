/** Decides who is responsible and where the asker goes, and can explain the decision. */
import { DeskError } from '../errors.js';
import type { Decision, RouteFacts, TraceLine } from './decision.js';
import { MODIFIERS, type Modifier, type Route } from './modifiers.js';
import { fits, misfits, type Rule } from './rule.js';
import { RULES } from './rules.js';
import { sourceOf } from './sources.js';

/**
 * The one answer for these facts: the first rule that fits, then the modifiers of the CSP model and the purchase.
 * @throws DeskError `invariant` when no rule fits, which the linter rules out.
 */
export function decide(facts: RouteFacts): Decision {
  const rule = RULES.find((each) => fits(each.when, facts));
  if (!rule) throw new DeskError('invariant', `no policy rule for ${describe(facts)}`);
  return asDecision(rule, routeBy(rule, facts));
}

/** The route of this rule for facts that fit: the rule, then the modifiers. */
export function routeBy(rule: Rule, facts: RouteFacts): Route {
  return modify(rule, facts).route;
}

/** The decision with its path: each rule about this issue up to the winner, and each applied modifier. */
export function explain(facts: RouteFacts): {
  readonly decision: Decision;
  readonly trace: readonly TraceLine[];
} {
  const decision = decide(facts);
  const trace: TraceLine[] = [];
  for (const rule of RULES.filter((each) => each.when.issue?.includes(facts.issue) ?? true)) {
    const missing = misfits(rule.when, facts);
    trace.push({ ruleId: rule.id, matched: missing.length === 0, note: missing.join(', ') });
    if (missing.length === 0) {
      const applied = modify(rule, facts).applied;
      return { decision, trace: [...trace, ...applied.map(asTrace)] };
    }
  }
  throw new DeskError('invariant', `no policy rule for ${describe(facts)}`);
}

function modify(
  rule: Rule,
  facts: RouteFacts,
): { readonly route: Route; readonly applied: readonly Modifier[] } {
  let route: Route = {
    responsible: rule.responsible,
    steps: [rule.first, ...rule.escalation],
    notes: rule.notes,
  };
  const applied: Modifier[] = [];
  for (const modifier of MODIFIERS) {
    if (!modifier.applies(facts, route)) continue;
    route = modifier.apply(facts, route);
    applied.push(modifier);
  }
  return { route, applied };
}

function asDecision(rule: Rule, route: Route): Decision {
  const [first, ...escalation] = route.steps;
  if (!first) throw new DeskError('invariant', `the modifiers left no stop on the route of ${rule.id}`);
  return {
    responsible: route.responsible,
    first,
    escalation,
    ruleId: rule.id,
    reason: rule.reason,
    prepare: rule.prepare,
    notes: route.notes,
    ...(rule.ownSteps && { ownSteps: rule.ownSteps }),
    ...(rule.tell && { tell: rule.tell }),
    figures: rule.figures ?? [],
    source: sourceOf(rule.source),
  };
}

function asTrace(modifier: Modifier): TraceLine {
  return { ruleId: modifier.id, matched: true, note: modifier.effect };
}

function describe(facts: RouteFacts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}
