/** Folding and splitting of typed text. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cap, fold, openCamel, READ_CAP, runs, withoutParticle } from '../../core/text.js';

describe('fold', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['case', 'Contoso BACKUP', 'contoso backup'],
    ['Latin accents', 'Éditeur à Zürich', 'editeur a zurich'],
    ['letters that do not decompose', 'Straße Ørsted œuvre', 'strasse orsted oeuvre'],
    ['full-width forms', 'ＣＯＮＴＯＳＯ　１２', 'contoso 12'],
    ['traditional Han', '訂閱帳單', '订阅帐单'],
    ['typographic apostrophes', 'can’t', "can't"],
    ['invisible characters', 'con\u200btoso\u00ad', 'contoso'],
    ['Arabic alef, ya and ta marbuta', 'إلغاء فاتورة على آخر', 'الغاء فاتوره علي اخر'],
    ['Arabic vowel signs and the lengthening stroke', 'مُشْكِلَةٌ فـــي', 'مشكله في'],
    ['Arabic and Persian digits', '١٢٣ ۴۵۶', '123 456'],
  ];
  for (const [what, text, wanted] of cases) {
    it(`normalises ${what}`, () => assert.equal(fold(text), wanted));
  }

  it('keeps the voicing marks of kana, which are letters and not accents', () => {
    assert.equal(fold('ガイド'), 'ガイド');
  });

  it('never exceeds its limit, although one character may become eighteen', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => fold(text).length <= READ_CAP),
    );
    assert.ok(fold('ﷺ'.repeat(5000)).length <= READ_CAP);
  });

  it('gives the same text when it runs twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const once = fold(text);
        assert.equal(fold(once), once);
      }),
    );
  });
});

describe('cap', () => {
  it('does not leave half a surrogate pair', () => {
    assert.equal(cap('ab😀', 3), 'ab');
    assert.equal(cap('ab😀', 4), 'ab😀');
  });
});

describe('runs', () => {
  it('separates words from scripts that are written without spaces', () => {
    assert.deepEqual(runs('azure部署 失败'), [
      { text: 'azure', spaceless: false },
      { text: '部署', spaceless: true },
      { text: '失败', spaceless: true },
    ]);
  });
});

describe('Arabic words', () => {
  const words = (text: string) => runs(fold(text)).map((run) => run.text);

  it('stand without their article and the particles before the article', () => {
    assert.deepEqual(words('الفاتورة والفاتورة بالفاتورة للفاتورة'), Array(4).fill('فاتوره'));
  });

  it('keep first letters that only look like an article', () => {
    assert.deepEqual(words('إلغاء الإلغاء إلى التي'), ['الغاء', 'الغاء', 'الي', 'التي']);
  });

  it('lose one particle when asked', () => {
    assert.equal(withoutParticle('بفاتوره'), 'فاتوره');
    assert.equal(withoutParticle('فاتوره'), 'اتوره');
    assert.equal(withoutParticle('backup'), undefined);
  });
});

describe('openCamel', () => {
  it('splits identifiers and leaves short mixed words alone', () => {
    assert.equal(openCamel('InvalidTemplateDeployment'), 'Invalid Template Deployment');
    assert.equal(openCamel('OSProvisioningTimedOut'), 'OS Provisioning Timed Out');
    assert.equal(openCamel('IoT'), 'IoT');
  });
});

describe('the fast path for plain ASCII', () => {
  const ascii = fc.string({ unit: 'binary-ascii', maxLength: 60 });
  /** One letter beyond ASCII sends a text through the full path. */
  const longWay = 'é';

  it('folds and splits text exactly as the full path does', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        assert.equal(`${fold(text)} e`, fold(`${text} ${longWay}`));
        assert.equal(`${openCamel(text)} ${longWay}`, openCamel(`${text} ${longWay}`));
        assert.deepEqual([...runs(text), ...runs(longWay)], runs(`${text} ${longWay}`));
      }),
    );
  });
});
