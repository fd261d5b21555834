/** One call of the MCP server without a library: the answer as it comes over HTTP. */
import assert from 'node:assert/strict';
import type { Desk } from './desk.js';

export interface McpResult {
  readonly structuredContent?: Record<string, unknown>;
  readonly content: readonly { readonly text: string }[];
  readonly contents?: readonly { readonly text: string }[];
  readonly isError?: boolean;
}

/** Sends one request, and returns the bytes of its answer. */
export async function mcpBytes(desk: Desk, key: string, method: string, params: object): Promise<string> {
  const answer = await fetch(`${desk.url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return text;
}

/** The result of a tool with its arguments, or of a resource by its address. */
export async function toolResult(desk: Desk, key: string, name: string, given?: object): Promise<McpResult> {
  const bytes = await (given === undefined
    ? mcpBytes(desk, key, 'resources/read', { uri: name })
    : mcpBytes(desk, key, 'tools/call', { name, arguments: given }));
  return (JSON.parse(bytes) as { result: McpResult }).result;
}
