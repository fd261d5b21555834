/** Explains what is wrong with a field of the profile, with its path; a mistyped name gets a suggestion. */
import type { z } from 'zod';
import { languageFor } from '../language-tags.js';
import { LANGUAGES } from '../terms.js';
import { distance } from './search/words.js';

export interface ProfileProblem {
  /** `desks.billing.email`; empty for the profile as a whole. */
  readonly field: string;
  readonly message: string;
  /** The profile has no such field, so there is no example of one. */
  readonly unknown?: true;
}

/** Every possible field of a profile, to suggest the right name. */
const FIELDS = [
  ...['name', 'model', 'tenantIds', 'tier1', 'resellerKeeps', 'desks', 'provider', 'customerMaySee'],
  ...[
    'usualChannel',
    'helpsWithDirectPurchases',
    'country',
    'customerRegions',
    'languages',
    'language',
    'inLanguages',
    'logo',
    'colour',
    'overrides',
  ],
  ...['providerName', 'billing', 'technical', 'desk', 'email', 'phone', 'url', 'upn', 'hours'],
  ...['supportEmail', 'supportPhone', 'documentation'],
];
/** The names of the same fields in other products. */
const SYNONYMS: Readonly<Record<string, string>> = {
  color: 'colour',
  tenants: 'tenantIds',
  support: 'technical',
};
const MOST_EDITS = 2;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text in quotation marks',
  boolean: 'true or false, without quotation marks',
  array: 'a list in [ ]',
  object: 'a group of fields in { }',
  record: 'a group of fields in { }',
};

export const notALanguage = `is not a language of this product; write ${LANGUAGES.join(' or ')}`;

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/** The sentence of an issue without a specific one; the field's path stands before it. */
export function plainMessage(issue: RawIssue): string | undefined {
  if (issue.input === undefined && issue.code !== 'unrecognized_keys') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `is none of ${issue.values.join(', ')}`;
    case 'too_small':
      return 'is empty';
    case 'too_big':
      return `is too long; at most ${String(issue.maximum)} are taken`;
    default:
      return undefined;
  }
}

/** The problems of an error, one line for each unknown field. */
export function problemsOf(error: z.ZodError): readonly ProfileProblem[] {
  return error.issues.flatMap((issue) => {
    const field = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') return [{ field, message: issue.message }];
    return issue.keys.map((key) => ({
      field: [...issue.path, key].join('.'),
      message: field === 'inLanguages' ? unknownLanguage(key) : unknownField(key),
      unknown: true as const,
    }));
  });
}

function unknownLanguage(key: string): string {
  const meant = languageFor(key);
  return meant === undefined ? notALanguage : `is not a language of this product; perhaps ${meant} is meant`;
}

function unknownField(key: string): string {
  const meant =
    SYNONYMS[key] ?? FIELDS.find((field) => field !== key && distance(key, field, MOST_EDITS) <= MOST_EDITS);
  return `is not a field of a profile${meant === undefined ? '' : `; perhaps ${meant} is meant`}`;
}
