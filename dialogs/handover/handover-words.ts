/** Recognises what somebody writes about hand-overs, as a whole text in any language. */
import { LANGUAGES } from '../../core/terms.js';
import { wantsPerson } from '../../core/understanding/small-talk.js';
import { foldWords } from '../../locales/commands.js';
import { rawText } from '../../locales/text.js';

const LONGEST = 60;

function synonyms(key: string): ReadonlySet<string> {
  const words = LANGUAGES.flatMap((language) => (rawText(language)[key] ?? '').split('|')).map(foldWords);
  return new Set(words.filter((word) => word !== ''));
}
const WORDS = {
  talk: synonyms('command.talk'),
  here: synonyms('command.hand-over-here'),
  off: synonyms('command.hand-over-off'),
  take: synonyms('handover.word.take'),
  close: synonyms('handover.word.close'),
} as const;

/** True when the text is this wish; for a person, in whatever words. */
export function asksTo(wish: keyof typeof WORDS, text: string): boolean {
  if (wish === 'talk' && wantsPerson(text)) return true;
  return text.length <= LONGEST && WORDS[wish].has(foldWords(text));
}
