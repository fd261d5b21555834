/** Names in the reader's language: what readers see changes, and nothing else does. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffRows } from '../../../core/directory/diff.js';
import { fillSteps } from '../../../core/directory/fill.js';
import { lostFields } from '../../../core/directory/lost-fields.js';
import { mergeDirectory } from '../../../core/directory/merge.js';
import { originsOfOffer } from '../../../core/directory/origins.js';
import {
  directoryIn,
  fallbackLanguage,
  namesOf,
  offerIn,
  partnerNames,
  profileIn,
} from '../../../core/directory/own-language.js';
import { parseProfile } from '../../../core/directory/parse-profile.js';
import { problemLine } from '../../../core/directory/profile-draft.js';
import { withPart } from '../../../core/directory/profile-parts.js';
import { NO_PROFILE, plainLanguage, type PartnerProfile } from '../../../core/directory/profile.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { Directory, DirectoryRow, Offer } from '../../../core/directory/types.js';
import { LANGUAGES } from '../../../core/terms.js';
import { allAtOnce } from '../../../core/time-slices.js';
import { offerOf } from '../../helpers/directory-builders.js';
import { sources } from './directory-arbitraries.js';

const BACKUP = offerOf({
  id: 'contoso.backup',
  publisherId: 'contoso',
  name: 'Contoso Backup',
  aliases: ['CBK'],
  summary: 'Keeps data.',
  inLanguages: {
    de: { name: 'Contoso Sicherung' },
    'zh-Hant': { name: 'Contoso 備份', summary: '保存資料。' },
  },
});
const SIGN = offerOf({ id: 'contoso.sign', publisherId: 'contoso', name: 'Contoso Sign' });

const directoryOf = (...offers: readonly Offer[]): Directory => ({
  version: 1,
  offers: new Map(offers.map((one) => [one.id, one])),
  publishers: new Map(),
});
const rowOf = (offer: Offer): DirectoryRow => ({ kind: 'offer', key: `offer:${offer.id}`, offer });
const from = (source: string, offer: Offer) => ({ source, rows: [rowOf(offer)] });

const PROFILE: PartnerProfile = {
  ...NO_PROFILE,
  name: 'Contoso Cloud',
  provider: { name: 'Fabrikam', desk: { name: 'Reseller desk', email: 'resellers@fabrikam.example' } },
  desks: { billing: { name: 'Billing', email: 'billing@contoso.example' }, technical: { name: 'Support' } },
  inLanguages: {
    de: { name: 'Contoso Wolke', desks: { billing: 'Rechnungsstelle', provider: 'Händlerbetreuung' } },
    fr: { providerName: 'Fabrikam France' },
  },
};

describe('an offer in a language', () => {
  it('has each text in the language, and the plain text where there is none', () => {
    const shown = LANGUAGES.map((language) => {
      const { name, summary } = offerIn(BACKUP, language);
      return [language, name, summary].join('|');
    });
    const plain = 'Contoso Backup|Keeps data.';
    assert.deepEqual(
      shown,
      LANGUAGES.map((language) =>
        language === 'de'
          ? 'de|Contoso Sicherung|Keeps data.'
          : language === 'zh-Hant'
            ? 'zh-Hant|Contoso 備份|保存資料。'
            : `${language}|${plain}`,
      ),
    );
  });

  it('is the same object without a text in the language', () => {
    assert.equal(offerIn(BACKUP, 'fr'), BACKUP);
    assert.equal(offerIn(SIGN, 'de'), SIGN);
  });

  it('has every name once, in any language, for what people type', () => {
    assert.deepEqual(namesOf(BACKUP), ['Contoso Backup', 'CBK', 'Contoso 備份', 'Contoso Sicherung']);
    assert.deepEqual(namesOf(SIGN), ['Contoso Sign']);
    const same = { ...SIGN, inLanguages: { de: { name: 'Contoso Sign' } } };
    assert.deepEqual(namesOf(same), ['Contoso Sign']);
  });
});

describe('a directory in a language', () => {
  const directory = directoryOf(BACKUP, SIGN);

  it('is the same object when nothing is in the language', () => {
    const plain = directoryOf(SIGN);
    for (const language of LANGUAGES) assert.equal(directoryIn(plain, language), plain);
    assert.equal(directoryIn(directory, 'fr'), directory);
  });

  it('is made once for each version and language', () => {
    assert.equal(directoryIn(directory, 'de'), directoryIn(directory, 'de'));
    assert.notEqual(directoryIn(directory, 'de'), directoryIn(directory, 'zh-Hant'));
    assert.notEqual(directoryIn({ ...directory, version: 2 }, 'de'), directoryIn(directory, 'de'));
  });

  it('is a map like the plain one, and reads only what it is asked for', () => {
    const { offers } = directoryIn(directory, 'de');
    const names = ['Contoso Sicherung', 'Contoso Sign'];
    assert.deepEqual(
      [...offers.values()].map(({ name }) => name),
      names,
    );
    assert.deepEqual(
      [...offers].map(([id, { name }]) => `${id} ${name}`),
      ['contoso.backup Contoso Sicherung', 'contoso.sign Contoso Sign'],
    );
    assert.deepEqual([...offers.entries()], [...offers]);
    assert.deepEqual([...offers.keys()], [...directory.offers.keys()]);
    assert.equal(offers.size, 2);
    assert.equal(offers.has('contoso.sign'), true);
    assert.equal(offers.has('contoso.none'), false);
    assert.equal(offers.get('contoso.none'), undefined);
    assert.equal(offers.get('contoso.sign'), SIGN);
    const seen: string[] = [];
    offers.forEach(({ name }, id, map) => seen.push(`${id} ${name} ${String(map === offers)}`));
    assert.deepEqual(seen, ['contoso.backup Contoso Sicherung true', 'contoso.sign Contoso Sign true']);
  });

  it('differs from the plain one in names and summaries only, whatever the sources say', () => {
    fc.assert(
      fc.property(sources, fc.constantFrom(...LANGUAGES), (all, language) => {
        const plain = mergeDirectory(1, all);
        const shown = directoryIn(plain, language);
        assert.deepEqual([...shown.offers.keys()], [...plain.offers.keys()]);
        assert.equal(shown.publishers, plain.publishers);
        for (const [id, offer] of plain.offers) {
          const own = offer.inLanguages?.[language];
          assert.deepEqual(shown.offers.get(id), { ...offer, ...own });
        }
      }),
    );
  });

  it('does not copy 100,000 offers at each question', () => {
    const many = directoryOf(
      ...Array.from({ length: 100_000 }, (_, at) => ({ ...SIGN, id: `contoso.sign${String(at)}` })),
      BACKUP,
    );
    const first = directoryIn(many, 'de');
    const begun = performance.now();
    for (let turn = 0; turn < 10_000; turn += 1) {
      assert.equal(directoryIn(many, 'de'), first);
      assert.equal(directoryIn(many, 'fr'), many);
    }
    const ms = performance.now() - begun;
    assert.ok(ms < 1_000, `${ms.toFixed(0)} ms for 20,000 questions`);
  });
});

describe('a profile in a language', () => {
  it('has the names of the language, and the plain names where there are none', () => {
    const namesIn = (language: (typeof LANGUAGES)[number]) => {
      const { name, provider, desks } = profileIn(PROFILE, language);
      return [name, desks.billing.name, desks.technical.name, provider?.name, provider?.desk.name];
    };
    assert.deepEqual(namesIn('de'), [
      'Contoso Wolke',
      'Rechnungsstelle',
      'Support',
      'Fabrikam',
      'Händlerbetreuung',
    ]);
    assert.deepEqual(namesIn('fr'), [
      'Contoso Cloud',
      'Billing',
      'Support',
      'Fabrikam France',
      'Reseller desk',
    ]);
    assert.deepEqual(namesIn('ja'), ['Contoso Cloud', 'Billing', 'Support', 'Fabrikam', 'Reseller desk']);
  });

  it('is the same object without names in the language, and is made once', () => {
    assert.equal(profileIn(PROFILE, 'ja'), PROFILE);
    assert.equal(profileIn(PROFILE, 'de'), profileIn(PROFILE, 'de'));
  });

  it('has no provider and no address that the plain one does not have', () => {
    const { provider: _, ...without } = PROFILE;
    assert.equal('provider' in profileIn(without, 'de'), false);
    const { name, desks, provider, ...rest } = profileIn(PROFILE, 'de');
    const { name: _name, desks: _desks, provider: _provider, ...plain } = PROFILE;
    assert.deepEqual(rest, plain);
    assert.equal(name, 'Contoso Wolke');
    assert.equal(desks.billing.email, 'billing@contoso.example');
    assert.equal(provider?.desk.email, 'resellers@fabrikam.example');
  });

  it('has every name of the partner for what people type', () => {
    assert.deepEqual(partnerNames(PROFILE), ['Contoso Cloud', 'Contoso Wolke']);
    assert.deepEqual(partnerNames(NO_PROFILE), ['Offer Desk']);
  });

  it('keeps the names in other languages when an administrator edits a part', () => {
    const parts = { kind: 'desk', desk: 'billing' } as const;
    const edited = withPart(PROFILE, parts, { name: 'Invoices', email: 'billing@contoso.example' });
    assert.ok(edited.kind === 'profile');
    assert.equal(edited.profile.desks.billing.name, 'Invoices');
    assert.deepEqual(edited.profile.inLanguages, PROFILE.inLanguages);
  });
});

describe('the language of a plain name', () => {
  it('is the language of the profile, else the first that the desk answers in, else English', () => {
    assert.equal(plainLanguage({ language: 'fr', languages: ['de', 'fr'] }), 'fr');
    assert.equal(plainLanguage({ languages: ['de', 'fr'] }), 'de');
    assert.equal(plainLanguage({}), 'en');
  });

  it('is told on a page in another language, unless the name has no letter of its script', () => {
    const told = (text: string, language: PartnerProfile['language'], reader: (typeof LANGUAGES)[number]) =>
      fallbackLanguage(text, { language }, reader);
    assert.equal(told('Billing desk', 'en', 'de'), 'en');
    assert.equal(told('Billing desk', 'en', 'en'), undefined);
    assert.equal(told('帳務窗口', 'zh-Hant', 'de'), 'zh-Hant');
    assert.equal(told('Contoso Cloud', 'zh-Hant', 'de'), undefined, 'a brand in Latin letters');
    assert.equal(told('帳務', 'en', 'de'), undefined);
    assert.equal(told('請求窓口', 'ja', 'de'), 'ja');
    assert.equal(told('مكتب الفواتير', 'ar', 'de'), 'ar');
    assert.equal(told('24/7', 'en', 'de'), undefined);
  });
});

describe('names of an offer in other languages', () => {
  it('come from the first source that has each, whatever the plain name says', () => {
    const file = { ...BACKUP, inLanguages: { de: { name: 'Sicherung' } } };
    const catalog = {
      ...BACKUP,
      name: 'Backup',
      inLanguages: { de: { name: 'Datensicherung', summary: 'Sichert.' }, fr: { name: 'Sauvegarde' } },
    };
    const merged = mergeDirectory(1, [from('catalog', catalog), from('file:a', file)]);
    assert.deepEqual(merged.offers.get(BACKUP.id)?.inLanguages, {
      de: { name: 'Sicherung', summary: 'Sichert.' },
      fr: { name: 'Sauvegarde' },
    });
    const origins = originsOfOffer([from('catalog', catalog), from('file:a', file)], BACKUP.id);
    const told = origins.filter(({ field }) => field.startsWith('inLanguages'));
    assert.deepEqual(
      told.map(({ field, source, rule }) => [field, source, rule]),
      [
        ['inLanguages.de.name', 'file:a', 'rank'],
        ['inLanguages.de.summary', 'catalog', 'only-source'],
        ['inLanguages.fr.name', 'catalog', 'only-source'],
      ],
    );
  });

  it('are told one by one when a row changes', () => {
    const now = { ...BACKUP, inLanguages: { de: { name: 'Sicherung' }, fr: { name: 'Sauvegarde' } } };
    assert.deepEqual(
      diffRows(rowOf(BACKUP), rowOf(now)).map(({ field, before, after }) => [field, before, after]),
      [
        ['inLanguages.de.name', 'Contoso Sicherung', 'Sicherung'],
        ['inLanguages.fr.name', undefined, 'Sauvegarde'],
        ['inLanguages.zh-Hant.name', 'Contoso 備份', undefined],
        ['inLanguages.zh-Hant.summary', '保存資料。', undefined],
      ],
    );
  });

  it('are missed when many rows lose them at once, one column by one', () => {
    const before = Array.from({ length: 6 }, (_, at) => rowOf({ ...BACKUP, id: `contoso.${String(at)}` }));
    const changes = before.map((row) => {
      assert.ok(row.kind === 'offer');
      const after = rowOf({ ...row.offer, inLanguages: { de: { name: 'Contoso Sicherung' } } });
      return { before: row, after, fields: [] };
    });
    assert.deepEqual(lostFields(changes, new Map(before.map((row) => [row.key, row]))), [
      'inLanguages.zh-Hant.name',
      'inLanguages.zh-Hant.summary',
    ]);
  });

  it('are counted when an import is tried', () => {
    const fill = allAtOnce(fillSteps([rowOf(BACKUP), rowOf(SIGN)])).filter(({ filled }) => filled === 1);
    assert.ok(
      fill.some(
        ({ field, of, example }) => field === 'name (de)' && of === 2 && example === 'Contoso Sicherung',
      ),
    );
    assert.ok(fill.some(({ field }) => field === 'summary (zh-Hant)'));
  });

  it('find the offer like its other names', () => {
    const index = buildOfferIndex(
      directoryOf(BACKUP, SIGN, { ...SIGN, id: 'fabrikam.a', name: 'Sicherungskopie' }),
    );
    for (const text of ['Contoso Sicherung', 'contoso sicherung', 'Contoso 備份', 'Contoso 备份', 'CBK']) {
      const match = index.find(text);
      assert.ok(match.kind === 'one', text);
      assert.deepEqual([match.hit.offerId, match.hit.reason], [BACKUP.id, 'alias'], text);
    }
    const { match } = index.inSentence('Die Contoso Sicherung stürzt ab');
    assert.equal(match.kind === 'one' && match.hit.offerId, BACKUP.id);
    assert.equal(index.search('sicherung', 5)[0]?.offerId, BACKUP.id);
  });
});

describe('the check of a profile with names in other languages', () => {
  const base = { ...PROFILE, inLanguages: undefined };
  const lines = (more: object): readonly string[] => {
    const parsed = parseProfile({ ...base, ...more });
    return parsed.ok ? [] : parsed.problems.map(problemLine);
  };

  it('accepts them, without spaces around', () => {
    const parsed = parseProfile({
      ...PROFILE,
      language: 'en',
      inLanguages: { de: { name: ' Contoso Wolke ' } },
    });
    assert.deepEqual(parsed.ok && parsed.profile.inLanguages, { de: { name: 'Contoso Wolke' } });
    assert.deepEqual(parseProfile(PROFILE), { ok: true, profile: PROFILE });
  });

  it('names each wrong place in plain words', () => {
    const none = /^language: is not a language of this product; write en or zh-Hant or .*; for example "en"$/;
    assert.match(lines({ language: 'Klingon' })[0] ?? '', none);
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ 'de-DE': {} }, 'inLanguages.de-DE: is not a language of this product; perhaps de is meant'],
      [{ pt: {} }, 'inLanguages.pt: is not a language of this product; perhaps pt-BR is meant'],
      [{ de: { nme: 'x' } }, 'inLanguages.de.nme: is not a field of a profile; perhaps name is meant'],
      [{ de: { name: '' } }, 'inLanguages.de.name: is empty; for example "Contoso Cloud"'],
      [{ de: 'Wolke' }, 'inLanguages.de: must be a group of fields in { }'],
      [
        { de: { desks: { billing: { name: 'x' } } } },
        'inLanguages.de.desks.billing: must be text in quotation marks; for example "Rechnungsstelle"',
      ],
    ];
    for (const [inLanguages, line] of wrong) assert.deepEqual(lines({ inLanguages }), [line]);
    assert.match(
      lines({ inLanguages: { xx: {} } })[0] ?? '',
      /^inLanguages\.xx: is not a language .* write en or/,
    );
    assert.match(
      lines({ inLanguages: 'de' })[0] ?? '',
      /^inLanguages: must be a group .*for example \{ "de"/,
    );
  });
});
