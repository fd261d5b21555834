/**
 * The WebSocket side of Direct Line: replays activities from the watermark, then sends new activities. Clients only
 * send pings.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { originAllowed } from '../origin.js';
import { BASE, type Channel } from './channel.js';
import { watermarkOf } from './routes.js';
import type { Frame } from './subscribers.js';
import type { TokenClaims } from './tokens.js';

/** The server disconnects a client that does not read. The client returns with its watermark. */
const MAX_BUFFERED_BYTES = 1_000_000;
const PING_MS = 30_000;
const GOING_AWAY = 1001;
const TRY_AGAIN = 1013;
const STREAM = new RegExp(`^${BASE}/conversations/([^/]+)/stream$`);

interface Seat {
  readonly conversation: string;
  readonly address: string;
}

export class Streams {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: 4_096,
    perMessageDeflate: false,
  });
  private readonly open = new Map<WebSocket, Seat>();
  private readonly alive = new WeakSet<WebSocket>();

  constructor(private readonly channel: Channel) {
    const ping = setInterval(() => this.ping(), PING_MS).unref();
    const refresh = channel.refreshMs && setInterval(() => channel.hub.refresh(), channel.refreshMs).unref();
    channel.kit.onUpgrade(`${BASE}/`, (request, socket, head) => void this.upgrade(request, socket, head));
    channel.kit.onClose(() => {
      clearInterval(ping);
      if (refresh) clearInterval(refresh);
      for (const socket of this.open.keys()) socket.close(GOING_AWAY);
      this.server.close();
    });
  }

  private async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const refusal = await this.refusal(request).catch(() => '503 Service Unavailable');
    if (typeof refusal === 'string') {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    this.server.handleUpgrade(request, socket, head, (client) => this.serve(client, request, refusal));
  }

  /** The claims of a client that may listen; otherwise the status for the client. */
  private async refusal(request: IncomingMessage): Promise<TokenClaims | string> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const claims = this.channel.tokens.verify(url.searchParams.get('t') ?? undefined, 'stream');
    if (!originAllowed(request, this.channel.origins)) return '403 Forbidden';
    if (!claims || STREAM.exec(url.pathname)?.[1] !== claims.conv) return '403 Forbidden';
    if (!(await this.channel.hub.get(claims.conv))) return '404 Not Found';
    const address = this.channel.kit.addressOf(request);
    if ((await this.channel.rates.socket(address)) > 0) return '429 Too Many Requests';
    return this.hasRoom(claims.conv, address) ? claims : '429 Too Many Requests';
  }

  private hasRoom(conversation: string, address: string): boolean {
    const seats = [...this.open.values()];
    const { streamsPerConversation, streamsPerAddress, conversationsPerAddress } = this.channel.limits;
    const times = this.channel.rates.timesOf(address);
    const fromHere = seats.filter((seat) => seat.address === address);
    const open = new Set(fromHere.map((seat) => seat.conversation)).add(conversation);
    return (
      seats.filter((seat) => seat.conversation === conversation).length < streamsPerConversation &&
      fromHere.length < streamsPerAddress * times &&
      open.size <= conversationsPerAddress * times
    );
  }

  private serve(client: WebSocket, request: IncomingMessage, claims: TokenClaims): void {
    this.open.set(client, { conversation: claims.conv, address: this.channel.kit.addressOf(request) });
    this.alive.add(client);
    const stop = this.channel.hub.subscribe(claims.conv, {
      watermark: watermarkOf(request),
      send: (frame) => send(client, frame),
      fail: () => client.close(TRY_AGAIN),
    });
    client.on('pong', () => this.alive.add(client));
    // Empty frames keep the connection alive. The server ignores all other messages of a client here.
    client.on('message', () => this.alive.add(client));
    client.on('error', () => client.terminate());
    client.on('close', () => {
      this.open.delete(client);
      stop();
    });
  }

  private ping(): void {
    for (const client of this.open.keys()) {
      if (!this.alive.delete(client)) client.terminate();
      else client.ping();
    }
  }
}

function send(client: WebSocket, frame: Frame): void {
  if (client.readyState !== client.OPEN) return;
  if (client.bufferedAmount > MAX_BUFFERED_BYTES) client.terminate();
  else client.send(JSON.stringify(frame));
}
