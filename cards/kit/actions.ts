/** The payload of every button: written with a signature and a version, and read back from an untrusted click. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { actionSchema, type CardAction } from './action-table.js';
import type { ClickResult, Signer, RenderContext } from './types.js';
import type { Element } from './elements.js';

/** Raised when the meaning of a payload changes. The bot answers cards of another version as old cards. */
const ACTION_VERSION = 1;
const MAX_VALUE_LENGTH = 4_096;

const envelopeSchema = z.strictObject({
  v: z.literal(ACTION_VERSION),
  step: z.string().max(120),
  action: actionSchema,
  sig: z.string().min(16).max(128),
});

/** The data of a button. All our data is under one key, so that no input of a card can overwrite it. */
export interface ActionData {
  readonly offerDesk: {
    readonly v: number;
    readonly step: string;
    readonly action: CardAction;
    readonly sig: string;
  };
}

/** JSON with sorted keys: the same text for the same value, also after a client has reordered the keys. */
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

/** A signer with one key, and older keys that are still accepted while the operator changes the key. */
export function hmacSigner(
  key: string | Uint8Array,
  olderKeys: readonly (string | Uint8Array)[] = [],
): Signer {
  const signWith = (secret: string | Uint8Array, text: string) =>
    createHmac('sha256', secret).update(text, 'utf8').digest('base64url');
  return {
    sign: (text) => signWith(key, text),
    verify: (text, signature) =>
      [key, ...olderKeys].some((secret) => equal(signWith(secret, text), signature)),
  };
}

function equal(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Teams refreshes a card for at most this many people by itself. */
export const MAX_REFRESHED = 60;

/** Ids of Teams people; anything else makes Teams refuse the whole card. */
const TEAMS_PERSON = /^(?:29:|8:orgid:)\S{1,200}$/;

/** The card with a refresh for these people; everybody else sees it as it is, and may still click. */
export function refreshedFor(
  card: Element,
  action: CardAction,
  userIds: readonly string[],
  ctx: RenderContext,
): Element {
  const people = [...new Set(userIds)].filter((id) => TEAMS_PERSON.test(id)).slice(0, MAX_REFRESHED);
  if (people.length === 0) return card;
  const { verb } = action;
  return {
    ...card,
    refresh: { action: { type: 'Action.Execute', verb, data: encodeAction(action, ctx) }, userIds: people },
  };
}
