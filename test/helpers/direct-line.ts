/** A small Direct Line client for tests: a thin layer over the calls of the protocol. */
import WebSocket from 'ws';
import type { WireActivity } from '../../bot/web/directline/log.js';
import { PATIENCE_MS } from './patience.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: AnswerBody;
}

/** All fields of all answers of the protocol. A test asserts which fields an answer really has. */
interface AnswerBody {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
  readonly streamUrl: string;
  readonly resume: string;
  readonly audience: string;
  readonly id: string;
  readonly activities: readonly WireActivity[];
  readonly watermark: string;
  readonly error: { readonly code: string; readonly message: string; readonly reference: string };
}

/** One HTTP call; the body is sent as JSON unless it is already text. */
export async function call(
  url: string,
  method: string,
  options: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { token, body, headers } = options;
  const response = await fetchAgain(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** After a restart on the same port, fetch may reuse a closed connection. Try once more. */
async function fetchAgain(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const code = ((error as Error).cause as { code?: string } | undefined)?.code;
    if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
    return fetch(url, init);
  }
}

function parsed(text: string): AnswerBody {
  try {
    return JSON.parse(text) as AnswerBody;
  } catch {
    return {} as AnswerBody;
  }
}

export interface Conversation {
  readonly id: string;
  readonly token: string;
  readonly streamUrl: string;
  readonly base: string;
}

/** A token and a started conversation. `audience` asks our own token endpoint. */
export async function startConversation(
  url: string,
  options: { audience?: string; locale?: string } = {},
): Promise<Conversation> {
  const base = `${url}/v3/directline`;
  const generated = options.audience
    ? await call(`${url}/api/token`, 'POST', { body: { audience: options.audience } })
    : await call(`${base}/tokens/generate`, 'POST');
  const started = await call(`${base}/conversations`, 'POST', {
    token: generated.body.token,
    body: options.locale ? { locale: options.locale } : {},
  });
  if (started.status !== 201) throw new Error(`start answered ${String(started.status)}: ${started.text}`);
  const { conversationId: id, token, streamUrl } = started.body;
  return { id, token, streamUrl, base };
}

/** Posts a message and returns the raw answer. */
export function say(conversation: Conversation, text: string, more: object = {}): Promise<Answer> {
  return call(`${conversation.base}/conversations/${conversation.id}/activities`, 'POST', {
    token: conversation.token,
    body: { type: 'message', text, ...more },
  });
}

/** Returns the activities after a watermark. */
export function poll(conversation: Conversation, watermark?: string): Promise<Answer> {
  const query = watermark === undefined ? '' : `?watermark=${watermark}`;
  const { base, id, token } = conversation;
  return call(`${base}/conversations/${id}/activities${query}`, 'GET', { token });
}

/** Polls until the activities pass the check. */
export async function pollUntil(
  conversation: Conversation,
  enough: (activities: readonly WireActivity[]) => boolean,
): Promise<readonly WireActivity[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const activities = (await poll(conversation)).body.activities;
    if (enough(activities)) return activities;
    if (Date.now() > deadline) throw new Error(`not seen: ${JSON.stringify(activities)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** An open stream and everything that the stream sent. */
export class Listener {
  readonly frames: { activities: WireActivity[]; watermark?: string }[] = [];
  private readonly socket: WebSocket;

  constructor(streamUrl: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(streamUrl, { headers });
    this.socket.on('message', (data: Buffer) => {
      if (data.length > 0) this.frames.push(JSON.parse(data.toString()) as (typeof this.frames)[number]);
    });
    this.socket.on('error', () => undefined);
  }

  /** 101 once open, or the status of the refusal. */
  opened(): Promise<number> {
    return new Promise((resolve) => {
      this.socket.once('open', () => resolve(101));
      this.socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    });
  }

  get activities(): WireActivity[] {
    return this.frames.flatMap((frame) => frame.activities);
  }

  get texts(): unknown[] {
    return this.activities.map((activity) => activity.text);
  }

  async until(enough: (activities: WireActivity[]) => boolean): Promise<WireActivity[]> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!enough(this.activities)) {
      if (Date.now() > deadline) throw new Error(`not seen: ${JSON.stringify(this.activities)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return this.activities;
  }

  send(data: string): void {
    this.socket.send(data);
  }

  closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) return Promise.resolve(0);
    return new Promise((resolve) => this.socket.once('close', (code) => resolve(code)));
  }

  close(): void {
    this.socket.terminate();
  }
}
