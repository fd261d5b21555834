/** An operator's decisions about incidents: confirm or dismiss an unconfirmed report, close, join and split. */
import { close, confirm, dismiss, type Acted } from '../../core/incident/acts.js';
import type { Incident, StaffAct } from '../../core/incident/types.js';
import {
  actOnIncident,
  endIncident,
  type IncidentDeps,
} from '../../core/services/outages/change-incident.js';
import { joinById, splitById, type Joined } from '../../core/services/outages/join-incidents.js';
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
  if (!acted) return noIncident(id);
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

/** Joins the incident `otherId` into `mainId`. */
export async function joinAsOperator(
  incidentDeps: IncidentDeps,
  mainId: string,
  otherId: string,
  actor: string,
): Promise<Done> {
  const joined = await joinById(incidentDeps, mainId, otherId, actor);
  const done = `${otherId} is joined into ${mainId}. "outages split ${otherId}" splits the two again.`;
  return joinDone(joined, done);
}

/** Splits an incident from the incident into which it was joined. */
export async function splitAsOperator(incidentDeps: IncidentDeps, id: string, actor: string): Promise<Done> {
  return joinDone(await splitById(incidentDeps, id, actor), `${id} is an incident of its own again.`);
}

function joinDone(joined: Joined, done: string): Done {
  switch (joined.kind) {
    case 'unknown':
      return noIncident(joined.id);
    case 'no-change':
      return { kind: 'refused', reason: WHY_NOT_JOINED[joined.reason] };
    case 'done':
      return { kind: 'done', lines: [`${done} Their cards follow.`] };
  }
}

const WHY_NOT_JOINED: Readonly<Record<Extract<Joined, { kind: 'no-change' }>['reason'], string>> = {
  same: 'Name two different incidents.',
  over: 'The first incident is over. Name an open incident first.',
  already: 'One of the incidents is joined into another already. Split it first.',
  'not-joined': 'The incident is not joined into another.',
};

function noIncident(id: string): Done {
  return { kind: 'refused', reason: `There is no incident ${id}; see "outages list".` };
}

const DECISIONS = new Set<StaffAct['kind']>([
  'confirmed',
  'dismissed',
  'closed',
  'released',
  'joined',
  'split',
]);

/** The report's lines about the doubt and the decisions; none for an incident without doubts and decisions. */
export function decisionLines({ id, severity, unconfirmed, acts }: Incident): readonly string[] {
  const decided = acts.filter((one) => DECISIONS.has(one.kind));
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
