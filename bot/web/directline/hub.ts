/**
 * The embedded channel: stores activities, sends them to every open client, and gives the user's activities to the bot.
 */
import { DeskError } from '../../../core/errors.js';
import type { Clock, Log } from '../../../core/ports.js';
import { within } from '../../runtime/timeouts.js';
import type { ClientActivity } from './intake.js';
import type { ActivityPage, ConversationLog, WebAudience, WebConversation, WireActivity } from './log.js';
import { Subscribers, type Subscription } from './subscribers.js';

/** The service URL of activities of this channel; never accepted over HTTP. */
export const LOCAL_SERVICE_URL = 'urn:botframework:local';
const WEB_CHANNEL_ID = 'directline';

/** Facts about an activity that the activity itself does not hold. */
export interface DispatchMeta {
  readonly conversationId: string;
  readonly userId: string;
  readonly audience: WebAudience;
}

/** Gives one activity to the bot; resolves when its turn has ended. */
export type Dispatch = (activity: WireActivity, meta: DispatchMeta) => Promise<void>;

interface HubOptions {
  readonly log: Log;
  readonly conversations: ConversationLog;
  readonly bot: { readonly id: string; readonly name: string };
  readonly now: Clock;
  readonly newId: () => string;
  /** The user's text when the bot could not accept the message at all; `reference` is in the log. */
  readonly apology: (locale: string | undefined, reference: string) => string;
  readonly newReference: () => string;
}

/** A conversation's greeting has one name, so that repeated requests for it make only one turn. */
const greetingId = (conversationId: string): string => `${conversationId}|greeting`;

/** Distinguishes messages by the id that the client gave, if it gave one. */
function clientIdOf(activity: ClientActivity): string | undefined {
  return (activity.channelData as { clientActivityID?: string } | undefined)?.clientActivityID;
}

export class DirectLineHub {
  private readonly subscribers: Subscribers;
  private readonly turns = new Set<Promise<void>>();
  private dispatch: Dispatch = () => Promise.reject(new Error('the channel has no bot yet'));

  constructor(private readonly options: HubOptions) {
    this.subscribers = new Subscribers(
      (id, watermark) => options.conversations.after(id, watermark),
      options.log,
    );
  }

  /** Passes every later activity to the bot. The channel's owner calls this before it registers routes. */
  dispatchTo(dispatch: Dispatch): void {
    this.dispatch = dispatch;
  }

  /**
   * Starts the conversation, or finds it. The first start makes the bot greet once. Throws DeskError
   * `conversation.unknown` for a forgotten conversation.
   */
  async start(wanted: WebConversation, locale: string | undefined): Promise<{ readonly created: boolean }> {
    const result = await this.options.conversations.create(wanted);
    if (!result.created && (await this.isForgotten(wanted.id)))
      throw new DeskError('conversation.unknown', 'the conversation was deleted');
    if (await this.options.conversations.claimGreeting(wanted.id)) this.greet(wanted, locale);
    return result;
  }

  /** Opens a conversation that the bot begins. It has no greeting. */
  async open(conversation: WebConversation): Promise<void> {
    await this.options.conversations.create(conversation);
    await this.options.conversations.claimGreeting(conversation.id);
  }

  get(conversationId: string): Promise<WebConversation | undefined> {
    return this.options.conversations.get(conversationId);
  }

  after(conversationId: string, watermark: number): Promise<ActivityPage> {
    return this.options.conversations.after(conversationId, watermark);
  }

  /**
   * Passes all activities after the watermark to `send`, then every new activity. Returns a function that stops this.
   */
  subscribe(conversationId: string, subscription: Subscription): () => void {
    return this.subscribers.add(conversationId, subscription);
  }

  /** Deletes the conversation permanently and closes every open connection to it. */
  async forget(conversationId: string): Promise<void> {
    await this.options.conversations.delete(conversationId);
    this.subscribers.end(conversationId);
  }

  isForgotten(conversationId: string): Promise<boolean> {
    return this.options.conversations.isForgotten(conversationId);
  }

  /**
   * Waits for the running turns, but not longer than the limit, so that a stopping server does not interrupt an answer.
   */
  async drain(patienceMs: number): Promise<void> {
    await within(patienceMs, Promise.all(this.turns), () => undefined);
  }

  /** Looks for activities that other processes wrote. Needed only when several processes share one store. */
  refresh(): void {
    this.subscribers.refresh();
  }

  /**
   * Stores the user's activity, echoes it to every client and gives it to the bot. Returns its id. If a client repeats
   * the activity because the answer was lost, it gets the first id, and nothing else happens.
   */
  async fromUser(conversation: WebConversation, activity: ClientActivity): Promise<string> {
    // Typing is not a message: it is not stored and makes no turn.
    if (activity.type === 'typing') return this.options.newId();
    const from = { id: conversation.userId, role: 'user' };
    const addressed = { ...activity, ...this.address(conversation.id), from };
    const { kept, first } = await this.appendOnce(conversation.id, clientIdOf(activity), addressed);
    if (first) this.toBot(conversation, kept);
    return kept.id ?? '';
  }

  /** Stores the bot's activity and shows it. Returns its id. Throws DeskError `conversation.unknown`. */
  async fromBot(conversationId: string, activity: WireActivity): Promise<string> {
    const outgoing = this.outgoing(conversationId, activity);
    if (outgoing.type !== 'typing') return (await this.append(conversationId, outgoing)).id ?? '';
    const id = this.options.newId();
    const timestamp = new Date(this.options.now()).toISOString();
    this.subscribers.show(conversationId, { ...outgoing, id, timestamp });
    return id;
  }

  /**
   * Replaces an activity in place. Clients that show the activity redraw it. Throws DeskError `conversation.unknown`.
   */
  async update(conversationId: string, activityId: string, activity: WireActivity): Promise<void> {
    const outgoing = this.outgoing(conversationId, activity);
    const kept = await this.options.conversations.update(conversationId, activityId, outgoing);
    if (!kept) throw new DeskError('conversation.unknown', 'no such activity to update');
    this.subscribers.changed(conversationId);
  }

  /** Removes an activity. Clients cannot delete, so an event, which they do not draw, replaces it. */
  remove(conversationId: string, activityId: string): Promise<void> {
    return this.update(conversationId, activityId, { type: 'event', name: 'deleted' });
  }

  /** Greets when a process died before its greeting. Never repeats a finished greeting. */
  greetAgain(conversation: WebConversation): void {
    this.greet(conversation, undefined);
  }

  /** Gives the bot a stored activity that probably had no turn. */
  dispatchAgain(conversation: WebConversation, kept: WireActivity): void {
    this.toBot(conversation, kept);
  }

  private async appendOnce(conversationId: string, clientId: string | undefined, activity: WireActivity) {
    if (clientId === undefined) return { kept: await this.append(conversationId, activity), first: true };
    const { conversations, now } = this.options;
    const done = await conversations.appendOnce(conversationId, clientId, activity, now());
    if (!done) throw new DeskError('conversation.unknown', 'no such conversation');
    if (done.first) this.subscribers.changed(conversationId);
    return done;
  }

  private async append(conversationId: string, activity: WireActivity): Promise<WireActivity> {
    const kept = await this.options.conversations.append(conversationId, activity, this.options.now());
    if (!kept) throw new DeskError('conversation.unknown', 'no such conversation');
    this.subscribers.changed(conversationId);
    return kept;
  }

  private address(conversationId: string): Record<string, unknown> {
    return { channelId: WEB_CHANNEL_ID, conversation: { id: conversationId } };
  }

  private outgoing(conversationId: string, activity: WireActivity): WireActivity {
    const { serviceUrl: _url, callerId: _caller, ...shown } = activity;
    const from = { ...this.options.bot, role: 'bot' };
    return { ...shown, type: activity.type, ...this.address(conversationId), from };
  }

  private greet(conversation: WebConversation, locale: string | undefined): void {
    const user = { id: conversation.userId };
    this.toBot(conversation, {
      type: 'conversationUpdate',
      id: greetingId(conversation.id),
      timestamp: new Date(this.options.now()).toISOString(),
      ...(locale !== undefined && { locale }),
      ...this.address(conversation.id),
      from: { ...user, role: 'user' },
      membersAdded: [this.options.bot, user],
    });
  }

  /** Runs after the answer to the client: the turn's replies arrive through the stream. */
  private toBot(conversation: WebConversation, activity: WireActivity): void {
    const { id: conversationId, userId, audience } = conversation;
    const addressed = {
      ...activity,
      serviceUrl: LOCAL_SERVICE_URL,
      recipient: { ...this.options.bot, role: 'bot' },
    };
    const turn = this.dispatch(addressed, { conversationId, userId, audience })
      .catch((error: unknown) => this.apologise(conversationId, activity, error))
      .finally(() => this.turns.delete(turn));
    this.turns.add(turn);
  }

  private async apologise(conversationId: string, activity: WireActivity, error: unknown): Promise<void> {
    const reference = this.options.newReference();
    this.options.log.error('directline.turn-failed', { reference, type: activity.type, error });
    const locale = typeof activity.locale === 'string' ? activity.locale : undefined;
    const text = this.options.apology(locale, reference);
    await this.fromBot(conversationId, { type: 'message', text }).catch((second: unknown) =>
      this.options.log.error('directline.apology-failed', { reference, error: second }),
    );
  }
}
