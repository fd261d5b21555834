/** Says in a sentence what is wrong with an imported row, for whoever has to correct the file. */
import type { ProblemCode, RowProblem } from '../../core/directory/parse/problems.js';

const SENTENCES: Readonly<Record<ProblemCode, string>> = {
  missing: 'is missing',
  'bad-id': 'is not an id: letters, digits and . _ - without spaces, and the publisher before the first dot',
  'not-allowed': 'is not one of the values this column knows',
  'too-long': 'is too long',
  'bad-email': 'is not an e-mail address',
  'bad-url': 'is not a public web address; the link is left out',
  'unsafe-url': 'is an address that could do harm',
  'bad-phone': 'is not a phone number',
  'bad-date': 'is not a date; write YYYY-MM-DD',
  'future-date': 'is a date that has not come yet; it is left out',
  'bad-flag': 'is neither yes nor no',
  'bad-hours': 'is not opening hours; write Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25. They are left out',
  'bad-plan': 'is not a plan; write id|Name|opt-in',
  'duplicate-key': 'has this id already, and says something else',
  ragged: 'has not as many cells as there are columns',
  'bad-quotes': 'has quotes that do not match',
  'bad-json': 'is not valid JSON',
  'not-an-object': 'is not a record',
  'duplicate-same': 'says the same as an earlier one; passed over',
  'several-emails': 'holds several addresses; the first is taken',
  'mailto-removed': 'is taken without "mailto:"',
  'url-upgraded': 'is taken as https:',
  'url-scheme-added': 'is taken with https:// before it',
  'url-encoded': 'holds blanks or backslashes; they are encoded',
  'formula-removed': 'begins like a spreadsheet formula; those characters are left out',
  'characters-removed': 'holds invisible characters; they are left out',
  'damaged-text': 'holds damaged characters: the text was saved in a wrong encoding',
  placeholder: 'is a placeholder; taken as empty',
  shortened: 'is too long; cut',
  'too-many': 'holds too many entries; the rest is left out',
  'no-way-to-reach': 'is a name without any way to reach it; no contact is kept',
  'remove-in-full': 'asks for removal; a full import removes whatever it does not name',
  'unknown-column': 'is a column nobody reads',
};

/** `row 17, support_email "x@": is not an e-mail address`. */
export function problemText(problem: RowProblem): string {
  const where = `${problem.part ? `${problem.part} ` : ''}row ${String(problem.row)}`;
  const field = problem.field === '' ? '' : `, ${problem.field}`;
  const value = problem.value === '' ? '' : ` "${problem.value}"`;
  return `${where}${field}${value}: ${SENTENCES[problem.code]}`;
}
