/** Parses a request to `/api/messages` into an activity, before other code reads it. */
import type { Activity } from 'botbuilder';
import { z } from 'zod';

const id = z.string().min(1).max(2048);
const account = z.looseObject({ id: z.string().max(2048).optional(), name: z.string().max(2048).nullish() });

/** Only the fields that the product and the SDK use; channels add more fields. */
export const Incoming = z.looseObject({
  type: z.string().min(1).max(100),
  id: z.string().max(2048).optional(),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().max(2048),
  conversation: z.looseObject({ id, tenantId: z.string().max(100).nullish() }),
  from: account,
  recipient: account,
  text: z.string().nullish(),
  locale: z.string().max(100).nullish(),
  name: z.string().max(500).nullish(),
  entities: z.array(z.unknown()).max(5_000).nullish(),
  attachments: z
    .array(z.looseObject({ contentType: z.string().max(500).nullish() }).nullable())
    .max(500)
    .nullish(),
  membersAdded: z.array(account).max(10_000).nullish(),
  membersRemoved: z.array(account).max(10_000).nullish(),
  channelData: z.looseObject({}).nullish(),
});

const TIMES = ['timestamp', 'localTimestamp', 'expiration'] as const;

/** An activity whose shape was checked. */
export type Accepted = Activity;

export type Parsed =
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'bad'; readonly where: string };

/** Returns the activity with its times as dates, as the SDK expects, or the field that is wrong. */
export function parseIncoming(body: unknown): Parsed {
  const parsed = Incoming.safeParse(withConversation(body));
  if (!parsed.success) return { kind: 'bad', where: parsed.error.issues[0]?.path.join('.') ?? 'body' };
  const activity: Record<string, unknown> = withoutNulls(parsed.data);
  for (const key of TIMES) activity[key] = dateOf(activity[key]);
  return { kind: 'activity', activity: activity as unknown as Activity };
}

const OUTSIDE = { conversation: { id: 'compose', conversationType: 'personal' }, from: {}, recipient: {} };

/**
 * The compose box of the command bar belongs to no conversation, and a link preview may have no known user. The SDK
 * needs both, so this function adds placeholders.
 */
function withConversation(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { type, name, ...rest } = body as Record<string, unknown>;
  const isOutside = type === 'invoke' && typeof name === 'string' && name.startsWith('composeExtension/');
  return isOutside ? { ...OUTSIDE, type, name, ...withoutNulls(rest) } : body;
}

/** The SDK treats "absent" and "null" differently in some places; absent is always safe. */
function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
