/** How a change to the directory or the profile is told: which field, from what to what, by whom, from which source. */
import { ADMIN_SOURCE } from '../../core/directory/correction.js';
import type { FieldChange } from '../../core/directory/diff.js';
import { logoLabel } from '../../core/directory/logo.js';
import { LANGUAGES, languageName, type ContactKind } from '../../core/terms.js';
import { hasText } from '../../locales/text.js';
import { listed } from '../kit/elements.js';
import { plainText } from '../kit/safe-text.js';
import { type Sentence, say } from '../kit/sentence.js';
import type { RenderContext } from '../kit/types.js';
import { longDate } from '../answer/verified.js';

/** The name of a person by the id on record; undefined for a person without a known name. */
export type PersonName = (id: string) => string | undefined;

/** Names of offers and publishers by id. */
export type OwnerName = (id: string) => string;

/** The name on a button; the id where the name has no visible letters. */
export function named(name: string, id: string): string {
  return plainText(name) === '' ? id : name;
}

/** A kind of contact as administrators call it. */
export function contactKindName(kind: ContactKind, ctx: RenderContext): string {
  return ctx.text(`admin.kind.${kind}`);
}

/** `Customer support – Email: old@… → new@…`. */
export function changeSaid(change: FieldChange, owner: OwnerName, ctx: RenderContext): Sentence {
  if (change.field === 'row') return say(ctx, change.after ? 'admin.change.came' : 'admin.change.went');
  const field = fieldName(change.field, owner, ctx);
  const values = {
    field,
    before: valueText(change.field, change.before, ctx),
    after: valueText(change.field, change.after, ctx),
  };
  return say(ctx, 'admin.change', values);
}

/** Who did it. Ids are never shown: a person without a known name is "somebody", and a program is called a program. */
export function actorName(actor: string, name: PersonName, ctx: RenderContext): string {
  const known = name(actor);
  if (known !== undefined && known !== '') return known;
  if (actor.startsWith('file:')) return ctx.text('admin.by.file');
  if (actor.startsWith('cli:')) return ctx.text('admin.by.cli');
  return ctx.text(actor === 'schedule' || actor === 'setup' ? `admin.by.${actor}` : 'admin.by.somebody');
}

/** The name of a source; files and lists keep their own names. */
export function sourceName(source: string, ctx: RenderContext): string {
  const [first = ''] = source.split(':', 1);
  const key = `admin.source.${first}`;
  return first === source || first === ADMIN_SOURCE ? (hasText(key) ? ctx.text(key) : source) : source;
}

/** `contacts.engineering.email`, `desks.billing.hours`, `overrides.contoso.backup.tier1`, or a field of the thing itself. */
export function fieldName(path: string, owner: OwnerName, ctx: RenderContext): string {
  const [first = '', second = '', ...rest] = path.split('.');
  const inside = (name: string, leaf: string) =>
    ctx.text('admin.field.of', { name, field: leafName(leaf, ctx) });
  if (first === 'contacts') return inside(ctx.text(`admin.kind.${second}`), rest.join('.'));
  if (first === 'desks') return inside(ctx.text(`admin.desk.${second}`), rest.join('.'));
  if (path === 'provider.name') return leafName('providerName', ctx);
  if (first === 'provider') return inside(ctx.text('admin.desk.provider'), rest.at(-1) ?? second);
  if (first === 'inLanguages') return textName(path.split('.').slice(1), ctx);
  if (first === 'customerMaySee') return leafName(second, ctx);
  const [, id, leaf] = /^overrides\.(.+)\.(tier1|supportEmail|supportPhone|documentation)$/.exec(path) ?? [];
  if (id === undefined || leaf === undefined) return leafName(path, ctx);
  return inside(plainText(owner(id.replace(/\.customerMaySee$/, '')), 80), leaf);
}

/** `['de', 'name']`, `['de', 'desks', 'billing']`: a text in one language. */
function textName([tag = '', ...path]: readonly string[], ctx: RenderContext): string {
  const [leaf = '', desk] = path;
  const field = desk === undefined ? leafName(leaf, ctx) : ctx.text(`admin.desk.${desk}`);
  return ctx.text('admin.field.of', { name: valueName('language', tag, ctx), field });
}

function leafName(leaf: string, ctx: RenderContext): string {
  const key = `admin.field.${leaf}`;
  return hasText(key) ? ctx.text(key) : leaf;
}

/** Lists of values that have names. */
const LISTS: ReadonlySet<string> = new Set(['languages', 'resellerKeeps']);

/** The name of a value of a field; the value itself where it has no name. */
export function valueName(field: string, value: string, ctx: RenderContext): string {
  if (field === 'languages' || field === 'language') {
    const language = LANGUAGES.find((one) => one === value);
    return language ? languageName(language) : value;
  }
  const key = `${field === 'usualChannel' ? 'channel.staff' : `admin.value.${field}`}.${value}`;
  return hasText(key) ? ctx.text(key) : value;
}

function valueText(path: string, value: string | undefined, ctx: RenderContext): string {
  if (value === undefined || value === '') return ctx.text('admin.nothing');
  const leaf = path.split('.').at(-1) ?? '';
  if (leaf === 'verifiedOn' || leaf === 'deadSince') return longDate(value, ctx.language) ?? value;
  if (leaf === 'logo') return logoLabel(value);
  if (LISTS.has(leaf))
    return listed(
      value.split('; ').map((one) => valueName(leaf, one, ctx)),
      ctx.language,
    );
  return valueName(leaf, value, ctx);
}
