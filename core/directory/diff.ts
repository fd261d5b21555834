/** Compares two rows field by field, in words an operator can read: `contacts.customer-support.email`. */
import type { DirectoryRow } from './types.js';

export interface FieldChange {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
}

/** True when both rows have the same content, in any order of fields. */
export function sameRow(a: DirectoryRow, b: DirectoryRow): boolean {
  return sameValue(contentOf(a), contentOf(b));
}

/** Every field that differs, in the order of its name. */
export function diffRows(before: DirectoryRow, after: DirectoryRow): readonly FieldChange[] {
  return diffValues(contentOf(before), contentOf(after));
}

/** Every field in which two things of plain data differ, nested ones as `desks.billing.email`. */
export function diffValues(before: object, after: object): readonly FieldChange[] {
  const [old, now] = [flatten(before), flatten(after)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].sort();
  return fields
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, ...pair('before', old.get(field)), ...pair('after', now.get(field)) }));
}

const contentOf = (row: DirectoryRow): object => (row.kind === 'offer' ? row.offer : row.publisher);
const pair = (key: 'before' | 'after', value: string | undefined) =>
  value === undefined ? {} : { [key]: value };

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  return holds(a as Fields, b as Fields) && countOf(a as Fields) === countOf(b as Fields);
}

type Fields = Readonly<Record<string, unknown>>;

function holds(a: Fields, b: Fields): boolean {
  for (const key in a) if (a[key] !== undefined && !sameValue(a[key], b[key])) return false;
  return true;
}

/** An undefined field counts as an absent field, because stores drop it. */
function countOf(fields: Fields): number {
  let count = 0;
  for (const key in fields) if (fields[key] !== undefined) count += 1;
  return count;
}

function givenKeys(value: object): string[] {
  return Object.keys(value).filter((key) => value[key as keyof typeof value] !== undefined);
}

function flatten(value: object, prefix = '', into = new Map<string, string>()): Map<string, string> {
  for (const key of givenKeys(value)) {
    const field: unknown = value[key as keyof typeof value];
    if (Array.isArray(field)) flattenList(field, `${prefix}${key}`, into);
    else if (typeof field === 'object' && field !== null) flatten(field, `${prefix}${key}.`, into);
    else into.set(prefix + key, String(field));
  }
  return into;
}

/**
 * Compares contacts by their kind and plans by their id, so that a new one does not look like a change of all later
 * ones. The list itself shows which there are, and their order.
 */
function flattenList(list: readonly unknown[], name: string, into: Map<string, string>): void {
  if (list.length === 0) return;
  const items = list.map((item) => (typeof item === 'string' ? { key: item } : keyedItem(item)));
  into.set(name, items.map((item) => item.key).join('; '));
  for (const { key, rest } of items) if (rest) flatten(rest, `${name}.${key}.`, into);
}

function keyedItem(item: unknown): { readonly key: string; readonly rest?: object } {
  const { kind, id, ...rest } = item as Readonly<Record<string, unknown>>;
  return { key: String(kind ?? id), rest };
}
