/** "And the other one?" after an answer: the offers of the last list that were not answered. Pure. */
import { plainWords } from '../../core/understanding/plain-words.js';
import { anyOf } from '../../core/word-patterns.js';
import words from './other-offer-words.json' with { type: 'json' };
import { picked } from './pick.js';
import { fill, restart, type RouteState } from './route-state.js';

/** Nothing stands between the words of a script without spaces. */
const AROUND = {
  before: `(?:${anyOf(words.before)} *)*`,
  after: `(?: *${anyOf(words.after)})*`,
};
const OTHER = new RegExp(`^${AROUND.before}${anyOf(words.one)}${AROUND.after}$`, 'u');
const OTHERS = new RegExp(`^${AROUND.before}${anyOf(words.more)}${AROUND.after}$`, 'u');
const LONGEST = 40;

/** True for "the other two": all that are left. */
export function saysOthers(text: string): boolean {
  return isWhole(OTHERS, text);
}

function isWhole(pattern: RegExp, text: string): boolean {
  return text.length <= LONGEST && pattern.test(plainWords(text, LONGEST));
}

/** The offers of the last list without the answered one. */
export function otherListed({ listed = [], offerId }: RouteState): readonly string[] {
  return listed.filter((id) => id !== offerId);
}

/**
 * The same issue for another offer of the last list: by "the other one", or by its number. With more than two offers in
 * the list, and without a list, the bot asks which one.
 */
export function otherOffer(before: RouteState, text: string): RouteState | undefined {
  const { answered, issue, listed } = before;
  if (!answered || issue === undefined) return undefined;
  const said = isWhole(OTHER, text);
  const same = fill(restart(before), 'issue', { issue });
  if (!listed) return said ? { ...same, asksOffer: true } : undefined;
  const fresh: RouteState = { ...same, listed };
  const others = otherListed(before);
  const offerId = said && others.length === 1 ? others[0] : picked(text, listed);
  if (offerId !== undefined) return fill(fresh, 'offer', { offerId });
  if (!said || others.length === 0) return undefined;
  return { ...fresh, offerView: { kind: 'several', asked: text, offerIds: others, total: others.length } };
}
