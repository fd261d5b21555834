/** A typed yes or "not yet": it answers the bot's question about a case only when the bot said nothing after it. */
import type { ContactCase } from '../../core/services/cases/case.js';
import { isTyped, replyOf } from '../../locales/commands.js';

export type TypedAnswer = 'answered' | 'not-yet';

/** What the whole text says about a contact; undefined for anything else. */
export function typedAnswer(text: string): TypedAnswer | undefined {
  const isSaid = (key: string) => isTyped(key, text) || isTyped(key, text.replace(/[,，、،]/gu, ' '));
  if (isSaid('case.word.answered')) return 'answered';
  if (isSaid('case.word.not-yet')) return 'not-yet';
  const reply = replyOf(text)?.reply;
  if (reply === 'yes') return 'answered';
  return reply === 'no' ? 'not-yet' : undefined;
}

/**
 * The case about which the bot asked last; undefined when its newest message about a case was another one, or came before
 * a reply of the bot.
 * @param saidAt when the bot last said something else to this person
 */
export function askedLast(open: readonly ContactCase[], saidAt: number): ContactCase | undefined {
  const [last] = [...open].sort((a, b) => (b.toldAt ?? 0) - (a.toldAt ?? 0));
  return last && last.asked > 0 && (last.toldAt ?? 0) > saidAt ? last : undefined;
}
