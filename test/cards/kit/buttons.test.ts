import assert from 'node:assert/strict';
import { choiceRow, joinFacts, rowDetail, rowName } from '../../../cards/kit/buttons.js';
import { listed } from '../../../cards/kit/elements.js';
import { cardContext } from '../../helpers/card-fixtures.js';

const rowWith = (detail: string) => ({ action: { verb: 'help' as const }, label: 'Contoso Backup', detail });
const FACT = 'support@contoso.com';
const facts = (count: number): string => Array.from({ length: count }, () => FACT).join(' · ');

describe('the rows of a list', () => {
  it('tells a screen reader every word that stands in the row', () => {
    const row = rowWith(facts(8));
    const made = choiceRow(row, cardContext({ host: 'web' })) as unknown as {
      readonly items: readonly { readonly text: string }[];
      readonly selectAction: { readonly title: string };
    };
    assert.equal(made.items[1]?.text.replaceAll('\\', ''), facts(8));
    assert.equal(made.selectAction.title, `Contoso Backup – ${facts(8)}`);
  });

  it('makes no link of an address inside a row, which would be a second target in it', () => {
    const made = choiceRow({ ...rowWith(FACT), label: 'fabrikam.com 2.0' }, cardContext({ host: 'web' }));
    const { items } = made as unknown as { readonly items: readonly { readonly text: string }[] };
    assert.deepEqual(
      items.map(({ text }) => text),
      ['fabrikam\\.com 2.0', 'support@contoso\\.com'],
    );
  });

  it('leaves out whole facts where they are too many, and cuts none of them', () => {
    const shown = rowDetail(rowWith(facts(12)));
    assert.equal(shown, facts(8));
    assert.equal(rowName(rowWith(facts(12))), `Contoso Backup – ${shown}`);
  });

  it('cuts a single fact that is too long', () => {
    const shown = rowDetail(rowWith('x'.repeat(300)));
    assert.ok(shown.length < 200);
    assert.ok(shown.endsWith('…'));
  });

  it('leaves out the facts before the end where all are too many', () => {
    const line = joinFacts(
      Array.from({ length: 12 }, () => FACT),
      ['This contact no longer works.', 'From: a file'],
    );
    assert.ok(line.length <= 180, line);
    assert.match(line, /^support@contoso\.com · .* · This contact no longer works · From: a file$/);
    assert.equal(rowDetail(rowWith(line)), line);
  });

  it('puts a mark between the items of a list in each language', () => {
    assert.equal(listed(['Fabrikam', 'Microsoft'], 'en'), 'Fabrikam, Microsoft');
    assert.equal(listed(['Fabrikam', 'Microsoft'], 'zh-Hant'), 'Fabrikam、Microsoft');
  });

  it('keeps a full stop only after the last fact', () => {
    assert.equal(joinFacts(['None.', 'Source: a file.']), 'None · Source: a file.');
    assert.equal(joinFacts(['無。', '來源：檔案']), '無 · 來源：檔案');
  });
});
