/** A system with a key that asks the desk over HTTP. */
import type { ApiAudience, ApiScope } from '../../core/services/api/api-keys.js';
import { API_SCOPES } from '../../core/services/api/api-keys.js';
import { hashOf, keyLine, newKeyText } from '../../bot/api/key-secret.js';
import type { Desk } from './desk.js';

interface KeyOptions {
  readonly name?: string;
  readonly scopes?: readonly ApiScope[];
  readonly perMinute?: number;
}

export interface Answered<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: T;
}

/** Makes a key as the command does, and returns it. */
export async function makeKey(desk: Desk, audience: ApiAudience, options: KeyOptions = {}): Promise<string> {
  const text = newKeyText();
  const { name = `client ${text.id}`, scopes = API_SCOPES, perMinute = 6_000 } = options;
  const times = { createdAt: Date.now(), revokedAt: null, usedAt: null };
  const key = { id: text.id, name, audience, scopes, perMinute, createdBy: 'test', ...times };
  if (!(await desk.app.stores.apiKeys.add(key, hashOf(text.secret)))) throw new Error(`${name} has a key`);
  return keyLine(text);
}

/** Asks with a key. A body makes it a POST. */
export async function askWith<T = Record<string, unknown>>(
  desk: Desk,
  key: string | undefined,
  path: string,
  body?: object,
): Promise<Answered<T>> {
  const answer = await fetch(`${desk.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const { status, headers } = answer;
  return { status, headers, text, body: JSON.parse(text) as T };
}
