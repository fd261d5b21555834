/** A version of the rules as data: written to a file, read back, and compared with another version. */
import { z } from 'zod';
import {
  AGREEMENTS,
  ASKERS,
  CSP_MODELS,
  HOSTINGS,
  ISSUES,
  PARTIES,
  PURCHASE_CHANNELS,
  SUPPORT_TIERS,
  TAX_HANDLERS,
} from '../terms.js';
import { WAYS } from './decision.js';
import { RULE_FACTS, type Rule, type RuleFact } from './rule.js';

export interface RuleBook {
  readonly rules: readonly Rule[];
  /** What this version of the product does not know, in words. A rule with such a condition never fits. */
  readonly unknown: readonly string[];
}

/** What each fact of a rule may be. */
const VALUES: Readonly<Record<RuleFact, readonly string[]>> = {
  issue: ISSUES,
  asker: ASKERS,
  model: CSP_MODELS,
  channel: PURCHASE_CHANNELS,
  supportTier: SUPPORT_TIERS,
  hosting: HOSTINGS,
  tier1: ['partner', 'publisher'],
  taxBy: TAX_HANDLERS,
  agreement: AGREEMENTS,
};

const word = z.string().min(1).max(200);
const words = z.array(word).max(200);
const step = z.object({ party: word, way: word });
const FILE = z.object({
  format: z.literal(1),
  rules: z
    .array(
      z.object({
        id: word,
        when: z.record(word, words),
        responsible: word,
        first: step,
        escalation: z.array(step).max(50),
        reason: word,
        prepare: words,
        notes: words,
        ownSteps: word.optional(),
        tell: word.optional(),
        figures: words.optional(),
        source: word,
      }),
    )
    .max(5000),
});

/** The rules as a file's text. */
export function writeRuleBook(rules: readonly Rule[]): string {
  return `${JSON.stringify({ format: 1, rules }, null, 2)}\n`;
}

/** The rules in a file's text; a text that is no rule book says what is wrong. */
export function readRuleBook(
  text: string,
): { readonly kind: 'read'; readonly book: RuleBook } | { readonly kind: 'bad'; readonly problem: string } {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { kind: 'bad', problem: 'it is not JSON' };
  }
  const parsed = FILE.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return {
      kind: 'bad',
      problem: `${['file', ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'wrong'}`,
    };
  }
  const rules = parsed.data.rules as unknown as readonly Rule[];
  const known = rules.filter(({ when }) => Object.keys(when).every(isRuleFact));
  return { kind: 'read', book: { rules: known, unknown: rules.flatMap(unknownIn) } };
}

function isRuleFact(fact: string): boolean {
  return (RULE_FACTS as readonly string[]).includes(fact);
}

function unknownIn({ id, when, responsible, first, escalation }: Rule): readonly string[] {
  const steps = [first, ...escalation];
  const facts = Object.keys(when).filter((fact) => !isRuleFact(fact));
  return [
    ...facts.map((fact) => `${id}: the condition ${fact}`),
    ...RULE_FACTS.flatMap((fact) =>
      (when[fact] ?? [])
        .filter((value) => !VALUES[fact].includes(value))
        .map((value) => `${id}: ${fact}=${value}`),
    ),
    ...[responsible, ...steps.map(({ party }) => party)]
      .filter((party) => !(PARTIES as readonly string[]).includes(party))
      .map((party) => `${id}: party ${party}`),
    ...steps
      .filter(({ way }) => !(WAYS as readonly string[]).includes(way))
      .map(({ way }) => `${id}: way ${way}`),
  ];
}
