/** Every card × language × host × asker × extreme data: valid, accessible, light and safe. */
import assert from 'node:assert/strict';
import { decodeAction } from '../../cards/actions.js';
import type { RenderContext } from '../../cards/types.js';
import { everyContext, HOSTILE, testSigner } from '../helpers/card-fixtures.js';
import { everyView } from '../helpers/card-gallery.js';
import { actionsOf, lintCard, nodesOf, schemaComplaints } from '../helpers/card-lint.js';

const describeContext = (ctx: RenderContext) => `${ctx.language}, ${ctx.host}, ${ctx.asker}`;
const dataDir = process.env.OFFER_DESK_REAL_DATA;

function faultsOfAll(text: string | undefined, ctx: RenderContext): readonly string[] {
  return Object.entries(everyView(ctx.asker, text)).flatMap(([name, view]) => {
    const rendered = view(ctx);
    const schema = dataDir === undefined ? [] : schemaComplaints(rendered.card, dataDir);
    return [...lintCard(rendered, ctx.host), ...schema].map((fault) => `${name}: ${fault}`);
  });
}

describe('every card view', function () {
  this.timeout(60_000);

  for (const ctx of everyContext()) {
    it(`is valid, accessible and light for ordinary data (${describeContext(ctx)})`, () => {
      assert.deepEqual(faultsOfAll(undefined, ctx), []);
    });

    it(`stays so for hostile data in every field (${describeContext(ctx)})`, () => {
      const faults = Object.entries(HOSTILE).flatMap(([kind, text]) =>
        faultsOfAll(text, ctx).map((fault) => `${kind}: ${fault}`),
      );
      assert.deepEqual(faults, []);
    });
  }

  it('carries only buttons that decode back to the action of this step', () => {
    for (const ctx of everyContext()) {
      for (const [name, view] of Object.entries(everyView(ctx.asker))) {
        for (const action of actionsOf(view(ctx).card).filter((one) => 'data' in one)) {
          const clicked = decodeAction(action.data, testSigner);
          assert.equal(clicked.kind, 'action', `${name}: ${String(action.title)}`);
          assert.equal(clicked.kind === 'action' && clicked.step, ctx.step);
        }
      }
    }
  });

  it('has no element, action or id that harmless text would not give: data never becomes part of the card', () => {
    const parts = (card: unknown) => nodesOf(card).map((node) => [node.type, node.id, node.verb].join(' '));
    for (const ctx of everyContext()) {
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

  it('offers no address a hostile text brought along', () => {
    for (const ctx of everyContext()) {
      for (const text of Object.values(HOSTILE)) {
        for (const view of Object.values(everyView(ctx.asker, text))) {
          const hosts = actionsOf(view(ctx).card)
            .map((action) => action.url)
            .filter((url): url is string => typeof url === 'string' && url.startsWith('https:'))
            .map((url) => new URL(url).hostname);
          for (const host of hosts) {
            assert.ok(!host.includes('evil') || text.startsWith('https://evil'), host);
          }
        }
      }
    }
  });

  it('keeps brackets and addresses in free text from becoming links', () => {
    for (const ctx of everyContext()) {
      for (const text of [HOSTILE.markdownLink, HOSTILE.autolink, HOSTILE.html]) {
        for (const [name, view] of Object.entries(everyView(ctx.asker, text))) {
          for (const node of nodesOf(view(ctx).card).filter((one) => one.type === 'TextBlock')) {
            const shown = String(node.text);
            assert.doesNotMatch(shown, /(^|[^\\])\]\(|https?:\/\/|www\.|<[a-z]/i, `${name}: ${shown}`);
          }
        }
      }
    }
  });
});
