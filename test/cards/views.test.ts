/** Every card × host × asker × extreme data: valid, accessible, light and safe. */
import assert from 'node:assert/strict';
import { decodeAction } from '../../cards/kit/actions.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { everyContext, HOSTILE, LAYOUT_LANGUAGES, testSigner } from '../helpers/card-fixtures.js';
import { everyView } from '../helpers/card-gallery.js';
import { actionsOf, lintCard, nodesOf } from '../helpers/card-lint.js';

const describeContext = (ctx: RenderContext) => `${ctx.language}, ${ctx.host}, ${ctx.asker}`;

const faultsOf = (name: string, rendered: RenderedCard, ctx: RenderContext): readonly string[] =>
  lintCard(rendered, ctx.host).map((fault) => `${name}: ${fault}`);

/** All faults of every view for every hostile text. Rendering is slow, so the function makes each card once. */
function hostileFaults(ctx: RenderContext): readonly string[] {
  return Object.entries(HOSTILE).flatMap(([kind, text]) =>
    Object.entries(everyView(ctx.asker, text)).flatMap(([view, make]) => {
      const rendered = make(ctx);
      const name = `${kind}: ${view}`;
      return [
        ...faultsOf(name, rendered, ctx),
        ...strangeHosts(rendered.card, text).map((host) => `${name} leads to ${host}`),
        ...(LINK_TEXTS.has(kind) ? links(rendered.card).map((shown) => `${name} has a link: ${shown}`) : []),
      ];
    }),
  );
}

/** Hosts that a hostile text added, except when the text itself is a valid address. */
function strangeHosts(card: unknown, text: string): readonly string[] {
  return actionsOf(card)
    .map((action) => action.url)
    .filter((url): url is string => typeof url === 'string' && url.startsWith('https:'))
    .map((url) => new URL(url).hostname)
    .filter((host) => host.includes('evil') && !text.startsWith('https://evil'));
}

const LINK_TEXTS = new Set(['markdownLink', 'autolink', 'html']);

/** Texts with brackets or addresses that a client would turn into a link. */
function links(card: unknown): readonly string[] {
  return nodesOf(card)
    .filter((one) => one.type === 'TextBlock')
    .map((one) => String(one.text))
    .filter((shown) => /(^|[^\\])\]\(|https?:\/\/|www\.|<[a-z]/i.test(shown));
}

describe('every card view', function () {
  for (const ctx of everyContext()) {
    it(`is valid, accessible and light for ordinary data (${describeContext(ctx)})`, () => {
      const faults = Object.entries(everyView(ctx.asker)).flatMap(([name, view]) =>
        faultsOf(name, view(ctx), ctx),
      );
      assert.deepEqual(faults, []);
    });
  }

  // Values are escaped before they get into a sentence, so the language makes no difference to them.
  for (const ctx of everyContext(['en'])) {
    it(`stays valid for hostile data, and shows no hostile address or link (${describeContext(ctx)})`, () => {
      assert.deepEqual(hostileFaults(ctx), []);
    });
  }

  it('carries only buttons that decode to an action of this step', () => {
    for (const ctx of everyContext(LAYOUT_LANGUAGES)) {
      for (const [name, view] of Object.entries(everyView(ctx.asker))) {
        for (const action of actionsOf(view(ctx).card).filter((one) => 'data' in one)) {
          const clicked = decodeAction(action.data, testSigner);
          assert.equal(clicked.kind, 'action', `${name}: ${String(action.title)}`);
          assert.equal(clicked.kind === 'action' && clicked.step, ctx.step);
        }
      }
    }
  });

  it('has the same elements, actions and ids for hostile text as for harmless text', () => {
    const parts = (card: unknown) => nodesOf(card).map((node) => [node.type, node.id, node.verb].join(' '));
    for (const ctx of everyContext(['en'])) {
      const harmless = everyView(ctx.asker, 'harmless');
      for (const text of [HOSTILE.template, HOSTILE.json, HOSTILE.mention, HOSTILE.markdownLink]) {
        for (const [name, view] of Object.entries(everyView(ctx.asker, text))) {
          const [expected, found] = [parts(harmless[name]?.(ctx).card), parts(view(ctx).card)];
          assert.ok(found.length <= expected.length, `${name} with ${text}`);
          assert.deepEqual(
            [...new Set(found)].filter((part) => !expected.includes(part)),
            [],
          );
        }
      }
    }
  });
});
