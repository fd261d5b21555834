/** The sentence for each problem of an imported row, for the person who corrects the file. */
import type { ProblemCode, RowProblem } from '../../core/directory/parse/problems.js';
import { LANGUAGES } from '../../core/terms.js';

const SENTENCES: Readonly<Record<ProblemCode, string>> = {
  missing: 'is missing',
  'bad-id':
    'is not an id; write letters, digits and . _ - without spaces, with the publisher before the first dot',
  'not-allowed': 'is not one of the allowed values',
  'too-long': 'is too long',
  'bad-email': 'is not an email address',
  'bad-url': 'is not a public web address; the link is left out',
  'unsafe-url': 'is a dangerous address',
  'bad-phone': 'is not a phone number',
  'bad-date': 'is not a date; write YYYY-MM-DD',
  'future-date': 'is a date in the future; it is left out',
  'bad-flag': 'is neither yes nor no',
  'bad-hours': 'is not opening hours; write Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25. They are left out',
  'bad-plan': 'is not a plan; write id|Name|opt-in',
  'duplicate-key': 'has the same id as an earlier row, but other values',
  ragged: 'has more or fewer cells than columns',
  'bad-quotes': 'has quotes that do not match',
  'bad-json': 'is not valid JSON',
  'not-an-object': 'is not a record',
  'duplicate-same': 'repeats an earlier row; it is ignored',
  'several-emails': 'contains several addresses; the first is used',
  'several-phones': 'contains several numbers; the first is used',
  'phone-words-removed': 'contains words beside the number; they are left out',
  'unlikely-phone': 'has a length that numbers of its country do not have; check it',
  'url-words-removed': 'contains words beside the address; they are left out',
  'markup-removed': 'is rich text; its formatting is removed',
  'name-as-alias': 'is another name for the same offer id; it becomes an alias',
  'not-an-offer': 'is not an offer according to the mapping; it is left out',
  'banner-row': 'stands above the header; it is ignored',
  'mailto-removed': 'contains "mailto:", which is removed',
  'url-upgraded': 'is changed to https:',
  'url-scheme-added': 'has no scheme; https:// is added',
  'url-encoded': 'contains spaces or backslashes; they are encoded',
  'formula-removed': 'starts like a spreadsheet formula; those characters are removed',
  'characters-removed': 'contains invisible characters; they are removed',
  'damaged-text': 'contains damaged characters; the text was saved in a wrong encoding',
  placeholder: 'is a placeholder; it is treated as empty',
  shortened: 'is too long; it is cut',
  'too-many': 'contains too many entries; the rest is left out',
  'no-way-to-reach': 'is a name without an address or number; the contact is left out',
  'remove-in-full':
    'marks the row for removal; a full import already removes every row that it does not contain',
  'unread-contacts': 'is in a column that is not imported; map the column, or ignore it by name',
  'unknown-column': 'is an unknown column; it is ignored',
  'unknown-language': `ends in none of the product's languages (${LANGUAGES.join(', ')}); the column is ignored`,
};

/** `row 17, support_email "x@": is not an email address`. */
export function problemText(problem: RowProblem): string {
  const where = `${problem.part ? `${problem.part} ` : ''}row ${String(problem.row)}`;
  const field = problem.field === '' ? '' : `, ${problem.field}`;
  const value = problem.value === '' ? '' : ` "${problem.value}"`;
  const sentence = problem.allowed ? `is none of ${problem.allowed.join(', ')}` : SENTENCES[problem.code];
  return `${where}${field}${value}: ${sentence}`;
}
