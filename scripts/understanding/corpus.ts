/** Reads the phrase corpus and the labelled development questions from files. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ISSUES, kindOf, isIssue, type Issue, type IssueKind } from '../../core/terms.js';

/** Issues without phrases. A cue, an error text or a button names them. */
const BY_CUE: readonly Issue[] = [
  'account-setup.missing-role',
  'subscription-management.transfer',
  'purchase-transaction.own-administrator',
  'purchase-transaction.private-offer-acceptance',
  'contract-legal.customer-agreement',
];
/** Classes of the classifier: every issue. The class `other` also stands for texts that are too vague to answer. */
export const CLASSES: readonly Issue[] = ISSUES.filter((issue) => !BY_CUE.includes(issue));

export interface Phrase {
  readonly text: string;
  readonly language: string;
  readonly issue: Issue;
}

/** One labelled real question, as in the questions file. */
export interface Question {
  readonly id: string;
  readonly text: string;
  readonly lang: string;
  readonly source: string;
  readonly kind: IssueKind;
  readonly party: string;
  readonly asker: string;
  readonly alternative: string | null;
  readonly offerLegacyId: string | null;
}

const FOLDER = join(import.meta.dirname, '../../core/understanding/phrases');

/** Lines under `== issue` headings; `== vague` holds texts that the bot must ask back about. */
function phrasesOf(content: string, language: string): readonly Phrase[] {
  let issue: Issue | undefined;
  return content.split(/\r?\n/).flatMap((line) => {
    const heading = /^== (\S+)/.exec(line)?.[1];
    if (heading !== undefined) {
      if (heading !== 'vague' && !isIssue(heading))
        throw new Error(`unknown heading ${heading} in ${language}`);
      issue = heading === 'vague' ? 'other' : heading;
      return [];
    }
    return issue && line.trim() !== '' ? [{ text: line.trim(), language, issue }] : [];
  });
}

/** The whole corpus, by language file. */
export function readPhrases(): readonly Phrase[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      phrasesOf(readFileSync(join(FOLDER, name), 'utf8'), name.replace(/(-more)?\.txt$/, '')),
    );
}

/** Labelled questions, one JSON object a line. */
export function readQuestions(file: string): readonly Question[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Question);
}

/** Kinds that count as right: the label, and the kind of its alternative. */
export function rightKinds(question: Question): readonly IssueKind[] {
  const other = /^[a-z-]+/.exec(question.alternative ?? '')?.[0];
  const known = CLASSES.map(kindOf).find((kind) => kind === other);
  return known ? [question.kind, known] : [question.kind];
}
