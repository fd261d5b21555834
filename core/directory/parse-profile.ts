/** Checks the partner's profile, as it comes from a file or a form, and says every place that is wrong. */
import { z } from 'zod';
import { CSP_MODELS, RESELLER_DUTIES } from '../terms.js';
import { readEmail, readHours, readPhone, readUrl, type ReadValue } from './parse/values.js';
import type { PartnerProfile } from './profile.js';

export interface ProfileProblem {
  /** `desks.billing.email`; empty for the profile as a whole. */
  readonly field: string;
  readonly message: string;
}
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
const email = formed(readEmail, 'is not an e-mail address');
const text = z.string().trim().min(1).max(200);
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
const schemaWith = (oneDesk: ReturnType<typeof desk>) =>
  z
    .strictObject({
      name: text,
      model: z.enum(CSP_MODELS),
      tenantIds: z.array(z.guid({ error: 'is not a tenant id (a GUID)' })),
      tier1,
      resellerKeeps: z.array(z.enum(RESELLER_DUTIES)).default([]),
      desks: z.strictObject({ billing: oneDesk, technical: oneDesk }),
      provider: z.strictObject({ name: text, desk: oneDesk }).optional(),
      customerMaySee: maySee,
      helpsWithDirectPurchases: z.boolean().optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'is not a country code such as US')
        .optional(),
      customerRegions: z.array(text).max(200).optional(),
      overrides: z
        .record(
          z.string(),
          z.strictObject({ tier1: tier1.optional(), customerMaySee: maySee.partial().optional() }),
        )
        .default({}),
    })
    .refine((profile) => profile.model !== 'indirect-reseller' || profile.provider !== undefined, {
      path: ['provider'],
      error: 'an indirect reseller names its indirect provider: every Microsoft step goes through it',
    });

const STRICT = schemaWith(desk(HOURS));
const LENIENT = schemaWith(desk(text.optional()));

export interface ProfileOptions {
  /** Take hours that only people can read: of a profile saved before hours had a form. */
  readonly anyHours?: boolean;
}

/** A checked profile, its addresses and hours normalised; or every problem, by field. */
export function parseProfile(value: unknown, { anyHours = false }: ProfileOptions = {}): ParsedProfile {
  const parsed = (anyHours ? LENIENT : STRICT).safeParse(value);
  if (parsed.success) return { ok: true, profile: compact(parsed.data) };
  return {
    ok: false,
    problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  };
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
