/** The one place buttons are built: Action.Submit on the web, Action.Execute with a Submit fallback in Teams. */
import { encodeAction } from './actions.js';
import { type Element, textBlock } from './elements.js';
import { LIMITS, plainText, safeText } from './safe-text.js';
import { safeUrl } from './safe-url.js';
import type { CardAction } from './action-table.js';
import type { RenderContext } from './types.js';

/** A card shows at most this many actions at its foot (Teams store rule). */
export const MAX_ACTIONS = 6;

/** A button whose click comes back to the bot. `title` is plain text. */
export function clickAction(action: CardAction, title: string, ctx: RenderContext): Element {
  const data = encodeAction(action, ctx);
  const submit = { type: 'Action.Submit', title, data };
  if (ctx.host === 'web') return submit;
  return { type: 'Action.Execute', title, verb: action.verb, data, fallback: submit };
}

/** The same actions with the first filled. */
export function primaryFirst(actions: readonly Element[]): readonly Element[] {
  return actions.map((action, at) => (at === 0 ? { ...action, style: 'positive' } : action));
}

/** The button to a person of the partner, where this reader may have one. */
export function talkButton(notHelped: boolean, ctx: RenderContext): readonly Element[] {
  if (!ctx.talk) return [];
  return [clickAction({ verb: 'handover-ask', notHelped }, ctx.text('button.talk'), ctx)];
}

/** A button that opens an https page; none when the address is not an https address. */
export function linkAction(title: string, url: unknown): readonly Element[] {
  const safe = safeUrl(url);
  return safe === undefined ? [] : [{ type: 'Action.OpenUrl', title, url: safe }];
}

/** The second line stands in the row and in its name, so a longer one would make the card too heavy. */
const LONGEST_DETAIL = 180;

export interface ChoiceRow {
  readonly action: CardAction;
  /** Raw text: this file escapes it. */
  readonly label: string;
  readonly detail?: string;
}

/** A tappable row of a list: a bold label, an optional second line; reachable by keyboard. */
export function choiceRow(row: ChoiceRow, ctx: RenderContext): Element {
  const label = textBlock(unlinked(row.label), { weight: 'bolder' });
  const facts = rowDetail(row);
  const detail =
    facts === '' ? [] : [textBlock(unlinked(facts), { subtle: true, size: 'small', spacing: 'none' })];
  return {
    type: 'Container',
    style: 'emphasis',
    spacing: 'small',
    items: [label, ...detail],
    selectAction: clickAction(row.action, rowName(row), ctx),
  };
}

/** Web Chat makes a link of a name such as "fabrikam.com". A link inside a row would be a second target in it. */
const unlinked = (text: string): string => safeText(text).replace(/\.(?=\p{L}{2})/gu, '\\.');

const BETWEEN_FACTS = ' · ';

/**
 * Facts as one line. A full stop stands only after the last. Where the row is too narrow for all, the last of `facts`
 * are left out; `end` always stays.
 */
export function joinFacts(facts: readonly string[], end: readonly string[] = []): string {
  const all = [...facts, ...end];
  const line = all
    .map((fact, at) => (at < all.length - 1 ? fact.replace(/[.。]$/, '') : fact))
    .join(BETWEEN_FACTS);
  const isTooLong = end.length > 0 && facts.length > 1 && line.length > LONGEST_DETAIL;
  return isTooLong ? joinFacts(facts.slice(0, -1), end) : line;
}

/** The second line of a row: as many whole facts as fit. Only a first fact that is too long by itself is cut. */
export function rowDetail({ detail }: ChoiceRow): string {
  const whole = plainText(detail, LIMITS.url);
  if (whole.length <= LONGEST_DETAIL) return whole;
  const end = whole.slice(0, LONGEST_DETAIL + BETWEEN_FACTS.length).lastIndexOf(BETWEEN_FACTS);
  return end > 0 ? whole.slice(0, end) : plainText(whole, LONGEST_DETAIL);
}

/** The row as one line, for screen readers and the text twin: every word that stands in the row. */
export function rowName(row: ChoiceRow): string {
  const detail = rowDetail(row);
  return plainText(detail === '' ? row.label : `${row.label} – ${detail}`, LIMITS.name + LONGEST_DETAIL);
}

/** A small link-like button inside a line, e.g. Change. */
export function inlineButton(action: CardAction, title: string, ctx: RenderContext): Element {
  return {
    type: 'Column',
    width: 'auto',
    items: [textBlock(title, { color: 'accent', weight: 'bolder', size: 'small' })],
    selectAction: clickAction(action, title, ctx),
  };
}

/** The buttons every question carries: back, start over, cancel, help. */
export function navigation(ctx: RenderContext, withBack: boolean): readonly Element[] {
  const button = (action: CardAction, key: string) => clickAction(action, ctx.text(key), ctx);
  return [
    ...(withBack ? [button({ verb: 'back' }, 'button.back')] : []),
    button({ verb: 'restart' }, 'button.restart'),
    button({ verb: 'cancel' }, 'button.cancel'),
    button({ verb: 'help' }, 'button.help'),
  ];
}
