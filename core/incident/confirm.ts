/** Holds a severe report of a sender without a signature until a person confirms it. */
import type { Announce } from './lifecycle.js';
import { compareSeverity, isOver, type Incident, type Severity } from './types.js';

/** The sender's confirmation rule. From severity `confirmAt` on, a person must confirm its reports; null: never. */
export interface Believed {
  readonly id: string;
  readonly confirmAt: Severity | null;
}

/**
 * The severity from which a person confirms the sender's reports. Customers see outages from `releaseFrom` on at once,
 * so a person confirms from there on, at the latest.
 */
export function believedTo(sender: Believed, releaseFrom: Severity | null | undefined): Believed {
  const { id, confirmAt } = sender;
  if (confirmAt === null || !releaseFrom || compareSeverity(confirmAt, releaseFrom) <= 0)
    return { id, confirmAt };
  return { id, confirmAt: releaseFrom };
}

/** A change of an incident before it is stored. */
export interface Doubtable {
  readonly incident: Incident;
  readonly announce: Announce;
  /** False when a recipient would see no difference. */
  readonly visible: boolean;
}

/**
 * Marks the change as unconfirmed, or removes the mark. A severe outage that only senders without a signature report
 * waits until a person confirms it, a trusted sender reports the same, or it becomes milder. While it waits, it sends
 * no alert to a recipient who has its card already.
 * @param before the incident as it was; undefined for a new one.
 */
export function doubted<T extends Doubtable>(before: Incident | undefined, change: T, sender: Believed): T {
  const was = before?.unconfirmed !== undefined;
  const is = waits(before, change.incident, sender);
  if (is) {
    const announce = change.announce === 'new' ? 'new' : 'none';
    const unconfirmed = before?.unconfirmed ?? { source: sender.id, asked: [] };
    const incident = { ...change.incident, unconfirmed };
    return was ? { ...change, incident, announce } : asVisible(before, { ...change, incident, announce });
  }
  return was ? asVisible(before, { ...change, incident: believed(change.incident) }) : change;
}

/** The incident without its `unconfirmed` mark. */
export function believed({ unconfirmed: _gone, ...incident }: Incident): Incident {
  return incident;
}

function waits(before: Incident | undefined, after: Incident, { confirmAt }: Believed): boolean {
  const was = before?.unconfirmed !== undefined;
  if (isOver(after.state)) return was;
  if (confirmAt === null || after.acts.some((act) => act.kind === 'confirmed')) return false;
  const grave = compareSeverity(after.severity, confirmAt) >= 0;
  return grave && (was || before === undefined || compareSeverity(before.worst, confirmAt) < 0);
}

/** The card shows when the `unconfirmed` mark comes or goes, even where the notice itself changed nothing visible. */
function asVisible<T extends Doubtable>(before: Incident | undefined, change: T): T {
  const { incident } = change;
  if (change.visible || !before) return { ...change, visible: true };
  return { ...change, visible: true, incident: { ...incident, version: before.version + 1 } };
}
