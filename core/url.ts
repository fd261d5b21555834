/** Parses addresses. */

/**
 * The URL, or undefined when the text is none. Not `URL.canParse`: on Node 20 its compiled fast path misjudges text
 * outside ASCII once the function has become hot.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
