/** Recognises the word that shows administrators the reports, in every language. */
import { LANGUAGES } from '../../core/terms.js';
import { foldWords } from '../../locales/commands.js';
import { rawText } from '../../locales/text.js';

const LONGEST = 60;
const WORDS: ReadonlySet<string> = new Set(
  LANGUAGES.flatMap((language) => (rawText(language)['command.reports'] ?? '').split('|')).map(foldWords),
);

/** True when the whole text is the word; a sentence that merely holds it is a question. */
export function asksForReports(text: string): boolean {
  return text.length <= LONGEST && WORDS.has(foldWords(text));
}
