/** The cards about the partner's customers, for staff: which customer, which subscription, and why there is no list. */
import type { SubscriptionChoice } from '../../core/services/partner-center/match-subscription.js';
import type { PartnerCustomer } from '../../core/partner-center/types.js';
import type { Issue } from '../../core/terms.js';
import { renderChoices } from '../choices/choice-card.js';
import { understoodLine } from '../choices/guide.js';
import { clickAction, joinFacts, navigation, type ChoiceRow } from '../kit/buttons.js';
import { plainName } from '../kit/safe-text.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say, sayIf } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** A person can compare five rows. */
export const MOST_ROWS = 5;

export interface CustomerChoicesData {
  readonly asked: string;
  readonly customers: readonly PartnerCustomer[];
  readonly more: boolean;
}

/** Asks which customer is meant. */
export function customerChoicesCard(data: CustomerChoicesData, ctx: RenderContext): RenderedCard {
  const rows = data.customers.slice(0, MOST_ROWS).map(({ id, name, domain }, place) => ({
    action: { verb: 'choose-customer', place } as const,
    label: plainName(name) === '' ? id : name,
    ...(domain !== undefined && { detail: domain }),
  }));
  return renderChoices(
    {
      title: say(ctx, 'partner-center.customers.title'),
      intro: say(ctx, 'partner-center.customers.intro', { query: data.asked }),
      groups: [{ rows }],
      hint: sayIf(data.more || data.customers.length > MOST_ROWS, ctx, 'partner-center.customers.more'),
      actions: navigation(ctx, true),
    },
    ctx,
  );
}

export interface SubscriptionChoicesData {
  readonly customer: string;
  readonly choices: readonly SubscriptionChoice[];
  /** How many more there are. */
  readonly left: number;
  readonly issue?: Issue;
}

/** Asks which subscription of the customer is meant. */
export function subscriptionChoicesCard(data: SubscriptionChoicesData, ctx: RenderContext): RenderedCard {
  const { customer, choices, left, issue } = data;
  return renderChoices(
    {
      understood: understoodLine({ issue }, ctx),
      title: say(ctx, 'partner-center.subscriptions.title'),
      intro: say(ctx, 'partner-center.subscriptions.intro', { customer }),
      groups: [
        { rows: choices.slice(0, MOST_ROWS).map((choice, place) => subscriptionRow(choice, place, ctx)) },
      ],
      hint: sayIf(left > 0, ctx, 'partner-center.subscriptions.more', { count: left }),
      actions: [
        clickAction({ verb: 'offer-none' }, ctx.text('button.none-of-these'), ctx),
        ...navigation(ctx, true),
      ],
    },
    ctx,
  );
}

/** What is known of a subscription; what is unknown is left out, except its state. */
function subscriptionRow(choice: SubscriptionChoice, place: number, ctx: RenderContext): ChoiceRow {
  const { name, publisherName, plan, channel, tier, state, offerId } = choice;
  const parts = [
    publisherName === undefined ? '' : say(ctx, 'offers.by', { publisher: publisherName }).plain,
    plan === undefined ? '' : say(ctx, 'partner-center.plan', { plan }).plain,
    channel === undefined ? '' : ctx.text(`bought.${channel}`),
    tier === undefined ? '' : ctx.text(`partner-center.tier.${tier}`),
    ctx.text(`partner-center.state.${state}`),
    offerId === undefined ? ctx.text('partner-center.not-in-directory') : '',
  ];
  return {
    action: { verb: 'choose-subscription', place },
    label: plainName(name) === '' ? (offerId ?? ctx.text('partner-center.not-in-directory')) : name,
    detail: joinFacts(parts.filter((part) => part !== '')),
  };
}

/** Why there is no list. `off-admin` is `off` for a person who may change it. */
export type CustomerNote =
  | { readonly kind: 'off' | 'private' | 'refused' | 'busy' | 'unavailable' }
  /** `settings` and `page`: what to set, and where it is described. */
  | { readonly kind: 'off-admin'; readonly settings: string; readonly page: string }
  | { readonly kind: 'nobody' | 'nothing'; readonly name: string };

/** Says why there is no list, and how to go on. */
export function customerNoteCard(note: CustomerNote, ctx: RenderContext): RenderedCard {
  const values = {
    name: 'name' in note ? note.name : '',
    settings: 'settings' in note ? note.settings : '',
    page: 'page' in note ? note.page : '',
  };
  const kind = note.kind === 'off-admin' ? 'off' : note.kind;
  const title = say(ctx, `partner-center.${kind}.title`, values);
  const body = say(ctx, `partner-center.${note.kind}.body`, values);
  return {
    card: renderCard('notice', ctx.language, { title: title.card, body: body.card }, {}),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain]),
  };
}
