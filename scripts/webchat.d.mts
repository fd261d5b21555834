/** What the server uses of `webchat.mjs`. */
export function ensureWebChat(options?: {
  readonly root?: string;
  readonly say?: (line: string) => void;
  readonly timeoutMs?: number;
}): Promise<string>;
