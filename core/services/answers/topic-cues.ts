/** Words that name one topic without doubt, where the topic changes who is responsible. Checked before the classifier. */
import { countryIn } from '../../policy/tax-countries.js';
import { LANGUAGES, type Asker, type Issue } from '../../terms.js';
import { AnyExpression } from '../../lazy-expression.js';
import { fold } from '../../text.js';
import { CUE_WORDS, type CueWords } from './topic-cue-words.js';

interface Cue extends Omit<CueWords, 'words'> {
  readonly words: AnyExpression;
}

/** Longer than the longest expression of one language. */
const LONGEST = 4_000;

/** One expression of all languages, without accents as in `fold`: people leave them out. */
function cues(): readonly Cue[] {
  made ??= CUE_WORDS.map(({ words, ...cue }) => ({
    ...cue,
    words: new AnyExpression(
      Object.values(words).map((pattern) => fold(pattern, LONGEST)),
      'u',
    ),
  }));
  return made;
}
let made: readonly Cue[] | undefined;

/** The issue of these words, for this asker; undefined without a cue. */
export function cuedIssue(text: string, asker: Asker): Issue | undefined {
  const folded = fold(text).replace(/\s+/g, ' ');
  return cues().find(
    ({ askers, words, withCountry }) =>
      (askers?.includes(asker) ?? true) &&
      words.test(folded) &&
      (!withCountry || countryIn(text, LANGUAGES) !== undefined),
  )?.issue;
}

/** Every issue a cue can name, for the check that each issue is reachable by words. */
export const CUED_ISSUES: ReadonlySet<Issue> = new Set(CUE_WORDS.map(({ issue }) => issue));
