/** Shows one conversation in real Web Chat and tells its owner when the connection is gone for good. */
import { keptLine } from './kept-line.js';
import { postPersistently } from './persistent-post.js';
import { showBeginning } from './show-beginning.js';
import { ACCENT, adaptiveCardsHostConfig, styleOptions } from './theme.js';

/** Bytes of UTF-8 the server takes in one message. */
const MAX_TEXT_BYTES = 4096;

/** Web Chat's numbers for the state of a connection. */
const ONLINE = 2;
const GONE = new Set([3, 4, 5]); // token expired, could not connect, ended

/**
 * @typedef {object} ChatOptions
 * @property {HTMLElement} host element the chat is put into
 * @property {import('./conversation.js').Opened | Promise<import('./conversation.js').Opened>} opened
 * @property {readonly any[]} [history] activities to show before the conversation is opened, oldest first
 * @property {string} [userId] who the visitor is in them
 * @property {string} locale
 * @property {string} nonce
 * @property {Record<string, string>} strings
 * @property {() => void} onOnline
 * @property {() => void} onGone
 * @property {() => void} onSpoke
 * @property {string} [domain] absolute address of Direct Line, when it is not this server's
 * @property {string} [accent] #rrggbb
 * @property {(activity: any) => void} [onActivity] every activity that comes, the visitor's own too
 * @property {() => void} [onDrawn] Web Chat has got an activity
 */

/**
 * @typedef {object} Chat
 * @property {() => void} close
 * @property {(text: string) => void} say sends what the visitor would have typed
 */

/** What Web Chat may be told to say above the box one writes in. */
const notice = (/** @type {string} */ message) => ({
  type: 'WEB_CHAT/SET_NOTIFICATION',
  payload: { id: 'offer-desk', level: 'warn', message },
});
const noNotice = { type: 'WEB_CHAT/DISMISS_NOTIFICATION', payload: { id: 'offer-desk' } };

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;

/**
 * Watches what happens in Web Chat: keeps too long a text in the box, and says why a message was not taken.
 * @param {ChatOptions & { onFirstMessage: () => void }} options
 */
function watcher({ strings, onSpoke, onDrawn, onFirstMessage }) {
  let first = true;
  return (/** @type {any} */ { dispatch, getState }) =>
    (/** @type {(action: any) => any} */ next) =>
    (/** @type {any} */ action) => {
      if (action.type === 'WEB_CHAT/SUBMIT_SEND_BOX' && bytes(getState().sendBoxValue) > MAX_TEXT_BYTES) {
        return dispatch(notice(strings['tooLong'] ?? ''));
      }
      if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') onDrawn?.();
      if (first && action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') {
        first = false;
        onFirstMessage();
      }
      if (action.type === 'DIRECT_LINE/POST_ACTIVITY_FULFILLED') {
        onSpoke();
        dispatch(noNotice);
      }
      if (action.type === 'DIRECT_LINE/POST_ACTIVITY_REJECTED') {
        const tooLong = action.payload?.status === 413;
        dispatch(notice(strings[tooLong ? 'tooLong' : 'notSent'] ?? ''));
      }
      return next(action);
    };
}

/** The stock client. @param {import('./conversation.js').Opened} opened @param {ChatOptions} options */
function realLine(opened, { domain, locale }) {
  const { WebChat } = /** @type {any} */ (window);
  const line = WebChat.createDirectLine({
    token: opened.token,
    domain: domain ?? new URL('/v3/directline', location.href).href,
    conversationStartProperties: { locale },
    ...(opened.isNew && !opened.started ? {} : { conversationId: opened.conversationId }),
    // Known already: saves the client asking for it.
    ...(opened.stream && opened.stream.until > Date.now() ? { streamUrl: opened.stream.url } : {}),
  });
  postPersistently(line);
  return line;
}

/**
 * Opens the chat.
 * @param {ChatOptions} options
 * @returns {Chat}
 */
export function showChat(options) {
  const { host, opened, locale, nonce, accent = ACCENT, history = [] } = options;
  const userId = 'userId' in opened ? opened.userId : options.userId;
  const { WebChat } = /** @type {any} */ (window);
  const element = document.createElement('div');
  element.className = 'web-chat';
  host.replaceChildren(element);

  const real = Promise.resolve(opened).then((given) => realLine(given, options));
  const directLine = keptLine(history, real, (activity) => options.onActivity?.(activity));
  let closed = false;
  const tell = (/** @type {number} */ status) => {
    if (status === ONLINE && !closed) options.onOnline();
    if (GONE.has(status) && !closed) options.onGone();
  };
  void real.then((line) => line.connectionStatus$.subscribe(tell));
  const onFirstMessage = () =>
    void Promise.resolve(opened).then(({ isNew }) => isNew && showBeginning(element));
  const store = WebChat.createStore({}, watcher({ ...options, onFirstMessage }));
  WebChat.renderWebChat(
    {
      directLine,
      store,
      locale,
      nonce,
      ...(userId && { userID: userId }),
      styleOptions: styleOptions(accent),
      adaptiveCardsHostConfig: adaptiveCardsHostConfig(accent),
    },
    element,
  );
  return {
    close: () => {
      closed = true;
      directLine.end();
      element.remove();
    },
    say: (text) => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } }),
  };
}
