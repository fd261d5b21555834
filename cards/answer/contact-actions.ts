/** One-click ways to reach a contact, suited to where the card is shown: https links in Teams, mail and phone too on the web. */
import type { ShownContact } from '../../core/services/answers/answer.js';
import type { ReachableContact } from '../../core/services/answers/open-first.js';
import { linkAction } from '../kit/buttons.js';
import type { Element } from '../kit/elements.js';
import { plainText, shorten } from '../kit/safe-text.js';
import { cardUrl, e164, mailtoUrl, oneEmail, safeUrl, telUrl } from '../kit/safe-url.js';
import type { RenderContext } from '../kit/types.js';

/** The person's question, in the reader's language, for the prefilled message. */
export interface Topic {
  readonly issue: string;
  readonly offer?: string;
  /** The contact that the person tried before, without success. */
  readonly tried?: string;
  /** What happened so far, as plain lines below the first words. */
  readonly history?: readonly string[];
}

/** Longest name on a button, so that phones do not cut it. */
const BUTTON_NAME = 28;

/** The first words of a long name: a person recognises the company without dots. Only a single long word is cut. */
function buttonName(name: string): string {
  const plain = plainText(name);
  const words = plain.slice(0, BUTTON_NAME + 1).split(' ');
  if (plain.length <= BUTTON_NAME) return plain;
  return words.length > 1 ? words.slice(0, -1).join(' ') : shorten(plain, BUTTON_NAME);
}

/**
 * Buttons for one contact: at most chat, call, mail and page. The title above them names the contact. The way with the quickest answer comes first. Outside
 * opening hours, written ways come before the call.
 */
export function contactActions(
  contact: ReachableContact,
  topic: Topic,
  ctx: RenderContext,
): readonly Element[] {
  const spoken = [...chatAction(contact, topic, ctx), ...callAction(contact, ctx)];
  const written = [
    ...mailAction(contact, topic, ctx),
    ...linkAction(ctx.text('contact.open-page'), cardUrl(contact.url)),
  ];
  return contact.isWrittenFirst ? [...written, ...spoken] : [...spoken, ...written];
}

/** Teams chat, for contacts with a user principal name; the deep link works for no other contact. */
function chatAction(contact: ShownContact, topic: Topic, ctx: RenderContext): readonly Element[] {
  const message = prefilled('contact.chat-message', topic, ctx);
  return chatLink(contact.upn, ctx.text('contact.chat'), message, ctx);
}

/** A button to a Teams chat with this person, for a person whom no title above the button names. */
export function namedChatLink(
  address: string | undefined,
  name: string,
  message: string,
  ctx: RenderContext,
): readonly Element[] {
  return chatLink(address, ctx.text('contact.chat-with', { name: buttonName(name) }), message, ctx);
}

/** A button to a Teams chat with a prefilled message; none outside Teams, or without a user principal name. */
function chatLink(
  address: string | undefined,
  title: string,
  message: string,
  ctx: RenderContext,
): readonly Element[] {
  const upn = oneEmail(address);
  if (ctx.host !== 'teams' || upn === undefined) return [];
  const url = `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(upn)}`;
  return linkAction(title, `${url}&message=${encodeURIComponent(message)}`);
}

/** In Teams the documented PSTN link (`4:` and the number, plus sign encoded); elsewhere `tel:`. */
function callAction(contact: ShownContact, ctx: RenderContext): readonly Element[] {
  const title = ctx.text('contact.call');
  if (ctx.host === 'web') return contactLink(title, telUrl(contact.phone));
  const number = e164(contact.phone);
  if (number === undefined) return [];
  return linkAction(title, `https://teams.microsoft.com/l/call/0/0?users=4:${encodeURIComponent(number)}`);
}

/** `mailto:` on the web; in Teams our own page that opens a mail, and no button where there is no such page. */
function mailAction(contact: ShownContact, topic: Topic, ctx: RenderContext): readonly Element[] {
  const to = oneEmail(contact.email);
  if (to === undefined) return [];
  const title = ctx.text('contact.mail');
  const subject = ctx.text('contact.mail-subject', topicValues(topic, ctx));
  const body = prefilled('contact.mail-body', topic, ctx);
  if (ctx.host === 'web') return contactLink(title, mailtoUrl(to, subject, body));
  // Our page opens in the browser: the arrow says that it leaves Teams.
  return linkAction(`${title} ↗`, safeUrl(ctx.mailLink?.(to, subject, body)));
}

function topicValues(topic: Topic, ctx: RenderContext) {
  const offer = plainText(topic.offer, 80) || ctx.text('contact.an-offer');
  return { issue: plainText(topic.issue, 80), offer };
}

/** The first words of a message: offer, issue, and the contact tried before, where they are known. */
function prefilled(key: string, topic: Topic, ctx: RenderContext): string {
  const tried = plainText(topic.tried, 40);
  const values = topicValues(topic, ctx);
  const words = tried === '' ? ctx.text(key, values) : ctx.text(`${key}-tried`, { ...values, tried });
  return [words, ...(topic.history ?? [])].join('\n');
}

function contactLink(title: string, url: string | undefined): readonly Element[] {
  return url === undefined ? [] : [{ type: 'Action.OpenUrl', title, url }];
}
