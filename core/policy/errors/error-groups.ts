/** The shape of one group of published errors: the same issue, the same advice, one line for each error. */
import type { Asker, Issue } from '../../terms.js';
import type { AdviceKey } from './advice.js';
import type { SourceId } from '../sources.js';

export interface StoreError {
  readonly id: string;
  /** The code or name, where Microsoft gives one. */
  readonly code?: string;
  /** The published sentence, or the part of it that never changes; `…` stands for names and numbers. */
  readonly says?: string;
  /** True for a sentence that other software says too: it counts only as the whole text. */
  readonly alone?: boolean;
  readonly issue: Issue;
  /** Who usually sees it. */
  readonly seenBy: Asker;
  readonly advice: AdviceKey;
  readonly source: SourceId;
  /** True for an error that only wraps another one: the error inside it counts first. */
  readonly wraps?: boolean;
}

export type ErrorGroup = Pick<StoreError, 'issue' | 'seenBy' | 'advice' | 'source' | 'wraps'> & {
  /** One error a line: `code | sentence`. A line may leave out the code or the sentence; `=` marks a sentence that counts alone. */
  readonly errors: string;
};

/** A group of errors that partners see in Partner Center. By default its source is the page of all codes. */
export function partnerCenterErrors(
  issue: Issue,
  advice: AdviceKey,
  errors: string,
  source: SourceId = 'errorCodes/codes',
): ErrorGroup {
  return { issue, advice, errors, source, seenBy: 'partner' };
}

/** The errors of the groups. The id of an error is its code, else its first words. */
export function errorsOf(groups: readonly ErrorGroup[]): readonly StoreError[] {
  const taken = new Set<string>();
  return groups.flatMap(({ errors, ...group }) =>
    linesOf(errors).map((line) => ({ ...group, ...partsOf(line, taken) })),
  );
}

/** Sentences in other languages, as published, after the id of the error that they stand for. */
export type Translations = ReadonlyMap<string, readonly string[]>;

/** The sentences of tables with one sentence a line: `id | sentence`. */
export function translationsOf(tables: readonly string[]): Translations {
  const all = new Map<string, string[]>();
  for (const line of tables.flatMap(linesOf)) {
    const [id = '', says = ''] = line.split('|').map((part) => part.trim());
    if (says !== '') all.set(id, [...(all.get(id) ?? []), says]);
  }
  return all;
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function partsOf(line: string, taken: Set<string>): Pick<StoreError, 'id' | 'code' | 'says' | 'alone'> {
  const [code = '', sentence = ''] = line.split('|').map((part) => part.trim());
  const alone = sentence.startsWith('=');
  const says = alone ? sentence.slice(1) : sentence;
  const id = freeId(code || says.split(' ').slice(0, 5).join('-'), taken);
  return { id, ...(code && { code }), ...(says && { says }), ...(alone && { alone }) };
}

/** Microsoft uses a few codes for two errors; the second one gets a number. */
function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let at = 2; taken.has(id); at += 1) id = `${wanted}.${at}`;
  taken.add(id);
  return id;
}
