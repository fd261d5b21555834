/** The sentences of a language as XLIFF 1.2, which translation programs and agencies read and write. */
import { createRequire } from 'node:module';
import type * as fastXml from 'fast-xml-parser';
import { DeskError } from '../../core/errors.js';
import type { Sentences } from './locales-check.js';

const load = createRequire(import.meta.url);

/** One of the two files of a language: what the product says, and what people type. */
export interface LocaleFile {
  /** The English file, such as `locales/en.json`. */
  readonly original: string;
  readonly english: Sentences;
  readonly own: Sentences;
}

const ATTRIBUTES = { ignoreAttributes: false, attributeNamePrefix: '@' } as const;

/** The document for a translator. A sentence without a translation has an empty target. */
export function toXliff(language: string, files: readonly LocaleFile[]): string {
  const { XMLBuilder } = load('fast-xml-parser') as typeof fastXml;
  const builder = new XMLBuilder({ ...ATTRIBUTES, format: true, suppressEmptyNode: false });
  const written: string = builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    xliff: {
      '@version': '1.2',
      '@xmlns': 'urn:oasis:names:tc:xliff:document:1.2',
      file: files.map(({ original, english, own }) => ({
        '@original': original,
        '@source-language': 'en',
        '@target-language': language,
        '@datatype': 'plaintext',
        body: { 'trans-unit': Object.keys(english).map((key) => unitOf(key, english[key] ?? '', own[key])) },
      })),
    },
  });
  return written;
}

function unitOf(key: string, source: string, target: string | undefined): object {
  return {
    '@id': key,
    '@xml:space': 'preserve',
    source,
    target: { '@state': target === undefined ? 'needs-translation' : 'translated', '#text': target ?? '' },
  };
}

/**
 * The translated sentences of a document, by original file. Units without a target are left out.
 * @throws DeskError `config.invalid` for a document that is no XLIFF 1.2 into this language
 */
export function fromXliff(language: string, document: string): ReadonlyMap<string, Sentences> {
  const { XMLParser, XMLValidator } = load('fast-xml-parser') as typeof fastXml;
  if (XMLValidator.validate(document) !== true) throw unreadable('it is not well-formed XML');
  const parser = new XMLParser({
    ...ATTRIBUTES,
    parseTagValue: false,
    trimValues: false,
    processEntities: true,
    htmlEntities: true,
    isArray: (name) => name === 'file' || name === 'trans-unit',
  });
  const read = parser.parse(document) as { xliff?: { file?: readonly XliffFile[] } };
  const files = read.xliff?.file;
  if (!files) throw unreadable('it has no file of sentences');
  const wrong = files.find((file) => file['@target-language'] !== language);
  if (wrong) throw unreadable(`its target language is ${wrong['@target-language'] ?? 'not named'}`);
  return new Map(files.map((file) => [file['@original'] ?? '', targetsOf(file)]));
}

interface XliffFile {
  readonly '@original'?: string;
  readonly '@target-language'?: string;
  readonly body?: { readonly 'trans-unit'?: readonly XliffUnit[] };
}
interface XliffUnit {
  readonly '@id'?: string;
  readonly target?: string | { readonly '#text'?: string };
}

function targetsOf({ body }: XliffFile): Sentences {
  const said = (body?.['trans-unit'] ?? []).map(({ '@id': id = '', target }) => {
    const text = typeof target === 'string' ? target : (target?.['#text'] ?? '');
    return [id, text] as const;
  });
  return Object.fromEntries(said.filter(([id, text]) => id !== '' && text.trim() !== ''));
}

const unreadable = (why: string): DeskError => new DeskError('config.invalid', `the XLIFF document: ${why}`);
