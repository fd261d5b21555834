/** Makes a partner profile from a few plain answers, and explains a wrong answer in words, with an example. */
import { LANGUAGES } from '../terms.js';
import { parseProfile, type ParsedProfile } from './parse-profile.js';
import type { ProfileProblem } from './profile-problems.js';

/** A question for a new profile: the place in the file, the option's name, the sentence, and an example. */
export const QUESTIONS = [
  {
    key: 'name',
    field: 'name',
    flag: 'name',
    text: 'the name of your company, as customers know it',
    example: 'Contoso Cloud',
  },
  {
    key: 'model',
    field: 'model',
    flag: 'model',
    text: 'your CSP model: direct-bill, indirect-provider or indirect-reseller',
    example: 'direct-bill',
  },
  {
    key: 'tenant',
    field: 'tenantIds',
    flag: 'tenant',
    text: 'your Entra tenant ids, comma separated; their members are your staff',
    example: '11111111-2222-4333-8444-555555555555',
  },
  {
    key: 'tier1',
    field: 'tier1',
    flag: 'tier1',
    text: 'who answers a technical question first: partner or publisher',
    example: 'partner',
  },
  {
    key: 'billingEmail',
    field: 'desks.billing.email',
    flag: 'billing-email',
    text: 'email of your billing desk',
    example: 'billing@contoso.com',
  },
  {
    key: 'billingPhone',
    field: 'desks.billing.phone',
    flag: 'billing-phone',
    text: 'phone of your billing desk',
    example: '+14255550190',
  },
  {
    key: 'billingHours',
    field: 'desks.billing.hours',
    flag: 'billing-hours',
    text: 'hours of your billing desk',
    example: 'Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25',
  },
  {
    key: 'supportEmail',
    field: 'desks.technical.email',
    flag: 'support-email',
    text: 'email of your support desk',
    example: 'support@contoso.com',
  },
  {
    key: 'supportPhone',
    field: 'desks.technical.phone',
    flag: 'support-phone',
    text: 'phone of your support desk',
    example: '+14255550191',
  },
  {
    key: 'supportHours',
    field: 'desks.technical.hours',
    flag: 'support-hours',
    text: 'hours of your support desk',
    example: 'Europe/Berlin; Mo-Su 07:00-22:00',
  },
  {
    key: 'providerName',
    field: 'provider',
    flag: 'provider-name',
    text: 'your indirect provider; only for an indirect reseller',
    example: 'Fabrikam Distribution',
  },
  {
    key: 'providerEmail',
    field: 'provider.desk.email',
    flag: 'provider-email',
    text: 'email of your indirect provider’s desk',
    example: 'partners@fabrikam.com',
  },
  {
    key: 'languages',
    field: 'languages',
    flag: 'languages',
    text: `the languages you answer in, comma separated, of ${LANGUAGES.join(', ')}; empty means all`,
    example: LANGUAGES.join(', '),
  },
  {
    key: 'logo',
    field: 'logo',
    flag: 'logo',
    text: 'https address of your logo, or a small image as a data: address',
    example: 'https://www.contoso.com/logo.png',
  },
  {
    key: 'colour',
    field: 'colour',
    flag: 'colour',
    text: 'your colour as #rrggbb; white text stands on it',
    example: '#0f5c8c',
  },
] as const;

export type QuestionKey = (typeof QUESTIONS)[number]['key'];
export type ProfileAnswers = Readonly<Partial<Record<QuestionKey, string>>>;

/** The profile of the answers: customers see documentation, but no other data of a publisher. */
export function profileFrom(answers: ProfileAnswers): ParsedProfile {
  const { name, model = 'direct-bill', tenant = '', tier1 = 'partner' } = answers;
  const provider = answers.providerName && {
    name: answers.providerName,
    desk: { name: answers.providerName, email: answers.providerEmail },
  };
  return parseProfile(
    withoutGaps({
      name,
      model,
      tenantIds: listOf(tenant),
      tier1,
      desks: {
        billing: desk('Billing desk', answers.billingEmail, answers.billingPhone, answers.billingHours),
        technical: desk('Support desk', answers.supportEmail, answers.supportPhone, answers.supportHours),
      },
      ...(provider ? { provider } : {}),
      customerMaySee: { supportEmail: false, supportPhone: false, documentation: true },
      ...(answers.languages ? { languages: listOf(answers.languages) } : {}),
      logo: answers.logo,
      colour: answers.colour,
    }),
  );
}

/**
 * The error in the answer to one question, given the earlier answers. Only an indirect reseller is asked for a
 * provider.
 */
export function problemsWith(
  { field }: (typeof QUESTIONS)[number],
  answers: ProfileAnswers,
): readonly ProfileProblem[] {
  const made = profileFrom(answers);
  return made.ok ? [] : made.problems.filter((problem) => isAbout(field, problem));
}

/** The questions whose answers have these problems. */
export function questionsWith(problems: readonly ProfileProblem[]): readonly QuestionKey[] {
  return QUESTIONS.filter(({ field }) => problems.some((one) => isAbout(field, one))).map(({ key }) => key);
}

function isAbout(asked: string, { field }: ProfileProblem): boolean {
  if (asked === 'provider') return field === asked || field === 'provider.name';
  return field === asked || field.startsWith(`${asked}.`);
}

/** Whether the question applies after these answers. */
export function isAsked(
  { field }: (typeof QUESTIONS)[number],
  { model, providerName }: ProfileAnswers,
): boolean {
  if (field === 'provider') return model === 'indirect-reseller';
  return field !== 'provider.desk.email' || providerName !== undefined;
}

/** The parts of a comma-separated answer. */
export function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

function desk(name: string, email?: string, phone?: string, hours?: string) {
  return { name, email, phone, hours };
}

function withoutGaps(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** An example for each field, by the last part of its path. */
const EXAMPLES: Readonly<Record<string, string>> = {
  name: '"Contoso Cloud"',
  'billing.name': '"Billing desk"',
  'technical.name': '"Support desk"',
  'desk.name': '"Partner desk"',
  'provider.name': '"Fabrikam Distribution"',
  model: '"direct-bill"',
  tenantIds: '["11111111-2222-4333-8444-555555555555"]',
  tier1: '"partner"',
  resellerKeeps: '["billing"]',
  email: '"support@contoso.com"',
  phone: '"+14255550190"',
  url: '"https://support.contoso.com/"',
  upn: '"support@contoso.com"',
  hours: '"Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25"',
  desks: '{ "billing": { "name": "Billing desk" }, "technical": { "name": "Support desk" } }',
  billing: '{ "name": "Billing desk", "email": "billing@contoso.com" }',
  technical: '{ "name": "Support desk", "email": "support@contoso.com" }',
  provider: '{ "name": "Fabrikam", "desk": { "name": "Partner desk", "email": "partners@fabrikam.com" } }',
  desk: '{ "name": "Partner desk", "email": "partners@fabrikam.com" }',
  customerMaySee: '{ "supportEmail": false, "supportPhone": false, "documentation": true }',
  supportEmail: 'false',
  supportPhone: 'false',
  documentation: 'true',
  usualChannel: '"partner"',
  customerRegions: '["West Europe"]',
  languages: '["en", "zh-Hant"]',
  language: '"en"',
  inLanguages: '{ "de": { "name": "Contoso Wolke", "desks": { "billing": "Rechnungsstelle" } } }',
  logo: '"https://www.contoso.com/logo.png"',
  colour: '"#0f5c8c"',
  country: '"US"',
  helpsWithDirectPurchases: 'true',
  overrides: '{ "contoso.backup": { "tier1": "publisher" } }',
};

/** Names are texts inside `inLanguages`, where a desk has no other field. */
const TEXT_EXAMPLES: typeof EXAMPLES = {
  name: EXAMPLES.name!,
  providerName: EXAMPLES['provider.name']!,
  desks: '{ "billing": "Rechnungsstelle" }',
  billing: '"Rechnungsstelle"',
  technical: '"Kundendienst"',
  provider: '"Partnerbetreuung"',
};

/** One problem in a line: the path in the file, the error, and an example. */
export function problemLine({ field, message, unknown }: ProfileProblem): string {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part));
  const [parent = '', leaf = ''] = ['', ...parts].slice(-2);
  const known = parts[0] === 'inLanguages' && parts.length > 1 ? TEXT_EXAMPLES : EXAMPLES;
  const example = unknown ? undefined : (known[`${parent}.${leaf}`] ?? known[leaf]);
  return `${field || 'the file'}: ${message}${example === undefined ? '' : `; for example ${example}`}`;
}
