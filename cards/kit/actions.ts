/** The payload of every button: written signed and versioned, and read back from an untrusted click. */
import { z } from 'zod';
import { WAYS } from '../../core/policy/decision.js';
import { SEVERITIES } from '../../core/incident/types.js';
import { ISSUE_KINDS, ISSUES, HOSTINGS, LANGUAGES, PURCHASE_CHANNELS } from '../../core/terms.js';
import type { CardAction, ClickResult, Signer } from './types.js';
import { UPKEEP_ACTIONS } from '../admin/admin-actions.js';

/** Raised when the meaning of a payload changes; cards of another version are answered as old. */
export const ACTION_VERSION = 1;
const MAX_VALUE_LENGTH = 4_096;

const id = z.string().min(1).max(200);
const bare = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb) });
const ofIncident = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb), incidentId: id });
const ofHandover = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb), handoverId: id });
const topic = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), id }),
  z.strictObject({ kind: z.literal('publisher'), id }),
  z.strictObject({ kind: z.literal('everything') }),
]);

const ownerKey = z.string().min(1).max(240);
const mark = z.string().min(1).max(40);
const about = z.strictObject({ key: ownerKey, way: z.enum(WAYS), mark });
const reportable = z.strictObject({ key: ownerKey, way: z.enum(WAYS), seen: mark });

const actionSchema = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('choose-offer'), offerId: id }),
  z.strictObject({ verb: z.literal('choose-publisher'), publisherId: id }),
  z.strictObject({ verb: z.literal('choose-group'), kind: z.enum(ISSUE_KINDS) }),
  z.strictObject({ verb: z.literal('choose-issue'), issue: z.enum(ISSUES) }),
  z.strictObject({ verb: z.literal('answer-channel'), channel: z.enum(PURCHASE_CHANNELS) }),
  z.strictObject({ verb: z.literal('answer-hosting'), hosting: z.enum(HOSTINGS) }),
  z.strictObject({ verb: z.literal('answer-refund-window'), open: z.boolean() }),
  z.strictObject({ verb: z.literal('change'), what: z.enum(['offer', 'issue']) }),
  z.strictObject({ verb: z.literal('language'), language: z.enum(LANGUAGES) }),
  z.strictObject({
    verb: z.literal('show-answer'),
    offerId: id.optional(),
    issue: z.enum(ISSUES).optional(),
  }),
  ofIncident('outage-acknowledge'),
  ofIncident('outage-note'),
  ofIncident('outage-silence'),
  ofIncident('outage-release'),
  ofIncident('outage-show'),
  ofIncident('outage-report'),
  ofIncident('outage-confirm'),
  ofIncident('outage-dismiss'),
  ofIncident('outage-close'),
  z.strictObject({ verb: z.literal('outage-unsilence'), silenceId: id, incidentId: id }),
  z.strictObject({
    verb: z.literal('outage-subscribe'),
    topic,
    incidentId: id.optional(),
    from: z.enum(SEVERITIES).optional(),
  }),
  z.strictObject({ verb: z.literal('outage-unsubscribe'), topic, incidentId: id.optional() }),
  bare('outage-follow'),
  bare('outage-leave'),
  bare('outage-mute'),
  bare('outage-unmute'),
  bare('outage-awake'),
  z.strictObject({ verb: z.literal('outage-pause'), on: z.boolean() }),
  bare('outage-quiet'),
  bare('outage-create'),
  bare('outage-list'),
  z.strictObject({ verb: z.literal('report-contact'), contacts: z.array(reportable).min(1).max(8) }),
  z.strictObject({ verb: z.literal('reports-show'), about }),
  z.strictObject({ verb: z.literal('reports-right'), about }),
  bare('reports-list'),
  z.strictObject({ verb: z.literal('handover-ask'), notHelped: z.boolean() }),
  z.strictObject({ verb: z.literal('handover-send'), notHelped: z.boolean() }),
  bare('handover-dismiss'),
  ofHandover('handover-end'),
  z.strictObject({ verb: z.literal('handover-turn'), handoverId: id, to: z.enum(['staff', 'bot']) }),
  ofHandover('handover-take'),
  ofHandover('handover-reply'),
  ofHandover('handover-close'),
  ...UPKEEP_ACTIONS,
  bare('offer-none'),
  bare('request-offer'),
  bare('same-offer'),
  bare('other-offer'),
  bare('not-helped'),
  bare('why'),
  bare('help'),
  bare('cancel'),
  bare('restart'),
  bare('back'),
]) satisfies z.ZodType<CardAction>;

const envelopeSchema = z.strictObject({
  v: z.literal(ACTION_VERSION),
  step: z.string().max(120),
  action: actionSchema,
  sig: z.string().min(16).max(128),
});

/** The data a button carries. Everything of ours is under one key, so that no input of a card can overwrite it. */
export interface ActionData {
  readonly offerDesk: {
    readonly v: number;
    readonly step: string;
    readonly action: CardAction;
    readonly sig: string;
  };
}

/** JSON with sorted keys: the same text for the same value, whatever way it travelled. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const signedText = (v: number, step: string, action: CardAction) => canonicalJson({ v, step, action });

/** Signs an action for one dialog step. */
export function encodeAction(
  action: CardAction,
  ctx: { readonly signer: Signer; readonly step: string },
): ActionData {
  const sig = ctx.signer.sign(signedText(ACTION_VERSION, ctx.step, action));
  return { offerDesk: { v: ACTION_VERSION, step: ctx.step, action, sig } };
}

/**
 * Reads the `value` of a click: an Action.Submit's data, or an Action.Execute's `{action: {verb, data}}`.
 * `unknown` is anything that is not a payload of this version; `forged` has the right shape and a wrong signature.
 */
export function decodeAction(value: unknown, signer: Signer): ClickResult {
  const parsed = envelopeSchema.safeParse(envelopeOf(value));
  if (!parsed.success) return { kind: 'unknown' };
  const { v, step, action, sig } = parsed.data;
  if (!signer.verify(signedText(v, step, action), sig)) return { kind: 'forged' };
  return { kind: 'action', action, step };
}

function envelopeOf(value: unknown): unknown {
  const data = fromText(value);
  const own = field(data, 'offerDesk');
  return own ?? field(fromText(field(field(data, 'action'), 'data')), 'offerDesk');
}

/** Some clients hand the value over as JSON text. */
function fromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.length > MAX_VALUE_LENGTH) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function field(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
