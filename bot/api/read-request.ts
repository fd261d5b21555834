/** Reads a request by its schema. A refusal names each wrong field, what is wrong and what to send, and no value. */
import type { z } from 'zod';
import { DeskError } from '../../core/errors.js';

type Fields = Readonly<Record<string, unknown>>;
type Shape = Readonly<Record<string, z.ZodType>>;
type Issue = z.core.$ZodIssue;

/** Reads fields. An empty field counts as absent. @throws DeskError `request.malformed` */
export function readRequest<T extends z.ZodObject>(schema: T, given: object): z.infer<T> {
  const fields = withoutEmpty(given);
  const read = schema.safeParse(fields);
  if (read.success) return read.data;
  const shape = schema.shape as Shape;
  const codes = read.error.issues.map(({ path, code }) => `${path.join('.') || 'the request'}: ${code}`);
  const remedy = read.error.issues.map((issue) => remedyOf(issue, shape, fields)).join(' ');
  throw new DeskError('request.malformed', codes.join('; '), { remedy });
}

/** The error of a field that its schema alone cannot check. @param remedy what to send */
export function wrongField(field: string, remedy: string): DeskError {
  return new DeskError('request.malformed', `${field}: refused`, { remedy: `${field}: ${remedy}` });
}

/** Low-code tools and forms send an empty text or null for an empty field. */
function withoutEmpty(given: object): Fields {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== '' && value !== undefined),
  );
}

/** A mistyped name of a field, which is safe to repeat. */
const FIELD_NAME = /^[A-Za-z]\w{0,39}$/;

function remedyOf(issue: Issue, shape: Shape, given: Fields): string {
  if (issue.code === 'unrecognized_keys') {
    const named = issue.keys.filter((key) => FIELD_NAME.test(key)).slice(0, 3);
    const which = named.length > 0 ? named.join(', ') : 'the request';
    return `${which}: unknown field. The fields are: ${Object.keys(shape).join(', ')}.`;
  }
  const field = String(issue.path[0] ?? 'the request');
  const wrong = field in given ? wrongOf(issue) : 'missing. Send this field.';
  const meaning = shape[field]?.description;
  return `${field}: ${wrong}${meaning === undefined ? '' : ` It is ${meaning}.`}`;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

function wrongOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return `unknown value. Send one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_type':
      return `wrong type. Send ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'too_big':
      return issue.origin === 'string'
        ? `too long. Send at most ${String(issue.maximum)} characters.`
        : `too big. Send at most ${String(issue.maximum)}.`;
    case 'too_small':
      return `too small. Send at least ${String(issue.minimum)}.`;
    default:
      return 'wrong form.';
  }
}
