/** Every button of the product: its data, the part of the conversation that answers, and the behaviour of its card. */
import { z } from 'zod';
import { DESK_NAMES } from '../../core/directory/profile-parts.js';
import { PLAIN_PARTS } from '../../core/directory/profile-plain-parts.js';
import { SEVERITIES } from '../../core/incident/types.js';
import { WAYS } from '../../core/policy/decision.js';
import {
  CONTACT_KINDS,
  AGREEMENTS,
  HOSTINGS,
  ISSUE_KINDS,
  ISSUES,
  LANGUAGES,
  PARTIES,
  PURCHASE_CHANNELS,
} from '../../core/terms.js';

/** The part of the conversation that answers a button. */
type Family = 'question' | 'outage' | 'report' | 'case' | 'handover' | 'insights' | 'admin';

interface Traits {
  /** True: the button means the same at any time, so that the button of an old card still works. */
  readonly timeless: boolean;
  /** True: the card that carries the button stays as it is after a click. */
  readonly keepsCard: boolean;
  /** True: the bot goes on with its question afterwards, so that the bot reads the next text. */
  readonly continues: boolean;
}

interface Row<F extends Family, S extends z.ZodRawShape> extends Traits {
  /** The data of the button beside its verb. */
  readonly schema: z.ZodObject<S, z.core.$strict>;
  readonly family: F;
}

/**
 * A button of the question: belongs to one step, uses up its card and continues the question, unless its row differs.
 */
function question<S extends z.ZodRawShape>(fields: S, traits: Partial<Traits> = {}): Row<'question', S> {
  const usual = { timeless: false, keepsCard: false, continues: true };
  return { schema: z.strictObject(fields), family: 'question', ...usual, ...traits };
}

/** A button beside the question: it works at any time and does not touch the question. */
function aside<F extends Family, S extends z.ZodRawShape>(family: F, fields: S): Row<F, S> {
  return { schema: z.strictObject(fields), family, timeless: true, keepsCard: true, continues: false };
}

const id = z.string().min(1).max(200);
const mark = z.string().min(1).max(40);
const ownerKey = z.string().min(1).max(240);
/** `offer:<id>` or `publisher:<id>`. */
const adminKey = ownerKey.regex(/^(offer|publisher):./s);
const version = z.number().int().min(0);
/** A button of a digest carries the ids of at most this many outages. */
export const DIGEST_REST = 40;
/** The periods of insights to choose from, in days. */
export const INSIGHT_WINDOWS = [7, 30, 90] as const;
const place = version.max(10_000).optional();
const placeInList = version.max(100);
const about = z.strictObject({ key: ownerKey, way: z.enum(WAYS), mark });

const topic = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offer'), id }),
  z.strictObject({ kind: z.literal('publisher'), id }),
  z.strictObject({ kind: z.literal('everything') }),
]);

const step = z.strictObject({ party: z.enum(PARTIES), way: z.enum(WAYS) });

const reportable = z.strictObject({ key: ownerKey, way: z.enum(WAYS), seen: mark });

const profilePart = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy') }),
  z.strictObject({ kind: z.enum(PLAIN_PARTS) }),
  z.strictObject({ kind: z.literal('desk'), desk: z.enum(DESK_NAMES) }),
  z.strictObject({ kind: z.literal('override'), id }),
]);

const says = { keepsCard: true, continues: false };
const ofIncident = () => aside('outage', { incidentId: id });
const ofCase = () => aside('case', { caseId: id });
const ofHandover = () => aside('handover', { handoverId: id });
const ofContact = () => aside('admin', { key: adminKey, kind: z.enum(CONTACT_KINDS), mark });

/** One row for each button. The types of actions, their schema and every decision about a verb come from this table. */
const TABLE = {
  'choose-offer': question({ offerId: id }),
  'choose-publisher': question({ publisherId: id }),
  /** The place of a customer, or of a subscription of the customer, in the list that the question keeps. */
  'choose-customer': question({ place: placeInList }),
  'choose-subscription': question({ place: placeInList }),
  'offer-none': question({}),
  'request-offer': question({}),
  'choose-group': question({ kind: z.enum(ISSUE_KINDS) }),
  'choose-issue': question({ issue: z.enum(ISSUES) }),
  /** A whole question at once: about an offer, or about no offer. How it was bought counts as usual. */
  'ask-about': question({ issue: z.enum(ISSUES), offerId: id.optional() }),
  'answer-channel': question({ channel: z.enum([...PURCHASE_CHANNELS, 'unknown']) }),
  'answer-agreement': question({ agreement: z.enum([...AGREEMENTS, 'unknown']) }),
  'answer-hosting': question({ hosting: z.enum(HOSTINGS) }),
  'answer-refund-window': question({ open: z.boolean() }),
  /** An ISO code, or `unknown`. */
  'answer-country': question({ country: z.string().regex(/^([A-Z]{2}|unknown)$/) }),
  change: question({ what: z.enum(['offer', 'issue', 'channel', 'country']) }),
  'same-offer': question({}),
  'other-offer': question({}, { timeless: true }),
  'not-helped': question({}),
  back: question({}),
  restart: question({}, { timeless: true }),
  cancel: question({}, { continues: false }),
  why: question({}, says),
  help: question({}, { timeless: true, ...says }),
  /** Without a language: shows the languages to choose from. */
  language: question({ language: z.enum(LANGUAGES).optional() }, { timeless: true, ...says }),
  /** Shows who handles an issue, or each issue of an offer, to the person who clicks. Everybody who sees the card may click. */
  'show-answer': question(
    { offerId: id.optional(), issue: z.enum(ISSUES).optional() },
    { timeless: true, ...says },
  ),

  'outage-acknowledge': ofIncident(),
  'outage-note': ofIncident(),
  'outage-silence': ofIncident(),
  'outage-release': ofIncident(),
  'outage-show': ofIncident(),
  'outage-report': ofIncident(),
  'outage-confirm': ofIncident(),
  'outage-dismiss': ofIncident(),
  'outage-close': ofIncident(),
  'outage-join': ofIncident(),
  /** The incident that was joined into another one. */
  'outage-split': ofIncident(),
  'outage-unsilence': aside('outage', { silenceId: id, incidentId: id }),
  /** With the incident of the card, which the new card then replaces; `from`: the mildest severity to follow. */
  'outage-subscribe': aside('outage', {
    topic,
    incidentId: id.optional(),
    from: z.enum(SEVERITIES).optional(),
  }),
  'outage-unsubscribe': aside('outage', { topic, incidentId: id.optional() }),
  'outage-follow': aside('outage', {}),
  'outage-leave': aside('outage', {}),
  'outage-mute': aside('outage', {}),
  'outage-unmute': aside('outage', {}),
  'outage-awake': aside('outage', {}),
  'outage-pause': aside('outage', { on: z.boolean() }),
  'outage-quiet': aside('outage', {}),
  'outage-create': aside('outage', {}),
  /** The incidents of a digest that its earlier pages do not show. */
  'outage-digest': aside('outage', { incidentIds: z.array(id).min(1).max(DIGEST_REST).readonly() }),
  'outage-weekly': aside('outage', { on: z.boolean() }),
  /** How many open outages, followed topics and silences the earlier pages of the menu show. */
  'outage-list': aside('outage', { from: place, follows: place, silences: place }),

  'report-contact': aside('report', { contacts: z.array(reportable).min(1).max(8).readonly() }),
  'reports-list': aside('report', {}),
  'reports-show': aside('report', { about }),
  'reports-right': aside('report', { about }),

  'insights-show': aside('insights', { days: z.literal(INSIGHT_WINDOWS) }),
  'insights-weekly': aside('insights', { on: z.boolean() }),
  /** From an answer: the stops that have a contact, in the order of the path. */
  'case-open': aside('case', {
    issue: z.enum(ISSUES),
    offerId: id.optional(),
    steps: z.array(step).min(1).max(8).readonly(),
  }),
  'case-show': ofCase(),
  'case-answered': ofCase(),
  'case-not-yet': ofCase(),
  'case-escalate': ofCase(),
  'case-wrong': ofCase(),
  'case-save': ofCase(),
  'case-give': ofCase(),
  'case-close': ofCase(),
  'case-list': aside('case', {}),
  'case-team': aside('case', {}),

  // The visitor's.
  'handover-ask': aside('handover', { notHelped: z.boolean() }),
  'handover-send': aside('handover', { notHelped: z.boolean() }),
  'handover-dismiss': aside('handover', {}),
  'handover-end': ofHandover(),
  'handover-turn': aside('handover', { handoverId: id, to: z.enum(['staff', 'bot']) }),
  // The staff's.
  'handover-take': ofHandover(),
  'handover-reply': ofHandover(),
  'handover-close': ofHandover(),

  // Administration. A mark shows whether the data has changed since the administrator saw it. The verbs keep the former
  // name `upkeep-`, because cards in old messages carry them in their signed payloads.
  'upkeep-menu': aside('admin', {}),
  'upkeep-find': aside('admin', {}),
  'upkeep-doctor': aside('admin', {}),
  'upkeep-review': aside('admin', {}),
  /** `lesson`: the id of a lesson; `to`: an issue or an offer id. */
  'upkeep-try': aside('admin', { lesson: id, to: id }),
  'upkeep-learn': aside('admin', { lesson: id, to: id }),
  'upkeep-learned': aside('admin', {}),
  'upkeep-unlearn': aside('admin', { id }),
  'upkeep-open': aside('admin', { key: adminKey }),
  'upkeep-form': aside('admin', { key: adminKey, kind: z.enum(CONTACT_KINDS) }),
  'upkeep-save': ofContact(),
  'upkeep-verify': ofContact(),
  'upkeep-dead': ofContact(),
  'upkeep-own': aside('admin', { key: adminKey }),
  'upkeep-own-save': aside('admin', { key: adminKey, mark }),
  'upkeep-alias': aside('admin', { key: adminKey }),
  'upkeep-history': aside('admin', { key: adminKey }),
  'upkeep-undo': aside('admin', { key: adminKey }),
  'upkeep-undo-yes': aside('admin', { key: adminKey, version }),
  'set-up-menu': aside('admin', {}),
  'set-up-form': aside('admin', {}),
  'set-up-create': aside('admin', {}),
  'upkeep-profile': aside('admin', {}),
  'upkeep-part': aside('admin', { part: profilePart }),
  'upkeep-part-save': aside('admin', { part: profilePart, mark }),
  'upkeep-part-clear': aside('admin', { part: profilePart, mark }),
  'upkeep-override': aside('admin', {}),
  'upkeep-profile-history': aside('admin', {}),
  'upkeep-profile-undo': aside('admin', {}),
  'upkeep-profile-undo-yes': aside('admin', { version }),
} as const;

type Table = typeof TABLE;
type Verb = keyof Table;
type Flat<T> = { readonly [K in keyof T]: T[K] };
/** The inferred type of a schema without fields would forbid the verb. */
type Carried<S extends z.ZodObject> = keyof S['shape'] extends never ? unknown : z.infer<S>;
type Action<V extends Verb> = Flat<{ verb: V } & Carried<Table[V]['schema']>>;
type VerbOf<F extends Family> = { [V in Verb]: Table[V]['family'] extends F ? V : never }[Verb];

/** Every button of the product. */
export type CardAction = { [V in Verb]: Action<V> }[Verb];
/** Every button of one family. */
type ActionOf<F extends Family> = Extract<CardAction, { readonly verb: VerbOf<F> }>;
export type OutageAction = ActionOf<'outage'>;
export type ReportAction = ActionOf<'report'>;
export type CaseAction = ActionOf<'case'>;
export type HandoverAction = ActionOf<'handover'>;
export type InsightAction = ActionOf<'insights'>;
export type AdminAction = ActionOf<'admin'>;

/** The topics to which a recipient can subscribe. */
export type OutageTopic = Flat<z.infer<typeof topic>>;
/** A contact as the card with the button showed it: `seen` tells only whether the contact has changed since. */
export type ReportableContact = Flat<z.infer<typeof reportable>>;

const schemas = Object.entries(TABLE).map(([verb, { schema }]) =>
  z.strictObject({ verb: z.literal(verb), ...schema.shape }),
);

/** Reads a button's action. The cast is safe: each schema is built from the row that its type is inferred from. */
export const actionSchema = z.discriminatedUnion(
  'verb',
  schemas as [(typeof schemas)[number]],
) as unknown as z.ZodType<CardAction>;

/** True when the button belongs to the family. */
export function isActionOf<F extends Family>(action: CardAction, family: F): action is ActionOf<F> {
  return TABLE[action.verb].family === family;
}

/** How the button and its card behave. */
export function traitsOf({ verb }: CardAction): Traits {
  return TABLE[verb];
}
