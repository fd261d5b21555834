/** The help card: what this person may ask, in example sentences, and the words that always work. */
import { clickAction } from '../kit/buttons.js';
import type { GuideData } from '../kit/card-data.js';
import { renderGuide } from './guide.js';
import type { CardAction } from '../kit/action-table.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

/** Role-aware help: a customer is told nothing about what only partner staff may do. */
export function helpCard(data: GuideData, ctx: RenderContext): RenderedCard {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  const staff = ctx.asker === 'partner';
  const admin = staff && data.admin === true && data.place === undefined;
  const actions = [
    button({ verb: 'other-offer' }, 'button.ask'),
    button({ verb: 'restart' }, 'button.restart'),
    button({ verb: 'cancel' }, 'button.cancel'),
    ...(staff ? [button({ verb: 'outage-list' }, 'button.outages')] : []),
    ...(admin ? [button({ verb: 'upkeep-menu' }, 'button.admin')] : []),
  ];
  const points = [
    'help.find-offer',
    'help.find-issue',
    `help.get.${ctx.asker}`,
    ...(staff ? ['help.outages'] : []),
    ...(admin ? ['help.admin'] : []),
    ...placeKey(data),
  ].map((key) => ctx.text(key));
  const keys = { titleKey: 'help.title', introKey: `help.intro.${ctx.asker}` };
  return renderGuide({ ...keys, data, points, actions }, ctx);
}

function placeKey({ place }: GuideData): readonly string[] {
  return place === undefined ? [] : [`help.${place}`];
}
