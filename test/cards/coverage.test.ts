/** The card tests check every template and every card view, so a new card without a test fails here. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../../bot/runtime/root-dir.js';

const root = findRootDir();
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
    (file) => `${folder}/${file.split(path.sep).join('/')}`,
  );
/** A view is a file that draws complete cards. */
const views = filesIn('cards').filter(
  (file) => /-cards?\.ts$/.test(file) && file !== 'cards/choices/choice-card.ts',
);
/** The functions of a view that draw a card. */
const drawnBy = (file: string): readonly string[] =>
  [...read(file).matchAll(/^export function (\w+Card)\b/gm)].map(([, name]) => name ?? '');
const judges = [...filesIn('test/cards'), ...filesIn('test/helpers')].filter((file) => file.endsWith('.ts'));

/** True for a test that checks cards with lintCard, and for a helper whose cards such a test checks. */
function isJudged(file: string): boolean {
  if (/\blintCard\b/.test(read(file)) && file.startsWith('test/cards/')) return true;
  const name = `/${path.basename(file, '.ts')}.js'`;
  return (
    file.startsWith('test/helpers/') &&
    judges.some((other) => other !== file && read(other).includes(name) && isJudged(other))
  );
}

describe('the card tests', () => {
  it('check every view', () => {
    const judged = judges.filter(isJudged).map(read).join('\n');
    const left = views.filter((file) => !judged.includes(`/${file.replace(/\.ts$/, '.js')}'`));
    assert.deepEqual(
      left,
      [],
      'Add the view to test/helpers/card-gallery.ts, or lint it in a test of its own.',
    );
  });

  it('find every function that draws a card in the gallery', () => {
    const gallery = ['answer', 'case', 'outage', 'handover', 'insight', 'customer'].map(
      (name) => `test/helpers/${name}-views.ts`,
    );
    const shown = [...gallery, ...['admin', 'report'].map((name) => `test/helpers/${name}-cards.ts`)];
    const source = [...shown, 'test/helpers/card-gallery.ts'].map(read).join('\n');
    const left = views.flatMap(drawnBy).filter((name) => !new RegExp(`\\b${name}\\(`).test(source));
    assert.deepEqual(left, [], 'Add a state of the card to test/helpers/card-gallery.ts.');
  });

  it('check every function that draws a card', () => {
    const judged = judges.filter(isJudged).map(read).join('\n');
    const left = views.flatMap(drawnBy).filter((name) => !new RegExp(`\\b${name}\\b`).test(judged));
    assert.deepEqual(
      left,
      [],
      'Add the card to test/helpers/card-gallery.ts, or lint it in a test of its own.',
    );
  });

  it('check every template, because a view or a shared part renders each template', () => {
    const cards = filesIn('cards').filter((file) => file.endsWith('.ts'));
    const sources = cards.map(read).join('\n');
    for (const file of filesIn('cards/kit/templates')) {
      const name = path.basename(file, '.json');
      assert.ok(read('cards/kit/render.ts').includes(`./templates/${name}.json`), `${file} is not compiled`);
      assert.match(sources, new RegExp(`renderCard\\(\\s*'${name}'`), `${file} is not rendered`);
    }
  });
});
