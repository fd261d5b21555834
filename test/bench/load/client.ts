/** Sends turns to a program as the channel does: signed, over a number of connections that stay open. */
import http from 'node:http';
import { teamsActivity } from '../../helpers/fake-connector.js';
import { SERVICE_URL } from '../../helpers/key-server.js';
import type { Channel, Server } from './servers.js';

/** With four texts a person has said each of them in every conversation after 20 turns. */
const CONVERSATIONS_EACH = 5;

export class Client {
  /** Milliseconds of each turn. */
  readonly took: number[] = [];
  /** How many turns did not end with 200, by status. 0: no answer. */
  readonly failed = new Map<number, number>();
  /** How many requests the program sent to the connector. */
  sends = 0;
  /** A channel uses one token for an hour. */
  private readonly token: string;
  private readonly agent: http.Agent;

  constructor(
    private readonly server: Server,
    private readonly channel: Channel,
    connections: number,
  ) {
    this.token = channel.keys.token();
    this.agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  }

  /** Turn number `n` of one person, who goes from one conversation to the next. */
  async turn(person: number, n: number): Promise<void> {
    const { connector } = this.channel;
    const conversation = {
      id: `a:load${person}-${n % CONVERSATIONS_EACH}`,
      conversationType: 'personal',
    };
    const from = {
      id: `29:load${person}`,
      name: 'Load',
      aadObjectId: `bbbbbbbb-0000-0000-0000-${String(person).padStart(12, '0')}`,
    };
    const { texts } = this.server;
    // A conversation hears the texts in their order.
    const text = texts[Math.floor(n / CONVERSATIONS_EACH) % texts.length];
    const body = JSON.stringify(
      teamsActivity(connector, { conversation, from, text, serviceUrl: SERVICE_URL }),
    );
    const since = performance.now();
    const status = await this.post(body);
    this.took.push(performance.now() - since);
    if (status !== 200) this.failed.set(status, (this.failed.get(status) ?? 0) + 1);
    this.sends += connector.sent.length;
    connector.sent.length = 0;
  }

  close(): void {
    this.agent.destroy();
  }

  private post(body: string): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${this.token}`,
    };
    return new Promise((resolve) => {
      const request = http.request(
        `${this.server.url}/api/messages`,
        { agent: this.agent, method: 'POST', headers },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      request.on('error', () => resolve(0));
      request.end(body);
    });
  }
}
