/** Contexts, answers and hostile data for tests of cards. All companies are fictional. */
import { hmacSigner } from '../../cards/kit/actions.js';
import type { CardHost, RenderContext } from '../../cards/kit/types.js';
import type { Answer, ShownContact, ShownStep } from '../../core/services/answers/answer.js';
import { type Asker, ASKERS, type Language, LANGUAGES } from '../../core/terms.js';
import { textIn } from '../../locales/text.js';

export const NOW = Date.UTC(2026, 8, 1);
const HOSTS: readonly CardHost[] = ['web', 'teams'];
export const testSigner = hmacSigner('a key for tests only');

export function cardContext(overrides: Partial<RenderContext> = {}): RenderContext {
  const language = overrides.language ?? 'en';
  return {
    text: textIn(language, overrides.asker ?? 'partner'),
    language,
    host: 'web',
    asker: 'partner',
    signer: testSigner,
    step: 'k3Jx9QpZ.7',
    now: NOW,
    // Pictures and cards of a test stay the same when the product learns a language.
    languages: ['en', 'zh-Hant'],
    ...overrides,
  };
}

/** One language for each way in which writing changes a card: Latin letters, full-width letters, and from right to left. */
export const LAYOUT_LANGUAGES = ['en', 'ja', 'ar'] as const satisfies readonly Language[];

/** Every host × asker, in these languages. */
export function everyContext(languages: readonly Language[] = LANGUAGES): readonly RenderContext[] {
  const mailLink = (to: string, subject: string, body: string) =>
    `https://desk.contoso.com/go/mail?${new URLSearchParams({ to, subject, body, sig: 'x'.repeat(43) }).toString()}`;
  return languages.flatMap((language) =>
    HOSTS.flatMap((host) =>
      ASKERS.map((asker: Asker) =>
        cardContext({ language, host, asker, ...(host === 'teams' ? { mailLink } : {}) }),
      ),
    ),
  );
}

export const fabrikamSupport: ShownContact = {
  name: 'Fabrikam Support',
  email: 'support@fabrikam.com',
  phone: '+1 425 555 0123',
  url: 'https://support.fabrikam.com/',
  upn: 'support@fabrikam.com',
  verifiedOn: '2026-07-14',
};

export const engineeringStep: ShownStep = {
  step: { party: 'publisher', way: 'publisher-engineering' },
  partyName: 'Fabrikam',
  contact: { name: 'Robin Lee', email: 'engineering@fabrikam.com', verifiedOn: '2025-11-02' },
  about: { key: 'publisher:fabrikam', way: 'publisher-engineering', mark: 'k2jd81mc0q' },
};

/** A technical question of partner staff about Contoso Backup, sold by Fabrikam. */
export function sampleAnswer(overrides: Partial<Answer> = {}): Answer {
  return {
    facts: {
      asker: 'partner',
      model: 'direct-bill',
      channel: 'partner',
      supportTier: 'publisher',
      hosting: 'saas',
      issue: 'technical',
      tier1: 'partner',
      resellerKeeps: [],
      partnerHelps: false,
      taxBy: 'unknown',
      agreement: 'own',
    },
    decision: {
      responsible: 'publisher',
      first: { party: 'publisher', way: 'publisher-support' },
      escalation: [engineeringStep.step, { party: 'publisher', way: 'publisher-csp-program' }],
      ruleId: 'technical.partner',
      reason: 'reason.technical.partner',
      prepare: ['prepare.subscription', 'prepare.error', 'prepare.steps'],
      notes: ['note.engineering-last'],
      figures: [],
      source: {
        id: 'support/technical-to-publisher',
        title: 'Support for commercial marketplace products',
        url: 'https://learn.microsoft.com/partner-center/customers/csp-commercial-marketplace-support',
        date: '2023-07-31',
        readOn: '2026-11-29',
        basis: 'stated',
        fact: 'For technical questions the CSP partner contacts the publisher.',
      },
    },
    offer: {
      id: 'fabrikam.contoso-backup',
      name: 'Contoso Backup',
      publisherId: 'fabrikam',
      publisherName: 'Fabrikam',
      withdrawn: false,
    },
    partnerName: 'Northwind Cloud',
    responsibleName: 'Fabrikam',
    first: {
      step: { party: 'publisher', way: 'publisher-support' },
      partyName: 'Fabrikam',
      contact: fabrikamSupport,
      about: { key: 'offer:fabrikam.contoso-backup', way: 'publisher-support', mark: '9x0pq3mzr1' },
    },
    escalation: [
      engineeringStep,
      {
        step: { party: 'publisher', way: 'publisher-csp-program' },
        partyName: 'Fabrikam',
        missing: 'none-on-file',
      },
    ],
    links: { documentation: 'https://docs.fabrikam.com/backup', status: 'https://status.fabrikam.com/' },
    trace: [{ ruleId: 'TRACE-CANARY', matched: true, note: 'TRACE-CANARY' }],
    ...overrides,
  };
}

/** A billing question of a customer: the partner's own desk answers. */
export function customerAnswer(overrides: Partial<Answer> = {}): Answer {
  const base = sampleAnswer();
  return {
    ...base,
    facts: { ...base.facts, asker: 'customer', issue: 'billing' },
    decision: {
      ...base.decision,
      responsible: 'partner',
      first: { party: 'partner', way: 'partner-desk' },
      escalation: [],
      ruleId: 'billing.customer',
      reason: 'reason.billing.customer',
      prepare: ['prepare.invoice'],
      notes: [],
    },
    responsibleName: 'Northwind Cloud',
    first: {
      step: { party: 'partner', way: 'partner-desk' },
      partyName: 'Northwind Cloud',
      contact: {
        name: 'Billing desk',
        email: 'billing@northwind.example',
        phone: '+886 2 5550 1234',
        hours: 'Mon–Fri 9:00–18:00',
      },
      about: { key: 'desk:billing', way: 'partner-desk', mark: '1b7c9d0e2f' },
    },
    escalation: [],
    links: {},
    ...overrides,
  };
}

/** Texts that broke cards of other products. The tests put each text into every field of every view. */
export const HOSTILE: Readonly<Record<string, string>> = {
  empty: '',
  spaces: '   \n\t ',
  long: 'Lorem ipsum dolor sit amet '.repeat(190),
  unbroken: 'x'.repeat(5_000),
  rtl: '\u202eمرحبا بالعالم\u202c \u2066שלום\u2069',
  emoji: '🧑‍💻👩‍👩‍👧‍👦🇹🇼'.repeat(40),
  template: '${$root} ${json($root)} \\${secret} {{DATE(2026-01-01T00:00:00Z, SHORT)}}',
  mention: '<at>Everyone</at> <at id="0">x</at>',
  markdownLink: '[click](javascript:alert(1)) ![p](https://evil.example/p.png) <https://evil.example>',
  html: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  javascript: 'javascript:alert(document.domain)',
  autolink: 'https://evil.example/ www.evil.example',
  markdown: '# *bold* _it_ ~~no~~ `code`\n- item\n1. one\n> quote\n| a | b |',
  control: 'a\u0000b\u0007c\u200b\ufeffd\ud800e\u2028f',
  zalgo: `Z${'\u0351\u0352\u0353'.repeat(200)}`,
  json: '{"$data":[1,2],"$when":"${true}","type":"Action.OpenUrl","url":"https://evil.example"}',
};

/** Values of wrong types, as a faulty caller may pass them. No card may show `null` or `[object Object]`. */
export const WRONG_TYPES: readonly unknown[] = [
  null,
  undefined,
  {},
  { type: 'Action.OpenUrl', url: 'https://evil.example' },
  [],
  ['a'],
  Number.NaN,
  42,
  true,
];

/** An answer with `text` in every free text, and with addresses that a careless import might accept. */
export function hostileAnswer(text: string, asker: Asker): Answer {
  const contact: ShownContact = {
    name: text,
    email: text,
    phone: text,
    url: text.startsWith('http')
      ? text
      : `https://example.com/${encodeURIComponent(text.replace(/\p{Cs}/gu, '')).slice(0, 3_000)}`,
    upn: text,
    hours: text,
    verifiedOn: text,
  };
  const base = sampleAnswer();
  const about = { key: 'offer:fabrikam.contoso-backup', way: base.first.step.way, mark: '0a1b2c3d4e' };
  const step: ShownStep = { step: base.first.step, partyName: text, contact, about };
  return {
    ...base,
    facts: { ...base.facts, asker },
    decision: {
      ...base.decision,
      ruleId: text,
      source: { ...base.decision.source, title: text, id: text, url: text, date: text },
    },
    offer: { id: text, name: text, publisherId: text, publisherName: text, withdrawn: true },
    partnerName: text,
    providerName: text,
    responsibleName: text,
    first: step,
    escalation: [step, { ...step, contact: undefined, missing: 'none-on-file' }, step, step, step, step],
    links: {
      documentation: text,
      privacy: text,
      terms: text,
      collateral: text,
      marketing: text,
      status: text,
    },
  };
}
