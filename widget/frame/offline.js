/**
 * Stores the newest message and the last answer with contacts on this device, to show them at once without a
 * connection.
 */
import { readStored, removeStored, store } from '../chat/browser.js';
import { elementsOf, linesOf } from './plain.js';

/** @typedef {import('./plain.js').Line} Line */
/** @typedef {{ last: Line[], answer: Line[] }} Saved */

const MAX_LINES = 40;
/** A contact: a number or an address, as text or behind a link. */
const CONTACT = /mailto:|tel:|\S@\S|\+\d{6,}/;

export class SavedAnswer {
  /** @param {string} key */
  constructor(key) {
    this.key = key;
  }

  /** @returns {Saved} */
  get saved() {
    return readStored(this.key) ?? { last: [], answer: [] };
  }

  /** @param {any} activity @returns {boolean} true when it contains a contact */
  remember(activity) {
    if (activity.type !== 'message' || activity.from?.role === 'user') return false;
    const lines = linesOf(activity).slice(0, MAX_LINES);
    if (lines.length === 0) return false;
    const { answer } = this.saved;
    const contacts = lines.some((line) => CONTACT.test(line.kind === 'link' ? line.url : line.text));
    store(this.key, { last: lines, answer: contacts ? lines : answer });
    return contacts;
  }

  forget() {
    removeStored(this.key);
  }
}

/**
 * A block with the lines in it.
 * @param {string} className
 * @param {readonly Line[]} lines
 * @param {string} [title]
 */
export function readable(className, lines, title) {
  const block = document.createElement('section');
  block.className = className;
  block.append(...elementsOf(title ? [{ kind: 'heading', text: title }, ...lines] : lines));
  return block;
}
