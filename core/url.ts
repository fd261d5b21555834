/** Parses addresses. */

/**
 * The URL, or undefined when the text is not a URL. Not `URL.canParse`: on Node 20 its compiled fast path misjudges
 * text outside ASCII after many calls.
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
