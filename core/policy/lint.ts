/** Checks the rules: cells without an owner, unreachable rules, missing or old sources, forbidden stops. */
import { ASKERS, ISSUES, type Asker, type Issue } from '../terms.js';
import { routeBy } from './decide.js';
import type { RouteFacts } from './decision.js';
import { allFacts } from './facts-space.js';
import { isPolicyKey } from './keys.js';
import { breachOf, isWronglyResponsible } from './laws.js';
import { fits, type Rule } from './rule.js';
import { PAGES, type Page, citedIn, isDay, isOld, readAgainBy } from './sources.js';
/** An error in the rules. */
export type Finding =
  | { readonly kind: 'unowned'; readonly example: RouteFacts; readonly cells: number }
  | { readonly kind: 'no-default'; readonly asker: Asker }
  | { readonly kind: 'duplicate-id'; readonly ruleId: string }
  | { readonly kind: 'unreachable'; readonly ruleId: string; readonly shadowedBy: readonly string[] }
  | { readonly kind: 'fact-not-listed'; readonly ruleId: string; readonly source: string }
  | { readonly kind: 'bad-address'; readonly pageId: string }
  | { readonly kind: 'bad-date'; readonly pageId: string; readonly date: string }
  | { readonly kind: 'old-page'; readonly pageId: string; readonly pageDate: string; readonly readOn: string }
  | { readonly kind: 'unknown-key'; readonly ruleId: string; readonly key: string }
  | { readonly kind: 'illegal-step'; readonly ruleId: string; readonly law: string; readonly way: string };

type Pages = Readonly<Record<string, Page>>;

/**
 * All errors in these rules, over every combination of facts.
 * @param todayIso the day sources are measured against, `2026-11-22`.
 */
export function lintPolicy(
  rules: readonly Rule[],
  todayIso: string,
  pages: Pages = PAGES,
): readonly Finding[] {
  return [
    ...duplicates(rules),
    ...withoutDefault(rules),
    ...Object.entries(pages).flatMap(([id, page]) => pageFindings(id, page, todayIso)),
    ...rules.flatMap((rule) => [...citationFindings(rule, pages), ...keyFindings(rule)]),
    ...factFindings(rules),
  ];
}

function duplicates(rules: readonly Rule[]): readonly Finding[] {
  const ids = rules.map((rule) => rule.id);
  const twice = new Set(ids.filter((id, at) => ids.indexOf(id) !== at));
  return [...twice].map((ruleId) => ({ kind: 'duplicate-id', ruleId }));
}

function owns(rule: Rule, issue: Issue): boolean {
  return rule.when.issue?.includes(issue) ?? true;
}

/** An unforeseen issue still needs an owner, for each asker. */
function withoutDefault(rules: readonly Rule[]): readonly Finding[] {
  const owned = (asker: Asker) =>
    rules.some(
      (rule) => (rule.when.issue?.includes('other') ?? true) && (rule.when.asker?.includes(asker) ?? true),
    );
  return ASKERS.filter((asker) => !owned(asker)).map((asker) => ({ kind: 'no-default', asker }));
}

/** A rule may cite only a fact that its page lists. */
function citationFindings({ id, source }: Rule, pages: Pages): readonly Finding[] {
  return citedIn(source, pages) ? [] : [{ kind: 'fact-not-listed', ruleId: id, source }];
}

/** A page needs an address, its own full date (or `unknown`), a full reading date, and a recent reading once it is old. */
function pageFindings(pageId: string, page: Page, todayIso: string): readonly Finding[] {
  const { url, title, pageDate, readOn } = page;
  const dates = [pageDate === 'unknown' ? readOn : pageDate, readOn];
  const wrong = dates.find((date) => !isDay(date));
  return [
    ...(url.startsWith('https://') && title ? [] : [{ kind: 'bad-address' as const, pageId }]),
    ...(wrong === undefined ? [] : [{ kind: 'bad-date' as const, pageId, date: wrong }]),
    ...(isOld(page, todayIso) && readAgainBy(page) < todayIso
      ? [{ kind: 'old-page' as const, pageId, pageDate, readOn }]
      : []),
  ];
}

function keyFindings(rule: Rule): readonly Finding[] {
  const wrong = [
    ...(isPolicyKey(rule.reason) && rule.reason.startsWith('reason.') ? [] : [rule.reason]),
    ...rule.prepare.filter((key) => !isPolicyKey(key) || !key.startsWith('prepare.')),
    ...rule.notes.filter((key) => !isPolicyKey(key) || !key.startsWith('note.')),
  ];
  return wrong.map((key) => ({ kind: 'unknown-key', ruleId: rule.id, key }));
}

/** One walk over all facts: the owner of each cell, the rules that ever win, and the winner's route for the asker. */
function factFindings(rules: readonly Rule[]): readonly Finding[] {
  const byIssue = new Map(ISSUES.map((issue) => [issue, rules.filter((rule) => owns(rule, issue))]));
  const unowned: RouteFacts[] = [];
  const winners = new Map<Rule, Finding | undefined>();
  for (const facts of allFacts()) {
    const rule = byIssue.get(facts.issue)?.find((each) => fits(each.when, facts));
    if (!rule) unowned.push(facts);
    else if (!winners.get(rule)) winners.set(rule, illegalStep(rule, facts));
  }
  const [example] = unowned;
  return [
    ...(example ? [{ kind: 'unowned' as const, example, cells: unowned.length }] : []),
    ...rules.filter((rule) => !winners.has(rule)).map((rule) => unreachable(rule, rules)),
    ...[...winners.values()].flatMap((finding) => finding ?? []),
  ];
}

function illegalStep(rule: Rule, facts: RouteFacts): Finding | undefined {
  const route = routeBy(rule, facts);
  if (isWronglyResponsible(facts, route.responsible)) {
    const law = 'a party that takes no part in a purchase is not responsible';
    return { kind: 'illegal-step', ruleId: rule.id, law, way: route.responsible };
  }
  const breach = breachOf(facts, route);
  return breach && { kind: 'illegal-step', ruleId: rule.id, law: breach.law, way: breach.step.way };
}

function unreachable(rule: Rule, rules: readonly Rule[]): Finding {
  const before = rules.slice(0, rules.indexOf(rule));
  const stealers = new Set<string>();
  for (const facts of allFacts()) {
    if (!fits(rule.when, facts)) continue;
    const winner = before.find((each) => fits(each.when, facts));
    if (winner) stealers.add(winner.id);
  }
  return { kind: 'unreachable', ruleId: rule.id, shadowedBy: [...stealers] };
}
