/** One offer or publisher for administrators: names, contacts with state and source, and the possible changes. */
import type { Contact } from '../../core/directory/types.js';
import { triesOf, type ContactQuality } from '../../core/services/cases/contact-quality.js';
import { CONTACT_KINDS, type ContactKind } from '../../core/terms.js';
import { type ChoiceRow, clickAction, joinFacts, rowName } from '../kit/buttons.js';
import { type Element, heading, textBlock } from '../kit/elements.js';
import { renderCard } from '../kit/render.js';
import { phoneText } from '../kit/safe-text.js';
import { oneLine, paragraphs, type Sentence, say } from '../kit/sentence.js';
import type { RenderContext, RenderedCard } from '../kit/types.js';
import { exactRow, inputOf, plainAction, unfolding } from './admin-form.js';
import { contactKindName, named, sourceName } from './admin-words.js';
import { waitText } from '../answer/contact-state.js';
import { longDate } from '../answer/verified.js';

/** The contacts of one owner, with the source of each. */
export interface KeptContacts {
  readonly key: string;
  readonly name: string;
  readonly contacts: readonly Contact[];
  readonly sources: Readonly<Partial<Record<ContactKind, string>>>;
  /** How well each contact answers, where cases say so. */
  readonly answers?: Readonly<Partial<Record<ContactKind, ContactQuality>>>;
}

export interface AdminSheetData extends KeptContacts {
  readonly id: string;
  readonly aliases: readonly string[];
  /** Absent for a publisher. */
  readonly offer?: { readonly withdrawn: boolean; readonly publisher: KeptContacts };
  readonly note?: Sentence;
}

export const ALIAS_FIELD = 'alias';
const MOST_ALIASES = 12;
const MINUTE_MS = 60_000;

export function adminSheetCard(data: AdminSheetData, ctx: RenderContext): RenderedCard {
  const title = say(ctx, 'admin.sheet.title', { name: data.name });
  const lines = factLines(data, ctx);
  const groups = data.offer ? [data, data.offer.publisher] : [data];
  const details: readonly Element[] = [
    ...lines.map((line) => textBlock(line.card, { spacing: 'small', subtle: true })),
    ...groups.flatMap((group) => [
      heading(groupTitle(group, data, ctx).card),
      ...CONTACT_KINDS.map((kind) => exactRow(contactRow(kind, group, ctx), ctx)),
    ]),
    ...(data.offer ? [exactRow(publisherRow(data.offer.publisher, ctx), ctx)] : []),
  ];
  const body = data.note ?? say(ctx, 'admin.sheet.body');
  return {
    card: renderCard(
      'notice',
      ctx.language,
      { title: title.card, body: body.card },
      { details, actions: actionsOf(data, ctx) },
    ),
    summary: oneLine(title.plain),
    text: paragraphs([
      title.plain,
      body.plain,
      lines.map((line) => line.plain).join('\n'),
      ...groups.map((group) =>
        [
          groupTitle(group, data, ctx).plain,
          ...CONTACT_KINDS.map((kind) => `• ${rowName(contactRow(kind, group, ctx))}`),
        ].join('\n'),
      ),
    ]),
  };
}

function factLines({ id, aliases, offer }: AdminSheetData, ctx: RenderContext): readonly Sentence[] {
  const names = aliases.slice(0, MOST_ALIASES).join(' · ');
  return [
    say(ctx, 'admin.sheet.id', { id }),
    ...(offer ? [say(ctx, 'admin.sheet.publisher', { name: offer.publisher.name })] : []),
    ...(offer ? [say(ctx, offer.withdrawn ? 'admin.sheet.withdrawn' : 'admin.sheet.on-sale')] : []),
    ...(aliases.length > 0 ? [say(ctx, 'admin.sheet.aliases', { names })] : []),
  ];
}

function groupTitle(group: KeptContacts, data: AdminSheetData, ctx: RenderContext): Sentence {
  if (!data.offer) return say(ctx, 'admin.sheet.of-all', { name: group.name });
  return group === data
    ? say(ctx, 'admin.sheet.own')
    : say(ctx, 'admin.sheet.of-publisher', { name: group.name });
}

function contactRow(kind: ContactKind, group: KeptContacts, ctx: RenderContext): ChoiceRow {
  const contact = group.contacts.find((one) => one.kind === kind);
  const source = group.sources[kind];
  const ways = contact ? waysOf(contact) : [ctx.text('admin.sheet.no-contact')];
  const state = contact ? [stateOf(contact, ctx)] : [];
  const from =
    source === undefined ? [] : [ctx.text('admin.contact.source', { source: sourceName(source, ctx) })];
  const quality = group.answers?.[kind];
  const answers = quality === undefined ? [] : [answersSaid(quality, ctx)];
  return {
    action: { verb: 'upkeep-form', key: group.key, kind },
    label: contactKindName(kind, ctx),
    detail: joinFacts(ways, [...answers, ...state, ...from]),
  };
}

/** `Answered 8 of 10, median 5 hr`. */
function answersSaid(quality: ContactQuality, ctx: RenderContext): string {
  const { answered, medianMinutes } = quality;
  const values = { answered, count: triesOf(quality) };
  if (medianMinutes === undefined) return ctx.text('admin.contact.answers', values);
  const time = waitText(medianMinutes * MINUTE_MS, ctx);
  return ctx.text('admin.contact.answers.median', { ...values, time });
}

function publisherRow({ key, name }: KeptContacts, ctx: RenderContext): ChoiceRow {
  return {
    action: { verb: 'upkeep-open', key },
    label: ctx.text('admin.button.publisher'),
    detail: named(name, key),
  };
}

function waysOf({ name, email, phone, url, upn }: Contact): readonly string[] {
  const shownPhone = phone === undefined ? undefined : phoneText(phone);
  return [name, email, shownPhone, upn === email ? undefined : upn, url].filter((one) => one !== undefined);
}

function stateOf({ deadSince, deadReason, verifiedOn }: Contact, ctx: RenderContext): string {
  const date = (iso: string) => longDate(iso, ctx.language) ?? iso;
  if (deadSince !== undefined) return ctx.text(`dead.${deadReason ?? 'unknown'}`, { date: date(deadSince) });
  return verifiedOn === undefined
    ? ctx.text('verified.never')
    : ctx.text('verified.on', { date: date(verifiedOn) });
}

function actionsOf({ key, offer }: AdminSheetData, ctx: RenderContext): readonly Element[] {
  const button = (action: Parameters<typeof plainAction>[0], name: string) =>
    plainAction(action, ctx.text(`admin.button.${name}`), ctx);
  const history = button({ verb: 'upkeep-history', key }, 'history');
  const undo = button({ verb: 'upkeep-undo', key }, 'undo');
  const menu = button({ verb: 'upkeep-menu' }, 'menu');
  if (!offer) return [history, undo, menu];
  const alias = inputOf({ id: ALIAS_FIELD, label: ctx.text('admin.field.alias'), value: '' });
  const add = ctx.text('admin.button.alias');
  return [
    unfolding(add, [alias], clickAction({ verb: 'upkeep-alias', key }, add, ctx)),
    button({ verb: 'upkeep-own', key }, 'own'),
    history,
    undo,
    menu,
  ];
}
