/** A visitor of the partner's page and a member of staff in a Teams channel, over the real routes with signed tokens. */
import type { AppSettings } from '../../bot/app/context.js';
import { startDesk, textOf, type Desk, type Reply } from './desk.js';
import { call } from './direct-line.js';
import { startConnector, teamsActivity, type FakeConnector, type Sent } from './fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from './key-server.js';
import { ADA, BOT_ID, type Person } from './teams-chat.js';
import { PATIENCE_MS } from './patience.js';

export const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
export const CHANNEL = '19:customers@thread.tacv2';
export const GUEST: Person & { readonly userRole: string } = {
  id: '29:guest',
  name: 'Gus Guest',
  aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000009',
  userRole: 'guest',
};

const MENTION = {
  type: 'mention',
  text: '<at>Offer Desk</at>',
  mentioned: { id: BOT_ID, name: 'Offer Desk' },
};

/** One request of the bot, with the id the channel gave it. */
export interface Posted extends Sent {
  readonly id: string;
}

/** A desk with a registration, its channel, and a clock that can be set forward. */
export class HandoverFixture {
  private aheadMs = 0;
  private constructor(
    readonly desk: Desk,
    readonly connector: FakeConnector,
    private readonly keys: KeyServer,
    private readonly clock: { now: () => number },
  ) {}

  static async open(
    env: Record<string, string> = {},
    over: Partial<AppSettings> = {},
  ): Promise<HandoverFixture> {
    const [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    const clock = { now: Date.now };
    const settings = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: TENANT,
      OFFER_DESK_ADMINS: ADA.aadObjectId,
      ...env,
    };
    const desk = await startDesk(settings, { sdk: keys.sdk(connector.url), now: () => clock.now(), ...over });
    return new HandoverFixture(desk, connector, keys, clock);
  }

  /** Moves the desk's clock forward by this time. */
  pass(ms: number): void {
    this.aheadMs += ms;
    const ahead = this.aheadMs;
    this.clock.now = () => Date.now() + ahead;
  }

  now(): number {
    return this.clock.now();
  }

  /** Delivers an activity to `/api/messages` with a channel's token. Returns the HTTP answer. */
  async deliver(over: Record<string, unknown>): Promise<{ status: number; body: unknown }> {
    const activity = teamsActivity(this.connector, {
      serviceUrl: SERVICE_URL,
      recipient: { id: BOT_ID, name: 'Offer Desk' },
      ...over,
    });
    const soon = Math.floor((Date.now() + this.aheadMs) / 1000) + 3_600;
    const token = this.keys.token({ exp: soon });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const request = { method: 'POST', headers, body: JSON.stringify(activity) };
    const url = `${this.desk.url}/api/messages`;
    const answer = await fetch(url, request).catch(() => fetch(url, request));
    const text = await answer.text();
    return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : undefined };
  }

  /** A person writes in the channel with a mention: a new post, or a reply in a thread. */
  write(text: string, from: Person = ADA, thread?: string, over: Record<string, unknown> = {}) {
    return this.deliver({
      ...inChannel(thread),
      from,
      text: `<at>Offer Desk</at> ${text}`,
      entities: [MENTION],
      ...over,
    });
  }

  /** A person presses a button of the card, as a client with Universal Actions does. */
  press(card: Posted, verb: string, fields: Record<string, string> = {}, from: Person = ADA) {
    const button = verbsOf(card.activity).find((one) => one.verb === verb);
    if (!button) throw new Error(`no ${verb} on the card`);
    const action = { type: 'Action.Execute', verb, data: { ...(button.data as object), ...fields } };
    const value = { action, trigger: 'manual' };
    const click = { type: 'invoke', name: 'adaptiveCard/action', value, replyToId: card.id };
    return this.deliver({ ...inChannel(card.id), ...click, from });
  }

  /** Requests of the bot to the channel and its threads, oldest first. */
  posted(): readonly Posted[] {
    return this.connector.sent
      .map((one, at) => ({ ...one, id: `sent-${at + 1}` }))
      .filter((one) => decodeURIComponent(one.path).includes(CHANNEL));
  }

  /** Waits for a request that passes the check, and returns the newest such request. */
  async sees(what: (one: Posted) => boolean, since = 0): Promise<Posted> {
    return until(
      () => this.posted().slice(since).findLast(what),
      () => this.posted().slice(since),
    );
  }

  /** Waits for the card of a request for a person. */
  card(since = 0): Promise<Posted> {
    return this.sees((one) => isNewThread(one) && saysIn(one, 'A customer asks for a person'), since);
  }

  /** Words posted in the thread of a card, oldest first. */
  thread(card: Posted): readonly string[] {
    return this.posted()
      .filter((one) => one.method === 'POST' && decodeURIComponent(one.path).includes(`messageid=${card.id}`))
      .flatMap((one) => (typeof one.activity.text === 'string' ? [one.activity.text] : []));
  }

  async close(): Promise<void> {
    await this.desk.close();
    await Promise.all([this.connector.close(), this.keys.close()]);
  }
}

/** The conversation of an activity in the staff channel, or in a thread of it. */
export function inChannel(thread?: string): Record<string, unknown> {
  const id = thread === undefined ? CHANNEL : `${CHANNEL};messageid=${thread}`;
  return {
    conversation: { id, conversationType: 'channel', isGroup: true, tenantId: TENANT },
    channelData: { tenant: { id: TENANT }, channel: { id: CHANNEL }, team: { id: '19:team' } },
  };
}

export const isNewThread = (one: Posted): boolean =>
  one.method === 'POST' && decodeURIComponent(one.path).endsWith(`/${CHANNEL}/activities`);
export const saysIn = (one: { readonly activity: unknown }, text: string | RegExp): boolean => {
  const all = textOf(one.activity as Reply);
  return typeof text === 'string' ? all.includes(text) : text.test(all);
};

/** Every stateful button of a card in Teams. */
function verbsOf(card: unknown): readonly { readonly verb: string; readonly data: unknown }[] {
  if (Array.isArray(card)) return card.flatMap(verbsOf);
  if (typeof card !== 'object' || card === null) return [];
  const one = card as Record<string, unknown>;
  if (one.type === 'Action.Execute') return [one as unknown as { verb: string; data: unknown }];
  return Object.values(one).flatMap(verbsOf);
}

/** Looks until there is a result. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  shown: () => unknown,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`not seen: ${JSON.stringify(await shown()).slice(0, 4000)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A visitor, and everything that the bot showed in the conversation. */
export class WebVisitor {
  private constructor(
    private url: string,
    private readonly locale: string,
    private given: { readonly token: string; readonly resume: string; readonly conversationId: string },
  ) {}

  static async join(url: string, locale = 'en-US'): Promise<WebVisitor> {
    const given = (await call(`${url}/api/token`, 'POST', { body: {} })).body;
    const visitor = new WebVisitor(url, locale, given);
    await call(`${url}/v3/directline/conversations`, 'POST', { token: given.token, body: { locale } });
    await until(
      async () => (await visitor.history()).length > 0,
      () => 'the greeting',
    );
    return visitor;
  }

  get conversationId(): string {
    return this.given.conversationId;
  }

  /** Comes back to the page later, with the secret that the browser kept. */
  async comeBack(): Promise<void> {
    const { resume } = this.given;
    this.given = (await call(`${this.url}/api/token/resume`, 'POST', { body: { resume } })).body;
  }

  /** From now on a load balancer sends the visitor's requests to another instance. */
  moveTo(url: string): void {
    this.url = url;
  }

  /** Deletes the conversation, as the page's menu does. */
  async forget(): Promise<number> {
    const { resume } = this.given;
    return (await call(`${this.url}/api/token/forget`, 'POST', { body: { resume } })).status;
  }

  say(text: string): Promise<void> {
    return this.send({ type: 'message', text });
  }

  async send(activity: Record<string, unknown>): Promise<void> {
    const { token } = this.given;
    const body = { locale: this.locale, from: { id: 'anybody' }, ...activity };
    const path = `${this.url}/v3/directline/conversations/${this.conversationId}/activities`;
    const { status } = await call(path, 'POST', { token, body });
    if (status !== 200) throw new Error(`not taken: ${String(status)}`);
  }

  /** Presses the newest button with this verb, and sends the card's fields. */
  async press(verb: string, fields: Record<string, string> = {}): Promise<void> {
    const button = await until(
      async () =>
        (await this.history())
          .flatMap(submitsOf)
          .filter((one) => one.verb === verb)
          .at(-1),
      () => `the button ${verb}`,
    );
    await this.send({ type: 'message', value: { ...(button.data as object), ...fields } });
  }

  /** The whole conversation as the page gets it when the visitor comes back. */
  async history(): Promise<readonly Reply[]> {
    const path = `${this.url}/v3/directline/conversations/${this.conversationId}/activities`;
    const answer = await call(path, 'GET', { token: this.given.token });
    return (answer.body.activities ?? []) as unknown as readonly Reply[];
  }

  /** Words of the bot and of staff, oldest first. */
  async texts(): Promise<readonly string[]> {
    return (await this.history())
      .filter((one) => one.from.role === 'bot' && one.text !== undefined && one.text !== '')
      .map((one) => one.text ?? '');
  }

  /** Waits until a message in the conversation contains this text, and returns the newest such message. */
  async sees(text: string | RegExp): Promise<Reply> {
    const look = async () => (await this.history()).findLast((one) => saysIn({ activity: one }, text));
    const shown = async () => `${String(text)} in ${JSON.stringify((await this.history()).map(textOf))}`;
    return until(look, shown);
  }

  /** Asks for a person: from the first message to the confirmation of the form. */
  async asksForPerson(message: string, contact = ''): Promise<void> {
    await this.say('talk to someone');
    await this.press('handover-send', { handoverMessage: message, handoverContact: contact });
    await this.sees('answers here');
  }
}

export function submitsOf(reply: Reply): readonly { readonly verb: string; readonly data: unknown }[] {
  const found: { verb: string; data: unknown }[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const one = node as Record<string, unknown>;
    const data = one.data as { offerDesk?: { action?: { verb?: string } } } | undefined;
    const verb = data?.offerDesk?.action?.verb;
    if (one.type === 'Action.Submit' && verb !== undefined) found.push({ verb, data });
    Object.values(one).forEach(walk);
  };
  walk(reply.attachments?.map((attachment) => attachment.content));
  return found;
}
