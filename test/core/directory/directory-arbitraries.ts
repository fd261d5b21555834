/** Random offers, publishers and sources for the laws of the directory. */
import fc from 'fast-check';
import type { SourceRows } from '../../../core/directory/merge.js';
import type { Contact, DirectoryRow, Offer, Publisher } from '../../../core/directory/types.js';
import { CONTACT_KINDS, HOSTINGS, SUPPORT_TIERS } from '../../../core/terms.js';

const date = fc.option(fc.constantFrom('2024-01-01', '2025-06-01', '2026-11-01'), { nil: undefined });
const contacts: fc.Arbitrary<readonly Contact[]> = fc.uniqueArray(
  fc.record(
    {
      kind: fc.constantFrom(...CONTACT_KINDS),
      email: fc.constantFrom('a@contoso.com', 'b@contoso.com', 'c@contoso.com'),
      verifiedOn: fc.constantFrom('2024-01-01', '2026-11-01'),
    },
    { requiredKeys: ['kind', 'email'] },
  ),
  { selector: (one) => one.kind },
);
const links = fc.record(
  { support: fc.constantFrom('https://a.example/', 'https://b.example/') },
  { requiredKeys: [] },
);
const name = fc.constantFrom('Contoso', 'Contoso, Inc.', 'Fabrikam', 'Litware', 'Contoso Cloud');
const names = fc.uniqueArray(name, { maxLength: 2 });

const text = fc.constantFrom('Contoso Wolke', 'Contoso 雲端', 'Nuage Contoso');
const texts = fc.oneof(
  fc.record({ name: text }),
  fc.record({ summary: text }),
  fc.record({ name: text, summary: text }),
);
const inLanguages = fc.option(
  fc.oneof(
    fc.record({ de: texts }),
    fc.record({ 'zh-Hant': texts }),
    fc.record({ de: texts, 'pt-BR': texts }),
  ),
  { nil: undefined },
);

/** Without the fields that are not given, as stores keep a row. */
const tidy = <T extends object>(value: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const PUBLISHER_IDS = ['contoso', 'fabrikam', 'name:contoso', 'name:fabrikam', 'name:litware'] as const;

const publisherRow: fc.Arbitrary<DirectoryRow> = fc
  .record({ id: fc.constantFrom(...PUBLISHER_IDS), name, aliases: names, links, contacts, verifiedOn: date })
  .map((one) => ({ kind: 'publisher', key: `publisher:${one.id}`, publisher: tidy<Publisher>(one) }));

const offerRow: fc.Arbitrary<DirectoryRow> = fc
  .record({
    id: fc.integer({ min: 1, max: 8 }).map((n) => `contoso.${String(n)}`),
    publisherId: fc.constantFrom(...PUBLISHER_IDS, 'unheard-of'),
    name,
    aliases: names,
    inLanguages,
    supportTier: fc.constantFrom(...SUPPORT_TIERS),
    hosting: fc.constantFrom(...HOSTINGS),
    categories: fc.constantFrom<readonly string[]>([], ['Backup']),
    plans: fc.constantFrom<Offer['plans']>([], [{ id: 'p', name: 'P' }]),
    links,
    contacts,
    verifiedOn: date,
    withdrawn: fc.boolean(),
  })
  .map((one) => ({ kind: 'offer', key: `offer:${one.id}`, offer: tidy<Offer>(one) }));

/** Rows of one source, with each key once. */
export const sourceRows: fc.Arbitrary<readonly DirectoryRow[]> = fc.uniqueArray(
  fc.oneof(publisherRow, offerRow),
  {
    selector: (row) => row.key,
    maxLength: 10,
  },
);

export const sources: fc.Arbitrary<readonly SourceRows[]> = fc
  .tuple(sourceRows, sourceRows, sourceRows, sourceRows)
  .map(([a, b, c, d]) => [
    { source: 'admin', rows: a },
    { source: 'file:a', rows: b },
    { source: 'file:b', rows: c },
    { source: 'catalog', rows: d },
  ]);
