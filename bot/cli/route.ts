/** Prints `route check` and `route explain`: the linter's findings, and the path to one answer. No process, no I/O. */
import type { PartnerProfile } from '../../core/directory/profile.js';
import type { OfferIndex } from '../../core/directory/search/types.js';
import type { Directory } from '../../core/directory/types.js';
import { explain } from '../../core/policy/decide.js';
import {
  type Decision,
  type RouteFacts,
  type RouteStep,
  type TraceLine,
  partyLabel,
} from '../../core/policy/decision.js';
import { lintPolicy, type Finding } from '../../core/policy/lint.js';
import { openQuestions } from '../../core/policy/open-questions.js';
import { RULES } from '../../core/policy/rules.js';
import { FIGURES, figuresFor, type Figure, type FigureId } from '../../core/policy/figures.js';
import { PAGES, sourceOf, type SourceId, NOTE_SOURCES } from '../../core/policy/sources.js';
import { storeErrorIn } from '../../core/policy/store-errors.js';
import { countryNamed, taxHandlerOf } from '../../core/policy/tax-countries.js';
import { OWN_STEPS, type OwnStepsId } from '../../core/policy/own-steps.js';
import { knownOffer, routeFacts, type KnownOffer } from '../../core/services/answers/route-facts.js';
import {
  AGREEMENTS,
  ASKERS,
  CSP_MODELS,
  HOSTINGS,
  ISSUES,
  LANGUAGES,
  PRIVATE_OFFERS,
  PURCHASE_CHANNELS,
  RESELLER_DUTIES,
  SUPPORT_TIERS,
  type Asker,
  type Hosting,
  type PrivateOffer,
  type PurchaseChannel,
  type TaxHandler,
} from '../../core/terms.js';
import { textIn } from '../../locales/text.js';

export interface Printed {
  /** The findings with named fields. */
  readonly data?: unknown;
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/**
 * `route check`: one line per finding, or the number of checked rules. `todayIso` is the day for the age of the
 * sources.
 */
export function routeCheck(todayIso: string): Printed {
  const findings = lintPolicy(RULES, todayIso);
  const pages = Object.keys(PAGES).length;
  const data = { rules: RULES.length, pages, findings };
  if (findings.length > 0) return { ok: false, data, lines: findings.map(findingLine) };
  return {
    ok: true,
    data,
    lines: [`${RULES.length} rules, ${pages} pages: every cell has one owner, no findings.`],
  };
}

function findingLine(finding: Finding): string {
  switch (finding.kind) {
    case 'unowned':
      return `unowned: ${finding.cells} combinations have no rule, for example ${factWords(finding.example)}`;
    case 'no-default':
      return `no default: no rule owns "other" for asker ${finding.asker}`;
    case 'duplicate-id':
      return `${finding.ruleId}: this id is used twice`;
    case 'unreachable':
      return `${finding.ruleId}: never wins, shadowed by ${finding.shadowedBy.join(', ') || 'its own conditions'}`;
    case 'fact-not-listed':
      return `${finding.ruleId}: cites ${finding.source}, a fact its page does not list`;
    case 'bad-address':
      return `page ${finding.pageId}: has no title or no https address`;
    case 'bad-date':
      return `page ${finding.pageId}: "${finding.date}" is not a full day, or "unknown"`;
    case 'old-page':
      return `page ${finding.pageId}: dated ${finding.pageDate}, last read on ${finding.readOn}; read it again`;
    case 'unknown-key':
      return `${finding.ruleId}: unknown sentence ${finding.key}`;
    case 'illegal-step':
      return `${finding.ruleId}: sends somebody to ${finding.way}, but ${finding.law}`;
  }
}

/** Options of `route explain`, as typed. A fact here overrides the directory and the profile. */
export interface ExplainOptions {
  readonly asker: string;
  /** Left out where a pasted error says the issue. */
  readonly issue?: string;
  readonly offer?: string;
  readonly model?: string;
  readonly channel?: string;
  readonly hosting?: string;
  readonly supportTier?: string;
  readonly tier1?: string;
  /** Whose agreement a private offer is bought under. */
  readonly agreement?: string;
  /** The kind of private offer; implies the purchase channel. */
  readonly privateOffer?: string;
  /** A pasted error: its issue overrides `issue`. */
  readonly error?: string;
  /** ISO code or English name of the country on the invoice. */
  readonly country?: string;
  /** Set when the partner offers help with purchases in which it takes no part. */
  readonly partnerHelps?: boolean;
  /** Duties that an indirect reseller keeps, separated by commas. */
  readonly keeps?: string;
}

/** What the command may know besides its options. */
export interface ExplainDeps {
  readonly directory?: Directory;
  readonly profile?: PartnerProfile;
  readonly index?: Pick<OfferIndex, 'find'>;
}

const VOCABULARY = {
  asker: ASKERS,
  issue: ISSUES,
  model: CSP_MODELS,
  channel: PURCHASE_CHANNELS,
  hosting: HOSTINGS,
  supportTier: SUPPORT_TIERS,
  tier1: ['partner', 'publisher'],
  agreement: AGREEMENTS,
  privateOffer: Object.keys(PRIVATE_OFFERS) as readonly PrivateOffer[],
} as const;
type Fact = keyof typeof VOCABULARY;
const FACTS = Object.keys(VOCABULARY) as readonly Fact[];

/** `route explain`: the facts, each rule considered and why it did not fit, the answer, why, and the source. */
export function routeExplain(options: ExplainOptions, deps: ExplainDeps = {}): Printed {
  const wrong = [
    ...FACTS.flatMap((fact) => wrongValue(fact, options[fact])),
    ...wrongDuties(options.keeps),
    ...wrongCountry(options.country),
    ...contradiction(options),
    ...withoutIssue(options),
  ];
  if (wrong.length > 0) return { ok: false, lines: wrong };
  const found = findOffer(options.offer, deps);
  if (found.kind === 'not-one') return { ok: false, lines: found.lines };
  const facts = factsOf(options, found.known, deps);
  const { decision, trace } = explain(facts);
  const open = openQuestions(facts, knownFacts(options, facts));
  return {
    ok: true,
    data: { offer: found.known, facts, considered: trace, decision, openQuestions: open },
    lines: [
      ...(found.known ? [`Offer      ${offerWords(found.known)}`] : []),
      `Facts      ${factWords(facts)}`,
      'Considered',
      ...trace.map(traceLine),
      ...errorLines(options.error, facts.asker),
      ...decisionLines(decision, facts.hosting, sentenceNames(found.known, deps)),
      ...(open.length > 0
        ? [`Asked too  ${open.join(', ')}: not given, and it would change the answer`]
        : []),
    ],
  };
}

function wrongValue(fact: Fact, value: string | undefined): readonly string[] {
  const allowed: readonly string[] = VOCABULARY[fact];
  if (value === undefined || allowed.includes(value)) return [];
  return [`${fact}: "${value}" is none of ${allowed.join(', ')}`];
}

function wrongCountry(country: string | undefined): readonly string[] {
  if (country === undefined || countryNamed(country, LANGUAGES)) return [];
  return [`country: "${country}" is no country of the marketplace`];
}

function contradiction({ channel, privateOffer }: ExplainOptions): readonly string[] {
  const implied = valueIn(VOCABULARY.privateOffer, privateOffer);
  if (!implied || channel === undefined || channel === PRIVATE_OFFERS[implied]) return [];
  // A direct buyer may also name the private offer.
  if (implied === 'publisher' && channel === 'customer-direct') return [];
  // A private offer that is bought under an indirect Enterprise Agreement.
  if (implied !== 'csp' && channel === 'indirect-enterprise-agreement') return [];
  return [`private-offer: "${implied}" is bought by channel ${PRIVATE_OFFERS[implied]}, not ${channel}`];
}

/** An answer needs an issue: a given one, or one of a published error. */
function withoutIssue({ asker, issue, error }: ExplainOptions): readonly string[] {
  if (issue !== undefined) return [];
  if (error === undefined) return ['issue: give --issue, or --error with a pasted error text'];
  if (storeErrorIn(error, valueIn(ASKERS, asker) ?? USUAL.asker)) return [];
  return ['error: the text is not one of the published errors; give --issue too'];
}

function wrongDuties(keeps: string | undefined): readonly string[] {
  const wrong = duties(keeps).filter((duty) => !(RESELLER_DUTIES as readonly string[]).includes(duty));
  return wrong.map((duty) => `keeps: "${duty}" is none of ${RESELLER_DUTIES.join(', ')}`);
}

function duties(keeps: string | undefined): readonly string[] {
  return (keeps ?? '').split(',').flatMap((duty) => (duty.trim() === '' ? [] : [duty.trim()]));
}

function knownFacts(options: ExplainOptions, facts: RouteFacts): ReadonlySet<string> {
  const told: readonly string[] = [
    ...FACTS.filter((fact) => options[fact] !== undefined),
    ...(options.privateOffer === undefined ? [] : ['channel']),
    ...(options.country === undefined ? [] : ['country']),
    ...(agreementOf(options) === undefined ? [] : ['agreement']),
  ];
  return new Set(facts.hosting === 'unknown' ? told : [...told, 'hosting']);
}

type FoundOffer =
  | { readonly kind: 'found'; readonly known: KnownOffer | undefined }
  | { readonly kind: 'not-one'; readonly lines: readonly string[] };

function findOffer(text: string | undefined, { directory, index }: ExplainDeps): FoundOffer {
  if (text === undefined) return { kind: 'found', known: undefined };
  if (!directory) return { kind: 'not-one', lines: ['offer: there is no directory to look it up in'] };
  const exact = knownOffer(text.trim().toLowerCase(), directory);
  const match = exact ? undefined : index?.find(text);
  const known = exact ?? (match?.kind === 'one' ? knownOffer(match.hit.offerId, directory) : undefined);
  if (known) return { kind: 'found', known };
  const near = match?.kind === 'none' ? match.nearest : match && 'hits' in match ? match.hits : [];
  const lines = near
    .slice(0, 5)
    .map((hit) => `  ${hit.offerId}  ${directory.offers.get(hit.offerId)?.name ?? ''}`);
  return { kind: 'not-one', lines: [`offer: "${text}" is not one offer; give its id`, ...lines] };
}

const USUAL: RouteFacts = {
  asker: 'customer',
  issue: 'other',
  model: 'direct-bill',
  channel: 'partner',
  supportTier: 'publisher',
  hosting: 'unknown',
  tier1: 'partner',
  resellerKeeps: [],
  partnerHelps: false,
  taxBy: 'unknown',
  agreement: 'own',
};

function factsOf(options: ExplainOptions, known: KnownOffer | undefined, deps: ExplainDeps): RouteFacts {
  const asker = valueIn(ASKERS, options.asker) ?? USUAL.asker;
  const pasted = storeErrorIn(options.error ?? '', asker);
  const issue = pasted?.issue ?? valueIn(ISSUES, options.issue) ?? USUAL.issue;
  const given: Partial<RouteFacts> = {
    model: valueIn(CSP_MODELS, options.model),
    channel: channelOf(options),
    partnerHelps: options.partnerHelps,
    taxBy: options.country === undefined ? undefined : taxIn(options.country),
    hosting: valueIn(HOSTINGS, options.hosting),
    supportTier: valueIn(SUPPORT_TIERS, options.supportTier),
    tier1: valueIn(VOCABULARY.tier1, options.tier1),
    agreement: agreementOf(options),
    resellerKeeps:
      options.keeps === undefined
        ? undefined
        : RESELLER_DUTIES.filter((duty) => duties(options.keeps).includes(duty)),
  };
  const { directory, profile } = deps;
  const looked =
    directory && profile
      ? routeFacts({ asker, issue, ...(known && { offerId: known.offer.id }) }, directory, profile)
      : { ...USUAL, ...(known && { supportTier: known.offer.supportTier, hosting: known.offer.hosting }) };
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...looked, ...said, asker, issue };
}

function channelOf({ channel, privateOffer }: ExplainOptions): PurchaseChannel | undefined {
  const implied = valueIn(VOCABULARY.privateOffer, privateOffer);
  return implied ? PRIVATE_OFFERS[implied] : valueIn(PURCHASE_CHANNELS, channel);
}

/** An indirect Enterprise Agreement beside a private offer says who bills it. */
function agreementOf({ agreement, channel, privateOffer }: ExplainOptions) {
  const isBoth = privateOffer !== undefined && channel === 'indirect-enterprise-agreement';
  return isBoth ? ('indirect' as const) : valueIn(AGREEMENTS, agreement);
}

function taxIn(country: string): TaxHandler {
  return taxHandlerOf(countryNamed(country, LANGUAGES) ?? 'unknown');
}

function valueIn<T extends string>(allowed: readonly T[], value: string | undefined): T | undefined {
  return allowed.find((each) => each === value);
}

function offerWords({ offer, publisher }: KnownOffer): string {
  return `${offer.name} (${offer.id}) by ${publisher?.name ?? offer.publisherId}`;
}

function factWords(facts: RouteFacts): string {
  const { resellerKeeps, ...rest } = facts;
  const words = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  return [...words, `resellerKeeps=${resellerKeeps.join('+') || 'nothing'}`].join(' ');
}

function traceLine({ ruleId, matched, note }: TraceLine): string {
  const mark = ruleId.startsWith('modifier.') ? '+' : matched ? '✓' : '–';
  return note ? `  ${mark} ${ruleId}: ${note}` : `  ${mark} ${ruleId}`;
}

type Names = Readonly<Record<'partner' | 'provider' | 'publisher' | 'offer', string>>;

function sentenceNames(known: KnownOffer | undefined, { profile }: ExplainDeps): Names {
  const text = textIn('en');
  return {
    partner: profile?.name ?? text('party.partner'),
    provider: profile?.provider?.name ?? text('party.provider'),
    publisher: known?.publisher?.name ?? known?.offer.publisherId ?? text('party.publisher'),
    offer: known?.offer.name ?? text('answer.this-offer'),
  };
}

function decisionLines(decision: Decision, hosting: Hosting, names: Names): readonly string[] {
  const text = sentences;
  const { source } = decision;
  return [
    `Rule       ${decision.ruleId}`,
    `Answer     ${partyLabel(decision.responsible)} (${decision.responsible}) is responsible`,
    `First      ${stepWords(decision.first)}`,
    ...decision.escalation.map((step) => `Then       ${stepWords(step)}`),
    `Why        ${text(decision.reason, names)}`,
    ...(decision.ownSteps ? ownStepsLines(decision.ownSteps) : []),
    ...(decision.tell ? [`Say        ${text(decision.tell, names)}`] : []),
    ...figuresFor(decision.figures, hosting).flatMap(figureLines),
    ...decision.notes.flatMap((note) => noteLines(note, text(note, names))),
    `Source     ${source.title}, ${source.date}, ${source.basis}; read on ${source.readOn} (${source.id})`,
    `           ${source.url}`,
    `Fact       ${source.basis}: ${source.fact}`,
    ...(source.basis === 'derived' ? [`Because    ${source.reasoning}`] : []),
  ];
}

/** The sentence in English. A party without a name, as in "the indirect provider", may begin it. */
const sentences: ReturnType<typeof textIn> = (key, values) =>
  textIn('en')(key, values).replace(/(?<=^|[.!?] )th(?=e |is )/gu, 'Th');

function noteLines(note: string, said: string): readonly string[] {
  const source = (NOTE_SOURCES as Readonly<Record<string, SourceId | undefined>>)[note];
  return [`Note       ${said}`, ...(source ? [`           ${citation(source)}`] : [])];
}

/** Title and date of the page, and the fact. */
function citation(source: SourceId): string {
  const { title, date, fact } = sourceOf(source);
  return `${title}, ${date}: ${fact}`;
}

function errorLines(pasted: string | undefined, asker: Asker): readonly string[] {
  const error = storeErrorIn(pasted ?? '', asker);
  if (!error) return pasted === undefined ? [] : ['Error      not one of the published errors'];
  const advice = textIn('en')(`error.${error.advice}`);
  return [`Error      ${error.id}: ${advice}`, `           ${citation(error.source)}`];
}

function ownStepsLines(ownSteps: OwnStepsId): readonly string[] {
  const { steps, page, source } = OWN_STEPS[ownSteps];
  const text = textIn('en');
  const lines = Array.from({ length: steps }, (_, at) => text(`own-steps.${ownSteps}.${at + 1}`));
  return [
    ...lines.map((line, at) => `Do         ${at + 1}. ${line}`),
    `Page       ${page}`,
    `           ${citation(source)}`,
  ];
}

/** The period, its page with its date, and the dated page that names another period. */
function figureLines(id: FigureId): readonly string[] {
  const { amount, source, disagrees }: Figure = FIGURES[id];
  const { title, date, laterThan, readOn } = sourceOf(source);
  const said = textIn('en')(`figure.${id}`, { amount });
  const dated = laterThan ? `no date, text later than ${laterThan}` : date;
  const from = `Figure     ${said} (${title}, ${dated}, read on ${readOn})`;
  if (!disagrees) return [from];
  return [from, `           Differs: ${citation(disagrees)} Check the order confirmation.`];
}

function stepWords(step: RouteStep): string {
  return `${step.party} – ${textIn('en')(`way.${step.way}`)} (${step.way})`;
}
