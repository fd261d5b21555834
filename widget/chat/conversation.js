/**
 * Begins a visitor's conversation with the server, remembers it in this browser, and later gets a fresh token for it.
 */
import { alone, readStored, removeStored, store } from './browser.js';

/**
 * @typedef {object} Kept
 * @property {string} conversationId
 * @property {string} resume token that renews the conversation's token, and does nothing else
 * @property {string} language the conversation's first language
 * @property {boolean} spoke whether the visitor has said anything yet
 * @property {string} [userId] who the visitor is in it
 * @property {string} [subject] the partner's id of the customer it belongs to
 * @property {number} [until] milliseconds since the epoch; after this time the conversation is not continued
 */

/**
 * @typedef {object} Opened
 * @property {string} token
 * @property {string} conversationId
 * @property {boolean} isNew
 * @property {boolean} [started] already begun with Direct Line, so the client joins it
 * @property {boolean} lost an earlier conversation could not be continued
 * @property {{ url: string, until: number }} [stream] address of its stream, valid until then (milliseconds since the
 *   epoch)
 * @property {string} [userId] who the visitor is in it
 * @property {Verdict} [identity] the result for the token about the customer
 */

/** @typedef {{ accepted: boolean, reason?: string, reference?: string }} Verdict */

/** The address of a stream is valid for one minute. */
const STREAM_MS = 40_000;
/** The longest token about the customer that the server accepts, in characters. */
const MAX_IDENTITY = 8_192;

/** The server answered with an error. */
export class Refused extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`answered ${status}`);
    this.status = status;
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @param {string} [token]
 */
async function post(url, body, token = '') {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

/**
 * The claims of a token. Only the server can check them.
 * @param {string} [token]
 * @returns {Record<string, string | undefined>}
 */
function claimsOf(token = '') {
  try {
    const bytes = atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)))) ?? {};
  } catch {
    return {};
  }
}

/** The conversation of one kind of visitor, shared by all tabs of this browser. */
export class Conversation {
  /**
   * @param {'customer' | 'partner'} audience
   * @param {string} language
   * @param {{ scope?: string, keepDays?: number, start?: { domain: string, locale: string } }} [options] `scope` keeps
   *   partners' conversations apart; `start` begins the conversation with Direct Line at once, before Web Chat is there
   */
  constructor(audience, language, { scope = '', keepDays, start } = {}) {
    this.audience = audience;
    this.language = language;
    this.keepDays = keepDays;
    this.start = start;
    this.key = `offer-desk.conversation.${audience}${scope}`;
    /** @type {string | undefined} */
    this.identity = undefined;
    this.left = false;
  }

  /**
   * Accepts the page's token about its customer; no token after the customer signed out.
   * @param {string} [token]
   * @returns {boolean} true when the stored conversation belongs to another customer and was left
   */
  identify(token) {
    this.identity = token || undefined;
    const { kept } = this;
    const foreign = kept?.subject !== undefined && kept.subject !== claimsOf(token).sub;
    this.left ||= foreign;
    return foreign;
  }

  /**
   * Makes the next opened conversation a new one. The old one stays until then, so that other tabs move to the new one
   * too.
   */
  leave() {
    this.left = true;
  }

  /** @returns {Kept | undefined} */
  get kept() {
    if (this.left) return undefined;
    const kept = readStored(this.key);
    return kept?.until < Date.now() ? undefined : kept;
  }

  /** @param {Kept} kept */
  keep(kept) {
    this.left = false;
    const until = this.keepDays && Date.now() + this.keepDays * 86_400_000;
    store(this.key, { ...kept, ...(until && { until }) });
  }

  forget() {
    removeStored(this.key);
  }

  /** The visitor has written: from now on the conversation is kept when the language changes. */
  spoke() {
    const kept = this.kept;
    if (kept && !kept.spoke) this.keep({ ...kept, spoke: true });
  }

  /**
   * Deletes the conversation on the server, then here.
   * @throws {Refused | TypeError} when the server did not delete it
   */
  async forgetEverywhere() {
    const { kept } = this;
    if (kept) await post('/api/token/forget', { resume: kept.resume });
    this.forget();
  }

  /**
   * Continues the stored conversation, or begins a new one. One tab at a time, so that all tabs have the same one.
   * @returns {Promise<Opened>}
   * @throws {Refused | TypeError} when the server refuses or does not answer
   */
  open() {
    return alone(this.key, () => this.openAlone());
  }

  /** @returns {Promise<Opened>} */
  async openAlone() {
    const kept = this.kept;
    if (kept && (kept.spoke || kept.language === this.language)) {
      const continued = await this.resume(kept);
      if (continued) return continued;
      this.forget();
      return this.begin(kept.spoke);
    }
    return this.begin(false);
  }

  /**
   * @param {Kept} kept
   * @returns {Promise<Opened | undefined>} undefined when the server no longer knows it
   */
  async resume(kept) {
    try {
      const answer = await this.ask('/api/token/resume', { resume: kept.resume });
      const { token, conversationId, resume, identity, userId } = answer;
      this.keep({ ...kept, resume, userId, ...(identity?.accepted && { subject: answer.subject }) });
      return { token, conversationId, isNew: false, lost: false, identity, userId };
    } catch (error) {
      if (error instanceof Refused && (error.status === 403 || error.status === 404)) return undefined;
      throw error;
    }
  }

  /** @param {boolean} lost */
  async begin(lost) {
    const answer = await this.ask('/api/token', { audience: this.audience });
    const { token, conversationId, resume, identity, userId } = answer;
    const subject = identity?.accepted ? answer.subject : undefined;
    const { start } = this;
    const begun = start && (await post(`${start.domain}/conversations`, { locale: start.locale }, token));
    const stream = begun?.streamUrl && { url: begun.streamUrl, until: Date.now() + STREAM_MS };
    this.keep({ conversationId, resume, language: this.language, spoke: false, userId, subject });
    const started = start !== undefined;
    return { token, conversationId, isNew: true, started, lost, identity, userId, stream };
  }

  /**
   * Requests a token, and sends the page's token about its customer.
   * @param {string} url
   * @param {object} body
   */
  async ask(url, body) {
    const given = this.identity;
    const tooLarge = given !== undefined && given.length > MAX_IDENTITY;
    const answer = await post(url, { ...body, ...(!tooLarge && { identity: given }) });
    const identity = tooLarge ? { accepted: false, reason: 'too-large' } : answer.identity;
    return { ...answer, identity, userId: claimsOf(answer.token).user, subject: claimsOf(given).sub };
  }
}
