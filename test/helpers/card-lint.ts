/** The rules for every card: valid Adaptive Cards 1.5 for two validators, accessible, small and safe. */
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parseUrl } from '../../core/url.js';
import type { RenderedCard } from '../../cards/kit/types.js';

const require = createRequire(import.meta.url);

/** The members of the renderer package that validate a card. Node can load the package's bundle, but not its entry. */
interface AdaptiveCardsApi {
  readonly Versions: { readonly v1_5: unknown };
  readonly SerializationContext: new (version: unknown) => {
    readonly eventCount: number;
    getEventAt(at: number): { readonly message: string };
  };
  readonly AdaptiveCard: new () => {
    parse(card: unknown, context: unknown): void;
    validateProperties(): { readonly validationEvents: readonly { readonly message: string }[] };
  };
}
const api = require('adaptivecards/dist/adaptivecards.js') as AdaptiveCardsApi;

export type Node = Readonly<Record<string, unknown>>;

/** Every object in a card, depth first. */
export function nodesOf(card: unknown): readonly Node[] {
  if (Array.isArray(card)) return card.flatMap(nodesOf);
  if (card === null || typeof card !== 'object') return [];
  return [card as Node, ...Object.values(card).flatMap(nodesOf)];
}

/** Every action of a card: in buttons, rows, text runs and fallbacks. */
export function actionsOf(card: unknown): readonly Node[] {
  return nodesOf(card).filter((node) => typeof node.type === 'string' && node.type.startsWith('Action.'));
}

/** Events of the official parser and validator for schema 1.5. */
function parserComplaints(card: unknown): readonly string[] {
  const context = new api.SerializationContext(api.Versions.v1_5);
  const parsed = new api.AdaptiveCard();
  parsed.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  const failures = parsed.validateProperties().validationEvents.map((event) => event.message);
  return [...events, ...failures];
}

const dataDir = process.env.OFFER_DESK_REAL_DATA;
let schema: ((card: unknown) => readonly string[]) | undefined;

/** Complaints of the published JSON schema. Empty when OFFER_DESK_REAL_DATA names no folder. */
function schemaComplaints(card: unknown): readonly string[] {
  if (dataDir === undefined) return [];
  schema ??= compileSchema(dataDir);
  return schema(card);
}

function compileSchema(folder: string) {
  const text = readFileSync(join(folder, 'schemas', 'adaptive-card-1.5.0.json'), 'utf8');
  // The published file declares draft-06, but its rules mean the same in draft-07. Remove the declaration.
  const { $schema: _draft, id: _id, ...json } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false, discriminator: false });
  const validate = ajv.compile(json);
  return (card: unknown) =>
    validate(card) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
}

/** All faults of a rendered card, in words. Empty for a good card. */
export function lintCard(rendered: RenderedCard, host: 'web' | 'teams'): readonly string[] {
  const { card } = rendered;
  const nodes = nodesOf(card);
  const json = JSON.stringify(card);
  return [
    ...parserComplaints(card),
    ...schemaComplaints(card),
    ...nodes.flatMap(textFaults),
    ...actionsOf(card).flatMap((action) => actionFaults(action, host)),
    ...unless(json.length * 2 <= 25 * 1024, `weighs ${json.length * 2} bytes`),
    ...unless(!json.includes('${'), 'an expression is left'),
    ...unless(!/undefined|\[object |NaN/.test(json), 'a broken value is shown'),
    ...unless(!/<\/?at\b/i.test(json), 'a mention tag is left'),
    ...unless(!('msteams' in card), 'mentions may come only from code that knows the roster'),
    ...unless(((card.actions as unknown[] | undefined) ?? []).length <= 6, 'more than six actions'),
    ...unless(
      nodes.some((node) => node.style === 'heading'),
      'no heading',
    ),
    ...unless(card.version === '1.5', 'not version 1.5'),
    ...unless(rendered.summary.trim() !== '' && !/[\r\n]/.test(rendered.summary), 'summary is not one line'),
    ...unless(rendered.text.trim() !== '', 'no text twin'),
  ];
}

function textFaults(node: Node): readonly string[] {
  const faults: string[] = [];
  for (const [key, value] of Object.entries(node))
    if (value === null || value === undefined) faults.push(`${key} is ${value}`);
  if (node.type === 'TextBlock') {
    if (node.wrap !== true) faults.push(`text without wrap: ${String(node.text)}`);
    if (typeof node.text !== 'string' || node.text.trim() === '') faults.push('empty text');
  }
  if (node.type === 'TextRun' && typeof node.text !== 'string') faults.push('a run without text');
  if (String(node.type).startsWith('Input.') && !node.label) faults.push('input without label');
  if (node.type === 'Image' && !node.altText) faults.push('image without altText');
  if (node.type === 'Slot') faults.push('a slot is left');
  return faults;
}

function actionFaults(action: Node, host: 'web' | 'teams'): readonly string[] {
  const type = action.type;
  const faults = unless(
    typeof action.title === 'string' && action.title.trim() !== '',
    `${String(type)} without title`,
  );
  if (type === 'Action.Execute') {
    const fallback = action.fallback as Node | undefined;
    return [
      ...faults,
      ...unless(host === 'teams', 'Action.Execute does nothing in Web Chat'),
      ...unless(fallback?.type === 'Action.Submit', 'Action.Execute without Action.Submit fallback'),
      ...unless(
        JSON.stringify(fallback?.data) === JSON.stringify(action.data),
        'fallback carries other data',
      ),
    ];
  }
  if (type === 'Action.OpenUrl')
    return [...faults, ...urlFaults(String(action.url), host), ...leavingFaults(action, host)];
  return faults;
}

/** A link that leaves Teams must say so. */
function leavingFaults({ title, url }: Node, host: 'web' | 'teams'): readonly string[] {
  const leaves = parseUrl(String(url))?.hostname !== 'teams.microsoft.com';
  return unless(
    host === 'web' || !leaves || String(title).includes('↗'),
    `"${String(title)}" leaves Teams without saying so`,
  );
}

function urlFaults(url: string, host: 'web' | 'teams'): readonly string[] {
  const allowed = host === 'teams' ? /^https:$/ : /^(https|mailto|tel):$/;
  if (!parseUrl(url)) return [`not an address: ${url}`];
  const { protocol, pathname } = new URL(url);
  return [
    ...unless(allowed.test(protocol), `${protocol} is not allowed on ${host}`),
    ...unless(protocol !== 'mailto:' || pathname.split('@').length === 2, `not one recipient: ${url}`),
    ...unless(protocol !== 'tel:' || /^\+?\d{3,15}$/.test(pathname), `not a number: ${url}`),
  ];
}

const unless = (good: boolean, fault: string): readonly string[] => (good ? [] : [fault]);
