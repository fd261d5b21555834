/** A missing fact in words and values, for a system that asks its own user: the question of the chat, and the choices. */
import { FREQUENT_COUNTRIES } from '../../cards/choices/fact-cards.js';
import { channelName, issueName } from '../../cards/choices/guide.js';
import type { RenderContext } from '../../cards/kit/types.js';
import { countryName } from '../../core/policy/tax-countries.js';
import { channelsPossible } from '../../core/services/answers/route-facts.js';
import { AGREEMENTS, HOSTINGS, PURCHASE_CHANNELS } from '../../core/terms.js';
import type { DirectoryView } from '../shared/services.js';
import { issuesToChoose, type MissingFact } from './asked-once.js';
import { choicesOf, factQuestion, issueQuestion, offerQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';

/** One possible value of a fact, with its name for people. */
export interface FactChoice {
  readonly value: string;
  readonly label: string;
}

export interface FactInWords {
  /** The question to the person, in the language of the context. */
  readonly question: string;
  /** Empty: the person types the value. */
  readonly choices: readonly FactChoice[];
}

/** The most offers to choose from. */
const MOST_OFFERS = 10;

/** The question about a missing fact, with the values that the next call may give. */
export function factInWords(
  fact: MissingFact,
  state: RouteState,
  view: DirectoryView,
  ctx: RenderContext,
): FactInWords {
  return { question: questionOf(fact, state, view, ctx), choices: choicesFor(fact, state, view, ctx) };
}

function questionOf(fact: MissingFact, state: RouteState, view: DirectoryView, ctx: RenderContext): string {
  const { directory } = view;
  if (fact === 'offer') return offerQuestion(state, directory, ctx).summary;
  if (fact === 'issue') return issueQuestion(state, directory, ctx).summary;
  return factQuestion(fact, state, directory, ctx).summary;
}

function choicesFor(
  fact: MissingFact,
  state: RouteState,
  view: DirectoryView,
  ctx: RenderContext,
): readonly FactChoice[] {
  const side = ctx.asker === 'customer' ? 'customer' : 'staff';
  const unsure = { value: 'unknown', label: ctx.text('choice.unsure') };
  const named = (value: string, key: string) => ({ value, label: ctx.text(key) });
  switch (fact) {
    case 'offer':
      return offerChoices(state, view);
    case 'issue':
      return issuesToChoose(state, ctx.asker).map((value) => ({ value, label: issueName(value, ctx) }));
    case 'channel': {
      const channels = channelsPossible(state) ?? PURCHASE_CHANNELS;
      return [...channels, 'unknown' as const].map((value) => ({ value, label: channelName(value, ctx) }));
    }
    case 'agreement':
      return [...AGREEMENTS.map((one) => named(one, `agreement.${side}.${one}`)), unsure];
    case 'hosting':
      return HOSTINGS.map((one) => named(one, `hosting.${one}`));
    case 'refund-window':
      return (['open', 'over'] as const).map((one) => named(one, `refund.${one}`));
    case 'country': {
      const known = FREQUENT_COUNTRIES.map((value) => ({ value, label: countryName(value, ctx.language) }));
      return [...known, unsure];
    }
  }
}

function offerChoices({ offerView }: RouteState, view: DirectoryView): readonly FactChoice[] {
  return choicesOf(offerIdsOf(offerView, view), view.directory).map(({ offerId, name, publisherName }) => ({
    value: offerId,
    label: `${name} (${publisherName})`,
  }));
}

function offerIdsOf(offerView: RouteState['offerView'], { index }: DirectoryView): readonly string[] {
  switch (offerView?.kind) {
    case 'several':
    case 'suggested':
      return offerView.offerIds;
    case 'none':
      return offerView.nearest;
    case 'publishers':
      return index.search(offerView.asked, MOST_OFFERS).map(({ offerId }) => offerId);
    case 'customers':
    case 'subscriptions':
    case undefined:
      return [];
  }
}
