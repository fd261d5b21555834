/** The words of every card: "product" for customers and "offer" for staff, and the marks of the reader's language. */
import assert from 'node:assert/strict';
import type { RenderContext } from '../../cards/kit/types.js';
import { type Asker, ASKERS } from '../../core/terms.js';
import { rawText, textIn } from '../../locales/text.js';
import { cardContext } from '../helpers/card-fixtures.js';
import { everyView, isSeenBy } from '../helpers/card-gallery.js';
import { nodesOf } from '../helpers/card-lint.js';

/** Names and terms of the marketplace: "private offer" is the term for customers too. */
const TERMS = /Offer Desk|private offers?|resale enabled offers?/gi;

/** Sentences in which staff read "product": the software itself as it runs, Microsoft's own products, and its terms. */
const ABOUT_SOFTWARE =
  /^(issue|menu\.use|hosting|sample|page|outage\.microsoft\.not|note\.(hosting-unknown|isv-account|template|platform-health|buy-again)|error\.(accept-terms|already-active|transfer-products)|own-steps\.(transfer|make)|reason)\b/;

/** Sentences that only staff or publishers get. */
const STAFF_ONLY =
  /^(admin|insights|partner-center|set-up|reports\.contact|own-steps\.make|help\.(admin|outages|intro\.(partner|publisher))|welcome\.intro\.(partner|publisher)|missing\.(own-listing|unknown-offer\.(partner|publisher))|note\.(offer-overview-tab|resale-authorisation|partner-may-help)|outage\.(because|field|done\.(muted|reported))|reason\.(publisher|[\w-]+\.partner))/;

/** Sentences that only customers get. */
const CUSTOMER_ONLY = /^(widget|page|start|[\w.-]+\.customer(\.|$)|reason\.(activation|transfer)\.direct)/;

const SHOWN = ['text', 'title', 'label', 'placeholder', 'altText', 'tooltip', 'errorMessage', 'value'];

/** A line with a half-width mark beside a Chinese character. */
const HALF_WIDTH = /.*(?:\p{Script=Han} ?[,:;?!()]|[,:;?!()] ?\p{Script=Han}).*/u;

/** Everything that a reader of the card can read. */
function wordsOf(view: string, ctx: RenderContext): string {
  const { card, text, summary } = everyView(ctx.asker)[view]!(ctx);
  const shown = nodesOf(card).flatMap((node) => SHOWN.map((name) => node[name]));
  return [summary, text, ...shown.filter((one) => typeof one === 'string')].join('\n').replace(TERMS, '');
}

/** The sentence with a number in each placeholder. */
function sentence(key: string, asker: Asker): string {
  const names = [...(rawText('en')[key] ?? '').matchAll(/\{(\w+)/g)].map((found) => found[1] ?? '');
  const values = Object.fromEntries(names.filter((name) => name !== 'asker').map((name) => [name, 3]));
  return textIn('en', asker)(key, values).replace(TERMS, '');
}

describe('the word for an offer', () => {
  it('is "product" on every card that a customer sees', () => {
    const views = Object.keys(everyView('customer')).filter((view) => isSeenBy('customer', view));
    assert.ok(views.length > 50);
    const wrong = (['web', 'teams'] as const).flatMap((host) => {
      const ctx = cardContext({ asker: 'customer', host, talk: true });
      return views.flatMap((view) =>
        (/.*\boffers?\b.*/i.exec(wordsOf(view, ctx)) ?? []).map((line) => `${view}: ${line}`),
      );
    });
    assert.deepEqual(wrong, []);
  });

  it('is "offer" on every card that staff and publishers see', () => {
    for (const asker of ['partner', 'publisher'] as const) {
      const wrong = new Set<string>();
      const plain = cardContext({ asker });
      const text: RenderContext['text'] = (key, values) => {
        const said = plain.text(key, values);
        const other = Object.values(values ?? {}).join(' ');
        if (/\bproducts?\b/i.test(said) && !/\bproducts?\b/i.test(other) && !ABOUT_SOFTWARE.test(key))
          wrong.add(`${key}: ${said}`);
        return said;
      };
      const views = Object.entries(everyView(asker)).filter(([view]) => isSeenBy(asker, view));
      for (const [, draw] of views) draw({ ...plain, text });
      assert.deepEqual([...wrong], [], asker);
    }
  });

  it('follows the reader in every sentence of the locale', () => {
    const keys = Object.keys(rawText('en'));
    const saysTo = (asker: Asker, word: RegExp, but: RegExp) =>
      keys.filter((key) => !but.test(key) && word.test(sentence(key, asker)));
    assert.deepEqual(saysTo('customer', /\boffers?\b/i, STAFF_ONLY), []);
    for (const asker of ASKERS.filter((one) => one !== 'customer')) {
      const but = new RegExp(`${ABOUT_SOFTWARE.source}|${CUSTOMER_ONLY.source}`);
      assert.deepEqual(saysTo(asker, /\bproducts?\b/i, but), [], asker);
    }
  });
});

describe('the marks of Chinese cards', () => {
  it('are full-width, also between values', () => {
    const wrong = (['customer', 'partner'] as const).flatMap((asker) => {
      const ctx = cardContext({ asker, language: 'zh-Hant', talk: true });
      const views = Object.keys(everyView(asker)).filter((view) => isSeenBy(asker, view));
      return views.flatMap((view) =>
        (HALF_WIDTH.exec(wordsOf(view, ctx)) ?? []).map((line) => `${view}: ${line}`),
      );
    });
    assert.deepEqual(wrong, []);
  });
});
