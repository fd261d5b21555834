/**
 * Reads XML of status feeds into plain objects. Accepts only well-formed XML without a document type and without custom
 * entities.
 */
import { createRequire } from 'node:module';
import type * as fastXml from 'fast-xml-parser';
import { isFields, type Fields } from './fields.js';

const OPTIONS: fastXml.X2jOptions = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: true,
  // Document types are refused, so only the five XML entities and numeric entities remain. A page's history holds
  // thousands.
  processEntities: { enabled: true, maxTotalExpansions: Infinity },
  htmlEntities: true,
};
const load = createRequire(import.meta.url);
let made: ReturnType<typeof make> | undefined;

/** Few senders use XML, so the parser loads with the first document. */
function make() {
  const { XMLParser, XMLValidator } = load('fast-xml-parser') as typeof fastXml;
  return { parser: new XMLParser(OPTIONS), validator: XMLValidator };
}

/** The document as nested objects (attributes as `@name`), or the error in it, in English. */
export function readXml(document: string): Fields | string {
  if (/<!(?:doctype|entity)/i.test(document)) return 'A document type declaration is not taken.';
  try {
    const { parser, validator } = (made ??= make());
    const valid = validator.validate(document);
    if (valid !== true) return `Line ${String(valid.err.line)}: ${valid.err.msg}`;
    const root: unknown = parser.parse(document);
    return isFields(root) ? root : 'There is no element.';
  } catch (error) {
    return error instanceof RangeError ? 'It is nested too deep.' : 'It cannot be read as XML.';
  }
}

/** The text of an element, also when it has attributes or inner markup; `''` for no element. */
export function textOf(node: unknown): string {
  if (typeof node === 'string') return node;
  if (Array.isArray(node)) return textOf(node[0]);
  if (!isFields(node)) return '';
  const own = node['#text'];
  if (typeof own === 'string' && own !== '') return own;
  const inner = Object.entries(node).filter(([name]) => !name.startsWith('@'));
  return inner
    .map(([, value]) => (Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value)))
    .join('\n');
}

/** The objects or texts of an element that may repeat. */
export function listOf(node: unknown): readonly unknown[] {
  return node === undefined || node === '' ? [] : Array.isArray(node) ? node : [node];
}
