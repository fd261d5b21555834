/** What a turn came to, for its one line in the log: the rule that decided, where one did. */
import type { TurnContext } from 'botbuilder-core';

const RULE = Symbol('offer-desk.rule');

/** Takes note of the policy rule this turn's answer rests on. */
export function noteRule(context: TurnContext, ruleId: string): void {
  context.turnState.set(RULE, ruleId);
}

/** The rule noted last; undefined for a turn that decided nothing. */
export function ruleOf(context: TurnContext): string | undefined {
  return context.turnState.get<string | undefined>(RULE);
}
