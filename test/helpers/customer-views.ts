/** The cards about the partner's customers with ordinary data, or with one text in every free text. */
import {
  customerChoicesCard,
  customerNoteCard,
  subscriptionChoicesCard,
  type CustomerNote,
} from '../../cards/partner-center/customer-cards.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { SUBSCRIPTION_STATES } from '../../core/partner-center/types.js';
import { SUPPORT_TIERS } from '../../core/terms.js';

type View = (ctx: RenderContext) => RenderedCard;

/** Every such card; `customer-` begins the name of each. */
export function customerViews(text?: string): Readonly<Record<string, View>> {
  const name = text ?? 'Fabrikam Hotels';
  const customers = [1, 2, 3].map((at) => ({
    id: `c5757d70-06f3-4f23-8367-5a9e55019f9${String(at)}`,
    name: text ?? `Fabrikam Hotels ${String(at)}`,
    ...(at > 1 && { domain: text ?? 'fabrikamhotels.onmicrosoft.com' }),
  }));
  const choices = SUBSCRIPTION_STATES.map((state, at) => {
    const tier = SUPPORT_TIERS[at];
    return {
      name: text ?? `Contoso Backup ${String(at + 1)}`,
      state,
      ...(tier && { tier, offerId: 'contoso.backup', channel: 'partner' as const }),
      ...(at % 2 === 0 && { publisherName: text ?? 'Contoso', plan: text ?? 'Standard' }),
    };
  });
  const notes: readonly CustomerNote[] = [
    ...(['off', 'private', 'refused', 'busy', 'unavailable'] as const).map((kind) => ({ kind })),
    { kind: 'off-admin', settings: 'OFFER_DESK_PARTNER_CENTER_…', page: 'docs/partner-center.md' },
    { kind: 'nobody', name },
    { kind: 'nothing', name },
  ];
  return {
    'customer-choices': (ctx) => customerChoicesCard({ asked: name, customers, more: true }, ctx),
    'customer-subscriptions': (ctx) =>
      subscriptionChoicesCard(
        { customer: name, choices: choices.slice(0, 4), left: 3, issue: 'technical' },
        ctx,
      ),
    'customer-subscriptions-rest': (ctx) =>
      subscriptionChoicesCard({ customer: name, choices: choices.slice(4), left: 0 }, ctx),
    ...Object.fromEntries(
      notes.map((note) => [
        `customer-note-${note.kind}`,
        (ctx: RenderContext) => customerNoteCard(note, ctx),
      ]),
    ),
  };
}
