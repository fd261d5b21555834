/** Shows one conversation in real Web Chat and tells its owner when the connection is lost permanently. */
import { focusNewest } from './focus-newest.js';
import { breakAddresses } from './break-addresses.js';
import { folding } from './fold.js';
import { lastingLine } from './lasting-line.js';
import { showBeginning } from './show-beginning.js';
import { HOST_CONFIG, STYLE_OPTIONS } from './theme.js';

/** The largest message that the server accepts, in bytes of UTF-8. */
const MAX_TEXT_BYTES = 40_960;

/** Web Chat's numbers for the state of a connection. */
const ONLINE = 2;
const GONE = new Set([3, 4, 5]); // token expired, could not connect, ended

/**
 * @typedef {object} ChatOptions
 * @property {HTMLElement} host element that contains the chat
 * @property {readonly any[]} [history] activities to show before there is a connection, oldest first
 * @property {string} [userId] the visitor's id in the conversation
 * @property {string} locale
 * @property {string} nonce
 * @property {Record<string, string>} strings
 * @property {() => void} onOnline
 * @property {() => void} onGone the connection is lost; `connect` the chat again
 * @property {() => void} [onUnsent] a message could not be sent yet
 * @property {() => void} onSpoke
 * @property {string} [domain] absolute address of Direct Line, when it is not this server's
 * @property {(activity: any) => void} [onActivity] every received activity, including the visitor's own
 * @property {() => void} [onDrawn] Web Chat has received an activity
 */

/**
 * @typedef {object} Chat
 * @property {(opened: import('./conversation.js').Opened) => void} connect continues the conversation with a fresh
 *   token
 * @property {() => void} close
 * @property {(text: string) => void} say sends text as if the visitor had typed it
 */

/** The messages that Web Chat may show above the input box. */
const notice = (/** @type {string} */ message) => ({
  type: 'WEB_CHAT/SET_NOTIFICATION',
  payload: { id: 'offer-desk', level: 'warn', message },
});
const noNotice = { type: 'WEB_CHAT/DISMISS_NOTIFICATION', payload: { id: 'offer-desk' } };

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;

/**
 * Watches what happens in Web Chat: keeps a too long text in the input box, and says why a
 * message was refused.
 * @param {ChatOptions & { onFirstMessage: () => void, onPart: () => void }} options
 */
function watcher({ strings, onSpoke, onDrawn, onFirstMessage, onPart }) {
  let first = true;
  return (/** @type {any} */ { dispatch, getState }) =>
    (/** @type {(action: any) => any} */ next) =>
    (/** @type {any} */ action) => {
      if (action.type === 'WEB_CHAT/SUBMIT_SEND_BOX' && bytes(getState().sendBoxValue) > MAX_TEXT_BYTES) {
        return dispatch(notice(strings['tooLong'] ?? ''));
      }
      if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') {
        onDrawn?.();
        if (action.payload?.activity?.channelData?.offerDesk) onPart();
      }
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
    // Already known, so the client need not request it.
    ...(opened.stream && opened.stream.until > Date.now() ? { streamUrl: opened.stream.url } : {}),
  });
  return line;
}

/**
 * The newest stream of each chat. When the browser closes it, the connection is lost; the stock client reports this
 * late.
 */
class StreamSocket extends WebSocket {
  /** @type {StreamSocket | undefined} */
  static newest;
  static onLost = () => {};

  /** @param {string | URL} url @param {string | string[]} [protocols] */
  constructor(url, protocols) {
    super(url, protocols);
    StreamSocket.newest = this;
    this.addEventListener('close', () => StreamSocket.newest === this && StreamSocket.onLost());
  }
}
window.WebSocket = StreamSocket;

/**
 * Shows the chat. It has no connection until `connect` is called.
 * @param {ChatOptions} options
 * @returns {Chat}
 */
export function showChat(options) {
  const { host, locale, nonce, history = [], userId } = options;
  const { WebChat } = /** @type {any} */ (window);
  const element = document.createElement('div');
  element.className = 'web-chat';
  host.replaceChildren(element);
  let isClosed = false;
  let isNew = false;
  const lost = () => !isClosed && options.onGone();
  const directLine = lastingLine(history, {
    onActivity: (activity) => options.onActivity?.(activity),
    onStatus: (status) => {
      if (status === ONLINE && !isClosed) options.onOnline();
      if (GONE.has(status)) lost();
    },
    onUnsent: () => options.onUnsent?.(),
  });
  const onFirstMessage = () => isNew && showBeginning(element);
  const onPart = focusNewest(element);
  breakAddresses(element);
  const store = WebChat.createStore({}, watcher({ ...options, onFirstMessage, onPart }));
  WebChat.renderWebChat(
    {
      directLine: { ...directLine, activity$: folding(directLine.activity$) },
      store,
      locale,
      dir: document.documentElement.dir || 'ltr',
      nonce,
      ...(userId && { userID: userId }),
      styleOptions: STYLE_OPTIONS,
      adaptiveCardsHostConfig: HOST_CONFIG,
    },
    element,
  );
  return {
    connect: (opened) => {
      isNew ||= opened.isNew;
      StreamSocket.newest = undefined;
      StreamSocket.onLost = lost;
      directLine.plug(realLine(opened, options));
    },
    close: () => {
      isClosed = true;
      directLine.end();
      element.remove();
    },
    say: (text) => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } }),
  };
}
