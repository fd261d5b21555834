/** Offers with names in their own script, found inside sentences of that language. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import { directoryOf, offerOf, publisherOf } from '../../../bench/understanding/catalog.js';

const NAMES: Readonly<Record<string, string>> = {
  'backup-ar': 'النسخ الاحتياطي السحابي',
  'contracts-ar': 'مدير العقود',
  'sign-ko': '전자서명 도우미',
  'backup-ko': '클라우드백업',
  'sales-ko': '매출관리 플러스',
  'backup-ja': 'クラウド バックアップ',
  'ledger-ja': '帳簿マネージャー',
  'sign-ja': '電子署名くん',
  'ledger-zh': '雲端帳務管家',
  'archive-de': 'Aktenarchiv Plus',
  'time-de': 'Zeiterfassung Müller',
  'agenda-fr': 'L’Agenda Facile',
  'stock-fr': 'Étoile Stock',
  'archive-it': 'Archivio Sicuro',
  'shifts-it': 'Agenda Turni',
  'sales-pt': 'Gestão Fácil',
  'stock-es': 'Almacén Ágil',
  'planning-nl': 'Roosterplanner Thuis',
};
const others = ['Contoso Backup', 'Fabrikam CRM', 'Northwind Orders', 'Tailspin Toys Ledger'];
const publisher = publisherOf('adatum', 'Adatum');
const index = buildOfferIndex(
  directoryOf(
    [
      ...Object.entries(NAMES).map(([id, name]) => offerOf(id, 'adatum', name)),
      ...others.map((name, at) => offerOf(`other-${at}`, 'adatum', name)),
    ],
    [publisher],
  ),
);

const sentences: readonly (readonly [string, readonly string[]])[] = [
  [
    'backup-ar',
    [
      'النسخ الاحتياطي السحابي لا يعمل',
      'عندي مشكلة بالنسخ الاحتياطي السحابي',
      'الفاتورة والنسخ الاحتياطي السحابي فيها خطأ',
      'نحتاج رخصة إضافية للنسخ الإحتياطى السحابى',
      'متى ينتهي اشتراك النُسَخ الاحتياطيّ السحابيّ؟',
    ],
  ],
  [
    'contracts-ar',
    [
      'فاتورة مدير العقود غلط',
      'مشكلة في مدير العقود',
      'المشكلة بمدير العقود',
      'ومدير العقود لا يفتح',
      'فتحنا تذكرة لمدير العقود',
    ],
  ],
  [
    'sign-ko',
    ['전자서명 도우미가 안 열려요', '전자서명 도우미를 해지하고 싶어요', '전자서명도우미에서 오류가 납니다'],
  ],
  [
    'backup-ko',
    ['클라우드백업이 느려요', '클라우드 백업은 언제 갱신되나요', '지난달 클라우드백업의 청구서가 이상해요'],
  ],
  ['sales-ko', ['매출관리 플러스로 로그인할 수 없어요', '매출관리플러스도 안 됩니다']],
  [
    'backup-ja',
    [
      'クラウドバックアップが起動しません',
      '先月のクラウド バックアップの請求書が違います',
      'クラウド・バックアップを解約したい',
    ],
  ],
  ['ledger-ja', ['帳簿マネージャーで印刷できません', '昨日から帳簿マネージャーにログインできない']],
  ['sign-ja', ['電子署名くんの請求が二重です', '「電子署名くん」が固まる']],
  ['ledger-zh', ['我們的雲端帳務管家打不開', '云端帐务管家的发票不对']],
  [
    'archive-de',
    [
      'Die Aktenarchiv-Plus-Rechnung ist falsch',
      'Aktenarchiv Plus startet nicht',
      'unser Aktenarchiv-Plus-Abo kündigen',
    ],
  ],
  ['time-de', ['zeiterfassung mueller geht nicht', 'Die Rechnung für Zeiterfassung Müller stimmt nicht']],
  [
    'agenda-fr',
    ["l'agenda facile ne s'ouvre plus", 'la facture de L’Agenda Facile', "problème avec l'Agenda Facile"],
  ],
  [
    'stock-fr',
    ["une erreur d'Étoile Stock", "je n'arrive pas à ouvrir etoile stock", 'l’Étoile Stock plante'],
  ],
  [
    'archive-it',
    ["la fattura dell'Archivio Sicuro", "l'archivio sicuro non si apre", "nell'Archivio Sicuro mancano file"],
  ],
  ['shifts-it', ["l'agenda turni è lenta", "all'Agenda Turni non riesco ad accedere"]],
  ['sales-pt', ['o gestao facil nao abre', 'a fatura do Gestão Fácil veio errada']],
  ['stock-es', ['almacen agil no carga', 'cobraron dos veces Almacén Ágil']],
  ['planning-nl', ['roosterplanner thuis doet het niet', 'factuur van Roosterplanner-Thuis klopt niet']],
];

describe('names in their own script', () => {
  for (const [id, texts] of sentences)
    for (const text of texts)
      it(`are found in “${text}”`, () => {
        const { match } = index.inSentence(text);
        assert.equal(match.kind === 'one' ? match.hit.offerId : match.kind, id);
      });

  for (const text of [
    '백업이 안 돼요',
    '매출이 줄었어요',
    'バックアップが失敗する',
    '我的帳務有問題',
    'العقود غير واضحة',
    'عقد مدير الشركة',
  ])
    it(`are not taken from everyday words in “${text}”`, () =>
      assert.notEqual(index.inSentence(text).match.kind, 'one'));
});
