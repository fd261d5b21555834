/** Outages that are open now, at the top of an answer about the offer they concern. */
import type { Incident } from '../../core/incident/types.js';
import { box, type Element, textBlock } from '../kit/elements.js';
import { localMoment } from '../outages/outage-words.js';
import { type Said, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';

const MOST = 2;

/** Elements for the card and lines for the text twin; both empty when nothing is open. */
export function openIncidents(
  incidents: readonly Incident[],
  ctx: RenderContext,
): { readonly elements: readonly Element[]; readonly lines: readonly string[] } {
  const said = incidents.slice(0, MOST).map((incident) => incidentSaid(incident, ctx));
  return {
    elements: said.map((one) => box([textBlock(one.card, { weight: 'bolder' })], { style: 'attention' })),
    lines: said.map((one) => one.plain),
  };
}

function incidentSaid(incident: Incident, ctx: RenderContext): Said {
  return say(ctx, incident.unconfirmed ? 'answer.outage.unconfirmed' : 'answer.outage', {
    title: incident.title,
    state: ctx.text(`outage.state.${incident.state}`),
    severity: ctx.text(`outage.severity.${incident.severity}`),
    since: localMoment(incident.startedAt, ctx.zone ?? '', ctx.language),
  });
}
