/** Amazon Web Services: the SNS envelope, AWS Health events inside it or alone, and CloudWatch alarms. */
import type { OutageEvent, OutageState } from '../../../core/incident/types.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  latest,
  line,
  names,
  rows,
  text,
  word,
  type Fields,
} from './fields.js';
import { AHEAD_MS } from './feed-entry.js';
import { time } from './times.js';
import {
  events,
  noEvent,
  refuse,
  type InnerParser,
  type OutageFormat,
  type ParseContext,
  type ParseResult,
  type SnsEnvelope,
} from './types.js';
import { isAmazonSns } from '../sns.js';

export const aws: OutageFormat = {
  name: 'aws',
  aliases: ['aws-sns', 'sns', 'aws-health', 'amazon'],
  media: 'json',
  detect: (body) => isEnvelope(fields(body)) || isHealth(fields(body)) || isAlarm(fields(body)),
  parse: parseAws,
  monitor: false,
};

/** True for a message of Amazon SNS. */
export function isEnvelope(body: Fields): boolean {
  return 'TopicArn' in body && 'Type' in body;
}

function isHealth(body: Fields): boolean {
  return text(body.source) === 'aws.health' || 'eventTypeCategory' in fields(body.detail);
}

function isAlarm(body: Fields): boolean {
  return 'AlarmName' in body && 'NewStateValue' in body;
}

function parseAws(body: unknown, context: ParseContext, inner: InnerParser): ParseResult {
  const given = fields(body);
  if (isHealth(given)) return health(given, context);
  if (isAlarm(given)) return alarm(given);
  if (!isEnvelope(given)) return refuse('wrong-shape', 'Neither TopicArn nor an AWS Health event is there.');
  const result = enveloped(given, context, inner);
  return result.kind === 'error' ? result : { ...result, envelope: envelopeOf(given) };
}

/** The fields that Amazon signs, in its order. A field that the message does not have is left out. */
const SIGNED = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
const ONLY_CONFIRMATION = new Set(['SubscribeURL', 'Token']);

/** Amazon signs the values as they are, so they are not trimmed here. */
function envelopeOf(given: Fields): SnsEnvelope {
  const isNotification = text(given.Type) === 'Notification';
  const signed = SIGNED.filter((name) =>
    isNotification ? !ONLY_CONFIRMATION.has(name) : name !== 'Subject',
  ).flatMap((name) => {
    const value = given[name];
    return typeof value === 'string' ? [`${name}\n${value}\n`] : [];
  });
  return {
    version: text(given.SignatureVersion),
    signature: text(given.Signature),
    certificateUrl: text(given.SigningCertURL, given.SigningCertUrl),
    signedText: signed.join(''),
  };
}

function enveloped(given: Fields, context: ParseContext, inner: InnerParser): ParseResult {
  switch (text(given.Type)) {
    case 'SubscriptionConfirmation':
      return confirmation(text(given.SubscribeURL));
    case 'Notification':
      return message(given, context, inner);
    default:
      return noEvent('set-aside', 'The message is neither a notification nor a subscription.');
  }
}

/** Opens only Amazon's own addresses. */
function confirmation(address: string): ParseResult {
  if (!isAmazonSns(address)) return refuse('wrong-shape', 'SubscribeURL is not an address of Amazon SNS.');
  return events([], { handshake: { kind: 'visit', url: address } });
}

function message(given: Fields, context: ParseContext, inner: InnerParser): ParseResult {
  const written = text(given.Message);
  let data: unknown;
  try {
    data = JSON.parse(written) as unknown;
  } catch {
    return noEvent('unread', 'The message of the notification is prose: nothing is read from it.');
  }
  const read = fields(data);
  const result = isHealth(read) ? health(read, context) : isAlarm(read) ? alarm(read) : inner(data, context);
  if (result.kind === 'error') return result;
  const id = text(given.MessageId);
  return {
    ...result,
    events: result.events.map((event, n) =>
      id === '' ? event : { ...event, dedupeKey: keyOf(id, n || null) },
    ),
  };
}

/** A Health event through EventBridge: an issue or a planned change. An account notification is neither. */
function health(given: Fields, context: ParseContext): ParseResult {
  const detail = fields(given.detail);
  const category = word(detail.eventTypeCategory);
  if (category !== 'issue' && category !== 'scheduledchange' && category !== 'investigation')
    return noEvent('set-aside', 'A notification about the account is no outage.');
  const sourceId = keyOf(text(detail.eventArn, given.id));
  const code = text(detail.eventTypeCode);
  if (sourceId === '' || code === '')
    return refuse('missing-field', 'detail.eventArn and eventTypeCode must be there.');
  const planned = category === 'scheduledchange';
  const told = detail.eventDescription;
  const descriptions = isFields(told) ? [told] : rows(told);
  const description = descriptions.find((one) => text(one.language).startsWith('en')) ?? descriptions[0];
  const updatedAt = latest(time(detail.lastUpdatedTime), time(given.time));
  const state = healthState(detail, planned, context.now);
  return events([
    eventFrom({
      sourceId,
      title: line(
        `${text(detail.service)}: ${code
          .replace(/^AWS_[A-Z0-9]+_/, '')
          .replaceAll('_', ' ')
          .toLowerCase()}`,
      ),
      state,
      severity: planned ? 'maintenance' : 'major',
      startedAt: time(detail.startTime),
      updatedAt,
      resolvedAt: time(detail.endTime) ?? updatedAt,
      affected: { components: [text(detail.service)], regions: names(detail.eventRegion, given.region) },
      updates: [{ at: updatedAt, state, text: text(fields(description).latestDescription) }],
    }),
  ]);
}

function healthState(detail: Fields, planned: boolean, now = Date.now()): OutageState {
  const status = word(detail.statusCode);
  const end = time(detail.endTime);
  if (!['', 'open', 'upcoming', 'closed'].includes(status)) return 'unknown';
  // An event without a status ends at its end time.
  if (status === 'closed' || (status === '' && end !== null && end <= now))
    return planned ? 'completed' : 'resolved';
  const start = time(detail.startTime);
  if (planned)
    return status === 'upcoming' || (start !== null && start > now + AHEAD_MS)
      ? 'scheduled'
      : 'in-maintenance';
  return 'investigating';
}

function alarm(given: Fields): ParseResult {
  const value = word(given.NewStateValue);
  if (value === 'insufficientdata')
    return noEvent('set-aside', 'The alarm has no data: that tells of no outage.');
  const sourceId = keyOf(text(given.AlarmArn, given.AlarmName));
  const state: OutageState = value === 'ok' ? 'resolved' : value === 'alarm' ? 'investigating' : 'unknown';
  const at = time(text(given.StateChangeTime).replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  const dimensions = rows(fields(given.Trigger).Dimensions).map((one) => text(one.value));
  return events([
    eventFrom({
      sourceId,
      title: line(given.AlarmName),
      state,
      severity: 'major',
      startedAt: state === 'resolved' ? null : at,
      updatedAt: at,
      resolvedAt: at,
      affected: { ...affectedByLabels(labelled(given.AlarmDescription)), components: dimensions },
      updates: [{ at, state, text: text(given.NewStateReason) }],
    }),
  ]) satisfies { readonly events: readonly OutageEvent[] };
}
