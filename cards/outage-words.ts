/** How an outage is told in words: times in the reader's zone, why the reader gets it, what was done about it. */
import type { TellReason } from '../core/incident/audience.js';
import type { IncidentUpdate, StaffAct } from '../core/incident/types.js';
import type { Language } from '../core/terms.js';
import { type Said, say } from './say.js';
import type { RenderContext } from './types.js';

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment on the reader's clock, with the zone; UTC where the zone is not known. */
export function localMoment(at: number, zone: string, language: Language): string {
  if (!Number.isFinite(at)) return '';
  const key = `${language} ${zone}`;
  const found = formatters.get(key) ?? formatter(language, zone) ?? formatter(language, 'UTC');
  if (!found) return '';
  formatters.set(key, found);
  return found.format(at);
}

function formatter(language: Language, zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: zone === '' ? 'UTC' : zone,
      timeZoneName: 'short',
    });
  } catch {
    return undefined;
  }
}

/** Names of ids, for sentences; an id nobody knows is shown as it is. */
export type NameOf = (id: string) => string;

/** `You get this because …`. */
export function becauseSaid(
  reason: TellReason,
  names: { readonly offer: NameOf; readonly publisher: NameOf },
  ctx: RenderContext,
): Said {
  switch (reason.kind) {
    case 'offer':
      return say(ctx, `outage.because.offer.${reason.by}`, { name: names.offer(reason.offerId) });
    case 'publisher':
      return say(ctx, `outage.because.publisher.${reason.by}`, { name: names.publisher(reason.publisherId) });
    case 'everything':
      return say(ctx, `outage.because.everything.${reason.by}`);
    case 'told-before':
      return say(ctx, 'outage.because.told-before');
  }
}

/** One line of the history; without a state it is a remark. */
export function updateSaid(update: IncidentUpdate, zone: string, ctx: RenderContext): Said {
  const at = localMoment(update.at, zone, ctx.language);
  if (update.state === null) return say(ctx, 'outage.update.remark', { at });
  return say(ctx, 'outage.update', { at, state: ctx.text(`outage.state.${update.state}`) });
}

/** What somebody of the staff did, and when. */
export function actSaid(act: StaffAct, name: NameOf, zone: string, ctx: RenderContext): Said {
  const values = { name: name(act.by), at: localMoment(act.at, zone, ctx.language) };
  return say(ctx, `outage.act.${act.kind}`, values);
}
