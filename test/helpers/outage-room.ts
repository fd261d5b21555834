/** Staff in Teams around outages: each with a chat of their own over signed requests, and the newest card they have of each. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk, Reply } from './desk.js';
import { textOf } from './desk.js';
import type { FakeConnector, Sent } from './fake-connector.js';
import { SERVICE_URL, type KeyServer } from './key-server.js';
import { clickOf, TeamsChat, type Button, type Person, type BotMessage } from './teams-chat.js';

/** A moment in which nothing more may come; far longer than a card takes. */
const QUIET_MS = 400;
/** The desk's clock runs ahead in these tests; tokens must not end. */
const DISTANT = 4_000_000_000;

export interface OutageRoom {
  readonly desk: Desk;
  readonly connector: FakeConnector;
  readonly keys: KeyServer;
  /** Milliseconds the desk's clock is ahead: a wait moves it on, so that nobody sits out what the desk waits for. */
  readonly time: { ahead: number };
}

export class Member {
  private readonly chat: TeamsChat;
  /** The last answer, or the card that took the place of the one pressed. */
  private shown: BotMessage | undefined;

  constructor(
    private readonly room: OutageRoom,
    readonly person: Person,
    readonly conversation: { readonly id: string; readonly conversationType: string },
    zone?: string,
  ) {
    const { desk, connector, keys } = room;
    const over = { serviceUrl: SERVICE_URL, ...(zone !== undefined && { localTimezone: zone }) };
    const headers = { authorization: `Bearer ${keys.token({ exp: DISTANT })}` };
    this.chat = new TeamsChat(desk, connector, conversation, over, headers);
  }

  /** Writes, and gives everything the bot said to it as read text. */
  async say(text: string): Promise<string> {
    const said = await this.chat.say(text, this.person);
    this.shown = said.at(-1);
    return said.map(textOf).join('\n');
  }

  /** Opens the outage menu and presses one of its buttons with a form filled in; the card that takes its place. */
  async menu(verb: string, fields: Record<string, string> = {}): Promise<string> {
    const said = await this.chat.say('outages', this.person);
    const menu = said.find((one) => one.summary === 'Outages');
    assert.ok(menu);
    return this.click(menu, clickOf(menu, verb), fields);
  }

  /** Presses a button of the newest card of an incident. */
  async press(title: string, verb: string, fields: Record<string, string> = {}): Promise<string> {
    const card = this.cardOf(title);
    assert.ok(card, `no card of ${title}`);
    return this.click(card, clickOf(card, verb), fields);
  }

  /** Presses a button of the last answer, or of the card that took the place of the one pressed. */
  async then(verb: string, fields: Record<string, string> = {}): Promise<string> {
    assert.ok(this.shown);
    return this.click(this.shown, clickOf(this.shown, verb), fields);
  }

  /** The newest card of an incident, created or updated; undefined for none. */
  cardOf(title: string): BotMessage | undefined {
    const [id, activity] = this.ofIncident(title).map(asCard).at(-1) ?? [];
    return activity && { ...(activity as unknown as Reply), sentId: id ?? '' };
  }

  /** What the newest card says. */
  read(title: string): string {
    const card = this.cardOf(title);
    return card ? textOf(card) : '';
  }

  /** How the cards of an incident came: one letter each, P for a new message, U for one updated in place. */
  ways(title: string): string {
    return this.ofIncident(title)
      .map((one) => (one.method === 'PUT' ? 'U' : 'P'))
      .join('');
  }

  /** How often somebody was called to the card by a reply under it. */
  rings(title: string): number {
    return this.about(title).filter(({ activity }) => activity.replyToId !== undefined).length;
  }

  /** Waits until the newest card of an incident says this. */
  async sees(title: string, what: RegExp): Promise<void> {
    for (let tries = 0; !what.test(this.read(title)); tries += 1) {
      if (tries > 400) throw new Error(`${String(what)} is not in: ${this.read(title)}`);
      await sleep(25);
      this.room.time.ahead += 500;
    }
  }

  /** Nothing comes of this incident for a while. */
  async hearsNothing(title: string): Promise<void> {
    const before = this.ways(title);
    this.room.time.ahead += 5000;
    await sleep(QUIET_MS);
    assert.equal(this.ways(title), before);
  }

  private async click(card: BotMessage, button: Button, fields: Record<string, string>): Promise<string> {
    const data = { ...(button.data as object), ...fields };
    const { status, body } = await this.chat.execute(card, { ...button, data }, this.person);
    assert.equal(status, 200);
    const { value } = body as { value: unknown };
    this.shown = { attachments: [{ content: value }], sentId: card.sentId } as unknown as BotMessage;
    return textOf(this.shown);
  }

  /** The cards of it, in order. */
  private ofIncident(title: string): readonly Sent[] {
    return this.about(title).filter(({ activity }) => activity.replyToId === undefined);
  }

  /** What was sent here unasked about it: neither the menu nor an answer bears its title in the summary. */
  private about(title: string): readonly Sent[] {
    const own = this.conversation.id.split(';messageid=')[0] ?? '';
    return this.room.connector.sent.filter(
      ({ path, activity: { summary } }) =>
        typeof summary === 'string' &&
        summary.includes(title) &&
        decodeURIComponent(path).includes(`/${own}/`),
    );
  }
}

/** An update names the message it is of; a new one has no id yet. */
function asCard({ activity }: Sent): readonly [string, Record<string, unknown>] {
  return [typeof activity.id === 'string' ? activity.id : '', activity];
}
