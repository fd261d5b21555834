/** Opens people through Microsoft Graph for the chat and for team defaults, as far as the operator lets them be asked. */
import type { Clock, Log } from '../../core/ports.js';
import type { PeopleServices } from '../../dialogs/shared/people-services.js';
import type { Config } from './config.js';
import { graphClient } from '../directory/graph-client.js';
import { deskPeople } from '../graph/desk-people.js';
import { openPeople, type People } from '../graph/people.js';

export interface PeopleWiring {
  readonly config: Pick<Config, 'registration' | 'peopleUses'>;
  readonly now: Clock;
  readonly log: Log;
  /** In place of Microsoft Graph. */
  readonly people?: People;
}

/** What the chat asks of people; undefined where nothing of it is chosen, or in local mode, where nobody has an identity. */
export async function openPeopleServices(wiring: PeopleWiring): Promise<PeopleServices | undefined> {
  const { peopleUses } = wiring.config;
  const uses = { presence: peopleUses.includes('presence'), manager: peopleUses.includes('manager') };
  if (!uses.presence && !uses.manager) return undefined;
  const people = await graphPeople(wiring);
  return people && deskPeople({ people, uses, now: wiring.now });
}

/** People of the bot's own registration; undefined without one. */
export async function graphPeople({ config, now, log, people }: PeopleWiring): Promise<People | undefined> {
  const { registration } = config;
  if (!registration) return undefined;
  return people ?? openPeople({ client: await graphClient(registration), now, log });
}
