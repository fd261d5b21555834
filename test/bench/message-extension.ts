/** How long the message extension takes with 100,000 offers: first letters, whole names, sentences and links; its limit is 5 s. */
import { buildOfferIndex } from '../../core/directory/search/search.js';
import type { Directory, Offer, Publisher } from '../../core/directory/types.js';
import { createIssueClassifier } from '../../core/understanding/classifier.js';
import { search, unfurl } from '../../bot/teams/extension/answers.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { Turn } from '../../dialogs/shared/turn.js';
import { textIn } from '../../locales/text.js';
import { parseProfile } from '../../core/directory/parse-profile.js';
import { testSigner } from '../helpers/card-fixtures.js';
import { readFileSync } from 'node:fs';

const OFFERS = 100_000;
const NAMES = [
  'Backup',
  'Monitor',
  'Ledger',
  'Vault',
  'Mail',
  'Forms',
  'Stream',
  'Invoice',
  'Analytics',
  'Guard',
];
const FOR = ['Azure', 'Teams', 'SAP', 'Windows Server', 'Dynamics 365', 'SQL', 'Kubernetes', 'Office'];

/** A directory of fictional offers, one publisher to twenty. */
function bigDirectory(): Directory {
  const publishers = new Map<string, Publisher>();
  const offers = new Map<string, Offer>();
  for (let at = 0; at < OFFERS; at += 1) {
    const publisherId = `fabrikam${Math.floor(at / 20)}`;
    const contacts = [
      { kind: 'customer-support' as const, email: `help@${publisherId}.example`, name: 'Help' },
    ];
    publishers.set(publisherId, {
      id: publisherId,
      name: `Fabrikam ${Math.floor(at / 20)}`,
      aliases: [],
      contacts,
      links: {},
    });
    const name = `${NAMES[at % 10]!} ${at} for ${FOR[(at >> 3) % 8]!}`;
    const offer = {
      id: `${publisherId}.offer-${at}`,
      offerId: `offer-${at}`,
      publisherId,
      name,
      aliases: [],
      plans: [],
      contacts: [],
      links: {},
    };
    offers.set(offer.id, {
      ...offer,
      supportTier: 'publisher',
      hosting: 'saas',
      withdrawn: false,
      markets: [],
    } as never);
  }
  return { version: 1, publishers, offers };
}

function quantile(times: readonly number[], part: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1)} ms`;
}

export function run(): Promise<void> {
  const directory = bigDirectory();
  const started = performance.now();
  const index = buildOfferIndex(directory);
  console.log(`index of ${directory.offers.size} offers: ${(performance.now() - started).toFixed(0)} ms`);
  const classifier = createIssueClassifier();
  const profile = parseProfile(JSON.parse(readFileSync('data/partner-profile.json', 'utf8')));
  if (!profile.ok) throw new Error('the sample profile cannot be read');
  const services = {
    view: () => ({ directory, index }),
    classifier: () => classifier,
    profile: () => profile.profile,
    signer: testSigner,
    now: Date.now,
  } as unknown as DeskServices;
  const turn: Turn = {
    input: { kind: 'empty' },
    asker: 'partner',
    admin: false,
    language: 'en',
    text: textIn('en'),
    host: 'teams',
    scope: 'group',
  };
  const activity = (value: unknown) => ({ from: { id: '29:ada', name: 'Ada' }, value });
  const typed = (query: string) => () =>
    search({ activity: activity({ parameters: [{ name: 'query', value: query }] }), turn, services });
  const link = (url: string) => () => unfurl({ activity: activity({ url }), turn, services });
  const cases: Record<string, readonly (() => unknown)[]> = {
    'first letters': ['b', 'ba', 'bac', 'm', 'mo', 'led', 'va', 'inv'].map(typed),
    'part of a name': ['backup azure', 'monitor 51 teams', 'fabrikam 77', 'vault sap', 'ledger 99992'].map(
      typed,
    ),
    'with a typo': ['bakcup azure', 'montior teams', 'fabrikma 4000'].map(typed),
    sentences: ['Backup 40000 for Azure shows an error', 'refund for Ledger 99992 for Azure please'].map(
      typed,
    ),
    links: [link('https://marketplace.microsoft.com/en-us/product/saas/fabrikam50.offer-1003?tab=Overview')],
  };
  for (const [name, work] of Object.entries(cases)) {
    const times: number[] = [];
    for (let at = 0; at < 60; at += 1) {
      const before = performance.now();
      work[at % work.length]!();
      times.push(performance.now() - before);
    }
    console.log(
      `${name}: p50 ${quantile(times, 0.5)}, p95 ${quantile(times, 0.95)}, most ${quantile(times, 1)}`,
    );
  }
  return Promise.resolve();
}
