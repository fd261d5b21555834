/** Chooses who is asked to confirm an unconfirmed incident: a few affected recipients, awake ones first. */
import { decideAudience, type Recipient } from '../../incident/audience.js';
import { believed, type Doubtable } from '../../incident/confirm.js';
import type { Incident } from '../../incident/types.js';
import type { RecipientStore } from '../../incident/ports.js';
import type { IncidentDeps } from './change-incident.js';

/** The dependencies of the choice. */
export interface AskingDeps extends IncidentDeps {
  readonly recipients: Pick<RecipientStore, 'all'>;
}

/** Enough that somebody is there, and few enough that a stolen token cannot alarm many. */
export const ASKED_TO_CONFIRM = 10;
/** The most recipients to look at for these few, because the sender waits for its answer meanwhile. */
const LOOKED_AT = 5000;
const AT_ONCE = 200;

/** The change with the recipients who are asked, at the moment when the incident becomes unconfirmed. */
export async function withAsked<T extends Doubtable>(
  deps: AskingDeps,
  before: Incident | undefined,
  change: T,
): Promise<T> {
  const { incident } = change;
  if (!incident.unconfirmed || (before?.id === incident.id && before.unconfirmed)) return change;
  const asked = await few(deps, incident);
  return { ...change, incident: { ...incident, unconfirmed: { ...incident.unconfirmed, asked } } };
}

async function few(deps: AskingDeps, incident: Incident): Promise<readonly string[]> {
  const now = deps.now();
  const [silences, openIncidents] = await Promise.all([deps.silences.active(now), deps.incidents.open()]);
  const facts = { now, silences, openIncidents, publisherOf: deps.publisherOf, hasCard: () => false };
  const found = { tell: [] as string[], hold: [] as string[] };
  for await (const recipients of inParts(deps.recipients.all())) {
    for (const { verdict, readerId } of decideAudience(believed(incident), recipients, facts))
      if (verdict !== 'skip') found[verdict].push(readerId);
    if (found.tell.length >= ASKED_TO_CONFIRM) break;
  }
  // A recipient in quiet hours is asked in the morning, and only when all others are in quiet hours too.
  return (found.tell.length > 0 ? found.tell : found.hold).slice(0, ASKED_TO_CONFIRM);
}

async function* inParts(all: AsyncIterable<Recipient>): AsyncGenerator<readonly Recipient[]> {
  let part: Recipient[] = [];
  let looked = 0;
  for await (const recipient of all) {
    part.push(recipient);
    looked += 1;
    if (part.length === AT_ONCE || looked === LOOKED_AT) {
      yield part;
      part = [];
    }
    if (looked === LOOKED_AT) return;
  }
  if (part.length > 0) yield part;
}
