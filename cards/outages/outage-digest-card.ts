/** The morning digest: what happened in a reader's quiet hours, in one message. */
import type { Digest } from '../../core/incident/digest.js';
import type { Incident } from '../../core/incident/types.js';
import { textBlock } from '../kit/elements.js';
import { localMoment } from './outage-words.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, type Said, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';

const MOST = 20;

/** Says what is open and what has ended; open incidents get their own cards beside it. */
export function outageDigestCard(
  data: { readonly digest: Digest; readonly zone: string },
  ctx: RenderContext,
): RenderedCard {
  const { digest, zone } = data;
  const title = say(ctx, 'outage.digest.title');
  const body = say(ctx, 'outage.digest.body', { open: digest.open.length });
  const lines = [
    ...digest.open.map((incident) => openSaid(incident, ctx)),
    ...digest.over.map((incident) => overSaid(incident, zone, ctx)),
  ].slice(0, MOST);
  const details = lines.map((line) => textBlock(line.card, { spacing: 'small' }));
  return {
    card: renderCard('notice', { title: title.card, body: body.card }, { details, actions: [] }),
    summary: oneLine(title.plain),
    text: paragraphs([title.plain, body.plain, lines.map((line) => line.plain).join('\n')]),
  };
}

function openSaid(incident: Incident, ctx: RenderContext): Said {
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const status = ctx.text('outage.status', { state, severity });
  return say(ctx, 'outage.digest.open', { title: incident.title, status });
}

function overSaid(incident: Incident, zone: string, ctx: RenderContext): Said {
  const at = localMoment(incident.resolvedAt ?? incident.updatedAt, zone, ctx.language);
  return say(ctx, 'outage.digest.over', { title: incident.title, at });
}
