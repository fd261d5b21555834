/** Staff in Teams during outages: a chat for each person over signed requests, and the newest card of each outage. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Desk, Reply } from './desk.js';
import { textOf } from './desk.js';
import type { FakeConnector, Sent } from './fake-connector.js';
import { SERVICE_URL, type KeyServer } from './key-server.js';
import { clickOf, TeamsChat, type Button, type Person, type BotMessage } from './teams-chat.js';

/** No card may come in this time. A card needs much less time. */
const QUIET_MS = 400;
/** A far expiry of the tokens, because the desk's clock runs ahead in these tests. */
const DISTANT = 4_000_000_000;

export interface OutageRoom {
  readonly desk: Desk;
  readonly connector: FakeConnector;
  readonly keys: KeyServer;
  /** Milliseconds that the desk's clock is ahead. A wait moves the clock forward, so that tests do not wait as long. */
  readonly time: { ahead: number };
}

export class Member {
  private readonly chat: TeamsChat;
  /** The last answer, or the card that replaced the card with the pressed button. */
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

  /** Writes, and returns the bot's answers as text. */
  async say(text: string): Promise<string> {
    const said = await this.chat.say(text, this.person);
    this.shown = said.at(-1);
    return said.map(textOf).join('\n');
  }

  /** Opens the outage menu, fills in a form and presses its button. Returns the text of the new card. */
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

  /** Presses a button of the last answer, or of the card that replaced the last card. */
  async then(verb: string, fields: Record<string, string> = {}): Promise<string> {
    assert.ok(this.shown);
    return this.click(this.shown, clickOf(this.shown, verb), fields);
  }

  /** The newest card of an incident, created or updated; undefined for none. */
  cardOf(title: string): BotMessage | undefined {
    const [id, activity] = this.ofIncident(title).map(asCard).at(-1) ?? [];
    return activity && { ...(activity as unknown as Reply), sentId: id ?? '' };
  }

  /** The text of the newest card. */
  read(title: string): string {
    const card = this.cardOf(title);
    return card ? textOf(card) : '';
  }

  /** How each card of an incident came, a letter for each: P for a new message, U for an update in place. */
  ways(title: string): string {
    return this.ofIncident(title)
      .map((one) => (one.method === 'PUT' ? 'U' : 'P'))
      .join('');
  }

  /** The number of replies under the card, which notify the recipient. */
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

  /** Checks that no card of this incident comes for a while. */
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

  /** The cards of an incident, in order. */
  private ofIncident(title: string): readonly Sent[] {
    return this.about(title).filter(({ activity }) => activity.replyToId === undefined);
  }

  /** The bot's own messages about an incident here. The menu and answers do not have the title in the summary. */
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

/** An update has the id of its message. A new message has no id yet. */
function asCard({ activity }: Sent): readonly [string, Record<string, unknown>] {
  return [typeof activity.id === 'string' ? activity.id : '', activity];
}
