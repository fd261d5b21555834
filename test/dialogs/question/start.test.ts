/** A customer's first card: the suggested offers, and the answers that come from the partner's list of owned offers. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { Directory, Offer } from '../../../core/directory/types.js';
import { hearFirst, suggestions, takeOwned } from '../../../dialogs/question/start.js';
import { fill, freshState, type RouteState } from '../../../dialogs/question/route-state.js';
import type { OwnedOffer, Turn } from '../../../dialogs/shared/turn.js';
import type { UnderstandingContext } from '../../../dialogs/question/understand.js';
import { offerOf } from '../../helpers/directory-builders.js';

const offer = (id: string, withdrawn = false): Offer =>
  offerOf({ id, publisherId: id.split('.')[0] ?? '', name: id, withdrawn });
const offers = [
  'contoso.old',
  'contoso.backup',
  'contoso.archive',
  'fabrikam.crm',
  'litware.vault',
  'woodgrove.pay',
  'proseware.hr',
];
const directory: Directory = {
  version: 1,
  offers: new Map(offers.map((id) => [id, offer(id, id === 'contoso.old')])),
  publishers: new Map(),
};
const turn = (owned: readonly OwnedOffer[] = [], over: Partial<Turn> = {}) =>
  ({ asker: 'customer', host: 'web', scope: 'personal', owned, ...over }) as Turn;
const owns = (...ids: string[]): OwnedOffer[] => ids.map((offerId) => ({ offerId }));
const suggested = (of: Turn) => suggestions(of, directory).map((one) => one.offerId);

/** A reader that understands nothing, so only the partner's list can fill an answer. */
const deaf = {
  view: { directory, index: buildOfferIndex({ version: 1, offers: new Map(), publishers: new Map() }) },
  classifier: { read: () => ({ decision: 'asked', ranked: [] }) },
  asker: 'customer',
} as unknown as UnderstandingContext;
const fresh = freshState('n', 'f');
const heard = (text: string, of: Turn, before: RouteState = fresh) => hearFirst(before, text, deaf, of).state;

describe('a customer’s first card', () => {
  it('suggests a few offers on sale, one per publisher', () => {
    assert.deepEqual(suggested(turn()), ['contoso.backup', 'fabrikam.crm', 'litware.vault']);
  });

  it('suggests the customer’s own offers first, and no unknown offer', () => {
    const of = turn(owns('proseware.hr', 'nobody.nothing', 'contoso.archive', 'proseware.hr'));
    assert.deepEqual(suggested(of), ['proseware.hr', 'contoso.archive', 'contoso.backup']);
  });

  it('suggests the offers that people ask about most after the own ones, and none that is withdrawn', () => {
    const asked = ['proseware.hr', 'contoso.old', 'contoso.archive', 'gone.offer'];
    const ids = suggestions(turn(owns('woodgrove.pay')), directory, asked).map((one) => one.offerId);
    assert.deepEqual(ids, ['woodgrove.pay', 'proseware.hr', 'contoso.archive']);
  });

  it('suggests offers with a Chinese name first to a reader of Chinese', () => {
    const named = { ...offer('wingtip.backup'), aliases: ['雲端備份管家'] };
    const more = { ...directory, offers: new Map([...directory.offers, [named.id, named]]) };
    const first = (language: Turn['language']) => suggestions(turn([], { language }), more)[0]?.offerId;
    assert.equal(first('zh-Hant'), 'wingtip.backup');
    assert.equal(first('en'), 'contoso.backup');
  });

  it('is only for customers on the web', () => {
    assert.deepEqual(suggested(turn(owns('fabrikam.crm'), { asker: 'partner' })), []);
    assert.deepEqual(suggested(turn(owns('fabrikam.crm'), { host: 'teams' })), []);
  });

  it('accepts the number of a choice, or “not sure”', () => {
    const before: RouteState = {
      ...fresh,
      offerView: { kind: 'suggested', offerIds: ['fabrikam.crm', 'litware.vault'] },
    };
    assert.equal(heard('2', turn(), before).offerId, 'litware.vault');
    assert.equal(heard('not sure', turn(), before).offerId, null);
    const { issue, offerId, channel } = heard('3', turn(), before);
    assert.deepEqual([issue, offerId, channel], ['billing', null, 'unknown'], 'the bill is below the offers');
    assert.equal(heard('2', turn()).offerId, undefined, 'no list, no number');
    assert.equal(heard('2', turn(), { ...before, answered: true }).offerId, undefined, 'an old list');
  });
});

describe('the partner’s list of a customer’s offers', () => {
  it('names the offer when the list has one offer and the text names none', () => {
    assert.equal(heard('it does not work', turn(owns('fabrikam.crm'))).offerId, 'fabrikam.crm');
    assert.equal(
      heard('it does not work', turn(owns('fabrikam.crm', 'nobody.nothing'))).offerId,
      'fabrikam.crm',
    );
    assert.equal(heard('it does not work', turn(owns('fabrikam.crm', 'litware.vault'))).offerId, undefined);
    assert.equal(heard('it does not work', turn(owns('nobody.nothing'))).offerId, undefined);
    assert.equal(
      heard('it does not work', turn(owns('fabrikam.crm'), { asker: 'partner' })).offerId,
      undefined,
    );
  });

  it('gives way to a number from the first card', () => {
    const before: RouteState = { ...fresh, offerView: { kind: 'suggested', offerIds: ['litware.vault'] } };
    assert.equal(heard('1', turn(owns('fabrikam.crm')), before).offerId, 'litware.vault');
  });

  it('fills in the purchase channel once, and not again after the customer takes the channel back', () => {
    const owned: OwnedOffer[] = [{ offerId: 'fabrikam.crm', channel: 'customer-direct' }];
    const named = fill(fresh, 'offer', { offerId: 'fabrikam.crm' });
    const taken = takeOwned(fresh, named, owned);
    assert.equal(taken.channel, 'customer-direct');
    const back: RouteState = { ...taken, channel: undefined };
    assert.equal(takeOwned(taken, back, owned).channel, undefined);
    assert.equal(
      takeOwned(fresh, fill(fresh, 'offer', { offerId: 'litware.vault' }), owned).channel,
      undefined,
    );
    const said = fill(named, 'channel', { channel: 'partner' });
    assert.equal(takeOwned(fresh, said, owned).channel, 'partner', 'what the customer says stands');
  });

  it('never names an offer outside the directory, for any list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(...offers, '__proto__', 'constructor'))),
        (ids) => {
          const of = turn(owns(...ids));
          assert.ok(suggested(of).every((id) => directory.offers.has(id)));
          assert.ok(suggested(of).length <= 4);
          const { offerId } = heard('hm', of);
          assert.ok(
            offerId === undefined ||
              (offerId !== null && ids.includes(offerId) && directory.offers.has(offerId)),
          );
        },
      ),
    );
  });
});
