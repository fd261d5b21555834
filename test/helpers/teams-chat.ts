/** A Teams conversation over the real route: people write, click as each kind of client does, and read the replies. */
import type { Desk, Reply } from './desk.js';
import { deliver, teamsActivity, type FakeConnector, type Sent } from './fake-connector.js';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
}
export const ADA: Person = { id: '29:ada', name: 'Ada', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' };
export const BEN: Person = { id: '29:ben', name: 'Ben', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000002' };

/** The bot's Teams id in these tests: the form that deep links need. */
export const BOT_ID = '28:00000000-0000-4000-8000-000000000001';

export interface Button {
  readonly type: string;
  readonly title: string;
  readonly verb?: string;
  readonly data: unknown;
}

/** A message of the bot with the id the channel gave it. */
export interface BotMessage extends Reply {
  readonly sentId: string;
}

export class TeamsChat {
  private read = 0;

  constructor(
    private readonly desk: Desk,
    private readonly connector: FakeConnector,
    readonly conversation: {
      readonly id: string;
      readonly conversationType: string;
      readonly isGroup?: boolean;
    },
    private readonly over: Record<string, unknown> = {},
    /** A channel's token, when the desk has a registration. */
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {
    this.read = connector.sent.length;
  }

  /** Delivers an activity of this conversation. Returns the HTTP answer. */
  deliver(over: Record<string, unknown>): Promise<{ status: number; body: unknown }> {
    return deliver(this.desk.url, this.activity(over), this.headers);
  }

  activity(over: Record<string, unknown>): Record<string, unknown> {
    const conversation = { ...this.conversation, tenantId: 'aaaaaaaa-0000-0000-0000-000000000001' };
    const recipient = { id: BOT_ID, name: 'Offer Desk' };
    return teamsActivity(this.connector, { conversation, recipient, from: ADA, ...this.over, ...over });
  }

  /** Writes text, with a mention when the conversation needs a mention, and returns the bot's messages. */
  async say(text: string, from: Person = ADA): Promise<readonly BotMessage[]> {
    const mention = {
      type: 'mention',
      text: '<at>Offer Desk</at>',
      mentioned: { id: BOT_ID, name: 'Offer Desk' },
    };
    const shared = this.conversation.conversationType !== 'personal';
    const words = shared ? { text: `<at>Offer Desk</at> ${text}`, entities: [mention] } : { text };
    await this.deliver({ from, ...words });
    return this.news();
  }

  /** Clicks as a client with Universal Actions does. */
  execute(card: BotMessage, button: Button, from: Person = ADA, over: Record<string, unknown> = {}) {
    const value = {
      action: { type: 'Action.Execute', verb: button.verb, data: button.data },
      trigger: 'manual',
    };
    return this.deliver({
      type: 'invoke',
      name: 'adaptiveCard/action',
      value,
      replyToId: card.sentId,
      from,
      ...over,
    });
  }

  /** Clicks as an older client does: a message with a value. */
  submit(card: BotMessage, button: Button, from: Person = ADA) {
    return this.deliver({ value: button.data, replyToId: card.sentId, from });
  }

  /** Messages since the last look. */
  news(): readonly BotMessage[] {
    return this.sent()
      .filter((one) => one.method === 'POST' && one.activity.type === 'message')
      .map((one) => ({ ...(one.activity as unknown as Reply), sentId: one.id }));
  }

  /** Everything sent since the last look, updates and typing too. */
  sent(): readonly (Sent & { readonly id: string })[] {
    const own = encodeURIComponent(this.conversation.id).toLowerCase();
    const from = this.read;
    this.read = this.connector.sent.length;
    return this.connector.sent
      .slice(from)
      .map((one, at) => ({ ...one, id: `sent-${from + at + 1}` }))
      .filter((one) => encodeURIComponent(decodeURIComponent(one.path)).toLowerCase().includes(own));
  }
}

/** Every stateful button of a card: Execute with its fallback's data, or Submit. */
export function clicksOf(card: unknown): readonly Button[] {
  const found: Button[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const one = node as Record<string, unknown>;
    if (one.type === 'Action.Execute' || one.type === 'Action.Submit') {
      found.push(one as unknown as Button);
      return;
    }
    Object.values(one).forEach(walk);
  };
  walk(card);
  return found;
}

/** The button with this verb. @throws Error that names the buttons of the card. */
export function clickOf(card: unknown, verb: string): Button {
  const all = clicksOf(card);
  const found = all.find((one) => one.verb === verb);
  if (!found) throw new Error(`no ${verb} among ${all.map((one) => one.verb).join(', ')}`);
  return found;
}
