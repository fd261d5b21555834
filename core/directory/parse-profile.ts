/** Checks the partner's profile, as it comes from a file or a form, and says every place that is wrong. */
import { z } from 'zod';
import { carriesWhiteText, contrastProblem, hexColour } from '../colour.js';
import { CSP_MODELS, LANGUAGES, PURCHASE_CHANNELS, RESELLER_DUTIES } from '../terms.js';
import { readLogo } from './logo.js';
import { readEmail, readHours, readPhone, readUrl, type ReadValue } from './parse/values.js';
import { notALanguage, plainMessage, problemsOf, type ProfileProblem } from './profile-problems.js';
import type { PartnerProfile } from './profile.js';

export type ParsedProfile =
  | { readonly ok: true; readonly profile: PartnerProfile }
  | { readonly ok: false; readonly problems: readonly ProfileProblem[] };

const formed = (read: (raw: string) => ReadValue<string>, message: string) =>
  z
    .string()
    .trim()
    .transform((raw, context) => {
      const value = read(raw);
      if (value.ok) return value.value;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional();
const email = formed(readEmail, 'is not an email address');
const text = z.string().trim().min(1).max(200, 'is longer than 200 characters');
const tier1 = z.enum(['partner', 'publisher']);

const desk = <H extends z.ZodType<string | undefined>>(hours: H) =>
  z.strictObject({
    name: text,
    email,
    phone: formed(readPhone, 'is not a phone number'),
    url: formed(readUrl, 'is not an https address'),
    upn: email,
    hours,
  });
const HOURS = formed(readHours, 'is not opening hours; write America/New_York; Mo-Fr 09:00-17:00; off 12-25');
const maySee = z.strictObject({
  supportEmail: z.boolean(),
  supportPhone: z.boolean(),
  documentation: z.boolean(),
});
const language = z.enum(LANGUAGES, { error: notALanguage });
const languages = z
  .array(language)
  .min(1, 'names no language; leave the field out to answer in every language')
  .transform((named) => [...new Set(named)]);
const logo = z.string({ error: 'must be text' }).transform((raw, context) => {
  const read = readLogo(raw);
  if (read.ok) return read.logo;
  context.addIssue({ code: 'custom', message: read.message });
  return z.NEVER;
});
const colour = z.string({ error: 'must be text' }).transform((raw, context) => {
  const hex = hexColour(raw.trim());
  if (hex !== undefined && carriesWhiteText(hex)) return hex;
  const message = hex === undefined ? 'is not a colour of the form #rrggbb' : contrastProblem(hex);
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});
const texts = z.strictObject({
  name: text.optional(),
  providerName: text.optional(),
  desks: z
    .strictObject({ billing: text.optional(), technical: text.optional(), provider: text.optional() })
    .optional(),
});
const schemaWith = (oneDesk: ReturnType<typeof desk>) =>
  z.strictObject({
    name: text,
    model: z.enum(CSP_MODELS),
    tenantIds: z.array(z.guid({ error: 'is not a tenant id (a GUID)' })),
    tier1,
    resellerKeeps: z.array(z.enum(RESELLER_DUTIES)).default([]),
    desks: z.strictObject({ billing: oneDesk, technical: oneDesk }),
    provider: z.strictObject({ name: text, desk: oneDesk }).optional(),
    customerMaySee: maySee,
    usualChannel: z.enum(PURCHASE_CHANNELS).optional(),
    helpsWithDirectPurchases: z.boolean().optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'is not a country code such as US')
      .optional(),
    customerRegions: z.array(text).max(200).optional(),
    languages: languages.optional(),
    language: language.optional(),
    inLanguages: z.partialRecord(language, texts).optional(),
    logo: logo.optional(),
    colour: colour.optional(),
    overrides: z
      .record(
        z.string(),
        z.strictObject({ tier1: tier1.optional(), customerMaySee: maySee.partial().optional() }),
      )
      .default({}),
  });

const STRICT = schemaWith(desk(HOURS));
/** The names of all fields of a profile. */
export const PROFILE_FIELDS = Object.keys(STRICT.shape);
const LENIENT = schemaWith(desk(text.optional()));

export interface ProfileOptions {
  /** Take hours that only people can read: of a profile saved before hours had a form. */
  readonly anyHours?: boolean;
}

/** A checked profile, its addresses and hours normalised; or every problem, by field. */
export function parseProfile(value: unknown, { anyHours = false }: ProfileOptions = {}): ParsedProfile {
  const parsed = (anyHours ? LENIENT : STRICT).safeParse(value, { error: plainMessage });
  const problems = [...(parsed.error ? problemsOf(parsed.error) : []), ...providerProblems(value)];
  return parsed.success && problems.length === 0
    ? { ok: true, profile: compact(parsed.data) }
    : { ok: false, problems };
}

/** Asked of the raw value, so that it is said together with every other problem. */
function providerProblems(value: unknown): readonly ProfileProblem[] {
  const { model, provider } = (value ?? {}) as { readonly model?: unknown; readonly provider?: unknown };
  if (model !== 'indirect-reseller' || (provider !== undefined && provider !== null)) return [];
  const message = 'an indirect reseller names its indirect provider: every Microsoft step goes through it';
  return [{ field: 'provider', message }];
}

/** As `parseProfile`, from the text of a JSON file. */
export function profileFromText(text: string): ParsedProfile {
  try {
    return parseProfile(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    const message = `the file is not JSON (${error instanceof Error ? error.message : String(error)})`;
    return { ok: false, problems: [{ field: '', message }] };
  }
}

/** Without the keys whose value is undefined, so that a profile saved and loaded again is the same. */
function compact<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
