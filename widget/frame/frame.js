/**
 * The chat in a partner's page: continues the visitor's conversation, keeps tabs together, and stays readable without a
 * connection.
 */
import { showChat } from '../chat/chat.js';
import { isStorageDenied } from '../chat/browser.js';
import { Conversation } from '../chat/conversation.js';
import { productSearch } from './product-search.js';
import { History } from './history.js';
import { identityOf } from './identity.js';
import { keepForOffline } from './keep.js';
import { readable, SavedAnswer } from './offline.js';
import { parentOf } from './parent.js';
import { say } from './notice.js';
import { activitiesOf, saveTranscript } from './transcript.js';
import { unreadAnswers } from './unread.js';
import { webChatOf } from './web-chat.js';

/** @typedef {import('../chat/conversation.js').Opened} Opened */
/** @typedef {import('../chat/conversation.js').Kept} Kept */

const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}');
const { strings, language, locale, nonce, partnerId, keepDays } = settings;
const domain = settings.directLine ?? new URL('/v3/directline', location.href).href;
const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const chat = part('chat');
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];
const PREVIEW_MS = 150;
const PREVIEW_LOOKS = 40;

const scope = `.${partnerId}`;
const conversation = new Conversation('customer', language, {
  scope,
  keepDays,
  start: { domain, locale },
});
const saved = new SavedAnswer(`offer-desk.saved${scope}`);
const history = new History(`offer-desk.history${scope}`);
const webChat = webChatOf('web-chat');
const parent = parentOf(settings.parentOrigin);
const unread = unreadAnswers((count) => parent.tell('unread', { count }));
const search = productSearch({
  place: part('product-search'),
  strings,
  language,
  token: () => conversation.kept?.resume,
  onChosen: (text) => (search.shown(false), shown?.say(text), focusBox()),
});
const identity = identityOf(location.search, conversation, (foreign) => {
  if (foreign) forgetHere();
  void open({ quietly: shown !== undefined && !foreign });
});

/** @type {import('../chat/chat.js').Chat | undefined} */
let shown;
/** @type {Opened | undefined} */
let opened;
/** The conversation that `shown` shows. @type {string | undefined} */
let shownId;
/** Counts openings. The answer to an earlier opening is ignored. */
let opening = 0;
/** True from the deletion of the conversation until the visitor begins a new conversation. */
let isForgotten = false;
let talking = false;
let hasToldStorage = false;
/** @type {string[]} */
let asked = [];
/** An element behind a menu or a question gets the focus back when the menu or the question closes. */
let wantsFocus = false;

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Shows text at once, until Web Chat replaces it.
 * @param {import('./plain.js').Line[]} lines
 * @param {string} [title]
 */
function preview(lines, title) {
  if (shown || lines.length === 0) return;
  chat.replaceChildren(readable('preview', lines, title));
}

/** Shows the bot's newest message as text while Web Chat still loads. @param {number} mine */
async function previewNewest(mine) {
  for (let look = 0; look < PREVIEW_LOOKS && mine === opening && !shown && opened; look++) {
    const activities = await activitiesOf(domain, opened).catch(() => []);
    const said = activities.filter((one) => one.type === 'message' && one.from?.role !== 'user');
    const newest = said.at(-1);
    if (newest && mine === opening) {
      saved.remember(newest);
      preview(saved.saved.last);
      return;
    }
    await pause(PREVIEW_MS);
  }
}

/** Requests the conversation until the server returns it. @param {() => boolean} wanted */
async function patiently(wanted) {
  for (let attempt = 0; wanted(); attempt++) {
    try {
      return await conversation.open();
    } catch (error) {
      const busy = /** @type {{ status?: number }} */ (error).status === 429;
      if (busy) say(strings.busy);
      else offline(true);
      await pause(busy ? 10_000 : (RETRY_MS[attempt] ?? 15_000));
    }
  }
  return undefined;
}

/** @param {boolean} is */
function offline(is) {
  part('offline').hidden = !is;
  const { answer } = saved.saved;
  if (is && !shown && answer.length > 0) preview(answer, strings.saved);
}

async function open({ quietly = false } = {}) {
  const mine = ++opening;
  isForgotten = false;
  const { kept } = conversation;
  const goesOn = kept && (kept.spoke || kept.language === language);
  if (!quietly) wait(goesOn ? saved.saved.last : []);
  const token = patiently(() => mine === opening);
  if (goesOn && !quietly) await showEarly(kept, mine);
  const given = await token;
  // The connection ends while the server deletes the conversation, so an opening that began meanwhile is ignored.
  if (given && isForgotten) conversation.forget();
  if (!given || mine !== opening) return;
  opened = given;
  offline(false);
  say(given.lost ? strings.lost : notStored());
  if (given.identity) parent.tell('identity', given.identity);
  if (shown && shownId !== given.conversationId) wait([]);
  if (!shown) void previewNewest(mine);
  await webChat;
  if (mine !== opening) return;
  if (!shown) show(given);
  shown?.connect(given);
  search.shown(conversation.kept?.spoke !== true);
}

/** Tells the visitor once that the conversation ends with the page. */
function notStored() {
  const sentence = isStorageDenied() && !hasToldStorage ? strings.noStorage : '';
  hasToldStorage ||= sentence !== '';
  return sentence;
}

/**
 * Removes the shown chat, except text that the visitor can read meanwhile.
 * @param {import('./plain.js').Line[]} lines
 */
function wait(lines) {
  shown?.close();
  shown = shownId = undefined;
  if (lines.length > 0) preview(lines);
  else chat.innerText = strings.loading;
  chat.setAttribute('aria-busy', 'true');
}

/** Shows the stored part of the conversation while it opens. @param {Kept} kept @param {number} mine */
async function showEarly(kept, mine) {
  const { conversationId, userId } = kept;
  const activities = history.of(conversationId);
  if (activities.length === 0) return;
  await webChat;
  if (mine === opening) show({ conversationId, userId }, activities);
}

/** @param {{ conversationId: string, userId?: string }} of @param {readonly any[]} [activities] */
function show({ conversationId, userId }, activities) {
  const old = chat.querySelector('.preview');
  const host = document.createElement('div');
  host.className = 'host';
  shown?.close();
  talking = false;
  chat.replaceChildren(host, ...(old ? [old] : []));
  shownId = conversationId;
  shown = showChat({
    host,
    userId,
    history: activities,
    domain,
    locale,
    nonce,
    strings,
    onSpoke: () => (offline(false), search.shown(false), conversation.spoke()),
    onOnline: () => offline(false),
    onUnsent: () => offline(true),
    onDrawn: () => void (talking || settle()),
    onActivity: (activity) => {
      unread.heard(activity);
      const hasContacts = saved.remember(activity);
      if (opened) history.remember(opened.conversationId, activity, hasContacts);
    },
    onGone: () => {
      if (navigator.onLine) void open({ quietly: true });
      else offline(true);
    },
  });
}

/** Web Chat has drawn its first message: removes the text that stood in its place, and sends the page's question. */
async function settle() {
  talking = true;
  for (let look = 0; look < PREVIEW_LOOKS && !chat.querySelector('.webchat__bubble__content'); look++)
    await pause(50);
  chat.querySelector('.preview')?.remove();
  chat.setAttribute('aria-busy', 'false');
  if (wantsFocus) focusBox();
  sayAsked();
  keepForOffline(settings.worker);
}

function sayAsked() {
  if (!talking) return;
  for (const text of asked) shown?.say(text);
  asked = [];
}

/** On a device with an on-screen keyboard, the input box must not open the keyboard. */
function focusBox() {
  const box = /** @type {HTMLElement | null} */ (chat.querySelector('[data-id="webchat-sendbox-input"]'));
  wantsFocus = box === null;
  if (matchMedia('(pointer: fine)').matches && box) box.focus();
  else part('menu-button').focus();
}

/** Removes all readable parts of the conversation from this device. */
function forgetHere() {
  saved.forget();
  history.forget();
}

function begin() {
  conversation.leave();
  forgetHere();
  void open().then(focusBox);
}

async function forget() {
  try {
    await conversation.forgetEverywhere();
  } catch (error) {
    const { status } = /** @type {{ status?: number }} */ (error);
    if (status !== 403 && status !== 404)
      return say(strings['forget.failed'], [[strings['forget.yes'], forget]]);
    conversation.forget();
  }
  forgotten();
}

/** The conversation was deleted, here or in another tab: clears it from this page. */
function forgotten() {
  opening++;
  isForgotten = true;
  forgetHere();
  shown?.close();
  shown = shownId = opened = undefined;
  search.shown(false);
  chat.replaceChildren();
  chat.setAttribute('aria-busy', 'false');
  say(strings[settings.directLine ? 'forget.done.elsewhere' : 'forget.done'], [
    [strings.begin, () => void open().then(focusBox)],
  ]);
}

async function transcript() {
  try {
    await saveTranscript(domain, opened, strings, locale);
  } catch {
    say(strings['transcript.failed']);
  }
}

/** @param {boolean} is */
function menu(is) {
  part('menu').hidden = !is;
  part('menu-button').setAttribute('aria-expanded', String(is));
}

function wire() {
  const menuButton = part('menu-button');
  menuButton.addEventListener('click', () => menu(part('menu').hidden === true));
  for (const [id, work] of /** @type {[string, () => void][]} */ ([
    ['new', begin],
    ['transcript', () => void transcript().then(() => menuButton.focus())],
    [
      'forget',
      () =>
        say(strings['forget.ask'], [
          [strings['forget.yes'], () => void forget()],
          [strings['forget.no'], () => (say(''), menuButton.focus())],
        ]),
    ],
  ]))
    part(id).addEventListener('click', () => (menu(false), work()));
  part('retry').addEventListener('click', () => void open({ quietly: shown !== undefined }));
  part('close').hidden = !parent.around;
  part('close').addEventListener('click', () => parent.tell('close'));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    if (part('menu').hidden) return parent.tell('close');
    menu(false);
    menuButton.focus();
  });
  window.addEventListener('offline', () => offline(true));
  window.addEventListener('online', () => void open({ quietly: shown !== undefined }));
  // Another tab has begun another conversation, or has deleted this one.
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== conversation.key || !opened) return;
    if (newValue === null) forgotten();
    else if (JSON.parse(newValue).conversationId !== opened.conversationId) void open();
  });
  parent.listen({
    opened: () => (unread.opened(), focusBox()),
    closed: () => unread.closed(),
    ask: (text) => {
      asked.push(text);
      sayAsked();
    },
    identify: (token) => identity.hear(token),
    scheme: wear,
  });
}

/** Shows the look that the page asked for; any other text means: as the device is. @param {string} scheme */
function wear(scheme) {
  const { dataset } = document.documentElement;
  if (scheme === 'light' || scheme === 'dark') dataset['scheme'] = scheme;
  else delete dataset['scheme'];
}

wire();
parent.tell('ready');
if (settings.hasWebChat) void identity.told.then(() => open());
else say(strings.noWebChat);
