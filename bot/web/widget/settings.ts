/** How a partner's own site embeds the chat: the settings, the script line, and the errors in both. */
import { LANGUAGES } from '../../../core/terms.js';
import { hexColour } from '../../../core/colour.js';
import { SCHEMES } from '../pages/brand.js';

export interface WidgetSettings {
  /** Identifies the partner in the script line, so that a line for another installation is noticed. */
  readonly partnerId: string;
  /** Exact origins of the pages that may embed the chat. */
  readonly origins: readonly string[];
  /** Days that a conversation is kept after its last activity. */
  readonly keepDays: number;
}

export interface SnippetOptions {
  readonly language?: string;
  readonly accent?: string;
  readonly position?: string;
  /** `light` or `dark`; absent: as the visitor's device is. */
  readonly scheme?: string;
}

export const PARTNER_ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** An origin as browsers write it; undefined when the text is not exactly an origin. */
export function exactOrigin(text: string): string | undefined {
  try {
    const { origin, protocol } = new URL(text);
    return origin === text && /^https?:$/.test(protocol) ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** The script that puts the launcher on a page. */
export function snippet(baseUrl: string, partnerId: string, options: SnippetOptions): string {
  const { language, accent, position, scheme } = options;
  const given = { partner: partnerId, language, accent, position, scheme };
  const data = Object.entries(given).filter((one): one is [string, string] => one[1] !== undefined);
  const attributes = data.map(([name, value]) => ` data-${name}="${value}"`).join('');
  return `<script async src="${baseUrl}/widget.js"${attributes}></script>`;
}

/** The problems that stop the script line, in words for the operator; empty when there are none. */
export function snippetProblems(
  settings: WidgetSettings,
  options: SnippetOptions & { readonly publicUrl?: string; readonly registered: boolean },
): string[] {
  const problems: string[] = [];
  const { publicUrl, language, accent, position, scheme } = options;
  if (!publicUrl)
    problems.push('OFFER_DESK_PUBLIC_URL is not set: a page elsewhere cannot reach this server.');
  else if (!publicUrl.startsWith('https:'))
    problems.push('OFFER_DESK_PUBLIC_URL is not https: browsers block it in an https page.');
  if (!options.registered)
    problems.push('MICROSOFT_APP_ID is not set: in local mode only this computer reaches the server.');
  if (settings.origins.length === 0)
    problems.push('OFFER_DESK_WIDGET_ORIGINS is empty: no page may embed the chat.');
  for (const origin of settings.origins)
    if (origin.startsWith('http:') && !/^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin))
      problems.push(`${origin} is not https: somebody on the network can change that page.`);
  if (language !== undefined && !LANGUAGES.some((one) => one === language))
    problems.push(`--language ${language} is none of ${LANGUAGES.join(', ')}.`);
  if (accent !== undefined && !hexColour(accent))
    problems.push(`--accent ${accent} is not of the form #rrggbb.`);
  if (position !== undefined && position !== 'left' && position !== 'right')
    problems.push(`--position ${position} is neither left nor right.`);
  if (scheme !== undefined && !SCHEMES.some((one) => one === scheme))
    problems.push(`--scheme ${scheme} is neither light nor dark.`);
  return problems;
}
