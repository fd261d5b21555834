/** The template renderer: expands once, accepts only flat data, and refuses an invalid card. */
import assert from 'node:assert/strict';
import { renderCard, type TemplateData } from '../../../cards/kit/render.js';
import type { Language } from '../../../core/terms.js';
import { DeskError } from '../../../core/errors.js';
import { HOSTILE, WRONG_TYPES } from '../../helpers/card-fixtures.js';
import { nodesOf } from '../../helpers/card-lint.js';

const slot = { type: 'TextBlock', text: 'slot', wrap: true };
const render = (title: unknown) =>
  renderCard('notice', 'en', { title, body: 'body' } as TemplateData, { details: [slot] });

describe('the template renderer', () => {
  it('puts data and slots in the places of the template', () => {
    const { body } = render('Hello') as { body: readonly { text: string }[] };
    assert.deepEqual(
      body.map((item) => item.text),
      ['Hello', 'body', 'slot'],
    );
  });

  it('shows expressions in data as text and never evaluates them', () => {
    const { body } = render('${$root.body} ${1 + 1}') as { body: readonly { text: string }[] };
    assert.equal(body[0]?.text, '${$root.body} ${1 + 1}');
  });

  it('turns any complex value into text, so data cannot add an element', () => {
    for (const value of [...WRONG_TYPES, ...Object.values(HOSTILE)]) {
      const types = nodesOf(render(value)).map((node) => node.type);
      assert.ok(
        types.every((type) => type === 'AdaptiveCard' || type === 'TextBlock'),
        JSON.stringify(value),
      );
    }
  });

  it('gives a new card every time and does not change the template', () => {
    const [first, second] = [render('one'), render('two')];
    assert.notEqual(first, second);
    assert.equal(JSON.stringify(first).includes('two'), false);
    assert.deepEqual(render('one'), first);
  });

  it('leaves out empty lines and an empty list of actions', () => {
    const card = renderCard('notice', 'en', { title: 'x', body: '' }, {});
    assert.equal((card.body as unknown[]).length, 1);
    assert.ok(!('actions' in card));
  });

  it('marks a card of a right-to-left language, and the forms that unfold in it', () => {
    const form = {
      type: 'Action.ShowCard',
      title: 'x',
      card: { type: 'AdaptiveCard', version: '1.5', body: [] },
    };
    const directions = (language: Language): readonly unknown[] =>
      nodesOf(renderCard('notice', language, { title: 'x', body: 'y' }, { actions: [form] }))
        .filter((node) => node.type === 'AdaptiveCard')
        .map((node) => node.rtl);
    assert.deepEqual(directions('ar'), [true, true]);
    assert.deepEqual(directions('en'), [undefined, undefined]);
  });

  it('refuses more than six actions, because our code must not add more', () => {
    const actions = Array.from({ length: 7 }, () => ({ type: 'Action.Submit', title: 'x' }));
    assert.throws(
      () => renderCard('notice', 'en', { title: 'x', body: 'y' }, { actions }),
      (error) => error instanceof DeskError && error.code === 'invariant',
    );
  });
});
