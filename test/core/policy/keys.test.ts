/** Each key of the policy has a sentence in every language, with the same arguments. */
import assert from 'node:assert/strict';
import { WAYS, partyLabel } from '../../../core/policy/decision.js';
import { NOTE_KEYS, PREPARE_KEYS, REASON_KEYS, TELL_KEYS } from '../../../core/policy/keys.js';
import { isMicrosoftWay, MICROSOFT_WAYS } from '../../../core/policy/microsoft-ways.js';
import { decide } from '../../../core/policy/decide.js';
import { allFacts } from '../../../core/policy/facts-space.js';
import { FIGURES, type Figure } from '../../../core/policy/figures.js';
import { WAY_PARTY } from '../../../core/policy/steps.js';
import { RULES } from '../../../core/policy/rules.js';
import { citedIn, isDay, PAGES, NOTE_SOURCES, sourceOf } from '../../../core/policy/sources.js';
import { STORE_ERRORS } from '../../../core/policy/store-errors.js';
import { OWN_STEPS, type OwnStepsId } from '../../../core/policy/own-steps.js';
import { ISSUE_KINDS, ISSUES, LANGUAGES, PARTIES, PURCHASE_CHANNELS } from '../../../core/terms.js';
import { rawText, textIn } from '../../../locales/text.js';

const FIGURE_LIST: readonly Figure[] = Object.values(FIGURES);

const KEYS = [
  ...REASON_KEYS,
  ...PREPARE_KEYS,
  ...NOTE_KEYS,
  ...TELL_KEYS,
  ...Object.entries(OWN_STEPS).flatMap(([id, { steps }]) =>
    Array.from({ length: steps }, (_, at) => `own-steps.${id}.${at + 1}`),
  ),
  ...PURCHASE_CHANNELS.flatMap((channel) => [`channel.customer.${channel}`, `channel.staff.${channel}`]),
  ...WAYS.map((way) => `way.${way}`),
  ...PARTIES.map((party) => `party.${party}`),
  ...ISSUES.flatMap((issue) => [`issue.${issue}`, `issue.${issue}.hint`]),
  ...ISSUE_KINDS.map((kind) => `kind.${kind}`),
];
const NAMES = {
  partner: 'Contoso Cloud',
  provider: 'Tailspin',
  publisher: 'Fabrikam',
  offer: 'Fabrikam Vault',
};

describe('the sentences of the policy', () => {
  for (const language of LANGUAGES) {
    it(`exist for every key in ${language}, and use only the four known names`, () => {
      const raw = rawText(language);
      const missing = KEYS.filter((key) => !raw[key]);
      assert.deepEqual(missing, []);
      for (const key of KEYS) assert.doesNotMatch(textIn(language)(key, NAMES), /[{}]/, key);
    });
  }

  it('name the same parties in both languages', () => {
    // The word for an offer that follows the reader is no name: "customer {product} other {offer}".
    const names = (text: string) =>
      [...text.replace(/(?:customer|other) \{\w+\}/g, '').matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const key of [...REASON_KEYS, ...NOTE_KEYS]) {
      const [english, chinese] = [rawText('en')[key] ?? '', rawText('zh-Hant')[key] ?? ''];
      assert.deepEqual(new Set(names(english)), new Set(names(chinese)), key);
    }
  });

  it('are each used by some decision', () => {
    const used = new Set<string>();
    for (const facts of allFacts()) {
      const { reason, prepare, notes } = decide(facts);
      for (const key of [reason, ...prepare, ...notes]) used.add(key);
    }
    assert.deepEqual(
      [...REASON_KEYS, ...PREPARE_KEYS, ...NOTE_KEYS].filter((key) => !used.has(key)),
      [],
    );
  });

  it('promise no refund window in hours or days', () => {
    for (const language of LANGUAGES) {
      const raw = rawText(language);
      const texts = Object.entries(raw).filter(([key]) => /^(reason|note|issue)\..*refund/.test(key));
      assert.ok(texts.length > 5);
      for (const [key, text] of texts) assert.doesNotMatch(text, /\d/, key);
    }
  });
});

describe('the facts of the pages', () => {
  it('are each cited by a rule, a figure, steps, a remark or an error', () => {
    const cited = new Set<string>([
      ...RULES.map(({ source }) => source),
      ...FIGURE_LIST.flatMap(({ source, disagrees }) => [source, ...(disagrees ? [disagrees] : [])]),
      ...Object.values(OWN_STEPS).map(({ source }) => source),
      ...Object.values(NOTE_SOURCES),
      ...STORE_ERRORS.map(({ source }) => source),
    ]);
    const facts = Object.entries(PAGES).flatMap(([page, { facts }]) =>
      Object.keys(facts).map((fact) => `${page}/${fact}`),
    );
    assert.deepEqual(
      facts.filter((fact) => !cited.has(fact)),
      [],
    );
  });
});

describe('the steps that a reader can take alone', () => {
  it('are at most five, with an https page and a fact that says so', () => {
    for (const [id, { steps, page, source }] of Object.entries(OWN_STEPS)) {
      assert.ok(steps >= 2 && steps <= 5, id);
      assert.equal(new URL(page).protocol, 'https:', id);
      assert.ok(citedIn(source), id);
      for (const language of LANGUAGES)
        assert.equal(rawText(language)[`own-steps.${id}.${steps + 1}`], undefined, id);
    }
  });

  it('are each part of some answer', () => {
    const used = new Set(RULES.flatMap(({ ownSteps }) => ownSteps ?? []));
    assert.deepEqual(
      Object.keys(OWN_STEPS).filter((id) => !used.has(id as OwnStepsId)),
      [],
    );
  });
});

describe('the figures', () => {
  it('each have the date of their page, or the day after which its text appeared, and the day somebody read it', () => {
    for (const { source } of FIGURE_LIST) {
      const { date, laterThan, readOn } = sourceOf(source);
      assert.ok(isDay(date) || (laterThan !== undefined && isDay(laterThan)), source);
      assert.ok(isDay(readOn), source);
    }
  });

  it('name a dated page where published periods differ', () => {
    const differing = FIGURE_LIST.flatMap(({ disagrees }) => disagrees ?? []);
    assert.equal(differing.length, 2);
    for (const source of differing) assert.ok(isDay(sourceOf(source).date), source);
  });
});

describe('the sentences of figures', () => {
  it('contain their amount in every language', () => {
    for (const language of LANGUAGES) {
      for (const [id, { amount }] of Object.entries(FIGURES)) {
        assert.match(textIn(language)(`figure.${id}`, { amount }), new RegExp(`${amount}`), id);
      }
    }
  });
});

describe('the parties and the places', () => {
  it('have the names that outsiders use', () => {
    assert.deepEqual(PARTIES.map(partyLabel), [
      'CSP partner',
      'CSP partner',
      'ISV',
      'Microsoft',
      'other',
      'other',
      'other',
      'other',
      'CSP partner',
      'other',
    ]);
  });

  it('give every way to Microsoft an https address, a place and the date of its check', () => {
    for (const way of WAYS) {
      assert.equal(isMicrosoftWay(way), WAY_PARTY[way] === 'microsoft', way);
      if (!isMicrosoftWay(way)) continue;
      const { url, place, checkedOn, alternatives } = MICROSOFT_WAYS[way];
      for (const address of [url, ...alternatives]) assert.equal(new URL(address).protocol, 'https:');
      assert.ok(place);
      assert.match(checkedOn, /^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
