/** The help card lists only the actions that its reader may use. */
import assert from 'node:assert/strict';
import { helpCard } from '../../../cards/choices/greeting-cards.js';
import type { GuideData } from '../../../cards/kit/card-data.js';
import type { Asker } from '../../../core/terms.js';
import { cardContext } from '../../helpers/card-fixtures.js';
import { actionsOf } from '../../helpers/card-lint.js';

const guide: GuideData = { partnerName: 'Northwind Cloud', offerNames: ['Contoso Backup'] };

describe('the help card', () => {
  const rows: readonly [asker: Asker, over: Partial<GuideData>, outages: boolean, admin: boolean][] = [
    ['customer', {}, false, false],
    ['customer', { admin: true }, false, false],
    ['publisher', { admin: true }, false, false],
    ['partner', {}, true, false],
    ['partner', { admin: true }, true, true],
    ['partner', { admin: true, place: 'group' }, true, false],
    ['partner', { admin: true, place: 'channel' }, true, false],
  ];
  for (const [asker, over, outages, admin] of rows) {
    it(`tells ${JSON.stringify({ asker, ...over })} ${outages ? 'of outages' : 'of no outages'}${admin ? ' and of administration' : ''}`, () => {
      const { card, text } = helpCard({ ...guide, ...over }, cardContext({ asker, host: 'teams' }));
      const verbs = new Set(actionsOf(card).map((action) => action.verb));
      assert.equal(verbs.has('outage-list'), outages);
      assert.equal(/outages/i.test(text), outages);
      assert.equal(verbs.has('upkeep-menu'), admin);
      assert.equal(/manage the directory/i.test(text), admin);
    });
  }
});
