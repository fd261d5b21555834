/** The cards about several outages at once: the morning digest and the alert to administrators. */
import { isOver, type Incident } from '../../core/incident/types.js';
import { DIGEST_REST } from '../kit/action-table.js';
import { choiceRow } from '../kit/buttons.js';
import { renderCard } from '../kit/render.js';
import { oneLine, paragraphs, say, type Sentence } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import type { Digest } from '../../core/incident/quiet.js';
import { type Block, textBlock } from '../kit/elements.js';
import { incidentTitle, localMoment } from './outage-words.js';

/** The reply under the card of an outage that got worse or came back: one line, with an alert. */
export function outageAlertCard(data: { readonly incident: Incident }, ctx: RenderContext): RenderedCard {
  const { incident } = data;
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const title = say(ctx, 'outage.title', { title: incidentTitle(incident, ctx.text) });
  const body = say(ctx, 'outage.alert', { state, severity });
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details: [], actions: [] },
    ),
    summary: oneLine(`${title.plain} – ${body.plain}`),
    text: paragraphs([title.plain, body.plain]),
  };
}

const PAGE = 5;

/** Says which incidents are open and which have ended. Open incidents get their own cards beside the digest. */
export function outageDigestCard(
  data: { readonly digest: Digest; readonly zone: string },
  ctx: RenderContext,
): RenderedCard {
  const { digest, zone } = data;
  const title = say(ctx, 'outage.digest.title');
  const body = say(ctx, 'outage.digest.body', { open: digest.open.length });
  const all = [...digest.open, ...digest.over];
  const shown = all.slice(0, PAGE);
  const lines = shown.map((incident) =>
    isOver(incident.state) ? overSaid(incident, zone, ctx) : openSaid(incident, ctx),
  );
  const more = moreBlock(all.slice(PAGE), ctx);
  const details = [...lines.map((line) => textBlock(line.card, { spacing: 'small' })), ...more.elements];
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: [] },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      [...lines.map((line) => line.plain), ...more.lines].join('\n'),
    ]),
  };
}

/** How many outages the digest does not show, with a button to the next page. */
function moreBlock(rest: readonly Incident[], ctx: RenderContext): Block {
  if (rest.length === 0) return { elements: [], lines: [] };
  const detail = ctx.text('outage.digest.more', { count: rest.length });
  const incidentIds = rest.slice(0, DIGEST_REST).map((incident) => incident.id);
  const action = { verb: 'outage-digest', incidentIds } as const;
  return {
    elements: [choiceRow({ action, label: ctx.text('outage.button.more-open'), detail }, ctx)],
    lines: [detail],
  };
}

function openSaid(incident: Incident, ctx: RenderContext): Sentence {
  const state = ctx.text(`outage.state.${incident.state}`);
  const severity = ctx.text(`outage.severity.${incident.severity}`);
  const status = ctx.text('outage.status', { state, severity });
  return say(ctx, 'outage.digest.open', { title: incidentTitle(incident, ctx.text), status });
}

function overSaid(incident: Incident, zone: string, ctx: RenderContext): Sentence {
  const at = localMoment(incident.resolvedAt ?? incident.updatedAt, zone, ctx.language);
  return say(ctx, 'outage.digest.over', { title: incidentTitle(incident, ctx.text), at });
}
