/** A visitor's conversation with the server: begins one, remembers it in this browser, and gets a fresh token for it later. */

/**
 * @typedef {object} Kept
 * @property {string} conversationId
 * @property {string} resume token that renews the conversation's token, and does nothing else
 * @property {string} language the language it was begun in
 * @property {boolean} spoke whether the visitor has said anything yet
 */

/**
 * @typedef {object} Opened
 * @property {string} token
 * @property {string} conversationId
 * @property {boolean} isNew
 * @property {boolean} lost an earlier conversation could not be continued
 */

/** The server answered, and not with what was asked for. */
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
 */
async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

/** The conversation of one kind of visitor, shared by all tabs of this browser. */
export class Conversation {
  /**
   * @param {'customer' | 'partner'} audience
   * @param {string} language
   */
  constructor(audience, language) {
    this.audience = audience;
    this.language = language;
    this.key = `offer-desk.conversation.${audience}`;
  }

  /** @returns {Kept | undefined} */
  get kept() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? '') ?? undefined;
    } catch {
      return undefined; // nothing kept, or storage is not allowed: the conversation lasts as long as the page
    }
  }

  /** @param {Kept} kept */
  keep(kept) {
    try {
      localStorage.setItem(this.key, JSON.stringify(kept));
    } catch {
      // see above
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // see above
    }
  }

  /** The visitor has said something: from now on the conversation is worth keeping when the language changes. */
  spoke() {
    const kept = this.kept;
    if (kept && !kept.spoke) this.keep({ ...kept, spoke: true });
  }

  /**
   * Continues the kept conversation, or begins one.
   * @returns {Promise<Opened>}
   * @throws {Refused | TypeError} when the server does not take part
   */
  async open() {
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
   * @returns {Promise<Opened | undefined>} undefined when the server knows it no more
   */
  async resume(kept) {
    try {
      const { token, conversationId, resume } = await post('/api/token/resume', { resume: kept.resume });
      this.keep({ ...kept, resume });
      return { token, conversationId, isNew: false, lost: false };
    } catch (error) {
      if (error instanceof Refused && (error.status === 403 || error.status === 404)) return undefined;
      throw error;
    }
  }

  /** @param {boolean} lost */
  async begin(lost) {
    const { token, conversationId, resume } = await post('/api/token', { audience: this.audience });
    this.keep({ conversationId, resume, language: this.language, spoke: false });
    return { token, conversationId, isNew: true, lost };
  }
}
