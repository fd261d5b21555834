/** Collects the data of an offer or publisher for administration cards, and finds the one that somebody names. */
import type { OwnerName } from '../../cards/admin/admin-words.js';
import type { KeptContacts, AdminSheetData } from '../../cards/admin/admin-sheet-card.js';
import { ownNames } from '../../core/directory/own-language.js';
import { originsOfOffer, originsOfPublisher } from '../../core/directory/origins.js';
import type { Contact, Directory, Offer, Publisher } from '../../core/directory/types.js';
import type { HitReason, OfferMatch } from '../../core/directory/search/types.js';
import { CONTACT_KINDS, type ContactKind } from '../../core/terms.js';
import { wayOf } from '../../core/services/reports/contact-about.js';
import { foldWords } from '../../locales/commands.js';
import type { CaseServices } from '../cases/case-services.js';
import type { DirectoryView } from '../shared/services.js';
import type { AdminServices } from './admin-services.js';

export type Owner =
  | { readonly kind: 'offer'; readonly key: string; readonly offer: Offer }
  | { readonly kind: 'publisher'; readonly key: string; readonly publisher: Publisher };

/** The offer or publisher of a key; undefined when the directory no longer has it. */
export function ownerOf({ offers, publishers }: Directory, key: string): Owner | undefined {
  const [kind, id = ''] = key.split(/:(.*)/s);
  const offer = kind === 'offer' ? offers.get(id) : undefined;
  if (offer) return { kind: 'offer', key, offer };
  const publisher = kind === 'publisher' ? publishers.get(id) : undefined;
  return publisher && { kind: 'publisher', key, publisher };
}

export function thingOf(owner: Owner): Offer | Publisher {
  return owner.kind === 'offer' ? owner.offer : owner.publisher;
}

/** The name of an offer or publisher by its id; the id itself when it no longer exists. */
export function ownerNames({ offers, publishers }: Directory): OwnerName {
  return (id) => offers.get(id)?.name ?? publishers.get(id)?.name ?? id;
}

/** All data of an offer or publisher that an administrator sees. */
export async function sheetOf(
  owner: Owner,
  directory: Directory,
  store: Pick<AdminServices['directory'], 'rowsAbout'>,
  cases?: Pick<CaseServices, 'qualityOf'>,
): Promise<Omit<AdminSheetData, 'note'>> {
  const { id, aliases } = thingOf(owner);
  const own = await contactsOf(owner, store, cases);
  if (owner.kind === 'publisher') return { ...own, id, aliases };
  const { publisherId, withdrawn } = owner.offer;
  const publisher = ownerOf(directory, `publisher:${publisherId}`);
  const theirs = publisher
    ? await contactsOf(publisher, store, cases)
    : { key: `publisher:${publisherId}`, name: publisherId, contacts: [], sources: {} };
  return { ...own, id, aliases, offer: { withdrawn, publisher: theirs } };
}

async function contactsOf(
  owner: Owner,
  store: Pick<AdminServices['directory'], 'rowsAbout'>,
  cases?: Pick<CaseServices, 'qualityOf'>,
): Promise<KeptContacts> {
  const { name, contacts } = thingOf(owner);
  const sources = await sourcesOf(owner, store);
  const figures = CONTACT_KINDS.map(
    (kind) => [kind, cases?.qualityOf({ key: owner.key, way: wayOf(kind) })] as const,
  );
  const answers = Object.fromEntries(figures.filter(([, quality]) => quality !== undefined));
  return { key: owner.key, name, contacts, sources, answers };
}

/** The source each kind of contact comes from. */
export async function sourcesOf(
  owner: Owner,
  store: Pick<AdminServices['directory'], 'rowsAbout'>,
): Promise<Readonly<Partial<Record<ContactKind, string>>>> {
  const { sources } = await store.rowsAbout(owner.key);
  const { id } = thingOf(owner);
  const origins = owner.kind === 'offer' ? originsOfOffer(sources, id) : originsOfPublisher(sources, id);
  return Object.fromEntries(
    CONTACT_KINDS.flatMap((kind) => {
      const origin = origins.find(({ field }) => field === `contacts.${kind}`);
      return origin ? [[kind, origin.source] as const] : [];
    }),
  );
}

/** The contact of a kind, as the owner itself has it. */
export function contactOf(owner: Owner, kind: ContactKind): Contact | undefined {
  return thingOf(owner).contacts.find((one) => one.kind === kind);
}

/** The possible meanings, by key, best first; `sure` when every word belongs to the match. */
export interface FoundOwners {
  readonly keys: readonly string[];
  readonly sure: boolean;
}

/** Offers and publishers of this name; one sure key is the answer. */
export function findOwners(name: string, { directory, index }: DirectoryView): FoundOwners {
  const wanted = foldWords(name);
  const publisher = [...directory.publishers.values()].find(
    (one) => wanted !== '' && (foldWords(one.name) === wanted || one.id === wanted),
  );
  if (publisher) return { keys: [`publisher:${publisher.id}`], sure: true };
  const { keys, reasons } = keysOf(index.find(name));
  const exact = reasons.length > 0 && reasons.every((reason) => reason === 'id' || reason === 'url');
  const isNamed = (key: string) => isMadeOf(wanted, ownerOf(directory, key), directory);
  return { keys, sure: keys.length > 0 && (exact || keys.every(isNamed)) };
}

function keysOf(match: OfferMatch): {
  readonly keys: readonly string[];
  readonly reasons: readonly HitReason[];
} {
  if (match.kind === 'publishers')
    return { keys: match.publisherIds.map((id) => `publisher:${id}`), reasons: [] };
  const hits = match.kind === 'one' ? [match.hit] : match.kind === 'several' ? match.hits : match.nearest;
  return { keys: hits.map(({ offerId }) => `offer:${offerId}`), reasons: hits.map(({ reason }) => reason) };
}

/** A sentence about an offer has words that are not in any of its names. */
function isMadeOf(text: string, owner: Owner | undefined, { publishers }: Directory): boolean {
  if (!owner) return false;
  const { id, name, aliases } = thingOf(owner);
  const ofOffer =
    owner.kind === 'offer'
      ? [...ownNames(owner.offer), publishers.get(owner.offer.publisherId)?.name ?? '']
      : [];
  const names = [id, name, ...aliases, ...ofOffer].join(' ').normalize('NFKC').toLowerCase();
  const words = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.length > 0 && words.every((word) => names.includes(word));
}
