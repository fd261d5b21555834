/** Finds what a translator still has to do in the files of one language. */
import { IntlMessageFormat } from 'intl-messageformat';

export type Sentences = Readonly<Record<string, string>>;

/** The words of a language on which everybody agreed: `locales/glossary/<language>.json`. */
export interface Glossary {
  /** How readers are addressed, and the words of the other form. */
  readonly address?: { readonly use: string; readonly not: readonly string[] };
  /** English term → the translation, as Microsoft has it; several separated by `|`. */
  readonly terms?: Sentences;
}

export interface LocaleFault {
  readonly kind: 'missing' | 'unused' | 'placeholders' | 'too-long' | 'copied' | 'address' | 'term';
  readonly key: string;
  readonly detail: string;
}

/** What a sentence in ICU syntax is made of. */
interface MessageNode {
  readonly type: number;
  readonly value?: string;
  readonly pluralType?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly MessageNode[] }>>;
}
const LITERAL = 0;
const PLURAL = 6;
const POUND = 7;

/** The longest label of a button in half-width letters. A wider one takes three lines on a phone of 320 px. */
const LONGEST_LABEL = 40;
const LABEL = /(?:^|\.)button\./;
/** Sentences with fewer English words may be names that every language shares. */
const FEWEST_COPIED_WORDS = 3;

/** The faults of one language, in the order of the keys. `english` has every key. */
export function localeFaults(
  language: string,
  english: Sentences,
  own: Sentences,
  glossary: Glossary = {},
): readonly LocaleFault[] {
  const missing = Object.keys(english).filter((key) => !(key in own));
  const unused = Object.keys(own).filter((key) => !(key in english));
  return [
    ...missing.map((key) => ({ kind: 'missing' as const, key, detail: english[key] ?? '' })),
    ...unused.map((key) => ({ kind: 'unused' as const, key, detail: own[key] ?? '' })),
    ...Object.entries(own).flatMap(([key, said]) =>
      english[key] === undefined ? [] : sentenceFaults(language, key, english[key], said, glossary),
    ),
  ];
}

function sentenceFaults(
  language: string,
  key: string,
  english: string,
  said: string,
  glossary: Glossary,
): readonly LocaleFault[] {
  const fault = (kind: LocaleFault['kind'], detail: string | undefined) =>
    detail === undefined ? [] : [{ kind, key, detail }];
  return [
    ...fault('placeholders', placeholderFault(language, english, said)),
    ...fault('too-long', LABEL.test(key) ? lengthFault(said) : undefined),
    ...fault('copied', language !== 'en' && isCopied(english, said) ? said : undefined),
    ...fault('address', addressFault(said, glossary)),
    ...fault('term', termFault(english, said, glossary)),
  ];
}

/** The names of the values of a sentence, or what is wrong with its syntax. `asker` is optional everywhere. */
function placeholderFault(language: string, english: string, said: string): string | undefined {
  try {
    const [wanted, found] = [nodesOf('en', english), nodesOf(language, said)].map(namesOf);
    if (wanted?.join() !== found?.join()) return `has ${listOf(found)}, English has ${listOf(wanted)}`;
    return pluralFault(language, nodesOf('en', english), nodesOf(language, said));
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function nodesOf(language: string, said: string): readonly MessageNode[] {
  const visit = (nodes: readonly MessageNode[]): readonly MessageNode[] =>
    nodes.flatMap((node) => [
      node,
      ...Object.values(node.options ?? {}).flatMap((option) => visit(option.value)),
    ]);
  return visit(new IntlMessageFormat(said, language, undefined, { ignoreTag: true }).getAst());
}

const listOf = (names: readonly string[] = []): string => (names.length === 0 ? 'none' : names.join(', '));

const namesOf = (nodes: readonly MessageNode[]): readonly string[] => {
  const values = nodes.filter(({ type }) => type !== LITERAL && type !== POUND);
  return [...new Set(values.map(({ value = '' }) => value))].filter((name) => name !== 'asker').sort();
};

/**
 * A plural without a form that the language has, such as the dual of Arabic. Where English has one form for every number, one
 * form is enough.
 */
function pluralFault(
  language: string,
  english: readonly MessageNode[],
  said: readonly MessageNode[],
): string | undefined {
  const formsIn = (node: MessageNode | undefined) => Object.keys(node?.options ?? {});
  for (const node of said.filter(({ type }) => type === PLURAL)) {
    const same = english.find(({ type, value }) => type === PLURAL && value === node.value);
    if (!formsIn(same).includes('one')) continue;
    const type = node.pluralType === 'ordinal' ? 'ordinal' : 'cardinal';
    const forms = new Intl.PluralRules(language, { type }).resolvedOptions().pluralCategories;
    // `many` is for whole millions in French, Spanish, Portuguese and Italian.
    const needed = language.startsWith('ar') ? forms : forms.filter((form) => form !== 'many');
    const lacking = needed.filter((form) => !formsIn(node).includes(form));
    if (lacking.length > 0) return `the plural of ${node.value ?? ''} lacks ${lacking.join(', ')}`;
  }
  return undefined;
}

/** The longest label that the sentence can give: of each choice only the longest counts. */
function lengthFault(said: string): string | undefined {
  const shown = said.replace(/\{\w+, select,(?: \w+ \{[^{}]*\})*? other \{([^{}]*)\}\}/g, '$1');
  const width = [...shown].reduce(
    (sum, letter) => sum + (/[\u1100-\u11ff\u2e80-\uffef]/u.test(letter) ? 2 : 1),
    0,
  );
  return width > LONGEST_LABEL ? `${String(width)} of ${String(LONGEST_LABEL)}: ${said}` : undefined;
}

function isCopied(english: string, said: string): boolean {
  const words = english.replace(/\{[^{}]*\}/g, '').match(/\p{L}{2,}/gu) ?? [];
  return said === english && words.length >= FEWEST_COPIED_WORDS;
}

function addressFault(said: string, { address }: Glossary): string | undefined {
  const found = address?.not.find((word) => holds(said, word));
  return found === undefined ? undefined : `“${found}” beside “${address?.use ?? ''}”: ${said}`;
}

function termFault(english: string, said: string, { terms = {} }: Glossary): string | undefined {
  for (const [term, translated] of Object.entries(terms)) {
    const isMeant = holds(english, term);
    if (isMeant && !translated.split('|').some((one) => said.toLowerCase().includes(one.toLowerCase())))
      return `“${term}” is “${translated.replaceAll('|', '” or “')}”: ${said}`;
  }
  return undefined;
}

/** True when the text has this word. Words of scripts without spaces may stand anywhere. */
function holds(text: string, word: string): boolean {
  if (!/^[\p{Script=Latin}]/u.test(word)) return text.includes(word);
  const plain = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}])${plain}(?![\\p{L}])`, 'u').test(text);
}
