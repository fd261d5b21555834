/** The reply under an outage card when it got worse or came back: one line that rings. */
import type { Incident } from '../../core/incident/types.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

export function outageAlertCard(data: { readonly incident: Incident }, ctx: RenderContext): RenderedCard {
  const { incident } = data;
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const title = say(ctx, 'outage.title', { title: incident.title });
  const body = say(ctx, 'outage.alert', { state, severity });
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details: [], actions: [] }),
    summary: oneLine(`${title.plain} – ${body.plain}`),
    text: paragraphs([title.plain, body.plain]),
  };
}
