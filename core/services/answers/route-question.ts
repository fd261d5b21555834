/** Answers one question: joins the policy's decision with the contacts that this asker may see. */
import { offerIn, profileIn } from '../../directory/own-language.js';
import type { Desk, PartnerProfile } from '../../directory/profile.js';
import type { Directory } from '../../directory/types.js';
import { visibleContacts, type VisibleContacts } from '../../directory/visibility.js';
import { explain } from '../../policy/decide.js';
import type { Decision, RouteStep } from '../../policy/decision.js';
import { isMicrosoftWay, MICROSOFT_WAYS, PARTNER_CENTER_URL } from '../../policy/microsoft-ways.js';
import { dutyOf } from '../../policy/modifiers.js';
import { sourceOf } from '../../policy/sources.js';
import { storeError } from '../../policy/store-errors.js';
import type { ContactKind, Issue, Language, Party } from '../../terms.js';
import type { Answer, ShownContact, ShownLinks, ShownOffer, ShownStep } from './answer.js';
import { besideAbout, contactAbout, type ContactAbout } from '../reports/contact-about.js';
import {
  assumedChannel,
  channelsSaid,
  decidingCountry,
  knownOffer,
  routeFacts,
  type KnownOffer,
  type RouteQuestion,
} from './route-facts.js';

export type { RouteQuestion } from './route-facts.js';

/** True when the second of two contacts of equal standing comes first. */
export type Prefers = (other: ContactAbout, usual: ContactAbout) => boolean;
const usualFirst: Prefers = () => false;

/** How the reader sees an answer. */
export interface SeenBy {
  /** The reader's language, for the partner's own names; absent: the plain names. */
  readonly language?: Language;
  /** Absent: the usual order of contacts of equal standing. */
  readonly prefers?: Prefers;
}

/** The data from which a stop gets its contact. */
interface Shelf {
  readonly prefers: Prefers;
  readonly question: RouteQuestion;
  readonly profile: PartnerProfile;
  /** The profile with the names that the reader sees. */
  readonly shown: PartnerProfile;
  readonly known: KnownOffer | undefined;
  readonly visible: VisibleContacts | undefined;
}

/**
 * The answer to one question. Pure; the result contains nothing that this asker may not see.
 * @param seen how the reader sees it; it changes nothing else
 */
export function routeQuestion(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
  seen: SeenBy = {},
): Answer {
  const facts = routeFacts(question, directory, profile);
  const { decision: decided, trace } = explain(facts);
  const decision = withError(decided, facts.issue, question.errorId);
  const shelf = shelfOf(question, directory, profile, seen);
  const { known, shown, visible } = shelf;
  const [first, ...escalation] = shownSteps([decision.first, ...decision.escalation], shelf);
  const offer = known && shownOffer(known, seen.language);
  const assumed = assumedChannel(question, directory, profile);
  const country = decidingCountry(question, directory, profile);
  const bought = channelsSaid(question);
  const providerName =
    isPartnerAlone(question) || question.asker === 'publisher' ? shown.provider?.name : undefined;
  return {
    facts,
    decision,
    ...(offer && { offer }),
    ...(bought && { bought }),
    ...(assumed && { assumed }),
    ...(country !== undefined && { country }),
    partnerName: shown.name,
    ...(providerName && { providerName }),
    responsibleName: nameOf(decision.responsible, shelf),
    first: first ?? shownStep(decision.first, shelf),
    escalation,
    links: shownLinks(visible),
    trace,
  };
}

/** One stop of an earlier answer, with the contact that this asker may see now. Pure. */
export function stopNow(
  step: RouteStep,
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
  seen: SeenBy = {},
): ShownStep {
  return shownStep(step, shelfOf(question, directory, profile, seen));
}

function shelfOf(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
  { language, prefers = usualFirst }: SeenBy,
): Shelf {
  const known = knownOffer(question.offerId, directory);
  const visible = known && visibleContacts(readerOf(question), known.offer, known.publisher, profile);
  const shown = language === undefined ? profile : profileIn(profile, language);
  return { question, profile, shown, known, visible, prefers };
}

/** The answer to a pasted error: its advice comes first, and its page is the source. The route is the policy's. */
function withError(decision: Decision, issue: Issue, errorId: string | undefined): Decision {
  const error = storeError(errorId);
  if (error?.issue !== issue) return decision;
  const notes = [`error.${error.advice}`, ...decision.notes];
  return { ...decision, notes, source: sourceOf(error.source) };
}

/** A conversation counts as its least privileged reader. That reader is unknown, so a customer is assumed. */
function readerOf(question: RouteQuestion): Pick<RouteQuestion, 'asker' | 'publisherId'> {
  return question.shared ? { asker: 'customer' } : question;
}

function isPartnerAlone({ asker, shared }: RouteQuestion): boolean {
  return asker === 'partner' && !shared;
}

/** Leaves out pages that are not on file, as long as another stop remains. */
function shownSteps(steps: readonly RouteStep[], shelf: Shelf): readonly ShownStep[] {
  const shown = steps.map((step) => shownStep(step, shelf));
  const useful = shown.filter(({ step, contact }) => contact !== undefined || !isPage(step));
  return useful.length > 0 ? useful : shown;
}

function isPage({ way }: RouteStep): boolean {
  return way === 'publisher-status' || way === 'publisher-privacy' || way === 'community-forum';
}

function shownStep(step: RouteStep, shelf: Shelf): ShownStep {
  const reached = reach(step, shelf);
  const { known, profile, question } = shelf;
  const sources = { known, profile, duty: dutyOf(question.issue) };
  const about = reached.contact && contactAbout(step.way, sources);
  const beside = reached.also && about && besideAbout(step.way, sources);
  const usual = { step, partyName: nameOf(step.party, shelf), ...reached, ...(about && { about }) };
  if (!beside) return usual;
  const { contact, also } = reached;
  if (!shelf.prefers(beside, about)) return { ...usual, alsoAbout: beside };
  return { ...usual, contact: also, also: contact, about: beside, alsoAbout: about };
}

type Reach = Pick<ShownStep, 'contact' | 'also' | 'missing'>;

function reach({ way }: RouteStep, shelf: Shelf): Reach {
  if (isMicrosoftWay(way)) return { contact: { url: MICROSOFT_WAYS[way].url } };
  switch (way) {
    case 'partner-desk':
      return deskReach(shelf.shown.desks[dutyOf(shelf.question.issue)]);
    case 'provider-desk':
      // The customer of a reseller has no dealings with its provider: the reseller contacts the provider.
      return isPartnerAlone(shelf.question)
        ? deskReach(shelf.shown.provider?.desk)
        : { missing: keptBack(shelf.question) };
    case 'publisher-support':
      return contactReach('customer-support', shelf);
    case 'publisher-engineering':
      return contactReach('engineering', shelf);
    case 'publisher-csp-program':
      return contactReach('csp-program', shelf);
    case 'publisher-status':
      return pageReach(shelf.visible?.links.status, shelf);
    case 'publisher-privacy':
      return pageReach(shelf.visible?.links.privacy, shelf);
    case 'community-forum':
      return pageReach(shelf.visible?.links.support, shelf);
    case 'azure-portal-self':
      return { contact: { url: 'https://portal.azure.com/' } };
    case 'partner-center-self':
      return { contact: { url: PARTNER_CENTER_URL } };
    case 'own-administrator':
    case 'global-administrator':
    case 'other-partner':
    case 'agreement-partner':
      return { missing: 'own-side' };
  }
}

function deskReach(desk: Desk | undefined): Reach {
  if (!desk || !(desk.email ?? desk.phone ?? desk.url ?? desk.upn)) return { missing: 'none-on-file' };
  return { contact: desk };
}

function contactReach(kind: ContactKind, { visible, question }: Shelf): Reach {
  if (!visible) return { missing: 'unknown-offer' };
  const contact = visible.contacts[kind];
  const also = visible.also[kind];
  if (contact) return { contact: contact satisfies ShownContact, ...(also ? { also } : {}) };
  return { missing: visible.withheld.includes(kind) ? keptBack(question) : 'none-on-file' };
}

/** An asker who could see the contact alone learns where; a customer goes through the partner anyway. */
function keptBack({ asker, shared }: RouteQuestion): 'private-chat' | 'via-partner' {
  return shared && asker !== 'customer' ? 'private-chat' : 'via-partner';
}

function pageReach(url: string | undefined, { visible }: Shelf): Reach {
  if (url) return { contact: { url } };
  return { missing: visible ? 'none-on-file' : 'unknown-offer' };
}

/** Empty when the name is unknown: a card then names the party by its role. */
function nameOf(party: Party, { question, shown, known }: Shelf): string {
  switch (party) {
    case 'partner':
      return shown.name;
    case 'provider':
      return isPartnerAlone(question) ? (shown.provider?.name ?? '') : '';
    case 'publisher':
      return known ? publisherName(known) : '';
    case 'microsoft':
      return 'Microsoft';
    case 'community':
    case 'customer':
    case 'administrator':
    case 'global-administrator':
    case 'other-partner':
    case 'agreement-partner':
      return '';
  }
}

function publisherName({ offer, publisher }: KnownOffer): string {
  return publisher?.name ?? offer.publisherId;
}

function shownOffer(known: KnownOffer, language: Language | undefined): ShownOffer {
  const { id, publisherId, withdrawn } = known.offer;
  const { name } = language === undefined ? known.offer : offerIn(known.offer, language);
  return { id, name, publisherId, publisherName: publisherName(known), withdrawn };
}

function shownLinks(visible: VisibleContacts | undefined): ShownLinks {
  if (!visible) return {};
  const { support: _shownAsContact, ...links } = visible.links;
  return links;
}
