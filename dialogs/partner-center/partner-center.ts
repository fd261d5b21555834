/**
 * Staff name a customer at any step: the customer's subscriptions in Partner Center become the choices of the offer
 * question. Only for staff alone with the bot. What Partner Center said stays in the question until it has its offer.
 */
import type { TurnContext } from 'botbuilder-core';
import { customerNoteCard, MOST_ROWS, type CustomerNote } from '../../cards/partner-center/customer-cards.js';
import { choiceSlices } from '../../core/services/partner-center/match-subscription.js';
import type { PartnerCenter, PartnerCenterAnswer, PartnerCustomer } from '../../core/partner-center/types.js';
import { fold } from '../../core/text.js';
import { picked } from '../question/pick.js';
import { reduce } from '../question/reduce.js';
import { clear, restart, stepId, type OfferView, type RouteState } from '../question/route-state.js';
import { mayKnow } from '../shared/colleagues.js';
import type { RouteMemory } from '../shared/memory.js';
import { renderContext, say } from '../shared/send-card.js';
import type { DeskServices } from '../shared/services.js';
import { inTimeSlices } from '../shared/time-slices.js';
import { turnOf } from '../shared/turn.js';
import { customerNamed } from './customer-words.js';

/** `asks`: the question goes on with what is known now. `said`: the bot said why there is no list. */
export type CustomerTold = 'asks' | 'said';

/** The beginning of the settings that switch Partner Center on, for the card that tells an administrator. */
const SETTINGS = 'OFFER_DESK_PARTNER_CENTER_…';
const PAGE = 'docs/partner-center.md';

/** What one turn of staff is answered with. */
interface Talk {
  readonly context: TurnContext;
  readonly services: DeskServices;
  readonly route: RouteMemory;
}

/** Undefined when the words name no customer, and choose none from a list. */
export async function answerCustomer(
  context: TurnContext,
  services: DeskServices,
  route: RouteMemory,
  text: string,
): Promise<CustomerTold | undefined> {
  const talk: Talk = { context, services, route };
  const { asker, scope, admin } = turnOf(talk.context);
  if (asker !== 'partner') return undefined;
  const name = customerNamed(text);
  if (name === undefined) return chosenByWords(talk, text);
  const { partnerCenter } = talk.services;
  if (scope !== 'personal') return partnerCenter && tell(talk, { kind: 'private' });
  if (!partnerCenter || !mayKnow(turnOf(talk.context)))
    return tell(talk, admin ? { kind: 'off-admin', settings: SETTINGS, page: PAGE } : { kind: 'off' });
  return lookUp(talk, partnerCenter, name);
}

/** A click on a customer of the list. */
export function chooseCustomer(
  context: TurnContext,
  services: DeskServices,
  route: RouteMemory,
  place: number,
): Promise<CustomerTold> {
  return customerChosen({ context, services, route }, place);
}

async function customerChosen(talk: Talk, place: number): Promise<CustomerTold> {
  const { offerView } = await talk.route.get(talk.context);
  const customer = offerView?.kind === 'customers' ? offerView.customers[place] : undefined;
  const { partnerCenter } = talk.services;
  if (!customer || !partnerCenter || !mayKnow(turnOf(talk.context))) return 'asks';
  return showSubscriptions(talk, partnerCenter, customer);
}

/** A number, or the whole name of a row. */
async function chosenByWords(talk: Talk, text: string): Promise<CustomerTold | undefined> {
  const { offerView } = await talk.route.get(talk.context);
  if (offerView?.kind === 'customers') {
    const place = placeOf(text, offerView.customers);
    return place === undefined ? undefined : customerChosen(talk, place);
  }
  if (offerView?.kind !== 'subscriptions') return undefined;
  const place = placeOf(text, offerView.choices);
  return place === undefined ? undefined : takeSubscription(talk, place);
}

function placeOf(text: string, rows: readonly { readonly name: string }[]): number | undefined {
  const places = rows.map((_, place) => place);
  const named = places.filter((place) => fold(rows[place]?.name ?? '') === fold(text.trim()));
  return picked(text, places) ?? (named.length === 1 ? named[0] : undefined);
}

async function takeSubscription({ context, services, route }: Talk, place: number): Promise<CustomerTold> {
  const state = await route.get(context);
  const next = reduce(state, { verb: 'choose-subscription', place }, services.view().directory);
  await route.set(context, next ?? state);
  return 'asks';
}

async function lookUp(talk: Talk, partnerCenter: PartnerCenter, name: string): Promise<CustomerTold> {
  const found = await partnerCenter.customersNamed(name);
  if (found.kind !== 'known') return tell(talk, noteOn(found));
  const { customers, more } = found.value;
  const [first, ...others] = customers;
  if (!first) return tell(talk, { kind: 'nobody', name });
  if (others.length === 0 && !more) return showSubscriptions(talk, partnerCenter, first);
  const shown = customers.slice(0, MOST_ROWS);
  return show(talk, {
    kind: 'customers',
    asked: name,
    customers: shown,
    more: more || shown.length < customers.length,
  });
}

async function showSubscriptions(
  talk: Talk,
  partnerCenter: PartnerCenter,
  { id, name }: PartnerCustomer,
): Promise<CustomerTold> {
  const found = await partnerCenter.subscriptionsOf(id);
  if (found.kind !== 'known') return tell(talk, noteOn(found));
  const choices = await inTimeSlices(choiceSlices(found.value, talk.services.view()));
  if (choices.length === 0) return tell(talk, { kind: 'nothing', name });
  const shown = choices.slice(0, MOST_ROWS);
  return show(talk, {
    kind: 'subscriptions',
    customer: name,
    choices: shown,
    left: choices.length - shown.length,
  });
}

const noteOn = ({ kind }: Exclude<PartnerCenterAnswer<unknown>, { kind: 'known' }>): CustomerNote => ({
  kind,
});

/** The list belongs to the open question; after an answer a new question begins. */
async function show({ context, route }: Talk, offerView: OfferView): Promise<CustomerTold> {
  const state = await route.get(context);
  const open: RouteState = state.answered ? restart(state) : clear(state, 'offer');
  await route.set(context, { ...open, offerView });
  return 'asks';
}

/** A list of another customer is no longer shown. */
async function tell({ context, services, route }: Talk, note: CustomerNote): Promise<CustomerTold> {
  const state = await route.get(context);
  if (isCustomerList(state.offerView)) await route.set(context, { ...state, offerView: undefined });
  await say(context, customerNoteCard(note, renderContext(turnOf(context), services, stepId(state))));
  return 'said';
}

const isCustomerList = (view: { readonly kind: string } | undefined): boolean =>
  view?.kind === 'customers' || view?.kind === 'subscriptions';

/** Text that every stored document with such a list has. */
export const LIST_MARK = '"offerView":{';

/** A stored document of a conversation without the customers or subscriptions it lists; undefined where it lists none. */
export function withoutCustomers(document: Readonly<Record<string, unknown>>): object | undefined {
  const { route } = document as { readonly route?: RouteState };
  return isCustomerList(route?.offerView)
    ? { ...document, route: { ...route, offerView: undefined } }
    : undefined;
}
