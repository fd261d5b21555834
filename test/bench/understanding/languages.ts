/** Prints how sentences of each language are understood: `npm run bench -- understanding languages [TAG…]`. */
import { LANGUAGES } from '../../../core/terms.js';
import { readAll, readSentences, sentencesFile, sharesOf } from '../../helpers/written-sentences.js';

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);

/** One line for each language. With tags only those languages, and the sentences that were asked back or read wrong. */
export function printLanguages(tags: readonly string[]): void {
  console.log('language        n   right among answered   asked back   wrong');
  for (const language of LANGUAGES.filter((one) => tags.length === 0 || tags.includes(one))) {
    const outcomes = readAll(readSentences(sentencesFile(language)));
    const { asked, wrong, rightAmongAnswered } = sharesOf(outcomes);
    const count = String(outcomes.length).padStart(4);
    console.log(
      `${language.padEnd(12)} ${count}   ${percent(rightAmongAnswered).padStart(20)}   ${percent(asked).padStart(10)}${percent(wrong)}`,
    );
    if (tags.length === 0) continue;
    for (const { sentence, outcome, guess, near } of outcomes.filter(({ outcome: one }) => one !== 'right'))
      console.log(
        `  ${outcome} (${guess ?? '–'}, right ${sentence.kinds.join(' or ')}, near ${String(near)}): ${sentence.text}`,
      );
  }
}
