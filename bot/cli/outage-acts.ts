/** An operator's decisions about one incident: confirm or dismiss an unconfirmed report, or close the incident. */
import { close, confirm, dismiss, type Acted } from '../../core/incident/acts.js';
import type { Incident } from '../../core/incident/types.js';
import {
  actOnIncident,
  endIncident,
  type IncidentDeps,
} from '../../core/services/outages/change-incident.js';
import type { Done } from './outage-sources.js';

export type OperatorAct = 'confirm' | 'dismiss' | 'close';

/** Applies the decision. The reason is stored with it and shown on every card. */
export async function actAsOperator(
  deps: IncidentDeps,
  act: OperatorAct,
  id: string,
  actor: string,
  reason: string,
): Promise<Done> {
  const apply = (incident: Incident): Acted => {
    switch (act) {
      case 'confirm':
        return confirm(incident, actor, deps.now());
      case 'dismiss':
        return dismiss(incident, actor, reason, deps.now());
      case 'close':
        return close(incident, actor, reason, deps.now());
    }
  };
  const acted = await (act === 'confirm' ? actOnIncident(deps, id, apply) : endIncident(deps, id, apply));
  if (!acted) return { kind: 'refused', reason: `There is no incident ${id}; see "outages list".` };
  if (acted.kind === 'no-change') return { kind: 'refused', reason: WHY_NOT[acted.reason] };
  const { state, version } = acted.incident;
  return { kind: 'done', lines: [`${id} is ${state}, version ${String(version)}; its cards follow.`] };
}

const WHY_NOT: Readonly<Record<Extract<Acted, { kind: 'no-change' }>['reason'], string>> = {
  already: 'There is nothing to confirm: the incident is not in doubt.',
  empty: 'Give a reason with --reason.',
  over: 'The incident is over already.',
  asked: 'It was asked for already.',
};

/** The report's lines about the doubt and the decisions; none for an incident without doubts and decisions. */
export function decisionLines({ id, severity, unconfirmed, acts }: Incident): readonly string[] {
  const decided = acts.filter((one) => ['confirmed', 'dismissed', 'closed', 'released'].includes(one.kind));
  return [
    ...(unconfirmed === undefined
      ? []
      : [
          `not confirmed: ${unconfirmed.source} signs nothing and says ${severity}; only recipients asked to confirm have a card`,
          `  "outages confirm ${id}" tells everybody it concerns; "outages dismiss ${id} --reason …" ends it`,
        ]),
    ...decided.map((one) =>
      [`${one.kind} ${new Date(one.at).toISOString()} by ${one.by}`, one.text].filter(Boolean).join(': '),
    ),
  ];
}
