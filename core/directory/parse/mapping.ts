/** Checks mapping files and applies them. A mapping names the field of a foreign file for each column of the flat form. */
import { z } from 'zod';
import { DeskError } from '../../errors.js';
import { COLUMNS, type Column, type Fields, type Shaped } from './columns.js';
import { simpleValue } from './markup.js';
import { shapeRecord } from './shape.js';
import { scalarText } from './text.js';

const path = z.string().min(1);
const change = {
  lowercase: z.boolean().optional(),
  /** Turns text into an id: letters and digits, separated by hyphens. */
  slug: z.boolean().optional(),
  /** Splits text into a list at this separator. */
  split: z.string().min(1).optional(),
  /** Translates values; upper and lower case are equal. */
  enum: z.record(z.string(), z.string()).optional(),
  /** Used when the value is empty or not in `enum`. */
  otherwise: z.union([z.string(), z.boolean()]).optional(),
};
const rule = z.union([
  path,
  z.strictObject({ constant: z.union([z.string(), z.boolean(), z.array(z.string())]) }),
  z.strictObject({ from: z.union([path, z.array(path).min(1)]), ...change }),
  z.strictObject({ join: z.array(path).min(2), with: z.string(), ...change }),
  z.strictObject({ list: z.array(path).min(1), ...change }),
  z.strictObject({ any: z.array(path).min(1) }),
]);
const schema = z.strictObject({
  description: z.string().optional(),
  source: z.string().optional(),
  /** True: recognise the shape of the record first, then let these fields replace its values. */
  recognise: z.boolean().optional(),
  fields: z.partialRecord(z.enum(COLUMNS as [Column, ...Column[]]), rule),
  /** Only records that meet all of these are offers or publishers. The others are left out with a remark. */
  only: z
    .array(
      z.strictObject({
        field: path,
        /** The field has one of these values; upper and lower case are equal. */
        in: z.array(z.string()).min(1).optional(),
        /** The field has none of these values. */
        notIn: z.array(z.string()).min(1).optional(),
        /** True: the field has a value. */
        filled: z.literal(true).optional(),
      }),
    )
    .optional(),
  /**
   * Fields of the file to ignore without a warning; `*` means all unused fields. A field with addresses, numbers or links
   * has to be ignored by its name.
   */
  ignore: z.array(z.string()).optional(),
});
export type Mapping = z.infer<typeof schema>;
type Rule = z.infer<typeof rule>;
type Change = Pick<Extract<Rule, { list: string[] }>, keyof typeof change>;

/**
 * Checks the content of a mapping file.
 * @throws DeskError `import.mapping` with every wrong place.
 */
export function parseMapping(value: unknown): Mapping {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new DeskError('import.mapping', places.join('; '));
}

/** True when the mapping takes this record for an offer or a publisher. */
export function isOffer(mapping: Mapping, fields: Fields): boolean {
  return (mapping.only ?? []).every((condition) => {
    const text = scalarText(simpleValue(at(fields, condition.field), 'text'))
      .trim()
      .toLowerCase();
    const isOneOf = (words: readonly string[]) => words.some((word) => word.toLowerCase() === text);
    if (condition.filled && text === '') return false;
    return (!condition.in || isOneOf(condition.in)) && !(condition.notIn && isOneOf(condition.notIn));
  });
}

/** Converts a record to the flat form with a mapping. */
export function applyMapping(mapping: Mapping, fields: Fields, part?: string): Shaped {
  const base = mapping.recognise ? shapeRecord(fields, part) : undefined;
  const draft: Partial<Record<Column, unknown>> = { ...base?.draft };
  for (const [column, one] of Object.entries(mapping.fields)) {
    const value = valueOf(one, fields);
    if (!isEmpty(value)) draft[column as Column] = value;
  }
  const used = new Set([...pathsOf(mapping), ...(mapping.ignore ?? [])].map((name) => name.split('.', 1)[0]));
  const rest = base ? base.unknown : Object.keys(fields);
  const ignoresAll = used.has('*');
  const unknown = rest.filter(
    (name) =>
      !used.has(name) &&
      !pathsOf(mapping).includes(name) &&
      (!ignoresAll || looksLikeContact(name, fields[name])),
  );
  return { draft, unknown, otherLanguages: base?.otherLanguages };
}

/** The fields that a mapping uses, as it writes them. */
export function mappedNames(mapping: Mapping): readonly string[] {
  return pathsOf(mapping);
}

/** The top-level fields of a record that a mapping uses. */
export function mappedFields(mapping: Mapping): readonly string[] {
  return [...new Set(pathsOf(mapping).map((name) => name.split('.', 1)[0] ?? name))];
}

function valueOf(one: Rule, fields: Fields): unknown {
  if (typeof one === 'string') return at(fields, one);
  if ('constant' in one) return one.constant;
  if ('any' in one) return one.any.some((name) => /^(true|yes|1)$/i.test(scalarText(at(fields, name))));
  if ('join' in one)
    return joined(
      one.join.map((name) => changed(at(fields, name), { slug: one.slug })),
      one,
    );
  if ('list' in one) return one.list.flatMap((name) => changed(at(fields, name), one) ?? []);
  const value = [one.from]
    .flat()
    .map((name) => at(fields, name))
    .find((given) => !isEmpty(given));
  return changed(value, one);
}

/** Joins the parts. Without one of them there is no value, because half an id is wrong. */
function joined(parts: readonly unknown[], one: Change & { readonly with: string }): unknown {
  if (parts.some(isEmpty)) return changed(undefined, one);
  return changed(parts.map(scalarText).join(one.with), { ...one, slug: false });
}

function changed(value: unknown, one: Change): unknown {
  if (isEmpty(value)) return one.otherwise;
  if (Array.isArray(value)) return value.map((item) => changed(item, { ...one, split: undefined }));
  if (typeof value === 'object') return value;
  if (one.split !== undefined) {
    const parts = scalarText(value)
      .split(one.split)
      .map((part) => part.trim());
    return parts.filter((part) => part !== '').map((part) => changed(part, { ...one, split: undefined }));
  }
  const text = one.lowercase ? scalarText(value).toLowerCase() : one.slug ? slug(scalarText(value)) : value;
  return one.enum ? translated(one.enum, scalarText(text), one.otherwise) : text;
}

function translated(words: Readonly<Record<string, string>>, text: string, otherwise: unknown): unknown {
  const wanted = text.trim().toLowerCase();
  const found = Object.entries(words).find(([word]) => word.toLowerCase() === wanted);
  return found ? found[1] : (otherwise ?? text);
}

/** `Café & Bar™ 2` → `cafe-bar-2`. */
export function slug(text: string): string {
  const plain = text
    .replace(/[™®©℠]/g, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase();
  return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}

function at(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const column = Object.keys(fields).find((key) => key.trim().toLowerCase() === name.toLowerCase());
  if (column !== undefined) return fields[column];
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      fields,
    );
}

function pathsOf(mapping: Mapping): string[] {
  const conditions = (mapping.only ?? []).map(({ field }) => field);
  const ruled = Object.values(mapping.fields).flatMap((one) => {
    if (typeof one === 'string') return [one];
    if ('from' in one) return [one.from].flat();
    return 'join' in one ? one.join : 'list' in one ? one.list : 'any' in one ? one.any : [];
  });
  return [...ruled, ...conditions];
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) => value === undefined || value === null || value === '';

const EMAIL = /[^\s@"(),:;<>[\]\\|]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;

const LINK = /\bhttps?:\/\/|\bwww\.[\p{L}\p{N}-]+\./iu;

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ].*)?$/;

const PHONE = /^(?:\+|00)\d[\d\s().\-/]{6,}$|^\(?\d{2,5}[)\s./-]+\d[\d\s().\-/]{4,}$/;

const PHONE_HEADER = /phone|tel(?:$|[^a-z])|telefon|mobile|fax|hotline|電話|手機|传真|傳真|电话/i;

/** True when the value is, or contains, a way to reach somebody. Dates, versions and plain numbers do not count. */
export function looksLikeContact(header: string, value: unknown): boolean {
  const text = (scalarText(simpleValue(value, 'url')) || scalarText(simpleValue(value, 'email'))).slice(
    0,
    2_000,
  );
  if (EMAIL.test(text) || LINK.test(text)) return true;
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/\D/g, '').length;
  if (digits < 7 || digits > 18 || DATE.test(plain)) return false;
  return PHONE.test(plain) || (PHONE_HEADER.test(header) && /^[+\d\s().\-/]+/.test(plain));
}
