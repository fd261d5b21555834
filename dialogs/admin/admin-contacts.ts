/** Offers, publishers and their contacts in administration: find, show, correct, verify, mark as dead, add names. */
import type { RenderedCard } from '../../cards/kit/types.js';
import {
  adminContactCard,
  REASON_FIELD,
  type ContactFormData,
} from '../../cards/admin/admin-contact-card.js';
import { adminFoundCard } from '../../cards/admin/admin-notice-cards.js';
import { adminMenuCard, type AdminMenuData } from '../../cards/admin/admin-menu-card.js';
import { OWN_FIELDS, adminOwnCard, WITHDRAWN, type OwnFormData } from '../../cards/admin/admin-own-card.js';
import { ALIAS_FIELD, adminSheetCard } from '../../cards/admin/admin-sheet-card.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { actorName } from '../../cards/admin/admin-words.js';
import { type Sentence, say } from '../../cards/kit/sentence.js';
import { DEAD_REASONS } from '../../core/directory/types.js';
import { addAlias } from '../../core/services/directory/alias.js';
import {
  correctContact,
  CORRECTED_FIELDS,
  type Corrected,
  type Correction,
} from '../../core/services/directory/correct-contact.js';
import { correctOffer } from '../../core/services/directory/correct-offer.js';
import type { ContactKind } from '../../core/terms.js';
import type { AdminTurn } from './admin-context.js';
import { contactOf, findOwners, ownerOf, sheetOf, sourcesOf, thingOf } from './admin-view.js';

/** The first card of administration. */
export function menu(
  { services, admin, ctx, failing }: AdminTurn,
  note?: AdminMenuData['note'],
): RenderedCard {
  const { offers, publishers } = services.view().directory;
  const reports = services.reports !== undefined;
  const doctor = admin.examine !== undefined;
  const learning = admin.learning !== undefined;
  const data = {
    offers: offers.size,
    publishers: publishers.size,
    reports,
    doctor,
    learning,
    failing,
    ...(note && { note }),
  };
  return adminMenuCard(data, ctx);
}

/** Shows the offer or publisher, the choice between several, or that there is none. */
export async function find(turn: AdminTurn, name: string): Promise<RenderedCard> {
  const { services, ctx } = turn;
  const { keys, sure } = findOwners(name, services.view());
  const [first] = keys;
  if (first === undefined) return menu(turn, 'nothing-found');
  if (keys.length === 1 && sure) return sheet(turn, first);
  const { directory } = services.view();
  const found = keys.flatMap((key) => {
    const owner = ownerOf(directory, key);
    if (!owner) return [];
    const detail =
      owner.kind === 'publisher'
        ? ctx.text('admin.found.publisher')
        : (directory.publishers.get(owner.offer.publisherId)?.name ?? owner.offer.publisherId);
    return [{ key, name: thingOf(owner).name, detail }];
  });
  return adminFoundCard({ asked: name, found }, ctx);
}

/** An offer or publisher with all its data, and the result of the last action. */
export async function sheet(turn: AdminTurn, key: string, note?: Sentence): Promise<RenderedCard> {
  const { services, admin, ctx } = turn;
  const { directory } = services.view();
  const owner = ownerOf(directory, key);
  if (!owner) return menu(turn, 'unknown');
  return adminSheetCard(
    { ...(await sheetOf(owner, directory, admin.directory, services.cases)), ...(note && { note }) },
    ctx,
  );
}

/** The form of one contact; with the input and its errors, when it is shown again. */
export async function contactForm(
  turn: AdminTurn,
  key: string,
  kind: ContactKind,
  again: Pick<ContactFormData, 'typed' | 'problem'> = {},
): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  if (!owner) return menu(turn, 'unknown');
  const source = (await sourcesOf(owner, turn.admin.directory))[kind];
  const present = contactOf(owner, kind);
  const data = { key, kind, ownerName: thingOf(owner).name, present, ...(source && { source }), ...again };
  return adminContactCard(data, turn.ctx);
}

type ContactClick = Extract<AdminAction, { verb: 'upkeep-save' | 'upkeep-verify' | 'upkeep-dead' }>;

/** Saves a contact's form, or marks the contact as verified or dead. */
export async function correct(turn: AdminTurn, action: ContactClick): Promise<RenderedCard> {
  const { key, kind, mark, verb } = action;
  const typed = Object.fromEntries(CORRECTED_FIELDS.map((field) => [field, turn.field(field)] as const));
  const reason = DEAD_REASONS.find((one) => one === turn.field(REASON_FIELD)) ?? DEAD_REASONS[0];
  const said: Pick<Correction, 'fields' | 'dead'> =
    verb === 'upkeep-save'
      ? { fields: typed }
      : verb === 'upkeep-dead'
        ? { fields: {}, dead: reason }
        : { fields: {} };
  const { actor, now, admin, services } = turn;
  const done = await correctContact(admin.directory, { key, kind, expected: mark, actor, now, ...said });
  services.log.info('admin.contact', { outcome: done.kind, verb, kind });
  await admin.refresh();
  if (done.kind === 'corrected' || done.kind === 'same') await admin.afterCorrected?.({ key, kind });
  return verb === 'upkeep-save' ? saved(turn, action, done, typed) : noted(turn, action, done);
}

async function saved(
  turn: AdminTurn,
  { key, kind }: ContactClick,
  done: Corrected,
  typed: NonNullable<ContactFormData['typed']>,
): Promise<RenderedCard> {
  switch (done.kind) {
    case 'corrected':
    case 'same':
      return sheet(turn, key, say(turn.ctx, `admin.done.${done.kind}`));
    case 'bad':
      return contactForm(turn, key, kind, { typed, problem: { kind: 'bad', fields: done.fields } });
    case 'unreachable':
      return contactForm(turn, key, kind, { typed, problem: { kind: 'unreachable' } });
    case 'conflict':
      return contactForm(turn, key, kind, {
        typed,
        problem: { kind: 'conflict', by: await lastBy(turn, key) },
      });
    case 'unknown':
      return menu(turn, 'unknown');
  }
}

function noted(turn: AdminTurn, { key, verb }: ContactClick, done: Corrected): Promise<RenderedCard> {
  const well = done.kind === 'corrected' || done.kind === 'same';
  const said = well ? (verb === 'upkeep-dead' ? 'dead' : 'verified') : 'look-again';
  return sheet(turn, key, say(turn.ctx, `admin.done.${said}`));
}

/** Who changed it last, by name when the name is known. */
async function lastBy({ admin, ctx }: AdminTurn, key: string): Promise<string> {
  const [last] = await admin.directory.audit({ key, limit: 1 });
  if (!last) return ctx.text('admin.by.somebody');
  return actorName(last.actor, await admin.people.namesOf([last.actor]), ctx);
}

/** The form of the offer itself. */
export function ownForm(
  turn: AdminTurn,
  key: string,
  again: Pick<OwnFormData, 'typed' | 'problem'> = {},
): RenderedCard {
  const owner = ownerOf(turn.services.view().directory, key);
  if (owner?.kind !== 'offer') return menu(turn, 'unknown');
  return adminOwnCard({ key, present: owner.offer, ...again }, turn.ctx);
}

/** Saves the form of the offer itself. */
export async function correctOwn(
  turn: AdminTurn,
  { key, mark }: Extract<AdminAction, { verb: 'upkeep-own-save' }>,
): Promise<RenderedCard> {
  const { admin, actor, now, services, ctx } = turn;
  const typed = {
    name: turn.field(OWN_FIELDS.name),
    withdrawn: turn.field(OWN_FIELDS.sale) === WITHDRAWN,
  };
  const offerId = key.replace(/^offer:/, '');
  const done = await correctOffer(admin.directory, { offerId, ...typed, expected: mark, actor, now });
  services.log.info('admin.offer', { outcome: done.kind });
  await admin.refresh();
  switch (done.kind) {
    case 'corrected':
    case 'same':
      return sheet(turn, key, say(ctx, `admin.done.${done.kind}`));
    case 'bad-name':
      return ownForm(turn, key, { typed, problem: done });
    case 'conflict':
      return ownForm(turn, key, { typed, problem: { kind: 'conflict', by: await lastBy(turn, key) } });
    case 'unknown':
      return menu(turn, 'unknown');
  }
}

/** Adds an alias; the bot understands it from the next sentence on. */
export async function alias(turn: AdminTurn, key: string): Promise<RenderedCard> {
  const { admin, actor, now, services, ctx } = turn;
  const given = turn.field(ALIAS_FIELD);
  const request = { offerId: key.replace(/^offer:/, ''), alias: given, actor, now };
  const done = await addAlias(admin.directory, services.view().directory, request);
  services.log.info('admin.alias', { outcome: done.kind });
  await admin.refresh();
  switch (done.kind) {
    case 'added':
      return sheet(turn, key, say(ctx, 'admin.done.alias', { alias: given }));
    case 'known':
      return sheet(turn, key, say(ctx, 'admin.done.alias-known', { alias: given }));
    case 'bad-alias':
      return sheet(turn, key, say(ctx, 'admin.done.alias-bad'));
    case 'no-offer':
      return menu(turn, 'unknown');
  }
}
