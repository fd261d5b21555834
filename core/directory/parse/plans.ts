/** Reads an offer's plans: objects, or `id|Name|opt-in; id2|Name 2` in one cell. */
import type { Plan } from '../types.js';
import { LIMITS, MOST, partsOf, type Cells } from './cells.js';
import { given } from './contacts.js';
import { cleanName, scalarText } from './text.js';

/** The product's words and those of the marketplace catalog API. */
const CSP_STATES: ReadonlyMap<string, NonNullable<Plan['cspState']>> = new Map([
  ['opt-in', 'opt-in'],
  ['optin', 'opt-in'],
  ['opt-out', 'opt-out'],
  ['optout', 'opt-out'],
  ['selective', 'selective'],
  ['selectiveoptin', 'selective'],
  ['selective-opt-in', 'selective'],
]);

/** The plans of a row, each id once. A plan that cannot be read is an error of the row. */
export function plansCell(cells: Cells): readonly Plan[] {
  const plans = new Map<string, Plan>();
  for (const part of partsOf(cells.draft.plans)) {
    if (typeof part === 'string' && part.trim() === '') continue;
    const plan = typeof part === 'string' ? planOfText(part) : planOfObject(part);
    if (plan) plans.set(plan.id, plan);
    else cells.note('error', 'plans', 'bad-plan', part);
  }
  if (plans.size > MOST.plans) cells.note('warning', 'plans', 'too-many', `${String(plans.size)} plans`);
  return [...plans.values()].slice(0, MOST.plans);
}

function planOfText(text: string): Plan | undefined {
  const [id, name, state, ...rest] = text.split('|');
  return rest.length > 0 ? undefined : planOf(id, name, state);
}

function planOfObject(value: unknown): Plan | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const plan = value as Readonly<Record<string, unknown>>;
  return planOf(plan.id ?? plan.planId, plan.name ?? plan.displayName, plan.cspState);
}

function planOf(rawId: unknown, rawName: unknown, rawState: unknown): Plan | undefined {
  const id = lineOf(rawId);
  const name = lineOf(rawName) || id;
  const word = lineOf(rawState).toLowerCase();
  const cspState = CSP_STATES.get(word);
  if (id === '' || id.length > LIMITS.id || name.length > LIMITS.name) return undefined;
  return word !== '' && cspState === undefined ? undefined : { id, name, ...given({ cspState }) };
}

function lineOf(value: unknown): string {
  return cleanName(scalarText(value)).text;
}
