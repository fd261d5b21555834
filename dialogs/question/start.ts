/** The start for a customer: a first card with offers as buttons, and facts from the partner's token. */
import type { TurnContext } from 'botbuilder-core';
import type { OfferChoice } from '../../cards/kit/card-data.js';
import { startCard } from '../../cards/choices/greeting-cards.js';
import { withoutRuledOut, type OneQuestion } from '../../core/services/answers/several-questions.js';
import { directoryIn } from '../../core/directory/own-language.js';
import type { OfferIndex } from '../../core/directory/search/types.js';
import type { Directory } from '../../core/directory/types.js';
import { EXACT } from '../../core/services/answers/understand-sentence.js';
import { kindOf } from '../../core/terms.js';
import { isUnknownPurchase, purchaseAnswer } from '../../core/understanding/purchase-answer.js';
import { isCircumstance } from '../../core/understanding/sentence-signs.js';
import { isUnsure, replyOf } from '../../locales/commands.js';
import { inScriptOf, onePerPublisher } from './examples.js';
import type { RouteMemory } from '../shared/memory.js';
import { outagesShown, releasedOutages } from './open-outages.js';
import { otherOffer } from './other-offer.js';
import { picked } from './pick.js';
import { choicesOf } from './question-cards.js';
import { adds, corrected, corrects, goesOn, saysSame, withoutAdding } from './turn-words.js';
import { reduce } from './reduce.js';
import { channelsNamed, fill, fillChannels, nextInQueue, restart, type RouteState } from './route-state.js';
import { renderContext, say } from '../shared/send-card.js';
import { directoryFor, profileFor, type DeskServices } from '../shared/services.js';
import { turnOf, type OwnedOffer, type Turn } from '../shared/turn.js';
import { understandFirst, type UnderstandingContext, type Understood } from './understand.js';

/** More would push the question out of a small window. */
const SUGGESTED = 3;
const NOTHING_OWNED: readonly OwnedOffer[] = [];

/** True when the first card is for a customer: staff and guests in Teams get the card that its store requires. */
export function beginsAsCustomer({ asker, host }: Turn): boolean {
  return asker === 'customer' && host === 'web';
}

/** Greets by asking the first question that is still open. */
export async function greetCustomer(
  context: TurnContext,
  services: DeskServices,
  memory: RouteMemory,
): Promise<void> {
  const turn = turnOf(context);
  const { directory } = services.view();
  const offers = suggestions(turn, directory, services.asked?.most());
  const incidents = await releasedOutages(services, turn);
  const sole = soleOffer(directory, turn.owned);
  const fresh = restart(await memory.get(context));
  const offerIds = offers.map((offer) => offer.offerId);
  const asked: RouteState = { ...fresh, offerView: { kind: 'suggested', offerIds } };
  await memory.set(
    context,
    sole ? takeOwned(fresh, fill(fresh, 'offer', { offerId: sole }), turn.owned) : asked,
  );
  const ctx = renderContext(turn, services, await memory.nextStep(context));
  const shown = directoryFor(services, turn.language);
  const known = sole && shown.offers.get(sole)?.name;
  const { name: partnerName } = profileFor(services, turn.language);
  const data = { partnerName, offers, known, ...outagesShown(incidents, shown) };
  await say(context, startCard(data, ctx), 'question');
}

/**
 * The offers suggested to a customer: the customer's own, then those asked about most, then offers with a name in the
 * customer's language. Nothing for other askers.
 */
export function suggestions(
  turn: Turn,
  directory: Directory,
  asked: readonly string[] = [],
): readonly OfferChoice[] {
  if (!beginsAsCustomer(turn)) return [];
  const owned = knownOf(directory, turn.owned);
  const onSale = asked.filter((id) => directory.offers.get(id)?.withdrawn === false);
  const others = onePerPublisher(inScriptOf(turn.language, directory), SUGGESTED).map((offer) => offer.id);
  const ids = [...new Set([...owned, ...onSale, ...others])].slice(0, SUGGESTED);
  return choicesOf(ids, directoryIn(directory, turn.language));
}

/**
 * The first words of a question. A number or "not sure" answers the first card. Words without an offer get the offer
 * that was answered before, or the only one that the partner says the customer owns.
 */
export function hearFirst(
  before: RouteState,
  text: string,
  known: UnderstandingContext,
  turn: Turn,
): Understood {
  const fresh = restart(before);
  const pressed = suggestionSaid(before, fresh, text, known.view.directory) ?? otherOffer(before, text);
  const bought = pressed ? undefined : keepAll(before, text, known);
  if (bought) return { state: bought, chosen: true };
  const understood: Understood = pressed
    ? { state: pressed, chosen: true }
    : understandFirst(
        fresh,
        before.answered && corrects(text) ? corrected(withoutRuledOut(text, known.view.index)) : text,
        known,
      );
  const kept =
    pressed ??
    keepPurchase(before, understood.state) ??
    keepUnsure(before, understood.state, text) ??
    keepIssue(before, keepOffer(before, understood.state), text, known);
  const { directory } = known.view;
  const assumed = turn.asker === 'customer' ? assumeSole(kept, directory, turn.owned) : kept;
  const state = takeOwned(fresh, assumed, turn.owned);
  return assumed === kept ? { ...understood, state } : { state, chosen: understood.chosen };
}

/**
 * The first of several questions in one text, with the others behind it. They are about the offer of the question
 * before, unless they name one. A question that was still open comes last, unless the first one is the same.
 */
export function beginSeveral(before: RouteState, questions: readonly OneQuestion[], turn: Turn): RouteState {
  const [same, ...added] = questions;
  if (same && isOpen(before, same)) return { ...before, queue: [...(before.queue ?? []), ...added] };
  const fresh = restart(before);
  const { offerId } = before;
  const known = typeof offerId === 'string' && questions.every((one) => one.offerId === undefined);
  const asked = known ? questions.map((one) => ({ ...one, offerId })) : questions;
  const first = nextInQueue({ ...fresh, queue: [...asked, ...stillOpen(before, asked)] }) ?? fresh;
  const listed = [...new Set(questions.flatMap((one) => one.offerId ?? []))];
  return takeOwned(fresh, listed.length > 1 ? { ...first, listed } : first, turn.owned);
}

/** True when this is the question that the person is answering, so that its facts stay. */
function isOpen({ answered, issue, offerId }: RouteState, one: OneQuestion): boolean {
  return !answered && issue === one.issue && (offerId ?? undefined) === one.offerId;
}

/** The open question, when the new ones do not replace it. */
function stillOpen(
  { answered, issue, offerId, queue = [] }: RouteState,
  asked: readonly OneQuestion[],
): readonly OneQuestion[] {
  if (answered || issue === undefined || typeof offerId !== 'string') return queue;
  const isReplaced = asked.some((one) => one.offerId === offerId && kindOf(one.issue) === kindOf(issue));
  return isReplaced ? queue : [{ issue, offerId }, ...queue];
}

/** The purchase channel of a newly named offer, when the partner gave it. */
export function takeOwned(
  before: RouteState,
  next: RouteState,
  owned: readonly OwnedOffer[] = NOTHING_OWNED,
): RouteState {
  const isKnown = next.channel !== undefined && next.channel !== 'unknown';
  if (!next.offerId || next.offerId === before.offerId || isKnown) return next;
  const channel = owned.find((one) => one.offerId === next.offerId)?.channel;
  return channel ? fill(next, 'channel', { channel }) : next;
}

function soleOffer(directory: Directory, owned?: readonly OwnedOffer[]): string | undefined {
  const [sole, ...more] = knownOf(directory, owned);
  return more.length === 0 ? sole : undefined;
}

/** The customer's own offers in the directory: the bot cannot answer about others. */
function knownOf(directory: Directory, owned: readonly OwnedOffer[] = NOTHING_OWNED): readonly string[] {
  return [...new Set(owned.map((one) => one.offerId))].filter((id) => directory.offers.has(id));
}

function suggestionSaid(
  before: RouteState,
  fresh: RouteState,
  text: string,
  directory: Directory,
): RouteState | undefined {
  if (before.answered || before.offerView?.kind !== 'suggested') return undefined;
  // The card lists the offers, and below them the question about the bill.
  const choices = [...before.offerView.offerIds.map((offerId) => ({ offerId })), 'bill' as const];
  const choice = picked(text, choices);
  if (choice === 'bill') return reduce(fresh, { verb: 'ask-about', issue: 'billing' }, directory);
  if (choice) return fill(fresh, 'offer', choice);
  const none = replyOf(text)?.reply === 'none' || isUnsure(text);
  return none ? fill(fresh, 'offer', { offerId: null }) : undefined;
}

function assumeSole(state: RouteState, directory: Directory, owned?: readonly OwnedOffer[]): RouteState {
  const open = state.offerId === undefined && (state.offerView?.kind ?? 'none') === 'none';
  const sole = open ? soleOffer(directory, owned) : undefined;
  return sole ? fill(state, 'offer', { offerId: sole }) : state;
}

/**
 * The words after an answer tell nothing but how the product was bought, since when or how urgent it is: the bot
 * answers the same question again.
 */
function keepAll(before: RouteState, text: string, known: UnderstandingContext): RouteState | undefined {
  if (before.answered && isCircumstance(text)) return before;
  const channels = before.answered ? purchaseAnswer(text, known) : undefined;
  return channels && fillChannels(before, channels);
}

/** The same for a sentence that names neither an offer nor an issue. */
function keepPurchase(before: RouteState, next: RouteState): RouteState | undefined {
  const says = next.offerId !== undefined || next.offerView !== undefined || next.issue !== undefined;
  const channels = channelsNamed(next);
  return !before.answered || says || channels.length === 0 ? undefined : fillChannels(before, channels);
}

/** "I do not know how it was bought" after an answer: the answer stays, with what it assumes. */
function keepUnsure(before: RouteState, next: RouteState, text: string): RouteState | undefined {
  const named = next.offerId !== undefined || next.offerView !== undefined;
  const [isUnknown, isUnsaid] = [isUnknownPurchase(text), isUnsure(text)];
  // Words about the purchase are also like a question about it.
  const says = named || (next.issue !== undefined && !(isUnknown && isUnsaid));
  if (!before.answered || says || !(isUnknown || isUnsaid)) return undefined;
  return fill(before, 'channel', { channel: 'unknown' });
}

/** "And Fabrikam CRM?" adds an offer; a longer text tells something else about it. */
const MOST_ADDED = 60;

/** Keeps the issue of the earlier answer when the words name another offer: "no, I mean …", "same problem with …". */
function keepIssue(
  before: RouteState,
  next: RouteState,
  text: string,
  { view: { index } }: UnderstandingContext,
): RouteState {
  const named = next.offerId !== undefined || next.offerView !== undefined;
  if (!before.answered || !before.issue || !named || next.offerId === before.offerId) return next;
  const isNamed = isName(withoutAdding(text), index);
  if (next.issue !== undefined && !saysSame(text) && !isNamed) return next;
  const isAdded =
    (next.issue === undefined || isNamed) &&
    (typeof before.offerId !== 'string' || (text.length <= MOST_ADDED && adds(text)));
  const keeps = isAdded || goesOn(text) || withoutRuledOut(text, index) !== text;
  return keeps ? fill(next, 'issue', { issue: before.issue }) : next;
}

/** True when the text is the name of an offer and nothing else. */
function isName(text: string, index: OfferIndex): boolean {
  const match = index.find(text);
  return match.kind === 'one' && EXACT.has(match.hit.reason);
}

/** Keeps the offer of the earlier answer when the words name no offer. */
function keepOffer(before: RouteState, next: RouteState): RouteState {
  const named = next.offerId !== undefined || next.offerView !== undefined;
  const says = next.issue !== undefined || next.issueView !== undefined;
  if (named || !says || !before.answered || !before.offerId) return next;
  return fill(next, 'offer', { offerId: before.offerId });
}
