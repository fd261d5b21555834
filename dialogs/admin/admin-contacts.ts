/** Offers, publishers and their contacts in the upkeep: found, shown, corrected, marked dead or verified, given names. */
import type { RenderedCard } from '../../cards/kit/types.js';
import {
  upkeepContactCard,
  REASON_FIELD,
  type ContactFormData,
} from '../../cards/admin/admin-contact-card.js';
import { upkeepFoundCard } from '../../cards/admin/admin-found-card.js';
import { upkeepMenuCard, type UpkeepMenuData } from '../../cards/admin/admin-menu-card.js';
import { OWN_FIELDS, upkeepOwnCard, WITHDRAWN, type OwnFormData } from '../../cards/admin/admin-own-card.js';
import { ALIAS_FIELD, upkeepSheetCard } from '../../cards/admin/admin-sheet-card.js';
import type { AdminAction } from '../../cards/kit/action-table.js';
import { actorName } from '../../cards/admin/admin-words.js';
import { type Said, say } from '../../cards/kit/sentence.js';
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
import type { UpkeepTurn } from './admin-context.js';
import { contactOf, findOwners, ownerOf, sheetOf, sourcesOf, thingOf } from './admin-view.js';

/** Where administrators begin. */
export function menu({ services, ctx, failing }: UpkeepTurn, note?: UpkeepMenuData['note']): RenderedCard {
  const { offers, publishers } = services.view().directory;
  const reports = services.reports !== undefined;
  const data = { offers: offers.size, publishers: publishers.size, reports, failing, ...(note && { note }) };
  return upkeepMenuCard(data, ctx);
}

/** The one that is meant, the choice between several, or that there is none. */
export async function find(turn: UpkeepTurn, name: string): Promise<RenderedCard> {
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
        ? ctx.text('upkeep.found.publisher')
        : (directory.publishers.get(owner.offer.publisherId)?.name ?? owner.offer.publisherId);
    return [{ key, name: thingOf(owner).name, detail }];
  });
  return upkeepFoundCard({ asked: name, found }, ctx);
}

/** An offer or publisher with all that is kept of it, and what just happened to it. */
export async function sheet(turn: UpkeepTurn, key: string, note?: Said): Promise<RenderedCard> {
  const { services, upkeep, ctx } = turn;
  const { directory } = services.view();
  const owner = ownerOf(directory, key);
  if (!owner) return menu(turn, 'unknown');
  return upkeepSheetCard(
    { ...(await sheetOf(owner, directory, upkeep.directory)), ...(note && { note }) },
    ctx,
  );
}

/** The form of one contact; what was typed and what is wrong with it, when it is shown again. */
export async function contactForm(
  turn: UpkeepTurn,
  key: string,
  kind: ContactKind,
  again: Pick<ContactFormData, 'typed' | 'problem'> = {},
): Promise<RenderedCard> {
  const owner = ownerOf(turn.services.view().directory, key);
  if (!owner) return menu(turn, 'unknown');
  const source = (await sourcesOf(owner, turn.upkeep.directory))[kind];
  const present = contactOf(owner, kind);
  const data = { key, kind, ownerName: thingOf(owner).name, present, ...(source && { source }), ...again };
  return upkeepContactCard(data, turn.ctx);
}

type ContactClick = Extract<AdminAction, { verb: 'upkeep-save' | 'upkeep-verify' | 'upkeep-dead' }>;

/** Saves a contact's form, or says of the contact that it is right or dead. */
export async function correct(turn: UpkeepTurn, action: ContactClick): Promise<RenderedCard> {
  const { key, kind, mark, verb } = action;
  const typed = Object.fromEntries(CORRECTED_FIELDS.map((field) => [field, turn.field(field)] as const));
  const reason = DEAD_REASONS.find((one) => one === turn.field(REASON_FIELD)) ?? DEAD_REASONS[0];
  const said: Pick<Correction, 'fields' | 'dead'> =
    verb === 'upkeep-save'
      ? { fields: typed }
      : verb === 'upkeep-dead'
        ? { fields: {}, dead: reason }
        : { fields: {} };
  const { actor, now, upkeep, services } = turn;
  const done = await correctContact(upkeep.directory, { key, kind, expected: mark, actor, now, ...said });
  services.log.info('upkeep.contact', { outcome: done.kind, verb, kind });
  await upkeep.refresh();
  if (done.kind === 'corrected' || done.kind === 'same') await upkeep.afterCorrected?.({ key, kind });
  return verb === 'upkeep-save' ? saved(turn, action, done, typed) : noted(turn, action, done);
}

async function saved(
  turn: UpkeepTurn,
  { key, kind }: ContactClick,
  done: Corrected,
  typed: NonNullable<ContactFormData['typed']>,
): Promise<RenderedCard> {
  switch (done.kind) {
    case 'corrected':
    case 'same':
      return sheet(turn, key, say(turn.ctx, `upkeep.done.${done.kind}`));
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

function noted(turn: UpkeepTurn, { key, verb }: ContactClick, done: Corrected): Promise<RenderedCard> {
  const well = done.kind === 'corrected' || done.kind === 'same';
  const said = well ? (verb === 'upkeep-dead' ? 'dead' : 'verified') : 'look-again';
  return sheet(turn, key, say(turn.ctx, `upkeep.done.${said}`));
}

/** Who changed it last, by name where the name is known. */
async function lastBy({ upkeep, ctx }: UpkeepTurn, key: string): Promise<string> {
  const [last] = await upkeep.directory.audit({ key, limit: 1 });
  if (!last) return ctx.text('upkeep.by.somebody');
  return actorName(last.actor, await upkeep.people.namesOf([last.actor]), ctx);
}

/** The form of the offer itself. */
export function ownForm(
  turn: UpkeepTurn,
  key: string,
  again: Pick<OwnFormData, 'typed' | 'problem'> = {},
): RenderedCard {
  const owner = ownerOf(turn.services.view().directory, key);
  if (owner?.kind !== 'offer') return menu(turn, 'unknown');
  return upkeepOwnCard({ key, present: owner.offer, ...again }, turn.ctx);
}

/** Saves the form of the offer itself. */
export async function correctOwn(
  turn: UpkeepTurn,
  { key, mark }: Extract<AdminAction, { verb: 'upkeep-own-save' }>,
): Promise<RenderedCard> {
  const { upkeep, actor, now, services, ctx } = turn;
  const typed = {
    name: turn.field(OWN_FIELDS.name),
    withdrawn: turn.field(OWN_FIELDS.sale) === WITHDRAWN,
  };
  const offerId = key.replace(/^offer:/, '');
  const done = await correctOffer(upkeep.directory, { offerId, ...typed, expected: mark, actor, now });
  services.log.info('upkeep.offer', { outcome: done.kind });
  await upkeep.refresh();
  switch (done.kind) {
    case 'corrected':
    case 'same':
      return sheet(turn, key, say(ctx, `upkeep.done.${done.kind}`));
    case 'bad-name':
      return ownForm(turn, key, { typed, problem: done });
    case 'conflict':
      return ownForm(turn, key, { typed, problem: { kind: 'conflict', by: await lastBy(turn, key) } });
    case 'unknown':
      return menu(turn, 'unknown');
  }
}

/** Adds a name people use; it is understood from the next sentence on. */
export async function alias(turn: UpkeepTurn, key: string): Promise<RenderedCard> {
  const { upkeep, actor, now, services, ctx } = turn;
  const given = turn.field(ALIAS_FIELD);
  const request = { offerId: key.replace(/^offer:/, ''), alias: given, actor, now };
  const done = await addAlias(upkeep.directory, services.view().directory, request);
  services.log.info('upkeep.alias', { outcome: done.kind });
  await upkeep.refresh();
  switch (done.kind) {
    case 'added':
      return sheet(turn, key, say(ctx, 'upkeep.done.alias', { alias: given }));
    case 'known':
      return sheet(turn, key, say(ctx, 'upkeep.done.alias-known', { alias: given }));
    case 'bad-alias':
      return sheet(turn, key, say(ctx, 'upkeep.done.alias-bad'));
    case 'no-offer':
      return menu(turn, 'unknown');
  }
}
