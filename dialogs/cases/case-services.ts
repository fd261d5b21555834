/** What the chat needs to keep cases: the store, the people, and the time of the next question. */
import type { Activity } from 'botbuilder-core';
import type { CaseDeps } from '../../core/services/cases/keep-cases.js';
import type { CaseHolder, ContactCase, NewHolder } from '../../core/services/cases/case.js';
import type { ContactQuality } from '../../core/services/cases/contact-quality.js';

/** The colleagues of a name: one, several, or none who has a chat with the bot. */
export type Colleagues =
  | { readonly kind: 'one'; readonly to: NewHolder; readonly name: string }
  | { readonly kind: 'none' | 'several' };

export interface CaseServices extends CaseDeps {
  /** Call after a change that makes a message due now. */
  readonly wake: () => void;
  /** The conversation reference of an activity, as the SDK needs it for a later message. */
  readonly referenceOf: (activity: Partial<Activity>) => NonNullable<ContactCase['reference']>;
  /** Staff with a personal chat in Teams, by a name or an address. */
  readonly colleagues: (name: string) => Promise<Colleagues>;
  /** The manager's Entra object id, by the person's; null without one, or when nobody may ask. */
  readonly managerOf: (personId: string | undefined) => Promise<string | null>;
  /** True where managers may be asked for. */
  readonly knowsManagers: boolean;
  /** Names of people in Teams; empty for an unknown person. */
  readonly nameOf: (userId: string) => Promise<string>;
  /** When the bot last wrote to the person by itself about something other than a case, in milliseconds; 0 before. */
  readonly toldAt: (holder: Pick<CaseHolder, 'channelId' | 'conversationId' | 'userId'>) => Promise<number>;
  readonly rememberName: (userId: string, name: string) => Promise<void>;
  /** How well a contact answers; undefined without outcomes. Reading it is cheap. Never for customers. */
  readonly qualityOf: (contact: Pick<ContactQuality, 'key' | 'way'>) => ContactQuality | undefined;
}
