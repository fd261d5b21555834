/** Offers to search: the real catalog when its folder is given, the sample otherwise, and generated ones for size. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Directory, Offer, Publisher } from '../../../core/directory/types.js';
import { seeded } from '../../../scripts/understanding/trainer.js';

interface RealOffer {
  readonly legacyId: string;
  readonly publisherId: string;
  readonly displayName: string | null;
  readonly solutionName: string;
  readonly publisherName: string | null;
  readonly supportName: string | null;
  readonly supportTier: string | null;
}

/** An offer with nothing but what search looks at. */
export function offerOf(id: string, publisherId: string, name: string, more: Partial<Offer> = {}): Offer {
  return {
    id,
    publisherId,
    name,
    aliases: [],
    supportTier: 'publisher',
    hosting: 'unknown',
    categories: [],
    plans: [],
    links: {},
    contacts: [],
    withdrawn: false,
    ...more,
  };
}

export function publisherOf(id: string, name: string, aliases: readonly string[] = []): Publisher {
  return { id, name, aliases, links: {}, contacts: [] };
}

export function directoryOf(
  offers: readonly Offer[],
  publishers: readonly Publisher[],
  version = 1,
): Directory {
  return {
    version,
    offers: new Map(offers.map((offer) => [offer.id, offer])),
    publishers: new Map(publishers.map((publisher) => [publisher.id, publisher])),
  };
}

const TIERS = { microsoft: 'microsoft', community: 'community', partner: 'publisher' } as const;

function tierOf(word: string | null): Offer['supportTier'] {
  return TIERS[(word ?? '').toLowerCase() as keyof typeof TIERS] ?? 'none';
}

/** The 405 real offers as the directory would hold them. */
export function realDirectory(folder: string): Directory {
  const rows = JSON.parse(
    readFileSync(join(folder, 'marketplace-offers.json'), 'utf8'),
  ) as readonly RealOffer[];
  const publishers = new Map<string, Publisher>();
  const offers = rows.map((row) => {
    const publisherId = row.publisherId.toLowerCase();
    const name = row.publisherName ?? row.supportName ?? row.publisherId;
    if (!publishers.has(publisherId) || row.publisherName)
      publishers.set(publisherId, publisherOf(publisherId, name));
    const shown = row.displayName ?? row.solutionName;
    return offerOf(row.legacyId.toLowerCase(), publisherId, shown, {
      aliases: row.solutionName && row.solutionName !== shown ? [row.solutionName] : [],
      supportTier: tierOf(row.supportTier),
    });
  });
  return directoryOf(offers, [...publishers.values()]);
}

const SAMPLE = join(import.meta.dirname, '../../../data/directory.json');

/** The sample directory that ships. */
export function sampleDirectory(): Directory {
  const { offers, publishers } = JSON.parse(readFileSync(SAMPLE, 'utf8')) as {
    readonly offers: readonly Offer[];
    readonly publishers: readonly Publisher[];
  };
  return directoryOf(
    offers.map((offer) =>
      offerOf(offer.id.toLowerCase(), offer.publisherId.toLowerCase(), offer.name, offer),
    ),
    publishers,
  );
}

/** The real offers where their folder is given. */
export function benchDirectory(folder: string | undefined): {
  readonly name: string;
  readonly directory: Directory;
} {
  const real = folder !== undefined && existsSync(join(folder, 'marketplace-offers.json'));
  return real
    ? { name: 'real offers', directory: realDirectory(folder) }
    : { name: 'sample offers', directory: sampleDirectory() };
}

const SYLLABLES =
  'ba be bo ca ce co da de do fa fi go ha ki la le li lo ma me mi mo na ne no pa pi po ra re ri ro sa se si so ta te ti to va ve vi vo xa ya za zu lan ren tor vex lyn dor mar sol net'.split(
    ' ',
  );
const THINGS =
  'Backup Firewall Analytics Monitor Gateway Identity Vault Mail Archive Insights Manager Connector Scanner Shield Workflow Ledger Planner Forecast Inventory Payroll Helpdesk Translate Studio Designer Signature Contracts Training Compliance Audit Storage Migration Recovery Detection Response Endpoint Sandbox Proxy Wallet Portal Survey Chat Voice Meetings Rooms Tickets Assets Patch Encryption Tokens Secrets Graph Stream Lake Warehouse Pipeline Catalog Quality Lineage Notebook Search Index Cache Queue Scheduler Router Balancer Mesh Cluster Registry Builder Tester Tracker Timesheet Expenses Invoicing Billing Commerce Loyalty Campaigns Leads Pricing Quotes Field Fleet Maps Sensors Twin Robotics Vision Speech Claims Patients Records Imaging Trials Lessons Exams Library Permits Grants Elections Energy Metering Grid Emissions Waste Water'.split(
    ' ',
  );
const ADJECTIVES =
  'Cloud Smart Secure Rapid Unified Managed Advanced Hybrid Open Premium Global Modern Virtual Mobile Digital Enterprise Essential Continuous Autonomous Trusted'.split(
    ' ',
  );
const TAILS = [
  '',
  '',
  '',
  ' for Microsoft Sentinel',
  ' for Microsoft 365',
  ' for Azure',
  ' Cloud',
  ' Platform',
  ' Suite',
  ' (Preview)',
  ' for Teams',
  ' Pro',
  ' Enterprise',
  ' Connector',
];

/** Reproducible made-up offers: about one publisher to five offers, words shared as in a real catalog. */
export function generatedDirectory(count: number, seed = 11): Directory {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const company = (): string => {
    const word = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(SYLLABLES)).join('');
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const publishers = Array.from({ length: Math.ceil(count / 5) }, (_, at) => {
    const name =
      random() < 0.3 ? `${company()} ${pick(['Software', 'Systems', 'Labs', 'Networks'])}` : company();
    return publisherOf(
      `${name.toLowerCase().replace(/\W/g, '')}${at}`,
      `${name}${pick(['', ', Inc.', ' GmbH', ' Ltd.'])}`,
    );
  });
  const offers = Array.from({ length: count }, (_, at) => {
    const publisher = pick(publishers);
    const brand = publisher.name.split(/[ ,]/)[0] ?? '';
    const middle = random() < 0.5 ? `${pick(ADJECTIVES)} ` : '';
    const name = `${brand} ${middle}${pick(THINGS)}${random() < 0.4 ? ` ${pick(THINGS)}` : ''}${pick(TAILS)}`;
    return offerOf(`${publisher.id}.offer-${at}`, publisher.id, name);
  });
  return directoryOf(offers, publishers);
}
