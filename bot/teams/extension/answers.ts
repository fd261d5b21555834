/** Answers the message extension: search, the action on a message, and links. Teams waits five seconds for each. */
import type { Activity, InvokeResponse } from 'botbuilder';
import { decodeAction } from '../../../cards/kit/actions.js';
import { moveCard } from '../../../cards/choices/fact-cards.js';
import { unknownLinkCard } from '../../../cards/choices/offer-cards.js';
import { parseOfferLink } from '../../../core/directory/offer-link.js';
import type { OfferHit } from '../../../core/directory/search/types.js';
import { exampleOffers } from '../../../dialogs/question/examples.js';
import type { Subject } from '../../../dialogs/question/closed-answer.js';
import { renderContext } from '../../../dialogs/shared/send-card.js';
import { directoryFor, type DeskServices } from '../../../dialogs/shared/services.js';
import { inTimeSlices } from '../../../dialogs/shared/time-slices.js';
import type { Turn } from '../../../dialogs/shared/turn.js';
import {
  dialogCard,
  sharedCard,
  sharedView,
  type CardAttachment,
  subjectOf,
  wordsOfMessage,
} from './cards.js';

export interface LookUp {
  readonly activity: Partial<Activity>;
  readonly turn: Turn;
  readonly services: DeskServices;
}

const MOST_RESULTS = 8;
const MAX_QUERY = 256;
const PREVIEW = 'application/vnd.microsoft.card.thumbnail';
const CARD = 'application/vnd.microsoft.card.adaptive';

type Fields = Readonly<Record<string, unknown>>;
const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};
const words = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, MAX_QUERY) : '');

/**
 * Finds offers for the typed text. If the text also names an issue, the cards are about that issue. A person fills in
 * one field; Copilot fills in the offer and the issue together.
 */
export async function search({ activity, turn, services }: LookUp): Promise<InvokeResponse> {
  const { offer, issue: told } = askedIn(activity.value);
  const query = offer === '' ? told : offer;
  const sentence = told === '' ? offer : told;
  const subject = sentence === '' ? undefined : await subjectOf(sentence, services, turn.asker);
  const issue = subject?.issue;
  const offerIds = await found(query, services);
  const subjects = offerIds.map((offerId) => ({ offerId, ...(issue && { issue }) }));
  if (subjects.length > 0) return results(subjects.map((one) => listed(one, { activity, turn, services })));
  const text = query === '' ? turn.text('extension.empty') : turn.text('extension.nothing', { query });
  return extension({ type: 'message', text });
}

function askedIn(value: unknown): { readonly offer: string; readonly issue: string } {
  const { parameters } = fields(value);
  const given = Array.isArray(parameters) ? (parameters as unknown[]).map(fields) : [];
  // Teams sends `initialRun` instead of a query when the search is opened.
  const typed = given.find(({ name }) => name !== 'initialRun' && name !== 'issue');
  return { offer: words(typed?.value), issue: words(given.find(({ name }) => name === 'issue')?.value) };
}

async function found(query: string, services: DeskServices): Promise<readonly string[]> {
  const { index, directory } = services.view();
  if (query === '') {
    const names = new Set(exampleOffers(directory));
    const first: string[] = [];
    for (const offer of directory.offers.values()) {
      if (first.length === names.size) break;
      if (names.has(offer.name)) first.push(offer.id);
    }
    return first;
  }
  const { match } = await inTimeSlices(index.slices.inSentence(query));
  const named: readonly OfferHit[] = match.kind === 'one' ? [match.hit] : [];
  const hits = await inTimeSlices(index.slices.search(query, MOST_RESULTS));
  return [...new Set([...named, ...hits].map((hit) => hit.offerId))].slice(0, MOST_RESULTS);
}

/** One line of the result list, with the card that is inserted into the chat. */
function listed(
  subject: Subject,
  { activity, turn, services }: LookUp,
): CardAttachment & { preview: object } {
  const { offers, publishers } = directoryFor(services, turn.language);
  const offer = offers.get(subject.offerId ?? '');
  const publisher = offer && (publishers.get(offer.publisherId)?.name ?? offer.publisherId);
  const { attachment, summary } = sharedView(subject, turn, services, activity.from?.id);
  // Copilot reads the preview: its first line of an answer is the responsible party.
  const line = subject.issue === undefined ? publisher : summary;
  const content = { title: plain(offer?.name), subtitle: plain(publisher), text: plain(line) };
  return { ...attachment, preview: { contentType: PREVIEW, content } };
}

/** Previews read HTML. */
function plain(text: string | undefined): string {
  return (text ?? '').replace(/[<>&]/g, ' ').slice(0, 120);
}

/** "Who handles this?" on a message: shows the answer in a dialog to this person, or says what to do next. */
export async function aboutMessage({ activity, turn, services }: LookUp): Promise<InvokeResponse> {
  const payload = fields(fields(activity.value).messagePayload);
  const text = wordsOfMessage(fields(payload.body).content);
  const subject = await subjectOf(text, services, turn.asker);
  if (subject) return dialog(dialogCard(subject, turn, services), turn);
  const ctx = { ...renderContext(turn, services, ''), privateChat: turn.privateChat };
  const { card } = moveCard({ asked: text, from: 'message' }, ctx);
  return dialog({ contentType: CARD, content: card }, turn);
}

/** The dialog's button: puts the card for the chat into the compose box. */
export function insert({ activity, turn, services }: LookUp): InvokeResponse {
  const clicked = decodeAction(fields(activity.value).data, services.signer);
  const shown =
    clicked.kind === 'action' && clicked.action.verb === 'show-answer' ? clicked.action : undefined;
  if (!shown) return extension({ type: 'message', text: turn.text('extension.use-chat') });
  const { verb: _, ...subject } = shown;
  return results([sharedCard(subject, turn, services, activity.from?.id)]);
}

/**
 * Turns a pasted link to an offer into its card, or says that the directory does not have the offer. Ignores other
 * links.
 */
export async function unfurl(lookUp: LookUp): Promise<InvokeResponse> {
  const { url } = fields(lookUp.activity.value);
  const link = typeof url === 'string' ? parseOfferLink(url) : undefined;
  if (!link) return results([]);
  const { index, directory } = lookUp.services.view();
  const ids = link.kind === 'offer' ? link.ids : [];
  const match = await inTimeSlices(index.slices.find(String(url).slice(0, 2_000)));
  const found = match.kind === 'one' && match.hit.reason === 'url' ? match.hit.offerId : undefined;
  const offerId = found ?? ids.find((id) => directory.offers.has(id));
  return results([offerId === undefined ? unknownLink(ids[0], lookUp) : listed({ offerId }, lookUp)]);
}

/** The card for an offer that the directory does not have. */
function unknownLink(
  offerId: string | undefined,
  { turn, services }: LookUp,
): CardAttachment & { preview: object } {
  const ctx = { ...renderContext(turn, services, ''), privateChat: turn.privateChat };
  const { card, summary } = unknownLinkCard({ offerId }, ctx);
  const preview = { contentType: PREVIEW, content: { title: plain(summary), text: plain(offerId) } };
  return { contentType: CARD, content: card, preview };
}

/** A chosen result that arrived without its card. */
export function selected({ activity, turn, services }: LookUp): InvokeResponse {
  const { offerId } = fields(activity.value);
  const known = typeof offerId === 'string' && services.view().directory.offers.has(offerId);
  if (known) return results([sharedCard({ offerId }, turn, services, activity.from?.id)]);
  return extension({ type: 'message', text: turn.text('extension.use-chat') });
}

/** Type-ahead inside a card. */
export async function typeAhead({ activity, turn, services }: LookUp): Promise<InvokeResponse> {
  const { queryText } = fields(activity.value);
  const { offers } = directoryFor(services, turn.language);
  const offerIds = await found(words(queryText), services);
  const choices = offerIds.flatMap((id) => {
    const offer = offers.get(id);
    return offer ? [{ title: offer.name, value: id }] : [];
  });
  const body = {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results: choices },
  };
  return { status: 200, body };
}

/** A message instead of results. */
export function told({ turn }: LookUp, key: string): InvokeResponse {
  return extension({ type: 'message', text: turn.text(key) });
}

function results(attachments: readonly CardAttachment[]): InvokeResponse {
  return extension({ type: 'result', attachmentLayout: 'list', attachments });
}

function extension(composeExtension: object): InvokeResponse {
  return { status: 200, body: { composeExtension } };
}

function dialog(card: CardAttachment, turn: Turn): InvokeResponse {
  const value = { title: turn.text('extension.title'), height: 'medium', width: 'medium', card };
  return { status: 200, body: { task: { type: 'continue', value } } };
}
