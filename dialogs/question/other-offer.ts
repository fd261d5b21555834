/** "And the other one?" after an answer: the offers of the last list that were not answered. Pure. */
import { foldWords } from '../../locales/commands.js';
import { picked } from './pick.js';
import { fill, restart, type RouteState } from './route-state.js';

const BEFORE = String.raw`(?:(?:and|what about|how about|same for|now|then|und|et|y|那麼|那么|那)\s*)*`;
const AFTER = String.raw`\s*(?:too|also|as well|please|bitte|呢|也|也是|は|도|는요?|은요?)?`;
const ONE = String.raw`(?:the )?other(?: one| offer| product)?|(?:das|die|der) andere|l'autre|(?:el|la) otr[oa]|另一?個|另外一?個|另一个|另外一个|另一項|もう一つ|もう一方|もうひとつ|다른 하나|다른 것|나머지(?: 하나)?`;
const MORE = String.raw`(?:the )?(?:other two|others|other ones|rest|remaining ones)|die anderen(?: beiden)?|les (?:deux )?autres|los otros(?: dos)?|另外(?:兩|两)[個个]|其他(?:兩|两)[個个]|剩下的|ほかの(?:二つ|2つ)|나머지 둘`;
const OTHER = new RegExp(`^${BEFORE}(?:${ONE})${AFTER}$`, 'u');
const OTHERS = new RegExp(`^${BEFORE}(?:${MORE})${AFTER}$`, 'u');

/** True for "the other two": all that are left. */
export function saysOthers(text: string): boolean {
  return OTHERS.test(foldWords(text));
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
  const said = OTHER.test(foldWords(text));
  const same = fill(restart(before), 'issue', { issue });
  if (!listed) return said ? { ...same, asksOffer: true } : undefined;
  const fresh: RouteState = { ...same, listed };
  const others = otherListed(before);
  const offerId = said && others.length === 1 ? others[0] : picked(text, listed);
  if (offerId !== undefined) return fill(fresh, 'offer', { offerId });
  if (!said || others.length === 0) return undefined;
  return { ...fresh, offerView: { kind: 'several', asked: text, offerIds: others, total: others.length } };
}
