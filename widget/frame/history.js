/**
 * Stores the newest messages of the conversation on this device, so that Web Chat can show them without a connection.
 */
import { readStored, removeStored, store } from '../chat/browser.js';

const MOST = 12;
const MAX_CHARACTERS = 150_000;
const WRITE_MS = 400;

/**
 * @typedef {{ conversationId: string, activities: any[], answer?: string }} Kept `answer`: id of the last with contacts
 */

export class History {
  /** @type {Kept} */
  #kept = { conversationId: '', activities: [] };
  #timer = 0;

  /** @param {string} key */
  constructor(key) {
    this.key = key;
    window.addEventListener('pagehide', () => this.#timer && this.#write());
  }

  /** Messages of this conversation, oldest first. @param {string | undefined} conversationId @returns {any[]} */
  of(conversationId) {
    const kept = readStored(this.key);
    if (kept?.conversationId !== conversationId || !Array.isArray(kept.activities)) return [];
    this.#kept = kept;
    return kept.activities;
  }

  /**
   * @param {string} conversationId
   * @param {any} activity as the server sent it
   * @param {boolean} hasContacts the last activity with contacts is always kept
   */
  remember(conversationId, activity, hasContacts) {
    if (this.#kept.conversationId !== conversationId) this.#kept = { conversationId, activities: [] };
    const others = this.#kept.activities.filter((one) => one.id !== activity.id);
    const shown = activity.type === 'message' ? [...others, activity] : others;
    shown.sort((a, b) => (a.id < b.id ? -1 : 1));
    if (hasContacts) this.#kept.answer = activity.id;
    const { answer } = this.#kept;
    this.#kept.activities = shown.filter((one, at) => at >= shown.length - MOST || one.id === answer);
    this.#timer ||= window.setTimeout(() => this.#write(), WRITE_MS);
  }

  forget() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#kept = { conversationId: '', activities: [] };
    removeStored(this.key);
  }

  #write() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const { activities, answer } = this.#kept;
    while (activities.length > 1 && JSON.stringify(activities).length > MAX_CHARACTERS)
      activities.splice(activities[0].id === answer ? 1 : 0, 1);
    store(this.key, this.#kept);
  }
}
