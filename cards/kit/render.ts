/** Expands the card templates: each compiled once, expanded exactly once per card, with flat data only. */
import { createRequire } from 'node:module';
import type * as templating from 'adaptivecards-templating';
import { DeskError } from '../../core/errors.js';
import type { Language } from '../../core/terms.js';
import { directionOf } from '../../locales/language.js';
import { MAX_ACTIONS } from './buttons.js';
import type { Element } from './elements.js';
import answer from './templates/answer.json' with { type: 'json' };
import choices from './templates/choices.json' with { type: 'json' };
import guide from './templates/guide.json' with { type: 'json' };
import notice from './templates/notice.json' with { type: 'json' };
import { shorten } from './safe-text.js';

const SOURCES = { answer, choices, guide, notice } as const;
export type TemplateName = keyof typeof SOURCES;

const load = createRequire(import.meta.url);
const compiled = new Map<TemplateName, templating.Template>();

/** The expression parser takes a third of a second to load, so it is loaded after the server listens, by `warmCards`. */
function templateOf(name: TemplateName): templating.Template {
  const known = compiled.get(name);
  if (known) return known;
  const { Template } = load('adaptivecards-templating') as typeof templating;
  const made = new Template(SOURCES[name]);
  compiled.set(name, made);
  return made;
}

/** Compiles every template, so that the first card is not slow. */
export function warmCards(): void {
  for (const name of Object.keys(SOURCES) as TemplateName[]) templateOf(name);
}

/** Longest single text a template takes, in characters. */
const MAX_FIELD = 700;

/** Flat data of a template. The type has no object or list, because those could smuggle elements into the card. */
export type TemplateData = Readonly<Record<string, string | number | boolean>>;

/** Elements built in code that take the place of the template's `{"type": "Slot", "id": …}`. */
export type Slots = Readonly<Record<string, readonly Element[]>>;

/**
 * The finished card in the direction of its language. Throws `invariant` when a template and its data do not fit, which is
 * an error in this product.
 */
export function renderCard(
  name: TemplateName,
  language: Language,
  data: TemplateData,
  slots: Slots,
): Element {
  const actions = slots.actions ?? [];
  if (actions.length > MAX_ACTIONS)
    throw new DeskError('invariant', `card ${name} has ${actions.length} actions`);
  const expanded: unknown = templateOf(name).expand({ $root: flat(data) });
  const card = withoutEmpty(fill(expanded, slots) as Element);
  return directionOf(language) === 'rtl' ? (fromRight(card) as Element) : card;
}

/** Marks a card, and each form that unfolds in it, as written from right to left. Addresses and numbers keep their direction. */
function fromRight(node: unknown): unknown {
  if (Array.isArray(node)) return node.flatMap((item) => isolatedRun(item) ?? [fromRight(item)]);
  if (node === null || typeof node !== 'object') return node;
  const inside = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fromRight(value)]));
  return inside.type === 'AdaptiveCard' ? { ...inside, rtl: true } : inside;
}

const OWN_DIRECTION =
  /^[^\p{Script=Arabic}\p{Script=Hebrew}]*[A-Za-z0-9][^\p{Script=Arabic}\p{Script=Hebrew}]*$/u;

/** A run of an address or a number between Unicode's isolates, which stand in runs of their own: a copy leaves them out. */
function isolatedRun(item: unknown): readonly unknown[] | undefined {
  const { type, text } = (item ?? {}) as { type?: unknown; text?: unknown };
  if (type !== 'TextRun' || typeof text !== 'string' || !OWN_DIRECTION.test(text)) return undefined;
  return [{ type, text: '\u2066' }, item, { type, text: '\u2069' }];
}

/** Turns every value into text or a flag, so that no object or list reaches the template, whatever the caller got. */
function flat(data: TemplateData): TemplateData {
  const entries = Object.entries(data).map(([key, value]) => {
    const simple = typeof value === 'number' || typeof value === 'boolean';
    return [key, simple ? value : shorten(String(value), MAX_FIELD)] as const;
  });
  return Object.fromEntries(entries);
}

function fill(node: unknown, slots: Slots): unknown {
  if (Array.isArray(node)) return node.flatMap((item) => slotOf(item, slots) ?? [fill(item, slots)]);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value, slots)]));
}

function slotOf(node: unknown, slots: Slots): readonly unknown[] | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  const { type, id } = node as { type?: unknown; id?: unknown };
  if (type !== 'Slot' || typeof id !== 'string') return undefined;
  return slots[id] ?? [];
}

/** Drops empty elements: a text without letters, a card without actions. */
function withoutEmpty(card: Element): Element {
  const body = (card.body as readonly Element[]).filter((item) => item.text !== '');
  const { actions, ...rest } = card as { actions?: readonly Element[] };
  return { ...rest, body, ...(actions && actions.length > 0 ? { actions } : {}) };
}
