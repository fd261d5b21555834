/**
 * Checks an activity of a web client and keeps only the fields that a client may set. Drops or refuses all other
 * fields.
 */
import { DeskError } from '../../../core/errors.js';
import type { WireActivity } from './log.js';

/** The maximum size of one message's text, in bytes of UTF-8. */
const MAX_TEXT_BYTES = 40_960;
/** The maximum size of `value` (a card's answer, an event's payload), in bytes of JSON. */
const MAX_VALUE_BYTES = 16_384;
const MAX_NAME = 64;
const MAX_ID = 200;
const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;
/** The shape of an IANA time zone's name. The code that uses it checks that the zone exists. */
const ZONE = /^[A-Za-z][\w+-]*(\/[A-Za-z][\w+-]*){0,2}$/;
/** The activities a client may send. */
export const CLIENT_ACTIVITY_TYPES = ['message', 'event', 'typing'] as const;
type ClientActivityType = (typeof CLIENT_ACTIVITY_TYPES)[number];

/** The fields that remain of a client's activity. */
export interface ClientActivity extends WireActivity {
  readonly type: ClientActivityType;
}

type Json = Readonly<Record<string, unknown>>;

function malformed(what: string): DeskError {
  return new DeskError('request.malformed', what);
}

function typeOf(body: Json): ClientActivityType {
  const type = CLIENT_ACTIVITY_TYPES.find((known) => known === body.type);
  if (!type) throw malformed('the activity type is not one a client may send');
  return type;
}

function textOf(body: Json): string | undefined {
  if (body.text === undefined || body.text === null) return undefined;
  if (typeof body.text !== 'string') throw malformed('text is not a string');
  if (Buffer.byteLength(body.text) > MAX_TEXT_BYTES)
    throw new DeskError('request.too-large', `text has more than ${String(MAX_TEXT_BYTES)} bytes`);
  return body.text;
}

function valueOf(body: Json): unknown {
  if (body.value === undefined) return undefined;
  const size = Buffer.byteLength(JSON.stringify(body.value));
  if (size > MAX_VALUE_BYTES)
    throw new DeskError('request.too-large', `value has more than ${String(MAX_VALUE_BYTES)} bytes`);
  return body.value;
}

function short(value: unknown, limit: number): string | undefined {
  return typeof value === 'string' && value.length <= limit ? value : undefined;
}

/** Lets the bot tell opening hours in the visitor's time zone. */
function zoneOf(body: Json): string | undefined {
  const zone = short(body.localTimezone, MAX_NAME);
  return zone !== undefined && ZONE.test(zone) ? zone : undefined;
}

/** Of channelData, keeps only the fields with which the stock client recognises its own message. */
function channelDataOf(body: Json): Json {
  const data = body.channelData;
  if (typeof data !== 'object' || data === null) return {};
  const { clientActivityID, postBack } = data as Json;
  const id = short(clientActivityID, MAX_ID);
  return { ...(id !== undefined && { clientActivityID: id }), ...(postBack === true && { postBack }) };
}

function refuseFiles(body: Json): void {
  if (body.attachments === undefined || body.attachments === null) return;
  if (Array.isArray(body.attachments) && body.attachments.length === 0) return;
  throw new DeskError('upload.refused', 'attachments are not accepted');
}

function withoutUndefined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/**
 * The activity of a client, rebuilt field by field. The client never sets sender, recipient, conversation, service URL,
 * tenant and entities. Throws DeskError `request.malformed`, `request.too-large`, `upload.refused`.
 */
export function clientActivity(body: Json): ClientActivity {
  const type = typeOf(body);
  refuseFiles(body);
  const locale = short(body.locale, 35);
  return withoutUndefined({
    type,
    text: textOf(body),
    textFormat: type === 'message' ? 'plain' : undefined,
    value: valueOf(body),
    name: type === 'event' ? short(body.name, MAX_NAME) : undefined,
    replyToId: short(body.replyToId, MAX_ID),
    localTimezone: zoneOf(body),
    locale: locale !== undefined && LANGUAGE_TAG.test(locale) ? locale : undefined,
    channelData: channelDataOf(body),
  });
}

/** The language tag that a client gave for its conversation, or undefined. */
export function languageTag(value: unknown): string | undefined {
  const tag = short(value, 35);
  return tag !== undefined && LANGUAGE_TAG.test(tag) ? tag : undefined;
}
