/** What the chat asks about people of the partner; every answer comes soon or not at all. */
import type { ShownContact } from '../../core/services/answers/answer.js';

/** Whom somebody may turn to when an answer did not help. */
export interface KnownManager {
  readonly name: string;
  /** For the Teams chat. */
  readonly upn: string;
}

export interface PeopleServices {
  /** Presence of one of the partner's own contacts, by user principal name; undefined when it cannot be told in time. */
  presenceOf(upn: string): Promise<ShownContact['presence']>;
  /** The manager of a person, by Entra object id; undefined when there is none or it cannot be told in time. */
  managerOf(personId: string): Promise<KnownManager | undefined>;
}
