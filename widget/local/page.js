/**
 * The local page: chooses the asker and the language, shows the chat, and reconnects after the server was unavailable.
 */
import { readStored, store } from '../chat/browser.js';
import { Conversation } from '../chat/conversation.js';
import { showChat } from '../chat/chat.js';

/** @typedef {'customer' | 'partner'} Audience */
const settings = JSON.parse(document.getElementById('settings')?.textContent ?? '{}');
const { strings, language, locale, nonce } = settings;
const chat = /** @type {HTMLElement} */ (document.getElementById('chat'));
const notice = /** @type {HTMLElement} */ (document.getElementById('notice'));
const AUDIENCE_KEY = 'offer-desk.audience';
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

/** @type {import('../chat/chat.js').Chat | undefined} */
let shown;
let shownId = '';
/** Counts openings. The answer to an earlier opening is ignored. */
let opening = 0;

/** @returns {Audience} */
function keptAudience() {
  return settings.chooseAudience && readStored(AUDIENCE_KEY) === 'partner' ? 'partner' : 'customer';
}

/** @param {string} sentence */
function say(sentence) {
  notice.textContent = sentence;
}

/** @param {string} sentence */
function wait(sentence) {
  const line = document.createElement('p');
  line.className = 'waiting';
  line.textContent = sentence;
  chat.replaceChildren(line);
  chat.setAttribute('aria-busy', 'true');
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Requests the conversation until the server returns it.
 * @param {Conversation} conversation
 * @param {() => boolean} wanted
 */
async function patiently(conversation, wanted) {
  for (let attempt = 0; wanted(); attempt++) {
    try {
      return await conversation.open();
    } catch (error) {
      const busy = /** @type {{status?: number}} */ (error).status === 429;
      say(busy ? strings.busy : strings.reconnecting);
      await pause(busy ? 10_000 : (RETRY_MS[attempt] ?? 15_000));
    }
  }
  return undefined;
}

/** Opens the chat for the chosen asker. @param {{ fresh?: boolean, quietly?: boolean }} [how] */
async function open({ fresh = false, quietly = false } = {}) {
  const mine = ++opening;
  const conversation = new Conversation(keptAudience(), language);
  if (fresh) conversation.forget();
  if (!quietly) {
    shown?.close();
    shown = undefined;
    wait(strings.loading);
  }
  const opened = await patiently(conversation, () => mine === opening);
  if (!opened || mine !== opening) return;
  say(opened.lost ? strings.lost : '');
  if (shownId !== opened.conversationId || !shown) show(conversation, opened);
  shown?.connect(opened);
}

/** @param {Conversation} conversation @param {import('../chat/conversation.js').Opened} opened */
function show(conversation, opened) {
  shown?.close();
  shownId = opened.conversationId;
  shown = showChat({
    host: chat,
    userId: opened.userId,
    domain: settings.directLine,
    locale,
    nonce,
    strings,
    onSpoke: () => (say(''), conversation.spoke()),
    onOnline: () => chat.setAttribute('aria-busy', 'false'),
    onUnsent: () => say(strings.reconnecting),
    onGone: () => {
      say(strings.reconnecting);
      void open({ quietly: true });
    },
  });
}

/** Asks the server for an outage that begins and ends; staff then read the list of outages. */
async function playOutage() {
  const answer = await fetch('/demo/outage', { method: 'POST' }).catch(() => undefined);
  if (!answer?.ok) return say(strings['demo.failed']);
  say(strings['demo.begun']);
  if (keptAudience() === 'partner') shown?.say(strings['demo.ask']);
}

function wire() {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (document.getElementsByName('audience'))) {
    input.checked = input.value === keptAudience();
    input.addEventListener('change', () => {
      store(AUDIENCE_KEY, input.value);
      void open();
    });
  }
  document.getElementById('demo-outage')?.addEventListener('click', () => void playOutage());
  document.getElementById('new-conversation')?.addEventListener('click', () => void open({ fresh: true }));
}

wire();
if (settings.hasWebChat) void open();
else wait(strings.noWebChat);
