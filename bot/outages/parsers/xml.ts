/** Reads XML of status feeds into plain objects: no document type, no entities of the sender's making, well-formed or not at all. */
import { createRequire } from 'node:module';
import type * as fastXml from 'fast-xml-parser';
import { isFields, type Fields } from './fields.js';

const OPTIONS: fastXml.X2jOptions = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: true,
  // No document type is let in, so only the five XML entities and numbers are left: a page's history holds thousands.
  processEntities: { enabled: true, maxTotalExpansions: Infinity },
  htmlEntities: true,
};
const load = createRequire(import.meta.url);
let made: ReturnType<typeof make> | undefined;

/** Few senders speak XML, so the parser is loaded with the first document. */
function make() {
  const { XMLParser, XMLValidator } = load('fast-xml-parser') as typeof fastXml;
  return { parser: new XMLParser(OPTIONS), validator: XMLValidator };
}

/** The document as nested objects (attributes as `@name`), or what is wrong with it, in English. */
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

/** The text of an element, whether it has attributes or markup of its own; `''` for none. */
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

/** The objects or texts of a repeatable element. */
export function listOf(node: unknown): readonly unknown[] {
  return node === undefined || node === '' ? [] : Array.isArray(node) ? node : [node];
}
